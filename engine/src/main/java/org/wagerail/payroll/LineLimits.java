package org.wagerail.payroll;

/**
 * Dated figures that the checks use.
 *
 * @param wage the most that one wage may be, minor units
 * @param daysAhead how far ahead an execution date may lie
 * @param monthsBack how old a wage's period may be
 */
public record LineLimits(long wage, int daysAhead, int monthsBack) {}
