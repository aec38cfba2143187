package org.wagerail.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.project.Banks;
import org.wagerail.project.Masks;
import org.wagerail.project.Payees;

/** What steps point to: documents, messages, entries, commands, persons; each found by its key. */
@Component
class Records {
  /**
   * The next character after a blank: everything that begins with a word and a blank is before it.
   */
  private static final String AFTER_BLANK = "!";

  /** A message, and when it was first delivered, in the bank's time. */
  record Sent(Document document, String subject, Instant at, @Nullable String delivered) {}

  /** A command that somebody gave. */
  record Command(String actor, String kind, String ground, String canonical, Instant at) {}

  /** A worker's account, and whose bank it is of; its number is masked. */
  record Account(String member, String number) {
    @Override
    public String toString() {
      return number + " @ " + member;
    }
  }

  private static final String MESSAGE =
      """
      SELECT m.month, m.message, m.name, m.kind, m.subject, m.hash, m.created_at,
             (SELECT min(d.delivered_at) FROM outbound_delivery d WHERE d.bank = m.bank
                 AND d.month = m.month AND d.message = m.message) AS delivered_at
        FROM outbound_message m
       WHERE m.bank = ? AND m.month >= ?
      """;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final JdbcClient jdbc;
  private final Payees payees;
  private final Banks banks;

  Records(JdbcClient jdbc, Payees payees, Banks banks) {
    this.jdbc = jdbc;
    this.payees = payees;
    this.banks = banks;
  }

  /** A document that came in; null when it is not there any more. */
  @Nullable Document received(int bank, int month, long document, String id) {
    return jdbc.sql(
            """
            SELECT name, message, hash FROM inbound_document
             WHERE bank = ? AND month = ? AND document = ?
            """)
        .params(bank, month, document)
        .query(
            (row, _) ->
                new Document(
                    true,
                    month,
                    document,
                    row.getString(1),
                    row.getString(2),
                    id,
                    HexFormat.of().formatHex(row.getBytes(3))))
        .optional()
        .orElse(null);
  }

  /** The messages about exactly this, of a month and later. */
  List<Sent> sent(int bank, int month, String subject, String id) {
    return jdbc.sql(MESSAGE + " AND m.subject COLLATE \"C\" = ? ORDER BY m.month, m.message")
        .params(bank, month, subject)
        .query((row, _) -> sent(bank, row, id))
        .list();
  }

  /** The messages whose subject begins with these words. */
  List<Sent> sentAbout(int bank, int month, String words) {
    return jdbc.sql(
            MESSAGE
                + " AND m.subject COLLATE \"C\" >= ? AND m.subject COLLATE \"C\" < ?"
                + " ORDER BY m.month, m.message")
        .params(bank, month, words + " ", words + AFTER_BLANK)
        .query((row, _) -> sent(bank, row, ""))
        .list();
  }

  private Sent sent(int bank, ResultSet row, String id) throws SQLException {
    var delivered = row.getTimestamp("delivered_at");
    return new Sent(
        new Document(
            false,
            row.getInt("month"),
            row.getLong("message"),
            row.getString("name"),
            row.getString("kind"),
            id,
            HexFormat.of().formatHex(row.getBytes("hash"))),
        row.getString("subject"),
        row.getTimestamp("created_at").toInstant(),
        delivered == null ? null : TIME.format(delivered.toInstant().atZone(banks.zone(bank))));
  }

  /** A booked entry, and when it was booked. */
  record Booked(Entry entry, Instant at) {}

  /** What was booked for something, in a month of the books or later; null when nothing was. */
  @Nullable Booked booked(int bank, int month, String subject) {
    record Head(int month, long number, String kind, LocalDate date, Instant at) {}
    var head =
        jdbc.sql(
                """
                SELECT book_month, entry, kind, business_date, booked_at FROM journal_entry
                 WHERE bank = ? AND book_month >= ? AND subject = ?
                 ORDER BY book_month, entry LIMIT 1
                """)
            .params(bank, month, subject)
            .query(
                (row, _) ->
                    new Head(
                        row.getInt(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getTimestamp(5).toInstant()))
            .optional();
    return head.map(
            h ->
                new Booked(
                    new Entry(
                        h.month(),
                        h.number(),
                        h.kind(),
                        subject,
                        h.date(),
                        legs(bank, h.month(), h.number())),
                    h.at()))
        .orElse(null);
  }

  private List<Entry.Leg> legs(int bank, int month, long entry) {
    return jdbc.sql(
            """
            SELECT p.account, a.kind, p.amount, p.balance_after
              FROM posting p JOIN account a ON a.bank = p.bank AND a.account = p.account
             WHERE p.bank = ? AND p.book_month = ? AND p.entry = ? ORDER BY p.leg
            """)
        .params(bank, month, entry)
        .query(
            (row, _) ->
                new Entry.Leg(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
        .list();
  }

  /** The commands whose canonical form begins with these words, in their order. */
  List<Command> commands(int bank, String words) {
    return jdbc.sql(
            """
            SELECT actor, kind, ground, canonical, at FROM command_log
             WHERE bank = ? AND left(canonical, 100) COLLATE "C" >= ?
               AND left(canonical, 100) COLLATE "C" < ? ORDER BY command
            """)
        .params(bank, words + " ", words + AFTER_BLANK)
        .query(
            (row, _) ->
                new Command(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getTimestamp(5).toInstant()))
        .list();
  }

  /** Who commanded something at a moment; null when no command is on record. */
  static @Nullable Words actor(List<Command> commands, String kind, Instant at) {
    return commands.stream()
        .filter(c -> c.kind().equals(kind) && c.at().equals(at))
        .map(c -> new Words(c.actor(), c.actor()))
        .findFirst()
        .orElse(null);
  }

  /** Persons by number, each as "person 17 (王**)". */
  Map<Long, Words> persons(int bank, List<Long> parties) {
    var persons = new LinkedHashMap<Long, Words>();
    payees
        .names(bank, parties.toArray(Long[]::new))
        .forEach(
            (party, name) ->
                persons.put(
                    party, Words.of("人员%d（%s）", "person %d (%s)", party, Masks.name(name))));
    return persons;
  }

  /** Accounts by their number in the register. */
  Map<Long, Account> accounts(int bank, List<Long> workerAccounts) {
    var accounts = new LinkedHashMap<Long, Account>();
    payees
        .accounts(bank, workerAccounts.toArray(Long[]::new))
        .forEach(
            (number, account) ->
                accounts.put(
                    number, new Account(account.member(), Masks.account(account.number()))));
    return accounts;
  }

  /** A step for each message, and one saying when it was delivered where that is known. */
  static List<Step> told(Step.Kind kind, List<Sent> messages, Ground ground) {
    var steps = new ArrayList<Step>();
    for (var message : messages) {
      var delivered = message.delivered();
      steps.add(
          Step.of(
                  message.at(),
                  kind,
                  delivered == null
                      ? Words.of(
                          "发出 %s（%s），待投递",
                          "%s goes out (%s), not delivered yet",
                          message.document().message(),
                          message.subject())
                      : Words.of(
                          "发出 %s（%s），%s 投递",
                          "%s goes out (%s), delivered at %s",
                          message.document().message(),
                          message.subject(),
                          delivered),
                  ground)
              .on(message.document()));
    }
    return steps;
  }
}
