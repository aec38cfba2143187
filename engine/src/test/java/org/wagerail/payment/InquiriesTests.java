package org.wagerail.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wagerail.money.BusinessCalendar;

class InquiriesTests {
  /** 2026-11-13 is a Friday; Monday the 16th is a holiday here, and Saturday the 21st is worked. */
  private static final BusinessCalendar CALENDAR =
      new BusinessCalendar(
          "TEST",
          Map.of(
              2026,
              new BusinessCalendar.Year(
                  1,
                  BusinessCalendar.State.PUBLISHED,
                  Set.of(LocalDate.of(2026, 11, 16)),
                  Set.of(LocalDate.of(2026, 11, 21)))));

  @ParameterizedTest
  @CsvSource({
    "2026-11-12, 1, 2026-11-12, false",
    "2026-11-12, 1, 2026-11-13, true",
    "2026-11-13, 1, 2026-11-15, false",
    "2026-11-13, 1, 2026-11-16, false",
    "2026-11-13, 1, 2026-11-17, true",
    // Settled on a Saturday: its first working day is the next.
    "2026-11-14, 1, 2026-11-17, true",
    "2026-11-20, 1, 2026-11-21, true",
    "2026-11-12, 2, 2026-11-16, false",
    "2026-11-12, 2, 2026-11-17, true",
    "2026-11-12, 0, 2026-11-12, true",
    "2026-11-12, 1, 2026-11-30, true"
  })
  void countsWorkingDaysAfterTheSettlementDate(
      LocalDate settlement, int days, LocalDate today, boolean overdue) {
    assertThat(Inquiries.isOverdue(CALENDAR, settlement, days, today)).isEqualTo(overdue);
  }
}
