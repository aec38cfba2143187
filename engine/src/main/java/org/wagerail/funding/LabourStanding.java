package org.wagerail.funding;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a labour cost that was due stands. Money that came in meets what was due first.
 *
 * @param due the agreed day
 * @param amount what was due, minor units
 * @param credited what of it has come in
 */
public record LabourStanding(LocalDate due, long amount, long credited) {
  /** What there is to tell. */
  public enum State {
    /** Nothing has come in. */
    LATE,
    /** A part has come in. */
    SHORT,
    /** All has come in. */
    MET
  }

  public State state() {
    if (credited == amount) {
      return State.MET;
    }
    return credited == 0 ? State.LATE : State.SHORT;
  }

  public long outstanding() {
    return amount - credited;
  }

  /** Calendar days since the agreed day, which is not counted; it ends at midnight. */
  public long daysLate(LocalDate today) {
    return ChronoUnit.DAYS.between(due, today);
  }

  /**
   * Shares out what has come in.
   *
   * @param dues in order
   * @param credited all that has come in under the terms, minor units
   */
  static List<LabourStanding> of(List<LabourTerm.Due> dues, long credited) {
    var standings = new ArrayList<LabourStanding>(dues.size());
    long left = credited;
    for (var due : dues) {
      long taken = Math.min(left, due.amount());
      standings.add(new LabourStanding(due.date(), due.amount(), taken));
      left -= taken;
    }
    return standings;
  }

  /**
   * Of what was due, what is to be told: a state that is not the last that was told. What was met
   * before anybody had to be told is no news.
   */
  static List<LabourStanding> news(List<LabourStanding> standings, Map<LocalDate, State> told) {
    return standings.stream()
        .filter(s -> told.getOrDefault(s.due(), State.MET) != s.state())
        .toList();
  }
}
