package org.wagerail.funding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wagerail.money.BusinessCalendar;

class ClosingDecisionTests {
  private static final LocalDate NOTICED = LocalDate.of(2026, 9, 1);
  private static final LocalDate EARLIEST = LocalDate.of(2026, 10, 9);

  private static final BusinessCalendar AUTUMN =
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
                  Set.of(LocalDate.of(2026, 9, 20), LocalDate.of(2026, 10, 10)))));

  @ParameterizedTest(name = "a notice of {0} lets close on {1}")
  @CsvSource({
    "2026-09-01,2026-10-09",
    "2026-08-31,2026-10-08",
    "2026-08-21,2026-09-21",
    "2026-09-10,2026-10-12",
    "2026-10-14,2026-11-16"
  })
  void countsThirtyDaysAsTheLawDoes(LocalDate noticed, LocalDate earliest) {
    assertThat(ClosingDecision.earliest(noticed, 30, AUTUMN)).isEqualTo(earliest);
  }

  /** Everything that can stand in the way, and then less and less of it. */
  @Test
  void namesTheFirstThatStandsInTheWay() {
    assertThat(decide(null, true, false, 1, 1, 1, 1, 1, false))
        .isEqualTo(Closings.Refusal.CLOSED_ALREADY);
    assertThat(decide(null, false, false, 1, 1, 1, 1, 1, false))
        .isEqualTo(Closings.Refusal.NO_NOTICE);
    assertThat(
            ClosingDecision.decide(
                standing(false, false, 1, 1, 1, 1, 1, false), EARLIEST, EARLIEST.minusDays(1)))
        .isEqualTo(Closings.Refusal.NOTICE_RUNNING);
    assertThat(decide(EARLIEST, false, false, 1, 1, 1, 1, 1, false))
        .isEqualTo(Closings.Refusal.NO_PROMISE);
    assertThat(decide(EARLIEST, false, true, 1, 1, 1, 1, 1, false))
        .isEqualTo(Closings.Refusal.ARREARS);
    assertThat(decide(EARLIEST, false, true, 0, 1, 1, 1, 1, false))
        .isEqualTo(Closings.Refusal.LINES_HELD);
    assertThat(decide(EARLIEST, false, true, 0, 0, 1, 1, 1, false))
        .isEqualTo(Closings.Refusal.IN_CLEARING);
    assertThat(decide(EARLIEST, false, true, 0, 0, 0, 1, 1, false))
        .isEqualTo(Closings.Refusal.CASE_OPEN);
    assertThat(decide(EARLIEST, false, true, 0, 0, 0, 1, 0, false))
        .isEqualTo(Closings.Refusal.MONEY_HELD);
    assertThat(decide(EARLIEST, false, true, 0, 0, 0, 0, 0, false))
        .isEqualTo(Closings.Refusal.SUPERVISOR_WORD_MISSING);
    assertThat(decide(EARLIEST, false, true, 0, 0, 0, 0, 0, true)).isNull();
  }

  private static Closings.@Nullable Refusal decide(
      @Nullable LocalDate earliest,
      boolean closed,
      boolean promised,
      long unpaid,
      long heldLines,
      long unanswered,
      long held,
      int cases,
      boolean agrees) {
    return ClosingDecision.decide(
        standing(closed, promised, unpaid, heldLines, unanswered, held, cases, agrees),
        earliest,
        EARLIEST);
  }

  private static ClosingDecision.Standing standing(
      boolean closed,
      boolean promised,
      long unpaid,
      long heldLines,
      long unanswered,
      long held,
      int cases,
      boolean agrees) {
    return new ClosingDecision.Standing(
        closed, NOTICED, promised, unpaid, heldLines, unanswered, held, cases, agrees);
  }
}
