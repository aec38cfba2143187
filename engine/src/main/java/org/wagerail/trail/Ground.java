package org.wagerail.trail;

/**
 * The rule by which something was decided.
 *
 * @param name stable, in capitals
 * @param code ISO 20022 reason code, or empty
 * @param says what the rule says
 * @param source the law, agreement or code set where it stands
 */
public record Ground(String name, String code, Words says, Words source) {}
