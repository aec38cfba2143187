package org.wagerail.money;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which days are worked. A day is worked when its year names it a make-up day, or when it is a
 * weekday that its year does not name a holiday. Chinese holidays are paid for with Saturdays and
 * Sundays, so a calendar of weekdays alone is wrong several times a year.
 *
 * @param name what agreements, rails and orders choose it by
 * @param years what is known of each year
 */
public record BusinessCalendar(String name, Map<Integer, Year> years) {
  /** How certain a year is. */
  public enum State {
    /** The authority has published it. */
    PUBLISHED,
    /** Ours until the authority publishes: the days the law names, and no make-up days. */
    ESTIMATED
  }

  /**
   * One year.
   *
   * @param version the edition these days are from, from 1
   * @param holidays days off, whatever their weekday
   * @param makeUpDays days worked, whatever their weekday
   */
  public record Year(int version, State state, Set<LocalDate> holidays, Set<LocalDate> makeUpDays) {
    public Year {
      holidays = Set.copyOf(holidays);
      makeUpDays = Set.copyOf(makeUpDays);
    }
  }

  public BusinessCalendar {
    years = Map.copyOf(years);
  }

  /**
   * @throws IllegalArgumentException when the calendar does not reach that year
   */
  public boolean isWorkingDay(LocalDate day) {
    var year = year(day);
    if (year.makeUpDays().contains(day)) {
      return true;
    }
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !year.holidays().contains(day);
  }

  /** Whether the day's year is known, and published by the authority. */
  public boolean isPublished(LocalDate day) {
    var year = years.get(day.getYear());
    return year != null && year.state() == State.PUBLISHED;
  }

  /** Whether the day's year is published or estimated. */
  public State stateOf(LocalDate day) {
    return year(day).state();
  }

  /** The day itself when it is worked, else the last working day before it. */
  public LocalDate onOrBefore(LocalDate day) {
    var found = day;
    while (!isWorkingDay(found)) {
      found = found.minusDays(1);
    }
    return found;
  }

  /** The day itself when it is worked, else the first working day after it. */
  public LocalDate onOrAfter(LocalDate day) {
    var found = day;
    while (!isWorkingDay(found)) {
      found = found.plusDays(1);
    }
    return found;
  }

  /** The last working day before the day. */
  public LocalDate previous(LocalDate day) {
    return onOrBefore(day.minusDays(1));
  }

  /** The first working day after the day. */
  public LocalDate next(LocalDate day) {
    return onOrAfter(day.plusDays(1));
  }

  /**
   * Counts working days; the day itself is not counted.
   *
   * @param count how many, negative to count back; 0 gives the day itself, worked or not
   */
  public LocalDate plusWorkingDays(LocalDate day, int count) {
    var found = day;
    for (int i = 0; i < Math.abs(count); i++) {
      found = count > 0 ? next(found) : previous(found);
    }
    return found;
  }

  /**
   * The last day of a period of calendar days: the day it begins with is not counted, and one that
   * ends on a rest day ends on the next working day (Civil Code, articles 201 and 203).
   */
  public LocalDate endOfPeriod(LocalDate from, int days) {
    return onOrAfter(from.plusDays(days));
  }

  /**
   * The pay date of a month: the agreed day, or the month's last day where it is shorter, moved
   * back to a working day (Order 724, art. 14).
   */
  public LocalDate payDate(YearMonth month, int payDay) {
    return onOrBefore(month.atDay(Math.min(payDay, month.lengthOfMonth())));
  }

  private Year year(LocalDate day) {
    var year = years.get(day.getYear());
    if (year == null) {
      throw new IllegalArgumentException(
          "calendar " + name + " knows " + new TreeMap<>(years).keySet() + ", not " + day);
    }
    return year;
  }
}
