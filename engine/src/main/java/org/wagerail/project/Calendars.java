package org.wagerail.project;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.money.BusinessCalendar;

/** The door to named calendars. */
@Component
public final class Calendars {
  private final JdbcClient jdbc;

  Calendars(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A calendar by its name, each year in its last edition.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public BusinessCalendar named(String name) {
    record Edition(
        int version,
        BusinessCalendar.State state,
        Set<LocalDate> holidays,
        Set<LocalDate> makeUpDays) {}
    Map<Integer, Edition> editions = new HashMap<>();
    jdbc.sql(
            """
            SELECT y.year, y.version, y.state, d.day, d.kind
              FROM (SELECT DISTINCT ON (year) * FROM calendar_year
                     WHERE calendar = ? ORDER BY year, version DESC) y
              LEFT JOIN calendar_day d USING (calendar, year, version)
            """)
        .param(name)
        .query(
            rows -> {
              int version = rows.getInt("version");
              var state = BusinessCalendar.State.valueOf(rows.getString("state"));
              var edition =
                  editions.computeIfAbsent(
                      rows.getInt("year"),
                      _ -> new Edition(version, state, new HashSet<>(), new HashSet<>()));
              @Nullable LocalDate day = rows.getObject("day", LocalDate.class);
              if (day != null) {
                boolean holiday = "HOLIDAY".equals(rows.getString("kind"));
                (holiday ? edition.holidays() : edition.makeUpDays()).add(day);
              }
            });
    if (editions.isEmpty()) {
      throw new IllegalArgumentException("no calendar " + name);
    }
    var years = new HashMap<Integer, BusinessCalendar.Year>();
    editions.forEach(
        (year, edition) ->
            years.put(
                year,
                new BusinessCalendar.Year(
                    edition.version(), edition.state(), edition.holidays(), edition.makeUpDays())));
    return new BusinessCalendar(name, years);
  }
}
