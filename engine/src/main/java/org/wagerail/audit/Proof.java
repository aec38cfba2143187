package org.wagerail.audit;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of one rule.
 *
 * @param rule its name
 * @param chinese what must hold, in Chinese
 * @param english what must hold, in English
 * @param violations how many rows break it
 * @param rows the first of them, at most {@value Tally#LISTED}: numbers, codes and amounts in minor
 *     units, nothing personal
 */
public record Proof(
    String rule,
    String chinese,
    String english,
    long violations,
    List<SequencedMap<String, @Nullable Object>> rows) {
  public Proof {
    rows = List.copyOf(rows);
  }

  /** Whether the rule holds. */
  public boolean ok() {
    return violations == 0;
  }
}
