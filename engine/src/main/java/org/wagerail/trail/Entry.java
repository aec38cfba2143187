package org.wagerail.trail;

import java.time.LocalDate;
import java.util.List;

/**
 * A journal entry. It may book many wages at once.
 *
 * @param month yyyymm of the books
 * @param kind why money moved
 * @param subject what it was booked for
 */
public record Entry(
    int month, long number, String kind, String subject, LocalDate businessDate, List<Leg> legs) {
  /**
   * One posting; amounts in minor units.
   *
   * @param amount credit positive, debit negative
   */
  public record Leg(long account, String accountKind, long amount, long balanceAfter) {}
}
