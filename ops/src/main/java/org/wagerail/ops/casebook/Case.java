package org.wagerail.ops.casebook;

import java.util.List;

/**
 * A worked case.
 *
 * @param name begins with its number, as in W5a
 * @param file where it stands
 * @param line where it begins
 */
public record Case(String name, String file, int line, Given given, List<Step> steps) {}
