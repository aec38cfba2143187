package org.wagerail.iso;

/**
 * One place where a message departs from its grammar or from its own totals.
 *
 * @param line line of the file, from 1; 0 where the file has no lines
 * @param path path of the element, with the ordinal of those that may repeat, or of its attribute
 *     ({@code …/InstdAmt/@Ccy})
 * @param rule stable name of the rule, one of {@link Rule}
 * @param code ISO 20022 status reason code
 * @param message one sentence in English, " / ", the same in Chinese
 */
public record Finding(int line, String path, String rule, String code, String message) {}
