package org.wagerail.mailbox;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;

/** Takes documents in, once each. */
@Component
public class Inbox {
  /**
   * A document whose bytes are kept already.
   *
   * @param name as the sender called it; shown, never used as a path
   * @param message ISO 20022 name or empty
   */
  public record Letter(String name, String message, MessageStore.Kept bytes) {}

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final Months months;
  private final EventLog events;

  Inbox(JdbcClient jdbc, Numbers numbers, Months months, EventLog events) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.months = months;
    this.events = events;
  }

  /**
   * Takes letters in. Bytes that the same sender sent before, at any time, make no new document but
   * are noted as a repetition, to be answered as the first time.
   *
   * @param month of receipt in the bank's zone, yyyymm
   * @return how many are new
   */
  @Transactional
  public int accept(int bank, Sender sender, int month, Instant at, List<Letter> letters) {
    if (letters.isEmpty()) {
      return 0;
    }
    months.open(month);
    long first = numbers.take(bank, "document", letters.size());
    var hashes = letters.stream().map(l -> l.bytes().hash()).toArray(byte[][]::new);
    var fresh =
        jdbc.sql(
                """
                INSERT INTO inbound_hash (bank, sender, hash, month, document)
                SELECT ?, ?, hash, ?, ? + n - 1
                  FROM unnest(?) WITH ORDINALITY AS l (hash, n) ORDER BY hash, n
                ON CONFLICT DO NOTHING RETURNING document
                """)
            .params(bank, sender.name(), month, first, hashes)
            .query(Long.class)
            .set();
    jdbc.sql(
            """
            INSERT INTO inbound_document
              (bank, month, document, sender, name, message, hash, size, received_at)
            SELECT ?, ?, ? + n - 1, ?, name, message, hash, size, ?
              FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS l (name, message, hash, size, n)
             WHERE ? + n - 1 = ANY (?)
            """)
        .params(
            bank,
            month,
            first,
            sender.name(),
            Timestamp.from(at),
            letters.stream().map(l -> printable(l.name())).toArray(String[]::new),
            letters.stream().map(Letter::message).toArray(String[]::new),
            hashes,
            letters.stream().map(l -> l.bytes().size()).toArray(Long[]::new),
            first,
            fresh.toArray(Long[]::new))
        .update();
    var told = new ArrayList<EventLog.Event>(letters.size());
    for (int i = 0; i < letters.size(); i++) {
      if (fresh.contains(first + i)) {
        told.add(
            new EventLog.Event(
                "DOCUMENT_RECEIVED",
                "document " + month + "/" + (first + i),
                told(sender, letters.get(i))));
      } else {
        repeat(bank, sender, at, letters.get(i));
      }
    }
    if (!told.isEmpty()) {
      events.append(bank, at, told);
    }
    return fresh.size();
  }

  /** What a document is, so that its event proves it; its name may say anything and is left out. */
  private static String told(Sender sender, Letter letter) {
    return sender
        + " "
        + letter.message()
        + " "
        + letter.bytes().hex()
        + " of "
        + letter.bytes().size();
  }

  private void repeat(int bank, Sender sender, Instant at, Letter letter) {
    jdbc.sql(
            """
            INSERT INTO inbound_repeat (bank, month, document, nth, name, received_at)
            SELECT h.bank, h.month, h.document, 1 + count(r.nth), ?, ?
              FROM inbound_hash h LEFT JOIN inbound_repeat r USING (bank, month, document)
             WHERE h.bank = ? AND h.sender = ? AND h.hash = ?
             GROUP BY h.bank, h.month, h.document
            """)
        .params(
            printable(letter.name()),
            Timestamp.from(at),
            bank,
            sender.name(),
            letter.bytes().hash())
        .update();
    // The first answer goes out once more; where there is none yet, it will go out anyway.
    jdbc.sql(
            """
            INSERT INTO outbound_due (bank, month, message)
            SELECT m.bank, m.month, m.message
              FROM inbound_hash h
              JOIN outbound_message m ON m.bank = h.bank AND m.answers = h.document
             WHERE h.bank = ? AND h.sender = ? AND h.hash = ?
            ON CONFLICT DO NOTHING
            """)
        .params(bank, sender.name(), letter.bytes().hash())
        .update();
  }

  /** The document that a sender's bytes are; null when they never came. */
  public @Nullable InboundDocument find(int bank, Sender sender, byte[] hash) {
    return jdbc.sql(
            """
            SELECT d.bank, d.month, d.document, d.sender, d.name, d.message, d.hash, d.size
              FROM inbound_hash h JOIN inbound_document d USING (bank, month, document)
             WHERE h.bank = ? AND h.sender = ? AND h.hash = ?
            """)
        .params(bank, sender.name(), hash)
        .query(InboundDocument.class)
        .optional()
        .orElse(null);
  }

  /** Documents of a sender that nobody has dealt with, in order of arrival. */
  public List<InboundDocument> open(int bank, Sender sender) {
    return jdbc.sql(
            """
            SELECT bank, month, document, sender, name, message, hash, size
              FROM inbound_document d
             WHERE bank = ? AND sender = ?
               AND NOT EXISTS (SELECT 1 FROM inbound_done x
                                WHERE x.bank = d.bank AND x.month = d.month AND x.document = d.document)
             ORDER BY month, document
            """)
        .params(bank, sender.name())
        .query(InboundDocument.class)
        .list();
  }

  /** Documents that were found to be nothing that can be read, and set aside whole, at a moment. */
  public List<InboundDocument> setAside(int bank, Sender sender, Instant at) {
    return jdbc.sql(
            """
            SELECT d.bank, d.month, d.document, d.sender, d.name, d.message, d.hash, d.size
              FROM inbound_done x JOIN inbound_document d USING (bank, month, document)
             WHERE x.bank = ? AND x.outcome = 'SET_ASIDE' AND x.done_at = ? AND d.sender = ?
             ORDER BY d.month, d.document
            """)
        .params(bank, Timestamp.from(at), sender.name())
        .query(InboundDocument.class)
        .list();
  }

  /** Marks documents as dealt with, in the transaction that dealt with them. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void done(Instant at, String outcome, List<InboundDocument> documents) {
    var rows = new ArrayList<>(documents);
    jdbc.sql(
            """
            INSERT INTO inbound_done (bank, month, document, outcome, done_at)
            SELECT bank, month, document, ?, ? FROM unnest(?, ?, ?) AS d (bank, month, document)
            """)
        .params(
            outcome,
            Timestamp.from(at),
            rows.stream().map(InboundDocument::bank).toArray(Integer[]::new),
            rows.stream().map(InboundDocument::month).toArray(Integer[]::new),
            rows.stream().map(InboundDocument::document).toArray(Long[]::new))
        .update();
  }

  /** A sender's name for a file may hold anything; control characters would forge a log line. */
  private static String printable(String name) {
    var clean = name.replaceAll("\\p{Cntrl}", "\uFFFD");
    return clean.length() <= 300 ? clean : clean.substring(0, 300);
  }
}
