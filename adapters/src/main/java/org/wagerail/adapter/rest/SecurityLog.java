package org.wagerail.adapter.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.wagerail.evidence.SecurityEvents;

/** Keeps one event for each request that is refused. */
@Component
@ConditionalOnWebApplication
public final class SecurityLog {
  private static final Logger LOG = LoggerFactory.getLogger(SecurityLog.class);
  private static final int LONGEST = 200;

  /** Of callers that cannot be told, so many a second: nobody fills our disk who has no token. */
  private static final long UNKNOWN_A_SECOND = 100;

  private final SecurityEvents events;
  private final Clock clock;
  private final AtomicLong second = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();

  SecurityLog(SecurityEvents events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Keeps that a request was refused. */
  public void refused(HttpServletRequest request, Refused refused) {
    var at = clock.instant();
    var caller = (Caller) request.getAttribute(Caller.ATTRIBUTE);
    if (caller == null && !isFew(System.nanoTime() / 1_000_000_000L)) {
      return;
    }
    var subject = request.getMethod() + " " + printable(request.getRequestURI());
    var detail = refused.pointer() == null ? "" : printable(refused.pointer());
    events.append(
        caller == null ? 0 : caller.bank(),
        at,
        new SecurityEvents.Refusal(
            refused.name(), subject, caller == null ? null : (Long) caller.person(), detail));
  }

  /** As {@link #refused}, where the caller is answered whatever becomes of the event. */
  void refusedAnyway(HttpServletRequest request, Refused refused) {
    try {
      refused(request, refused);
    } catch (RuntimeException e) {
      LOG.error("an event of security is not kept: {}", refused.name(), e);
    }
  }

  private boolean isFew(long now) {
    if (second.getAndSet(now) != now) {
      unknown.set(0);
    }
    return unknown.incrementAndGet() <= UNKNOWN_A_SECOND;
  }

  private static String printable(String text) {
    var clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
