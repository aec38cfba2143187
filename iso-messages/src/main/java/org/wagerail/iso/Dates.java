package org.wagerail.iso;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates of a message as calendar dates. */
final class Dates {
  private static final int WRITTEN = "yyyy-MM-dd".length();

  private Dates() {}

  /**
   * The date as written, of a date or a date and time, whatever zone goes with it; null outside the
   * years 0001 to 9999, which a grammar allows and no bank means.
   */
  static @Nullable LocalDate local(String written) {
    if (written.length() < WRITTEN) {
      return null;
    }
    try {
      return LocalDate.parse(written.substring(0, WRITTEN));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
