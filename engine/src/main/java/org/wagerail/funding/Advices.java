package org.wagerail.funding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Notice;
import org.wagerail.mailbox.Notices;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;
import org.wagerail.project.Movements;
import org.wagerail.project.WageBooks;
import org.wagerail.secrecy.Vault;

/**
 * Takes in what the core system tells of special wage accounts. The same movement counts once, in
 * however many notifications it stands.
 */
@Component
public class Advices {
  /**
   * One movement as the core system tells it.
   *
   * @param account number of the special wage account
   * @param reference the core system's own: with the account it names the movement for ever
   * @param project code of the project it names, empty when it names none
   * @param amount minor units of CNY; 0 when it is no such amount
   * @param booked whether the core system has booked it
   * @param credit whether it is money that came in, and takes back no other movement
   * @param on the day it was booked, null when that is not told
   * @param payer whatever is told of who paid, and for what: kept sealed
   */
  public record Advice(
      String account,
      String reference,
      String project,
      long amount,
      boolean booked,
      boolean credit,
      @Nullable LocalDate on,
      String payer) {}

  /** Money that waits for somebody to say whose it is. Amount in minor units. */
  public record Suspended(
      long advice,
      String account,
      String reference,
      String project,
      long amount,
      LocalDate since) {}

  /** Why nothing was decided. */
  public enum Refusal {
    NO_SUCH_ADVICE("there is no such money in suspense", "无此待查款项"),
    DECIDED_ALREADY("it has been decided already", "该款项已有处理决定"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_REASON("it must be said why", "须注明理由"),
    UNKNOWN_WAGE_BOOK("the project has no wage book in the account it came to", "该项目在入账专户内无工资分账");

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

  /**
   * What names a movement for ever.
   *
   * @param nature empty for a booked credit; else why it is none
   */
  private record Key(String account, String reference, String nature) {}

  private record Content(String project, long amount) {}

  private record Taken(long number, Advice said, AdviceDecision decision, LocalDate on) {
    String subject() {
      return "advice " + number;
    }
  }

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;
  private final Journal journal;
  private final Accounts accounts;
  private final WageBooks wageBooks;
  private final Movements movements;
  private final Inbox inbox;
  private final Notices notices;
  private final Vault vault;

  Advices(
      JdbcClient jdbc,
      Numbers numbers,
      EventLog events,
      Journal journal,
      Accounts accounts,
      WageBooks wageBooks,
      Movements movements,
      Inbox inbox,
      Notices notices,
      Vault vault) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
    this.journal = journal;
    this.accounts = accounts;
    this.wageBooks = wageBooks;
    this.movements = movements;
    this.inbox = inbox;
    this.notices = notices;
    this.vault = vault;
  }

  /** Notes that a document is no notification that can be read; a person must look at it. */
  @Transactional
  public void setAside(int bank, Instant at, InboundDocument document) {
    inbox.done(at, "SET_ASIDE", List.of(document));
    events.append(
        bank,
        at,
        List.of(
            new EventLog.Event(
                "ADVICE_SET_ASIDE", "document " + document.document(), document.message())));
  }

  /**
   * Takes what a document tells, in one transaction.
   *
   * @param today the bank's business date
   */
  @Transactional
  public void take(
      int bank, LocalDate today, Instant at, InboundDocument document, List<Advice> said) {
    movements.inTurn(bank);
    var known = known(bank, said);
    var fresh = new ArrayList<Advice>();
    var contradicted = new ArrayList<EventLog.Event>();
    for (var advice : said) {
      var content = new Content(advice.project(), advice.amount());
      var before =
          known.putIfAbsent(
              new Key(advice.account(), advice.reference(), AdviceDecision.nature(advice)),
              content);
      if (before == null) {
        fresh.add(advice);
      } else if (!before.equals(content)) {
        contradicted.add(
            new EventLog.Event(
                "ADVICE_CONTRADICTED",
                "document " + document.document(),
                "reference "
                    + advice.reference()
                    + " amount "
                    + before.amount()
                    + " then "
                    + advice.amount()));
      }
    }
    inbox.done(at, "TAKEN", List.of(document));
    if (!fresh.isEmpty()) {
      var taken = decided(bank, today, fresh);
      book(bank, today, at, taken);
      insert(bank, at, document, taken);
      tellOfDebits(bank, today, at, taken);
    }
    if (!contradicted.isEmpty()) {
      events.append(bank, at, contradicted);
    }
  }

