package org.wagerail.ops.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes like another, and can be put forward. */
public final class SandboxClock extends Clock {
  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  public SandboxClock(Clock clock) {
    this.clock = clock;
  }

  /**
   * Puts the clock forward.
   *
   * @return whether that moment is still to come
   */
  synchronized boolean forward(Instant to) {
    var ahead = Duration.between(clock.instant(), to);
    if (ahead.compareTo(this.ahead) <= 0) {
      return false;
    }
    this.ahead = ahead;
    return true;
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The sandbox's time is an instant; banks know their zones. */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
