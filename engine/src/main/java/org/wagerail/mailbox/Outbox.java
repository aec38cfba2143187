package org.wagerail.mailbox;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.Numbers;

/** Messages that must go out, at least once each. */
@Component
public class Outbox {
  /** Whom we send to. */
  public enum Counterpart {
    CONTRACTOR,
    CLEARING,
    CORE,
    OWNER,
    SUPERVISOR
  }

  /**
   * A message whose bytes are kept already.
   *
   * @param name the file name it goes out under
   * @param kind its ISO 20022 name
   * @param subject what it speaks of; one kind speaks of a subject once
   * @param answers the inbound document that it is the first answer to; if the document comes
   *     again, this goes out again
   */
  public record OutboundMessage(
      Counterpart counterpart,
      String name,
      String kind,
      String subject,
      MessageStore.Kept bytes,
      @Nullable Long answers) {}

  /** A message that waits for delivery. */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Due(
      int bank, int month, long message, Counterpart counterpart, String name, byte[] hash) {}

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final Months months;

  Outbox(JdbcClient jdbc, Numbers numbers, Months months) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.months = months;
  }

  /** Puts messages out in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void put(int bank, int month, Instant at, List<OutboundMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    months.open(month);
    long first = numbers.take(bank, "message", messages.size());
    jdbc.sql(
            """
            WITH put AS (
              INSERT INTO outbound_message
                (bank, month, message, counterpart, name, kind, subject, hash, size, answers,
                 created_at)
              SELECT ?, ?, ? + n - 1, counterpart, name, kind, subject, hash, size, answers, ?
                FROM unnest(?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                  AS m (counterpart, name, kind, subject, hash, size, answers, n)
              RETURNING bank, month, message)
            INSERT INTO outbound_due (bank, month, message) SELECT * FROM put
            """)
        .params(
            bank,
            month,
            first,
            Timestamp.from(at),
            messages.stream().map(m -> m.counterpart().name()).toArray(String[]::new),
            messages.stream().map(OutboundMessage::name).toArray(String[]::new),
            messages.stream().map(OutboundMessage::kind).toArray(String[]::new),
            messages.stream().map(OutboundMessage::subject).toArray(String[]::new),
            messages.stream().map(m -> m.bytes().hash()).toArray(byte[][]::new),
            messages.stream().map(m -> m.bytes().size()).toArray(Long[]::new),
            messages.stream().map(OutboundMessage::answers).toArray(Long[]::new))
        .update();
  }

  /**
   * The oldest messages that wait.
   *
   * @param after those up to this one are passed over; null from the first on
   */
  public List<Due> due(@Nullable Due after, int limit) {
    return jdbc.sql(
            """
            SELECT m.bank, m.month, m.message, m.counterpart, m.name, m.hash
              FROM outbound_due d JOIN outbound_message m USING (bank, month, message)
             WHERE (d.bank, d.month, d.message) > (?, ?, ?)
             ORDER BY d.bank, d.month, d.message LIMIT ?
            """)
        .params(
            after == null ? 0 : after.bank(),
            after == null ? 0 : after.month(),
            after == null ? 0L : after.message(),
            limit)
        .query(Due.class)
        .list();
  }

  /** Notes that messages have been delivered. Delivering one again before this is harmless. */
  @Transactional
  public void delivered(Instant at, List<Due> messages) {
    jdbc.sql(
            """
            WITH gone AS (
              DELETE FROM outbound_due o USING unnest(?, ?, ?) AS d (bank, month, message)
               WHERE o.bank = d.bank AND o.month = d.month AND o.message = d.message
              RETURNING o.bank, o.month, o.message)
            INSERT INTO outbound_delivery (bank, month, message, nth, delivered_at)
            SELECT g.bank, g.month, g.message,
                   1 + (SELECT count(*) FROM outbound_delivery x
                         WHERE x.bank = g.bank AND x.month = g.month AND x.message = g.message), ?
              FROM gone g
            """)
        .params(
            messages.stream().map(Due::bank).toArray(Integer[]::new),
            messages.stream().map(Due::month).toArray(Integer[]::new),
            messages.stream().map(Due::message).toArray(Long[]::new),
            Timestamp.from(at))
        .update();
  }
}