  private List<Taken> decided(int bank, LocalDate today, List<Advice> fresh) {
    var found =
        wageBooks.find(
            bank,
            fresh.stream().map(a -> new WageBooks.Named(a.account(), a.project(), "")).toList());
    long first = numbers.take(bank, "advice", fresh.size());
    var taken = new ArrayList<Taken>(fresh.size());
    for (int i = 0; i < fresh.size(); i++) {
      var advice = fresh.get(i);
      var on = advice.on() == null || advice.on().isAfter(today) ? today : advice.on();
      taken.add(new Taken(first + i, advice, AdviceDecision.decide(advice, found.get(i)), on));
    }
    return taken;
  }

  private void insert(int bank, Instant at, InboundDocument document, List<Taken> taken) {
    long seq =
        events.append(
            bank,
            at,
            taken.stream()
                .map(
                    t ->
                        new EventLog.Event(
                            "ADVICE_" + t.decision().outcome(),
                            t.subject(),
                            "amount " + t.said().amount() + " " + reason(t)))
                .toList());
    jdbc.sql(
            """
            INSERT INTO advice (bank, advice, account, reference, doc_month, document, project, amount,
                                outcome, reason, said, business_date, seq, taken_at)
            SELECT ?, a.advice, a.account, a.reference, ?, ?, a.project, a.amount, a.outcome, a.reason,
                   a.said, a.booked_on, ? + a.n - 1, ?
              FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                AS a (advice, account, reference, project, amount, outcome, reason, said, booked_on,
                      n)
            """)
        .params(
            bank,
            document.month(),
            document.document(),
            seq,
            Timestamp.from(at),
            taken.stream().map(Taken::number).toArray(Long[]::new),
            taken.stream().map(t -> t.said().account()).toArray(String[]::new),
            taken.stream().map(t -> t.said().reference()).toArray(String[]::new),
            taken.stream().map(t -> t.said().project()).toArray(String[]::new),
            taken.stream().map(t -> t.said().amount()).toArray(Long[]::new),
            taken.stream().map(t -> t.decision().outcome().name()).toArray(String[]::new),
            taken.stream().map(Advices::reason).toArray(String[]::new),
            taken.stream()
                .map(t -> vault.seal(bank, "advice.said", t.number(), t.said().payer()))
                .toArray(byte[][]::new),
            taken.stream().map(t -> java.sql.Date.valueOf(t.on())).toArray(java.sql.Date[]::new))
        .update();
  }

  /**
   * Money that left a special account, or a credit that was taken back, without us: nothing is
   * booked, and the supervisor and the core system are told at once.
   */
  private void tellOfDebits(int bank, LocalDate today, Instant at, List<Taken> taken) {
    var told = new ArrayList<Notice>();
    for (var each : taken) {
      if (each.decision().reason() == AdviceDecision.Reason.NOT_A_CREDIT) {
        var said = each.said();
        var amount = Money.format(said.amount(), 2);
        var facts = new LinkedHashMap<String, String>();
        facts.put("account", said.account());
        facts.put("reference", said.reference());
        facts.put("amount", amount);
        told.add(
            new Notice(
                "ACCOUNT_DEBITED",
                each.subject(),
                facts,
                "专户 %s 被核心系统借记或冲回 %s 元（编号 %s），并非由工资支付产生，本系统未入账，请立即核查。"
                    .formatted(said.account(), amount, said.reference()),
                ("The core system debited or took back CNY %s on account %s (reference %s); no wage"
                        + " payment of ours says so. Nothing was booked; please look into it at"
                        + " once.")
                    .formatted(amount, said.account(), said.reference()),
                List.of(Outbox.Counterpart.SUPERVISOR, Outbox.Counterpart.CORE)));
      }
    }
    if (!told.isEmpty()) {
      notices.put(bank, today.getYear() * 100 + today.getMonthValue(), at, told);
    }
  }

