package org.wagerail.project;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The pay dates that agreements name. */
@Component
public final class PayDates {
  private record Agreed(int payDay, String calendar) {}

  private final JdbcClient jdbc;
  private final Calendars calendars;

  PayDates(JdbcClient jdbc, Calendars calendars) {
    this.jdbc = jdbc;
    this.calendars = calendars;
  }

  /**
   * When a project's wages are due in a month: on the agreed day, or the month's last where it is
   * shorter, moved back to a working day.
   *
   * @param project its code
   * @return null when there is no agreement, or its calendar does not reach the month
   */
  public @Nullable LocalDate of(int bank, String project, YearMonth month) {
    return jdbc.sql(
            """
            SELECT g.pay_day, g.calendar FROM project p JOIN agreement g USING (bank, project)
             WHERE p.bank = ? AND p.code = ? AND g.from_date <= ?
             ORDER BY g.from_date DESC LIMIT 1
            """)
        .params(bank, project, month.atEndOfMonth())
        .query(Agreed.class)
        .optional()
        .map(agreed -> payDate(agreed, month))
        .orElse(null);
  }

  private @Nullable LocalDate payDate(Agreed agreed, YearMonth month) {
    var calendar = calendars.named(agreed.calendar());
    // A holiday in January may lie behind the turn of the year.
    return calendar.years().containsKey(month.getYear())
            && calendar.years().containsKey(month.minusMonths(1).getYear())
        ? calendar.payDate(month, agreed.payDay())
        : null;
  }
}
