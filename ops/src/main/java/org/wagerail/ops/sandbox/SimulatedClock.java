package org.wagerail.ops.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that shows what it was set to, and never goes backwards. */
final class SimulatedClock extends Clock {
  private volatile Instant shows;

  SimulatedClock(Instant start) {
    shows = start;
  }

  void set(Instant to) {
    if (to.isBefore(shows)) {
      throw new IllegalArgumentException(to + " is before " + shows);
    }
    shows = to;
  }

  @Override
  public Instant instant() {
    return shows;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(shows, zone);
  }
}
