package org.wagerail.evidence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what somebody was refused. An event stays, whatever becomes of the caller's work. */
@Component
public class SecurityEvents {
  /**
   * A refusal.
   *
   * @param kind its code
   * @param subject what was asked for: method and path
   * @param person who asked; null where that could not be told
   * @param detail nothing personal
   */
  public record Refusal(String kind, String subject, @Nullable Long person, String detail) {}

  /** A refusal that is kept. */
  public record Kept(
      long event, String kind, String subject, @Nullable Long person, String detail, Instant at) {}

  private final JdbcClient jdbc;

  SecurityEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps a refusal in a transaction of its own.
   *
   * @param bank 0 where the caller could not be told
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void append(int bank, Instant at, Refusal refusal) {
    jdbc.sql(
            "INSERT INTO security_event (bank, event, kind, subject, person, detail, at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(
            Arrays.asList(
                bank,
                Numbers.takeHere(jdbc, bank, "security event", 1),
                refusal.kind(),
                refusal.subject(),
                refusal.person(),
                refusal.detail(),
                Timestamp.from(at)))
        .update();
  }

  /** The latest before one, the latest first. */
  public List<Kept> before(int bank, long event, int most) {
    return jdbc.sql(
            """
            SELECT event, kind, subject, person, detail, at FROM security_event
             WHERE bank = ? AND event < ? ORDER BY event DESC LIMIT ?
            """)
        .params(bank, event, most)
        .query(
            (row, _) ->
                new Kept(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, Long.class),
                    row.getString(5),
                    row.getTimestamp(6).toInstant()))
        .list();
  }
}
