package org.wagerail.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Counts what breaks one rule, over several banks, and keeps the first rows. */
public final class Tally {
  /** Rows of a rule beyond these are counted only. */
  public static final int LISTED = 20;

  private final String rule;
  private final String chinese;
  private final String english;
  private final List<SequencedMap<String, @Nullable Object>> rows = new ArrayList<>();
  private long violations;

  public Tally(String rule, String chinese, String english) {
    this.rule = rule;
    this.chinese = chinese;
    this.english = english;
  }

  /**
   * Notes one offending row.
   *
   * @param members names and values by turns: text, whole numbers, decimals, truth or null
   */
  public void add(@Nullable Object... members) {
    violations++;
    if (rows.size() < LISTED) {
      var row = new LinkedHashMap<String, @Nullable Object>();
      for (int i = 0; i < members.length; i += 2) {
        row.put(String.valueOf(members[i]), members[i + 1]);
      }
      rows.add(row);
    }
  }

  /** Notes the first offending rows of a query and how many there are in all. */
  void add(List<SequencedMap<String, @Nullable Object>> first, long count) {
    violations += count;
    rows.addAll(first.subList(0, Math.min(first.size(), LISTED - rows.size())));
  }

  public Proof proof() {
    return new Proof(rule, chinese, english, violations, rows);
  }
}
