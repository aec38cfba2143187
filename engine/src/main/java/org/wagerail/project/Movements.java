package org.wagerail.project;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.ledger.EntryKind;
import org.wagerail.ledger.Journal;
import org.wagerail.ledger.JournalEntry;
import org.wagerail.mailbox.Notice;
import org.wagerail.mailbox.Notices;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;

/**
 * Money that others move on a wage book: labour cost comes in; whoever asks for money out is
 * refused and the attempt is kept, because what may leave is a closed list and each kind on it has
 * a door of its own.
 */
@Component
public class Movements {
  /**
   * Labour cost that arrived for a project.
   *
   * @param account number of the special account
   * @param project code of the project
   * @param amount minor units
   * @param reference the payer's reference
   * @param document SHA-256 of the advice: the same advice counts once
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record LabourCost(
      String account, String project, long amount, String reference, byte[] document) {}

  /**
   * Labour cost whose wage book is known.
   *
   * @param amount minor units
   * @param on the day it came in
   * @param document SHA-256 of what names it
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Arrived(
      long wageBook, long amount, String reference, LocalDate on, byte[] document) {}

  /** Somebody's wish to take money out of a wage book. Amount in minor units. */
  public record Wish(String account, String project, EntryKind kind, long amount, String ground) {}

  /** Why nothing was moved. */
  public enum Refusal {
    UNKNOWN_WAGE_BOOK("the project has no wage book in this account", "该项目未在此专户设立工资分账"),
    AMOUNT_NOT_POSITIVE("the amount must be more than nothing", "金额须大于零"),
    OTHER_CONTENT("this document was credited with other content", "该凭证已以不同内容入账"),
    NOT_ON_THE_CLOSED_LIST("this kind of debit may not leave a wage book", "该类支出不得从工资专户列支"),
    OWN_DOOR("this kind of debit needs the command that is made for it", "该类支出须经其专门指令办理");

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

  private final JdbcClient jdbc;
  private final WageBooks wageBooks;
  private final Numbers numbers;
  private final Accounts accounts;
  private final Journal journal;
  private final EventLog events;
  private final Banks banks;
  private final Notices notices;

  Movements(
      JdbcClient jdbc,
      WageBooks wageBooks,
      Numbers numbers,
      Accounts accounts,
      Journal journal,
      EventLog events,
      Banks banks,
      Notices notices) {
    this.jdbc = jdbc;
    this.wageBooks = wageBooks;
    this.numbers = numbers;
    this.accounts = accounts;
    this.journal = journal;
    this.events = events;
    this.banks = banks;
    this.notices = notices;
  }

  /**
   * Credits labour cost. The same document with the same content again changes nothing.
   *
   * @param actor who commands it, by number or role
   * @return why nothing was credited, or null
   */
  @Transactional
  public @Nullable Refusal credit(
      int bank, LocalDate businessDate, Instant at, String actor, LabourCost cost) {
    if (cost.amount() <= 0) {
      return Refusal.AMOUNT_NOT_POSITIVE;
    }
    inTurn(bank);
    var wageBook = wageBook(bank, cost.account(), cost.project());
    if (wageBook == null) {
      return Refusal.UNKNOWN_WAGE_BOOK;
    }
    int credited =
        arrive(
            bank,
            businessDate,
            at,
            actor,
            accounts.own(bank, AccountKind.SETTLEMENT),
            List.of(
                new Arrived(
                    wageBook, cost.amount(), cost.reference(), businessDate, cost.document())),
            List.of());
    return credited == 1 || isTheSame(bank, wageBook, cost) ? null : Refusal.OTHER_CONTENT;
  }

