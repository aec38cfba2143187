package org.wagerail.project;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.evidence.Numbers;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.ledger.EntryKind;
import org.wagerail.ledger.Journal;
import org.wagerail.ledger.JournalEntry;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Notice;
import org.wagerail.mailbox.Notices;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;

/**
 * Correcting entries: what was booked wrongly is never edited, another entry makes it good. One
 * person asks with a document, another agrees, the entry is booked, and the supervisor is told. Of
 * the closed list of what may leave a wage book this is the kind that anybody could misuse, so each
 * has all four or does not exist.
 */
@Component
public class Corrections {
  /**
   * One side of a correction: a project's wage book, or with both empty the bank's settlement
   * position, where a credit had come from.
   *
   * @param account number of the special account
   * @param project code of the project
   */
  public record Side(String account, String project) {
    public static final Side SETTLEMENT = new Side("", "");

    private String said() {
      return equals(SETTLEMENT) ? "settlement" : project + " in " + account;
    }
  }

  /**
   * A wish.
   *
   * @param amount minor units
   * @param corrects the entry that was wrong, as the journal names it
   * @param document SHA-256 of the document, kept before
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Wish(
      Side debited, Side credited, long amount, String corrects, String reason, byte[] document) {}

  /** How a correction stands. */
  public enum State {
    ASKED_FOR,
    REJECTED,
    AGREED,
    BOOKED,
    NOT_BOOKED
  }

  /** A correction. Amount in minor units; the document by its hash, in hexadecimal. */
  public record Correction(
      long correction,
      State state,
      String debited,
      String credited,
      long amount,
      String corrects,
      String reason,
      String document,
      String maker,
      Instant askedAt,
      @Nullable String checker,
      @Nullable String why) {}

  /** Why nothing was done. */
  public enum Refusal {
    UNKNOWN_WAGE_BOOK("the project has no wage book in this account", "该项目未在此专户设立工资分账"),
    AMOUNT_NOT_POSITIVE("the amount must be more than nothing", "金额须大于零"),
    ONE_SIDE_ONLY("money must go from one account to another", "须在两个不同科目之间调整"),
    NO_DOCUMENT("a correction needs a document that is kept here", "更正须附已存档的凭证"),
    NO_REASON("it must be said why", "须注明理由"),
    MORE_THAN_AVAILABLE("more than is available on the wage book", "超过分账可用余额"),
    NO_SUCH_CORRECTION("there is no such correction", "无此更正"),
    ANSWERED_ALREADY("the correction has been answered already", "该更正已答复"),
    SAME_PERSON("a second person must decide", "须由另一人复核");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  /** What came of asking. */
  public sealed interface Outcome {}

  /** It waits for a second person. */
  public record Asked(long correction) implements Outcome {}

  /** It was not taken. */
  public record Refused(Refusal why) implements Outcome {}

  private record Open(
      long correction,
      long debited,
      long credited,
      long amount,
      String saidDebited,
      String saidCredited,
      String corrects,
      String reason,
      String document,
      String maker,
      @Nullable String checker) {}

  private static final String CORRECTIONS =
      """
      SELECT c.correction, c.debited, c.credited, c.amount, c.said_debited, c.said_credited,
             c.corrects, c.reason, encode(c.document, 'hex') AS document, c.maker, c.asked_at,
             a.agreed, a.checker, nullif(coalesce(o.reason, a.reason), '') AS why, o.booked
        FROM correction c
        LEFT JOIN correction_answer a USING (bank, correction)
        LEFT JOIN correction_outcome o USING (bank, correction)
       WHERE c.bank = :bank
      """;

  private final JdbcClient jdbc;
  private final WageBooks wageBooks;
  private final Numbers numbers;
  private final Accounts accounts;
  private final Journal journal;
  private final EventLog events;
  private final MessageStore store;
  private final Notices notices;
  private final Movements movements;

  Corrections(
      JdbcClient jdbc,
      WageBooks wageBooks,
      Numbers numbers,
      Accounts accounts,
      Journal journal,
      EventLog events,
      MessageStore store,
      Notices notices,
      Movements movements) {
    this.jdbc = jdbc;
    this.wageBooks = wageBooks;
    this.numbers = numbers;
    this.accounts = accounts;
    this.journal = journal;
    this.events = events;
    this.store = store;
    this.notices = notices;
    this.movements = movements;
  }

