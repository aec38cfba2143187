package org.wagerail.payroll;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.BusinessCalendar;

/**
 * When a batch is paid. A pay date that falls on a rest day or holiday moves before it (Regulation
 * 724, article 14). Leavers and supplements are due on the very day that the file names: rails that
 * work on every day take them.
 *
 * @param movedFrom the day that the file named, when it is another
 * @param known whether the calendar is published for the days that decide
 */
record PayDate(LocalDate due, @Nullable LocalDate movedFrom, boolean known) {

  static PayDate of(LocalDate said, boolean atOnce, BusinessCalendar calendar) {
    if (atOnce) {
      return new PayDate(said, null, true);
    }
    for (var day = said; calendar.isPublished(day); day = day.minusDays(1)) {
      if (calendar.isWorkingDay(day)) {
        return new PayDate(day, day.equals(said) ? null : said, true);
      }
    }
    return new PayDate(said, null, false);
  }

  /** Whether the day that the file named can stand as it is. */
  boolean stands() {
    return known && movedFrom == null;
  }
}
