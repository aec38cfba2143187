package org.wagerail.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wagerail.TestDatabase;
import org.wagerail.money.BusinessCalendar;

class CalendarsTests {
  private static TestDatabase database;
  private static BusinessCalendar china;

  @BeforeAll
  static void read() {
    database = TestDatabase.fresh();
    china = database.bean(Calendars.class).named("CN");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest(name = "pay day {0} is paid {1}")
  @CsvSource({
    "2026-02-15,2026-02-14",
    "2026-05-10,2026-05-09",
    "2026-09-20,2026-09-20",
    "2026-09-25,2026-09-24",
    "2026-10-05,2026-09-30",
    "2026-11-15,2026-11-13",
    "2026-01-03,2025-12-31",
    "2026-05-03,2026-04-30",
    "2026-04-05,2026-04-03"
  })
  void movesPayDaysBack(LocalDate payDay, LocalDate paid) {
    assertThat(china.onOrBefore(payDay)).isEqualTo(paid);
    assertThat(china.payDate(YearMonth.from(payDay), payDay.getDayOfMonth())).isEqualTo(paid);
  }

  @Test
  void takesTheLastDayOfAShortMonth() {
    assertThat(china.payDate(YearMonth.of(2026, 4), 31)).isEqualTo(LocalDate.of(2026, 4, 30));
    assertThat(china.payDate(YearMonth.of(2026, 2), 31)).isEqualTo(LocalDate.of(2026, 2, 28));
  }

  @ParameterizedTest(name = "{1} working days from {0} end {2}")
  @CsvSource({
    "2026-09-28,5,2026-10-10",
    "2026-02-12,5,2026-02-26",
    "2026-10-10,10,2026-10-23",
    "2026-10-09,10,2026-10-22",
    "2026-10-08,-1,2026-09-30",
    "2026-10-04,0,2026-10-04"
  })
  void countsWorkingDays(LocalDate from, int days, LocalDate end) {
    assertThat(china.plusWorkingDays(from, days)).isEqualTo(end);
  }

  @Test
  void saysWhatIsEstimated() {
    assertThat(china.stateOf(LocalDate.of(2026, 10, 15)))
        .isEqualTo(BusinessCalendar.State.PUBLISHED);
    assertThat(china.stateOf(LocalDate.of(2027, 2, 8))).isEqualTo(BusinessCalendar.State.ESTIMATED);
    assertThat(china.onOrAfter(LocalDate.of(2027, 2, 5))).isEqualTo(LocalDate.of(2027, 2, 11));
    assertThatThrownBy(() -> china.isWorkingDay(LocalDate.of(2028, 1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CN");
    assertThatThrownBy(() -> database.bean(Calendars.class).named("XX"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheLastEditionOfAYear() {
    database
        .jdbc()
        .sql(
            "INSERT INTO calendar_year VALUES ('T', 2026, 1, 'ESTIMATED', 's'), ('T', 2026, 2,"
                + " 'PUBLISHED', 's')")
        .update();
    database
        .jdbc()
        .sql("INSERT INTO calendar_day VALUES ('T', 2026, 1, '2026-06-01', 'HOLIDAY')")
        .update();
    var calendar = database.bean(Calendars.class).named("T");
    assertThat(calendar.isWorkingDay(LocalDate.of(2026, 6, 1))).isTrue();
    assertThat(calendar.years().get(2026).version()).isEqualTo(2);
  }
}
