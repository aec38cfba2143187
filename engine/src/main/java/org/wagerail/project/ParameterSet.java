package org.wagerail.project;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dated parameters of one bank and region, as they stood when they were read. Of several values
 * for one name the nearest counts: the bank's own before every bank's, and among those the region's
 * before its province's before every region's; of these the last that is in force on the day.
 */
public final class ParameterSet {
  /**
   * One dated value.
   *
   * @param distance how far it is from the bank and region that are asked for, 0 the nearest
   */
  record Value(int distance, LocalDate from, String text) {}

  private final Map<String, List<Value>> values;

  ParameterSet(Map<String, List<Value>> values) {
    this.values = values;
  }

  /** The value in force on the day, or nothing. */
  public Optional<String> find(String name, LocalDate day) {
    return values.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.from().isAfter(day))
        .min(
            Comparator.comparingInt(Value::distance)
                .thenComparing(Value::from, Comparator.reverseOrder()))
        .map(Value::text);
  }

  /**
   * The value in force on the day.
   *
   * @throws IllegalStateException when there is none
   */
  public String text(String name, LocalDate day) {
    return find(name, day)
        .orElseThrow(() -> new IllegalStateException("no parameter " + name + " on " + day));
  }

  /**
   * A whole number.
   *
   * @throws IllegalStateException when there is none or it is no whole number
   */
  public long number(String name, LocalDate day) {
    var text = text(name, day);
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalStateException("parameter " + name + " is no whole number", e);
    }
  }
}
