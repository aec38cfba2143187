package org.wagerail.funding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabourTermTests {
  private static final LocalDate NOVEMBER_10 = LocalDate.of(2026, 11, 10);

  private static LabourTerm monthly(String from, @Nullable String until, int day, long amount) {
    return new LabourTerm(
        LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        LabourTerm.Cycle.MONTH,
        day,
        amount,
        null);
  }

  private static LabourTerm.Due due(String date, long amount) {
    return new LabourTerm.Due(LocalDate.parse(date), amount);
  }

  private static List<LabourTerm.Due> dues(List<LabourTerm> terms, String before) {
    return LabourTerm.dues(terms, List.of(), LocalDate.parse(before));
  }

  @Test
  void fallsDueOnceAMonthAndOnTheLastDayOfAShortOne() {
    assertThat(dues(List.of(monthly("2026-01-31", null, 31, 500)), "2026-04-30"))
        .containsExactly(due("2026-01-31", 500), due("2026-02-28", 500), due("2026-03-31", 500));
  }

  @Test
  void isNotDueOnTheDayItselfYet() {
    var term = List.of(monthly("2026-11-01", null, 10, 500));
    assertThat(dues(term, "2026-11-10")).isEmpty();
    assertThat(dues(term, "2026-11-11")).containsExactly(due("2026-11-10", 500));
  }

  @Test
  void holdsUntilASupplementBeginsOrTheTermEnds() {
    var terms =
        List.of(monthly("2026-01-01", null, 10, 500), monthly("2026-03-05", "2026-04-30", 10, 700));
    assertThat(dues(terms, "2026-12-31"))
        .containsExactly(
            due("2026-01-10", 500),
            due("2026-02-10", 500),
            due("2026-03-10", 700),
            due("2026-04-10", 700));
  }

  @Test
  void fallsDueEveryWeek() {
    var friday =
        new LabourTerm(LocalDate.of(2026, 11, 2), null, LabourTerm.Cycle.WEEK, 5, 100L, null);
    assertThat(dues(List.of(friday), "2026-11-20"))
        .containsExactly(due("2026-11-06", 100), due("2026-11-13", 100));
  }

  @Test
  void takesAShareOfTheProgressSinceTheLastDueDay() {
    var share =
        new LabourTerm(LocalDate.of(2026, 10, 1), null, LabourTerm.Cycle.MONTH, 10, null, 2_500);
    var progress =
        List.of(
            new LabourTerm.Progress(LocalDate.of(2026, 9, 30), 1_000_00),
            new LabourTerm.Progress(LocalDate.of(2026, 10, 10), 2_000_00),
            new LabourTerm.Progress(LocalDate.of(2026, 10, 11), 3_000_02),
            new LabourTerm.Progress(LocalDate.of(2026, 11, 10), 1_000_00));
    assertThat(LabourTerm.dues(List.of(share), progress, LocalDate.of(2026, 12, 31)))
        .containsExactly(due("2026-10-10", 500_00), due("2026-11-10", 1_000_01));
    assertThat(LabourTerm.shareOf(1, 5_000)).isEqualTo(1);
    assertThat(LabourTerm.shareOf(1, 4_999)).isZero();
  }

  @Test
  void meetsWhatWasDueFirst() {
    var standings =
        LabourStanding.of(
            List.of(due("2026-09-10", 500), due("2026-10-10", 500), due("2026-11-10", 500)), 700);
    assertThat(standings)
        .extracting(LabourStanding::state)
        .containsExactly(
            LabourStanding.State.MET, LabourStanding.State.SHORT, LabourStanding.State.LATE);
    assertThat(standings).extracting(LabourStanding::outstanding).containsExactly(0L, 300L, 500L);
  }

  @Test
  void tellsEachStateOnce() {
    var late = new LabourStanding(NOVEMBER_10, 500, 0);
    var shortOf = new LabourStanding(NOVEMBER_10, 500, 300);
    var met = new LabourStanding(NOVEMBER_10, 500, 500);
    assertThat(LabourStanding.news(List.of(late), Map.of())).containsExactly(late);
    assertThat(news(late, LabourStanding.State.LATE)).isEmpty();
    assertThat(news(shortOf, LabourStanding.State.LATE)).containsExactly(shortOf);
    assertThat(news(new LabourStanding(NOVEMBER_10, 500, 400), LabourStanding.State.SHORT))
        .isEmpty();
    assertThat(news(met, LabourStanding.State.SHORT)).containsExactly(met);
    assertThat(LabourStanding.news(List.of(met), Map.of())).isEmpty();
    assertThat(late.daysLate(LocalDate.of(2026, 11, 11))).isEqualTo(1);
    assertThat(late.daysLate(LocalDate.of(2026, 11, 21))).isEqualTo(11);
  }

  private static List<LabourStanding> news(LabourStanding now, LabourStanding.State told) {
    return LabourStanding.news(List.of(now), Map.of(NOVEMBER_10, told));
  }
}
