package org.wagerail.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.secrecy.Vault;

/**
 * A bank's sequence of events and its log of commands. Both join the caller's transaction and take
 * their number in it: call them last, because the bank's next writer waits until the commit. A
 * transaction that locks accounts locks them first, or two could wait for each other.
 *
 * <p>Both are chains: each link is a hash of the one before and of a digest that needs the bank's
 * key. Who has the database alone can change no event and no command unnoticed, and neither what
 * they carry digests of.
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
  private final Vault vault;

  EventLog(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Appends events in order and returns the number of the first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long append(int bank, Instant at, List<Event> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("no events");
    }
    var kept = kept(at);
    long count = events.size();
    var texts = new ArrayList<String>(events.size() * 4);
    events.forEach(event -> texts.addAll(texts(event, kept)));
    var digest = digest(bank, "EVENT", texts);
    // The lock on the counter's row is the lock on the chain: the link is made where it is held.
    return jdbc.sql(
            """
            WITH taken AS (
              INSERT INTO counter AS c (bank, series, next, chain) VALUES (?, 'event', 1 + ?, sha256(?))
              ON CONFLICT (bank, series) DO UPDATE
                 SET next = c.next + excluded.next - 1, chain = sha256(c.chain || ?)
              RETURNING next - ? AS first, chain),
            told AS (
              INSERT INTO event (bank, seq, kind, subject, detail, at, chain)
              SELECT ?, t.first + n - 1, kind, subject, detail, ?, CASE WHEN n = ? THEN t.chain END
                FROM taken t, unnest(?, ?, ?) WITH ORDINALITY AS e (kind, subject, detail, n))
            SELECT first FROM taken
            """)
        .params(
            bank,
            count,
            digest,
            digest,
            count,
            bank,
            Timestamp.from(kept),
            count,
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
   * An event as it stands in its bank's sequence.
   *
   * @param seq from 1, without a gap
   */
  public record Told(long seq, String kind, String subject, String detail, Instant at) {}

  /**
   * Events behind a number, in order, at most so many. Nobody who reads on behind the last number
   * he has seen misses one: whoever takes a number keeps the counter locked until his commit, so
   * that numbers become visible in their order, and what is visible ends before the first that is
   * not.
   *
   * @param kinds only these; all when empty
   * @param last no later ones: {@link #last} as read before
   */
  public List<Told> after(int bank, long after, long last, Collection<String> kinds, int most) {
    return jdbc.sql(
            """
            SELECT seq, kind, subject, detail, at FROM event
             WHERE bank = ? AND seq > ? AND seq <= ? AND (? OR kind = ANY (?))
             ORDER BY seq LIMIT ?
            """)
        .params(bank, after, last, kinds.isEmpty(), kinds.toArray(String[]::new), most)
        .query(
            (row, _) ->
                new Told(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getTimestamp(5).toInstant()))
        .list();
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
    var kept = kept(at);
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
            link(
                before,
                digest(bank, "COMMAND", List.of(actor, kind, ground, canonical, kept.toString()))),
            Timestamp.from(kept))
        .update();
  }

  /** What the column keeps: else the chain could not be walked again from the rows. */
  private static Instant kept(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * A keyed digest over texts, each behind its length.
   *
   * @param series what they are: the same texts of another series have another digest
   */
  public byte[] digest(int bank, String series, List<String> texts) {
    var all = new StringBuilder();
    texts.forEach(text -> all.append(text.length()).append(':').append(text));
    return vault.blind(bank, series, all.toString());
  }

  /** The texts of an event that its block's digest is made of. */
  public static List<String> texts(Event event, Instant at) {
    return List.of(event.kind(), event.subject(), event.detail(), at.toString());
  }

  /** The next link of a chain: SHA-256 over the link before it, empty at first, and a digest. */
  public static byte[] link(byte[] before, byte[] digest) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update(before);
      return hash.digest(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