  private static String reason(Taken taken) {
    var reason = taken.decision().reason();
    return reason == null ? "" : reason.name();
  }

  /** Books what is money: credits to wage books, the rest to suspense, in one posting. */
  private void book(int bank, LocalDate today, Instant at, List<Taken> taken) {
    var arrived = new ArrayList<Movements.Arrived>();
    var entries = new ArrayList<JournalEntry>();
    long settlement = accounts.own(bank, AccountKind.SETTLEMENT);
    long suspense = accounts.own(bank, AccountKind.SUSPENSE);
    for (var each : taken) {
      switch (each.decision().outcome()) {
        case CREDITED ->
            arrived.add(
                new Movements.Arrived(
                    Objects.requireNonNull(each.decision().wageBook()),
                    each.said().amount(),
                    each.subject(),
                    each.on(),
                    document(each.said().account(), each.said().reference())));
        case SUSPENDED ->
            entries.add(
                JournalEntry.move(
                    EntryKind.UNASSIGNED,
                    each.subject(),
                    settlement,
                    suspense,
                    each.said().amount()));
        case NOTED -> {
          // No money has come in.
        }
      }
    }
    movements.arrive(bank, today, at, "core", settlement, arrived, entries);
  }

  /** What is known of movements already. */
  private Map<Key, Content> known(int bank, List<Advice> said) {
    var known = new HashMap<Key, Content>();
    jdbc.sql(
            """
            SELECT a.account, a.reference, a.project, a.amount,
                   CASE WHEN a.reason IN ('NOT_BOOKED', 'NOT_A_CREDIT') THEN a.reason ELSE '' END
              FROM (SELECT DISTINCT account, reference FROM unnest(?, ?) AS q (account, reference)) q
              JOIN advice a ON a.bank = ? AND a.account = q.account AND a.reference = q.reference
            """)
        .params(
            said.stream().map(Advice::account).toArray(String[]::new),
            said.stream().map(Advice::reference).toArray(String[]::new),
            bank)
        .query(
            row -> {
              known.put(
                  new Key(row.getString(1), row.getString(2), row.getString(5)),
                  new Content(row.getString(3), row.getLong(4)));
            });
    return known;
  }

