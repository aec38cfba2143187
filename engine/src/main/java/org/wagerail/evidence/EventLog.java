package org.wagerail.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A bank's sequence of events and its log of commands. Both join the caller's transaction and take
 * their number in it: call them last, because the bank's next writer waits until the commit. A
 * transaction that locks accounts locks them first, or two could wait for each other.
 */
@Component
public class EventLog {
  /**
   * Something that happened.
   *
   * @param kind what happened, for example {@code RUN_DECIDED}
   * @param subject what it happened to, for example {@code run 202610/17}
   * @param detail what a person wants to know first; nothing personal
   */
  public record Event(String kind, String subject, String detail) {}

  private final JdbcClient jdbc;

  EventLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Appends events in order and returns the number of the first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long append(int bank, Instant at, List<Event> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("no events");
    }
    return jdbc.sql(
            """
            WITH taken AS (
              INSERT INTO counter AS c (bank, series, next) VALUES (?, 'event', 1 + ?)
              ON CONFLICT (bank, series) DO UPDATE SET next = c.next + excluded.next - 1
              RETURNING next - ? AS first),
            told AS (
              INSERT INTO event (bank, seq, kind, subject, detail, at)
              SELECT ?, t.first + n - 1, kind, subject, detail, ?
                FROM taken t, unnest(?, ?, ?) WITH ORDINALITY AS e (kind, subject, detail, n))
            SELECT first FROM taken
            """)
        .params(
            bank,
            (long) events.size(),
            (long) events.size(),
            bank,
            Timestamp.from(at),
            events.stream().map(Event::kind).toArray(String[]::new),
            events.stream().map(Event::subject).toArray(String[]::new),
            events.stream().map(Event::detail).toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /** The number of the last event so far, 0 when there is none. */
  public long last(int bank) {
    return jdbc.sql("SELECT next - 1 FROM counter WHERE bank = ? AND series = 'event'")
        .param(bank)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /**
   * Writes a command down before it takes effect.
   *
   * @param actor the person or system that commands, by number or role, never by name
   * @param ground why it may be done: the paper, the rule, the order
   * @param canonical the command in one fixed form, the same for the same meaning
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void command(
      int bank, Instant at, String actor, String kind, String ground, String canonical) {
    // What the column keeps: else the chain could not be walked again from the rows.
    var kept = at.truncatedTo(ChronoUnit.MICROS);
    long number = Numbers.takeHere(jdbc, bank, "command", 1);
    var before =
        jdbc.sql("SELECT hash FROM command_log WHERE bank = ? AND command = ?")
            .params(bank, number - 1)
            .query(byte[].class)
            .optional()
            .orElse(new byte[0]);
    jdbc.sql(
            "INSERT INTO command_log (bank, command, actor, kind, ground, canonical, hash, at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            bank,
            number,
            actor,
            kind,
            ground,
            canonical,
            chain(before, actor, kind, ground, canonical, kept.toString()),
            Timestamp.from(kept))
        .update();
  }

  /** The hash of a command: SHA-256 over the hash before it and each part behind its length. */
  public static byte[] chain(byte[] before, String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      for (var part : parts) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(java.nio.ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