  /**
   * Writes down that the bytes of a document are kept, so that a correction may rest on them.
   *
   * @param actor who brought it
   */
  @Transactional
  public void keep(int bank, Instant at, String actor, MessageStore.Kept kept) {
    jdbc.sql(
            """
            INSERT INTO evidence_document (bank, hash, size, actor, kept_at)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(bank, kept.hash(), kept.size(), actor, Timestamp.from(at))
        .update();
  }

  /** Asks for a correction; it waits for another person. */
  @Transactional
  public Outcome ask(int bank, Instant at, String maker, Wish wish) {
    if (wish.amount() <= 0) {
      return new Refused(Refusal.AMOUNT_NOT_POSITIVE);
    }
    if (wish.reason().isBlank() || wish.corrects().isBlank()) {
      return new Refused(Refusal.NO_REASON);
    }
    var debited = account(bank, wish.debited());
    var credited = account(bank, wish.credited());
    if (debited == null || credited == null) {
      return new Refused(Refusal.UNKNOWN_WAGE_BOOK);
    }
    if (debited.equals(credited)) {
      return new Refused(Refusal.ONE_SIDE_ONLY);
    }
    if (!isKept(bank, wish.document())) {
      return new Refused(Refusal.NO_DOCUMENT);
    }
    long number = numbers.take(bank, "correction", 1);
    jdbc.sql(
            """
            INSERT INTO correction (bank, correction, debited, credited, amount, said_debited,
                                    said_credited, corrects, reason, document, maker, asked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            number,
            debited,
            credited,
            wish.amount(),
            wish.debited().said(),
            wish.credited().said(),
            wish.corrects(),
            wish.reason(),
            wish.document(),
            maker,
            Timestamp.from(at))
        .update();
    var said = said(debited, credited, wish.amount(), HexFormat.of().formatHex(wish.document()));
    events.command(
        bank, at, maker, "ASK_FOR_CORRECTION", wish.reason(), subject(number) + " " + said);
    events.append(
        bank, at, List.of(new EventLog.Event("CORRECTION_ASKED_FOR", subject(number), said)));
    return new Asked(number);
  }

  /**
   * Another person's answer; what is agreed is booked by {@link #book}.
   *
   * @param reason why not, where it is not agreed
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal answer(
      int bank, Instant at, String checker, long correction, boolean agreed, String reason) {
    movements.inTurn(bank);
    var found = open(bank, correction);
    if (found == null) {
      return Refusal.NO_SUCH_CORRECTION;
    }
    if (found.checker() != null) {
      return Refusal.ANSWERED_ALREADY;
    }
    if (agreed && found.maker().equals(checker)) {
      return Refusal.SAME_PERSON;
    }
    if (!agreed && reason.isBlank()) {
      return Refusal.NO_REASON;
    }
    jdbc.sql(
            """
            INSERT INTO correction_answer (bank, correction, agreed, checker, reason, answered_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(bank, correction, agreed, checker, agreed ? "" : reason, Timestamp.from(at))
        .update();
    var said = agreed ? "agreed" : "not agreed";
    events.command(
        bank,
        at,
        checker,
        "ANSWER_CORRECTION",
        agreed ? found.reason() : reason,
        subject(correction) + " " + said);
    events.append(
        bank, at, List.of(new EventLog.Event("CORRECTION_ANSWERED", subject(correction), said)));
    return null;
  }

  /** Books what two persons agreed on and is not booked yet, one after the other. */
  @Transactional
  public void book(int bank, LocalDate businessDate, Instant at) {
    movements.inTurn(bank);
    var agreed =
        jdbc.sql(CORRECTIONS + " AND a.agreed AND o.booked IS NULL ORDER BY c.correction")
            .param("bank", bank)
            .query(Open.class)
            .list();
    for (var each : agreed) {
      book(bank, businessDate, at, each);
    }
  }

  /** Whether something waits to be booked. */
  public boolean isDue(int bank) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM correction_answer a WHERE a.bank = ? AND a.agreed
                              AND NOT EXISTS (SELECT 1 FROM correction_outcome o
                                               WHERE o.bank = a.bank
                                                 AND o.correction = a.correction))
            """)
        .param(bank)
        .query(Boolean.class)
        .single();
  }

  private void book(int bank, LocalDate businessDate, Instant at, Open correction) {
    var refusal = refusal(bank, correction);
    jdbc.sql(
            """
            INSERT INTO correction_outcome (bank, correction, booked, reason, at)
            VALUES (?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            correction.correction(),
            refusal == null,
            refusal == null ? "" : refusal.name(),
            Timestamp.from(at))
        .update();
    if (refusal != null) {
      events.append(
          bank,
          at,
          List.of(
              new EventLog.Event(
                  "CORRECTION_NOT_BOOKED", subject(correction.correction()), refusal.name())));
      return;
    }
    events.command(
        bank,
        at,
        new FourEyes(correction.maker(), String.valueOf(correction.checker())).toString(),
        EntryKind.CORRECTION.name(),
        correction.reason(),
        subject(correction.correction())
            + " "
            + said(
                correction.debited(),
                correction.credited(),
                correction.amount(),
                correction.document()));
    journal.post(
        bank,
        businessDate,
        at,
        List.of(
            JournalEntry.move(
                EntryKind.CORRECTION,
                subject(correction.correction()),
                correction.debited(),
                correction.credited(),
                correction.amount())),
        List.of());
    notices.put(
        bank,
        businessDate.getYear() * 100 + businessDate.getMonthValue(),
        at,
        List.of(notice(correction)));
  }

