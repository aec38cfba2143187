package org.wagerail.iso;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values told so far of the element at hand, by the reader's marks. */
final class Said {
  private final @Nullable String[] values;

  Said(int marks) {
    values = new String[marks];
  }

  void clear(int from, int to) {
    Arrays.fill(values, from, to, null);
  }

  void put(int mark, String value) {
    values[mark] = value;
  }

  /** Keeps the first value where an element may repeat. */
  void putFirst(int mark, String value) {
    if (values[mark] == null) {
      values[mark] = value;
    }
  }

  void append(int mark, String value) {
    values[mark] = values[mark] == null ? value : values[mark] + value;
  }

  @Nullable String text(int mark) {
    return values[mark];
  }

  @Nullable Long count(int mark) {
    String value = values[mark];
    return value == null ? null : Totals.count(value);
  }

  @Nullable BigDecimal decimal(int mark) {
    String value = values[mark];
    return value == null ? null : new BigDecimal(value);
  }

  @Nullable LocalDate date(int mark) {
    String value = values[mark];
    return value == null ? null : Dates.local(value);
  }
}
