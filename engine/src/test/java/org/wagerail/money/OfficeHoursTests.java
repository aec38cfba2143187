package org.wagerail.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfficeHoursTests {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** The national holiday of 2026, with the Saturday that makes up for it. */
  private static final OfficeHours HOURS =
      new OfficeHours(
          new BusinessCalendar(
              "CN",
              Map.of(
                  2026,
                  new BusinessCalendar.Year(
                      1,
                      BusinessCalendar.State.PUBLISHED,
                      Set.of(
                          LocalDate.of(2026, 10, 1),
                          LocalDate.of(2026, 10, 2),
                          LocalDate.of(2026, 10, 5),
                          LocalDate.of(2026, 10, 6),
                          LocalDate.of(2026, 10, 7)),
                      Set.of(LocalDate.of(2026, 10, 10))))),
          ZONE,
          9 * 60,
          17 * 60);

  @ParameterizedTest
  @CsvSource({
    // Within a day, from before it opens, and over a night.
    "2026-11-11T10:00, 2, 2026-11-11T12:00",
    "2026-11-11T07:30, 8, 2026-11-11T17:00",
    "2026-11-11T10:00, 8, 2026-11-12T10:00",
    // What comes after work begins the next morning; a weekend counts nothing.
    "2026-11-11T19:00, 1, 2026-11-12T10:00",
    "2026-11-13T16:00, 2, 2026-11-16T10:00",
    // Seven days off, and a Saturday that is worked.
    "2026-09-30T16:00, 8, 2026-10-08T16:00",
    "2026-10-09T16:00, 2, 2026-10-10T10:00"
  })
  void workTimePassesOnlyWhileSomebodyWorks(LocalDateTime from, int hours, LocalDateTime expected) {
    assertThat(HOURS.after(at(from), Duration.ofHours(hours))).isEqualTo(at(expected));
  }

  @Test
  void whatIsDueIsWhatWasOpenLongEnough() {
    var work = Duration.ofHours(8);
    for (var now = at(LocalDateTime.of(2026, 10, 8, 0, 30));
        now.isBefore(at(LocalDateTime.of(2026, 10, 12, 0, 0)));
        now = now.plus(Duration.ofMinutes(45))) {
      var last = HOURS.before(now, work);
      assertThat(HOURS.after(last, work)).as("%s", now).isBeforeOrEqualTo(now);
      assertThat(HOURS.after(last.plusSeconds(1), work)).as("%s", now).isAfter(now);
    }
  }

  private static Instant at(LocalDateTime time) {
    return time.atZone(ZONE).toInstant();
  }
}