  /** What the books know a movement by. */
  private static byte[] document(String account, String reference) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(("advice\n" + account + "\n" + reference).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Money in suspense, oldest first. */
  public List<Suspended> suspended(int bank) {
    return jdbc.sql(
            """
            SELECT a.advice, a.account, a.reference, a.project, a.amount, a.business_date AS since
              FROM advice a
             WHERE a.bank = ? AND a.outcome = 'SUSPENDED'
               AND NOT EXISTS (SELECT 1 FROM advice_decision d
                                WHERE d.bank = a.bank AND d.advice = a.advice)
             ORDER BY a.business_date, a.advice
            """)
        .param(bank)
        .query(Suspended.class)
        .list();
  }

  /**
   * Credits money in suspense to a project whose wage book lies in the account that it came to.
   *
   * @param today the bank's business date
   * @param reason why it is this project's
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal assign(
      int bank,
      LocalDate today,
      Instant at,
      FourEyes by,
      long advice,
      String project,
      String reason) {
    movements.inTurn(bank);
    var row = row(bank, advice);
    var refusal = refusal(row, by, reason);
    if (refusal != null) {
      return refusal;
    }
    var suspended = Objects.requireNonNull(row).of();
    var wageBook =
        wageBooks
            .find(bank, List.of(new WageBooks.Named(suspended.account(), project, "")))
            .getFirst()
            .wageBook();
    if (wageBook == null) {
      return Refusal.UNKNOWN_WAGE_BOOK;
    }
    movements.arrive(
        bank,
        today,
        at,
        by.toString(),
        accounts.own(bank, AccountKind.SUSPENSE),
        List.of(
            new Movements.Arrived(
                wageBook,
                suspended.amount(),
                "advice " + advice,
                suspended.since(),
                document(suspended.account(), suspended.reference()))),
        List.of());
    decide(bank, today, at, by, advice, "ASSIGNED", wageBook, reason);
    return null;
  }

  /**
   * Sends money in suspense back to where it came from: the core system is told to.
   *
   * @param today the bank's business date
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal sendBack(
      int bank, LocalDate today, Instant at, FourEyes by, long advice, String reason) {
    movements.inTurn(bank);
    var row = row(bank, advice);
    var refusal = refusal(row, by, reason);
    if (refusal != null) {
      return refusal;
    }
    var suspended = Objects.requireNonNull(row).of();
    int month = today.getYear() * 100 + today.getMonthValue();
    long entry =
        journal
            .post(
                bank,
                today,
                at,
                List.of(
                    JournalEntry.move(
                        EntryKind.SENT_BACK,
                        "advice " + advice,
                        accounts.own(bank, AccountKind.SUSPENSE),
                        accounts.own(bank, AccountKind.SETTLEMENT),
                        suspended.amount())),
                List.of())
            .getFirst();
    events.command(
        bank,
        at,
        by.toString(),
        "SEND_BACK",
        reason,
        "advice " + advice + " amount " + suspended.amount());
    decide(bank, today, at, by, advice, "SENT_BACK", null, reason);
    var amount = Money.format(suspended.amount(), 2);
    var facts = new LinkedHashMap<String, String>();
    facts.put("account", suspended.account());
    facts.put("reference", suspended.reference());
    facts.put("amount", amount);
    // Under which the core system's statement will have it.
    facts.put("our-reference", "E" + month + "-" + entry);
    notices.put(
        bank,
        month,
        at,
        List.of(
            new Notice(
                "CREDIT_SENT_BACK",
                "advice " + advice,
                facts,
                "请将专户 %s 收到的款项（编号 %s，%s 元）原路退回：未能确认所属项目。"
                    .formatted(suspended.account(), suspended.reference(), amount),
                ("Please send back to its payer the credit %s of CNY %s on account %s: it is not"
                        + " known which project it is for.")
                    .formatted(suspended.reference(), amount, suspended.account()),
                List.of(Outbox.Counterpart.CORE))));
    return null;
  }

  private record Row(Suspended of, boolean decided) {}

  private @Nullable Row row(int bank, long advice) {
    return jdbc.sql(
            """
            SELECT a.account, a.reference, a.project, a.amount, a.business_date,
                   EXISTS (SELECT 1 FROM advice_decision d
                            WHERE d.bank = a.bank AND d.advice = a.advice)
              FROM advice a WHERE a.bank = ? AND a.advice = ? AND a.outcome = 'SUSPENDED'
            """)
        .params(bank, advice)
        .query(
            (row, _) ->
                new Row(
                    new Suspended(
                        advice,
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getObject(5, LocalDate.class)),
                    row.getBoolean(6)))
        .optional()
        .orElse(null);
  }

  private static @Nullable Refusal refusal(@Nullable Row row, FourEyes by, String reason) {
    if (row == null) {
      return Refusal.NO_SUCH_ADVICE;
    }
    if (row.decided()) {
      return Refusal.DECIDED_ALREADY;
    }
    if (by.isOnePerson()) {
      return Refusal.SAME_PERSON;
    }
    return reason.isBlank() ? Refusal.NO_REASON : null;
  }

  /** Told after the accounts are locked, see {@link EventLog}. */
  private void decide(
      int bank,
      LocalDate today,
      Instant at,
      FourEyes by,
      long advice,
      String outcome,
      @Nullable Long wageBook,
      String reason) {
    long seq =
        events.append(
            bank, at, List.of(new EventLog.Event("ADVICE_" + outcome, "advice " + advice, reason)));
    jdbc.sql(
            """
            INSERT INTO advice_decision (bank, advice, outcome, wage_book, maker, checker, ground,
                                         business_date, seq, decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Arrays.asList(
                bank,
                advice,
                outcome,
                wageBook,
                by.maker(),
                by.checker(),
                reason,
                today,
                seq,
                Timestamp.from(at)))
        .update();
  }
}