  /** The wage book may have ended, or its money have gone, since the two persons looked. */
  private @Nullable Refusal refusal(int bank, Open correction) {
    if (hasEnded(bank, correction.debited()) || hasEnded(bank, correction.credited())) {
      return Refusal.UNKNOWN_WAGE_BOOK;
    }
    var standing =
        journal
            .lock(bank, new TreeSet<>(List.of(correction.debited(), correction.credited())))
            .get(correction.debited());
    return standing != null
            && standing.kind() == AccountKind.WAGE_BOOK
            && standing.available() < correction.amount()
        ? Refusal.MORE_THAN_AVAILABLE
        : null;
  }

  private boolean hasEnded(int bank, long account) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM closing_step WHERE bank = ? AND wage_book = ?
                              AND step = 'CLOSED')
            """)
        .params(bank, account)
        .query(Boolean.class)
        .single();
  }

  private static Notice notice(Open correction) {
    var amount = Money.format(correction.amount(), 2);
    var facts = new LinkedHashMap<String, String>();
    facts.put("debited", correction.saidDebited());
    facts.put("credited", correction.saidCredited());
    facts.put("amount", amount);
    facts.put("corrects", correction.corrects());
    facts.put("reason", correction.reason());
    facts.put("document", correction.document());
    return new Notice(
        "CORRECTION",
        subject(correction.correction()),
        facts,
        "本行更正分录：自 %s 至 %s，%s 元，更正 %s；理由：%s。"
            .formatted(
                correction.saidDebited(),
                correction.saidCredited(),
                amount,
                correction.corrects(),
                correction.reason()),
        "A correcting entry: CNY %s from %s to %s, of %s; reason: %s."
            .formatted(
                amount,
                correction.saidDebited(),
                correction.saidCredited(),
                correction.corrects(),
                correction.reason()),
        List.of(Outbox.Counterpart.SUPERVISOR));
  }

  // ------------------------------------------------------------------ looking

  /** Corrections before one, the latest first, at most so many. */
  public List<Correction> before(int bank, long before, int most) {
    return jdbc.sql(
            CORRECTIONS + " AND c.correction < :before ORDER BY c.correction DESC LIMIT :most")
        .param("bank", bank)
        .param("before", before)
        .param("most", most)
        .query(
            (row, _) ->
                new Correction(
                    row.getLong("correction"),
                    state(
                        row.getObject("agreed", Boolean.class),
                        row.getObject("booked", Boolean.class)),
                    row.getString("said_debited"),
                    row.getString("said_credited"),
                    row.getLong("amount"),
                    row.getString("corrects"),
                    row.getString("reason"),
                    row.getString("document"),
                    row.getString("maker"),
                    row.getTimestamp("asked_at").toInstant(),
                    row.getString("checker"),
                    row.getString("why")))
        .list();
  }

  private static State state(@Nullable Boolean agreed, @Nullable Boolean booked) {
    if (booked != null) {
      return booked ? State.BOOKED : State.NOT_BOOKED;
    }
    return agreed == null ? State.ASKED_FOR : agreed ? State.AGREED : State.REJECTED;
  }

  private @Nullable Open open(int bank, long correction) {
    return jdbc.sql(CORRECTIONS + " AND c.correction = :correction")
        .param("bank", bank)
        .param("correction", correction)
        .query(Open.class)
        .optional()
        .orElse(null);
  }

  private @Nullable Long account(int bank, Side side) {
    return side.equals(Side.SETTLEMENT)
        ? (Long) accounts.own(bank, AccountKind.SETTLEMENT)
        : wageBooks
            .find(bank, List.of(new WageBooks.Named(side.account(), side.project(), "")))
            .getFirst()
            .wageBook();
  }

  private boolean isKept(int bank, byte[] document) {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM evidence_document WHERE bank = ? AND hash = ?)")
            .params(bank, document)
            .query(Boolean.class)
            .single()
        && store.has(document);
  }

  private static String subject(long correction) {
    return "correction " + correction;
  }

  private static String said(long debited, long credited, long amount, String document) {
    return "from account "
        + debited
        + " to "
        + credited
        + " amount "
        + amount
        + " document "
        + document;
  }
}
