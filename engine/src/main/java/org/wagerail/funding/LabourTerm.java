package org.wagerail.funding;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What owner and contractor agreed on a project's labour cost. A cycle is a month at most
 * (Regulation 724, article 24).
 *
 * @param until the last day on which something can fall due; null while nothing ends it
 * @param dueDay of the month, its last where it is shorter; or of the week, from Monday
 * @param amount due in each cycle, minor units; null when a share is agreed
 * @param share of the certified progress, in hundredths of a percent; null when an amount is agreed
 */
record LabourTerm(
    LocalDate from,
    @Nullable LocalDate until,
    Cycle cycle,
    int dueDay,
    @Nullable Long amount,
    @Nullable Integer share) {
  /** How often something falls due. */
  enum Cycle {
    MONTH,
    WEEK
  }

  /** Progress that was certified on a day, minor units. */
  record Progress(LocalDate on, long amount) {}

  /** What falls due on a day, minor units. */
  record Due(LocalDate date, long amount) {}

  /**
   * What falls due before a day, in order. Each term holds until the next begins.
   *
   * @param terms in the order of their first days
   */
  static List<Due> dues(List<LabourTerm> terms, List<Progress> progress, LocalDate before) {
    var dues = new ArrayList<Due>();
    for (int i = 0; i < terms.size(); i++) {
      var term = terms.get(i);
      var end = i + 1 < terms.size() ? earlier(before, terms.get(i + 1).from()) : before;
      var covered = term.from().minusDays(1);
      for (var date : term.dates(end)) {
        long amount = term.due(progress, covered, date);
        if (amount > 0) {
          dues.add(new Due(date, amount));
        }
        covered = date;
      }
    }
    return dues;
  }

  private List<LocalDate> dates(LocalDate before) {
    var dates = new ArrayList<LocalDate>();
    for (int n = 0; ; n++) {
      var date = nth(n);
      if (!date.isBefore(before) || until != null && date.isAfter(until)) {
        return dates;
      }
      if (!date.isBefore(from)) {
        dates.add(date);
      }
    }
  }

  private LocalDate nth(int n) {
    return switch (cycle) {
      case MONTH -> {
        var month = YearMonth.from(from).plusMonths(n);
        yield month.atDay(Math.min(dueDay, month.lengthOfMonth()));
      }
      case WEEK -> from.with(TemporalAdjusters.nextOrSame(DayOfWeek.of(dueDay))).plusWeeks(n);
    };
  }

  private long due(List<Progress> progress, LocalDate after, LocalDate upTo) {
    if (share == null) {
      return amount == null ? 0 : amount;
    }
    long certified = 0;
    for (var each : progress) {
      if (each.on().isAfter(after) && !each.on().isAfter(upTo)) {
        certified = Math.addExact(certified, each.amount());
      }
    }
    return shareOf(certified, share);
  }

  /** A share of progress, half a cent and more for a whole one: what it adds is the worker's. */
  static long shareOf(long certified, int hundredthsOfPercent) {
    return Math.floorDiv(
        Math.addExact(Math.multiplyExact(certified, (long) hundredthsOfPercent), 5_000), 10_000);
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