  /**
   * Money comes in, and wage books end, one after the other: what is credited to a book was looked
   * for while the book could not end.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void inTurn(int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7261, ?)").param(bank).query(_ -> {});
  }

  /**
   * Books labour cost that has come in, and what else came with it, in one posting; what is known
   * by its document already is left out.
   *
   * @param actor who commands it, by number or role
   * @param from the account that the money is on
   * @param others entries of the same posting
   * @return how many of {@code arrived} are new
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int arrive(
      int bank,
      LocalDate businessDate,
      Instant at,
      String actor,
      long from,
      List<Arrived> arrived,
      List<JournalEntry> others) {
    var taken = arrived.isEmpty() ? List.<Numbered>of() : write(bank, arrived);
    var entries = new ArrayList<>(others);
    for (var each : taken) {
      entries.add(
          JournalEntry.move(
              EntryKind.LABOUR_COST,
              "labour cost " + each.number(),
              from,
              each.of().wageBook(),
              each.of().amount()));
    }
    journal.post(bank, businessDate, at, entries, List.of());
    for (var each : taken) {
      events.command(
          bank,
          at,
          actor,
          "CREDIT_LABOUR_COST",
          "document " + HexFormat.of().formatHex(each.of().document()),
          "wage book "
              + each.of().wageBook()
              + " amount "
              + each.of().amount()
              + " reference "
              + each.of().reference());
    }
    return taken.size();
  }

  private record Numbered(long number, Arrived of) {}

  /** Writes down what is new, in order. */
  private List<Numbered> write(int bank, List<Arrived> arrived) {
    long first = numbers.take(bank, "labour cost", arrived.size());
    var taken =
        jdbc.sql(
                """
                INSERT INTO labour_cost (bank, document, labour_cost, wage_book, amount, reference,
                                         business_date)
                SELECT ?, document, ? + n - 1, wage_book, amount, reference, came_in
                  FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY
                    AS a (document, wage_book, amount, reference, came_in, n)
                ON CONFLICT DO NOTHING RETURNING labour_cost
                """)
            .params(
                bank,
                first,
                arrived.stream().map(Arrived::document).toArray(byte[][]::new),
                arrived.stream().map(Arrived::wageBook).toArray(Long[]::new),
                arrived.stream().map(Arrived::amount).toArray(Long[]::new),
                arrived.stream().map(Arrived::reference).toArray(String[]::new),
                arrived.stream()
                    .map(a -> java.sql.Date.valueOf(a.on()))
                    .toArray(java.sql.Date[]::new))
            .query(Long.class)
            .set();
    return IntStream.range(0, arrived.size())
        .mapToObj(i -> new Numbered(first + i, arrived.get(i)))
        .filter(each -> taken.contains(each.number()))
        .toList();
  }

  /**
   * Answers whoever wants money out of a wage book. Never moves any; the attempt is an event, and
   * the supervisor is told of it.
   *
   * @param actor who asks, by number or role
   */
  @Transactional
  public Refusal debit(int bank, Instant at, String actor, Wish wish) {
    var wageBook = wageBook(bank, wish.account(), wish.project());
    if (wageBook == null) {
      return Refusal.UNKNOWN_WAGE_BOOK;
    }
    var refusal = wish.kind().leavesWageBook() ? Refusal.OWN_DOOR : Refusal.NOT_ON_THE_CLOSED_LIST;
    var what = wish.kind() + " of " + wish.amount() + " refused: " + refusal.name();
    events.command(bank, at, actor, "DEBIT_WAGE_BOOK", wish.ground(), what);
    long seq =
        events.append(
            bank, at, List.of(new EventLog.Event("DEBIT_REFUSED", "wage book " + wageBook, what)));
    var day = at.atZone(banks.zone(bank));
    notices.put(
        bank,
        day.getYear() * 100 + day.getMonthValue(),
        at,
        List.of(notice(wish, refusal, "refused debit " + seq)));
    return refusal;
  }

  private static Notice notice(Wish wish, Refusal refusal, String subject) {
    var amount = Money.format(wish.amount(), 2);
    var facts = new LinkedHashMap<String, String>();
    facts.put("account", wish.account());
    facts.put("project", wish.project());
    facts.put("wish", wish.kind().name());
    facts.put("amount", amount);
    facts.put("refusal", refusal.name());
    return new Notice(
        "DEBIT_REFUSED",
        subject,
        facts,
        "有人要求从专户 %s 项目 %s 的工资分账支出 %s 元（%s），本行已拒绝：%s。"
            .formatted(wish.account(), wish.project(), amount, wish.kind(), refusal.chinese),
        "Somebody wanted CNY %s (%s) from the wage book of project %s in account %s; it was refused: %s."
            .formatted(amount, wish.kind(), wish.project(), wish.account(), refusal.english),
        List.of(Outbox.Counterpart.SUPERVISOR));
  }

  private boolean isTheSame(int bank, long wageBook, LabourCost cost) {
    return jdbc.sql(
            """
            SELECT wage_book = ? AND amount = ? AND reference = ? FROM labour_cost
             WHERE bank = ? AND document = ?
            """)
        .params(wageBook, cost.amount(), cost.reference(), bank, cost.document())
        .query(Boolean.class)
        .single();
  }

  private @Nullable Long wageBook(int bank, String account, String project) {
    return wageBooks
        .find(bank, List.of(new WageBooks.Named(account, project, "")))
        .getFirst()
        .wageBook();
  }
}
