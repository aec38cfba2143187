package org.wagerail.money;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours in which people are at work: on working days of a calendar, from one time of day to
 * another.
 *
 * @param opens minutes after midnight, before {@code closes}
 */
public record OfficeHours(BusinessCalendar calendar, ZoneId zone, int opens, int closes) {
  public OfficeHours {
    if (opens < 0 || opens >= closes || closes >= 24 * 60) {
      throw new IllegalArgumentException("business hours from " + opens + " to " + closes);
    }
  }

  /** The moment at which so much work time has passed since another; a rest day counts nothing. */
  public Instant after(Instant from, Duration work) {
    var at = from.atZone(zone);
    var left = work;
    while (true) {
      var close = minute(at, closes);
      if (calendar.isWorkingDay(at.toLocalDate()) && at.isBefore(close)) {
        var begin = at.isBefore(minute(at, opens)) ? minute(at, opens) : at;
        var rest = Duration.between(begin, close);
        if (left.compareTo(rest) <= 0) {
          return begin.plus(left).toInstant();
        }
        left = left.minus(rest);
      }
      at = morning(at.plusDays(1));
    }
  }

  /**
   * The last moment since which so much work time has passed by now: what was open then, or before,
   * is due.
   */
  public Instant before(Instant now, Duration work) {
    var at = now.atZone(zone);
    var left = work;
    while (true) {
      var open = minute(at, opens);
      if (calendar.isWorkingDay(at.toLocalDate()) && at.isAfter(open)) {
        var end = at.isAfter(minute(at, closes)) ? minute(at, closes) : at;
        var done = Duration.between(open, end);
        if (left.compareTo(done) <= 0) {
          return end.minus(left).toInstant();
        }
        left = left.minus(done);
      }
      at = morning(at).minusNanos(1);
    }
  }

  private ZonedDateTime minute(ZonedDateTime at, int minute) {
    return at.toLocalDate().atTime(minute / 60, minute % 60).atZone(zone);
  }

  private ZonedDateTime morning(ZonedDateTime at) {
    return at.toLocalDate().atStartOfDay(zone);
  }
}
