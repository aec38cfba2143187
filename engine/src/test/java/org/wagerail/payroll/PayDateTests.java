package org.wagerail.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wagerail.money.BusinessCalendar;

class PayDateTests {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 13);
  private static final LocalDate SUNDAY = FRIDAY.plusDays(2);

  private static BusinessCalendar calendar(BusinessCalendar.State state) {
    return new BusinessCalendar(
        "CN", Map.of(2026, new BusinessCalendar.Year(1, state, Set.of(), Set.of())));
  }

  private static final BusinessCalendar PUBLISHED = calendar(BusinessCalendar.State.PUBLISHED);

  @Test
  void movesBeforeRestDaysAndSaysFromWhere() {
    assertThat(PayDate.of(SUNDAY, false, PUBLISHED)).isEqualTo(new PayDate(FRIDAY, SUNDAY, true));
    assertThat(PayDate.of(FRIDAY, false, PUBLISHED)).isEqualTo(new PayDate(FRIDAY, null, true));
  }

  @Test
  void leavesALeaversDayAlone() {
    assertThat(PayDate.of(SUNDAY, true, PUBLISHED)).isEqualTo(new PayDate(SUNDAY, null, true));
  }

  @Test
  void guessesNothingOfAYearThatIsNotPublished() {
    assertThat(PayDate.of(FRIDAY, false, calendar(BusinessCalendar.State.ESTIMATED)).known())
        .isFalse();
    assertThat(PayDate.of(FRIDAY.plusYears(1), false, PUBLISHED).known()).isFalse();
    // The working day before this holiday may lie in a year that is not known.
    assertThat(PayDate.of(LocalDate.of(2026, 1, 3), false, PUBLISHED))
        .isEqualTo(new PayDate(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3), true));
    var holiday =
        new BusinessCalendar(
            "CN",
            Map.of(
                2026,
                new BusinessCalendar.Year(
                    1,
                    BusinessCalendar.State.PUBLISHED,
                    Set.of(LocalDate.of(2026, 1, 1)),
                    Set.of())));
    assertThat(PayDate.of(LocalDate.of(2026, 1, 1), false, holiday).known()).isFalse();
  }

  @Test
  void standsOnlyWhereItIsNotMoved() {
    assertThat(PayDate.of(FRIDAY, false, PUBLISHED).stands()).isTrue();
    assertThat(PayDate.of(SUNDAY, false, PUBLISHED).stands()).isFalse();
  }
}
