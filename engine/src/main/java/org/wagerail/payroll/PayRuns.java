package org.wagerail.payroll;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.ledger.EntryKind;
import org.wagerail.ledger.HoldClass;
import org.wagerail.ledger.Journal;
import org.wagerail.ledger.JournalEntry;

/**
 * Decides and debits runs: all released payrolls of one wage book and pay date, together. Deciding
 * reserves the money, debiting moves it into clearing; {@link Payouts} makes its payments.
 */
@Component
public class PayRuns {
  /**
   * A wage book with something due.
   *
   * @param atOnce whether only leavers and supplements are decided
   */
  public record Due(long wageBook, LocalDate payDate, int lines, boolean atOnce) {}

  /** A run whose money is reserved. Amounts in minor units. */
  public record Reserved(int month, long run, long wageBook, long paid, long hold) {}

  /** How runs were decided. */
  public record Tally(int full, int proRata, int nothing) {}

  private record Need(int lines, long amount, RunDecision.ShortMoney rule) {}

  private record Run(
      long number, Due due, Need need, long available, RunDecision decision, long asOf) {}

  private static final String RELEASED =
      """
        FROM payroll_batch b
        JOIN payroll p ON p.bank = b.bank AND p.pay_month = b.pay_month AND p.payroll = b.payroll
       WHERE b.bank = :bank AND b.wage_book IS NOT NULL AND p.verdict = 'READ'
         AND (SELECT count(*) FROM release r WHERE r.bank = p.bank AND r.pay_month = p.pay_month
                 AND r.payroll = p.payroll) >= 2
         AND (EXISTS (SELECT 1 FROM line_decision d
                       WHERE d.bank = b.bank AND d.pay_month = b.pay_month AND d.payroll = b.payroll
                         AND d.verdict <> 'REFUSE'
                         AND d.amount > (SELECT coalesce(sum(x.amount), 0) FROM payment x
                                          WHERE x.bank = d.bank AND x.pay_month = d.pay_month
                                            AND x.payroll = d.payroll AND x.line = d.line
                                            AND x.decision = d.decision))
              OR NOT EXISTS (SELECT 1 FROM run_batch f
                              WHERE f.bank = b.bank AND f.payroll = b.payroll AND f.batch = b.batch
                                AND f.outcome = 'FULL'))
      """;

  private static final String AT_ONCE =
      """
       AND b.at_once
       AND NOT EXISTS (
             SELECT 1 FROM run_batch f
               JOIN pay_run x ON x.bank = f.bank AND x.pay_month = f.pay_month AND x.run = f.run
              WHERE f.bank = b.bank AND f.payroll_month = b.pay_month AND f.payroll = b.payroll
                AND f.batch = b.batch
                AND NOT EXISTS (SELECT 1 FROM line_decision d
                                 WHERE d.bank = b.bank AND d.pay_month = b.pay_month
                                   AND d.payroll = b.payroll AND d.seq > x.as_of)
                AND NOT EXISTS (SELECT 1 FROM posting c
                                  JOIN journal_entry e ON e.bank = c.bank
                                       AND e.book_month = c.book_month AND e.entry = c.entry
                                 WHERE c.bank = b.bank AND c.account = b.wage_book
                                   AND c.amount > 0 AND e.seq > x.as_of))
      """;

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;
  private final Journal journal;
  private final Accounts accounts;

  PayRuns(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      Months months,
      Numbers numbers,
      EventLog events,
      Journal journal,
      Accounts accounts) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
    this.journal = journal;
    this.accounts = accounts;
  }

  /**
   * Wage books with released payrolls that are due, not paid in full and not decided at this
   * cut-off already, in the order of their numbers.
   */
  public List<Due> due(int bank, LocalDate upTo, Instant cutOff) {
    return due(bank, upTo, cutOff, false);
  }

  /**
   * As {@link #due}, of leavers and supplements, which wait for no cut-off: those that no run has
   * looked at since they were released, decided anew, or money came in. Without such news a run
   * would end like the one before.
   */
  public List<Due> dueAtOnce(int bank, LocalDate upTo, Instant at) {
    return due(bank, upTo, at, true);
  }

  private List<Due> due(int bank, LocalDate upTo, Instant cutOff, boolean atOnce) {
    return jdbc.sql(
            "SELECT b.wage_book, b.pay_date, sum(b.lines)::integer AS lines,"
                + " :atOnce::boolean AS at_once"
                + RELEASED
                + (atOnce ? AT_ONCE : "")
                + """
                 AND b.pay_date <= :upTo
                 AND NOT EXISTS (SELECT 1 FROM pay_run x WHERE x.bank = b.bank
                         AND x.wage_book = b.wage_book AND x.pay_date = b.pay_date
                         AND (x.decided_at = :cutOff
                              OR x.paid > 0 AND NOT EXISTS (
                                   SELECT 1 FROM run_paid y WHERE y.bank = x.bank
                                      AND y.pay_month = x.pay_month AND y.run = x.run)))
                 GROUP BY b.wage_book, b.pay_date ORDER BY b.pay_date, b.wage_book
                """)
        .param("bank", bank)
        .param("upTo", upTo)
        .param("atOnce", atOnce)
        .param("cutOff", Timestamp.from(cutOff))
        .query(Due.class)
        .list();
  }

  /**
   * Decides the runs of a block of wage books and reserves their money. One transaction; the sums
   * are made before the accounts are locked.
   */
  @Transactional
  public Tally decide(int bank, LocalDate businessDate, Instant cutOff, List<Due> block) {
    keyLookups.only();
    int month = businessDate.getYear() * 100 + businessDate.getMonthValue();
    months.open(month);
    long first = numbers.take(bank, "run", block.size());
    long firstHold = journal.holdNumbers(bank, block.size());
    long asOf = events.last(bank);
    var before = lastRuns(bank, block);
    jdbc.sql(DueItems.BATCHES).update();
    gather(bank, block, month, first, asOf);
    var needs = needs(bank);
    var runs = new ArrayList<Run>(block.size());
    var locked = new TreeSet<Long>();
    block.forEach(due -> locked.add(due.wageBook()));
    var standings = journal.lock(bank, locked);
    var left = new HashMap<Long, Long>();
    standings.forEach((account, standing) -> left.put(account, standing.available()));
    // Whoever decided while this waited for the lock has made the sums untrue: the next cut-off
    // asks again.
    var now = lastRuns(bank, block);
    for (int i = 0; i < block.size(); i++) {
      var due = block.get(i);
      var need = needs.getOrDefault(first + i, new Need(0, 0, RunDecision.ShortMoney.NOTHING));
      if (need.amount() == 0 || !Objects.equals(before.get(due), now.get(due))) {
        continue;
      }
      long available = Objects.requireNonNull(left.get(due.wageBook()));
      var decision = RunDecision.decide(available, need.amount(), need.rule());
      left.put(due.wageBook(), available - decision.paid());
      runs.add(new Run(first + i, due, need, available, decision, asOf));
    }
    record(bank, month, cutOff, firstHold, runs);
    return new Tally(
        count(runs, RunDecision.Outcome.FULL),
        count(runs, RunDecision.Outcome.PRO_RATA),
        count(runs, RunDecision.Outcome.NOTHING));
  }

  /** The last run of each wage book and pay date so far. */
  private Map<Due, Long> lastRuns(int bank, List<Due> block) {
    var last = new HashMap<Due, Long>();
    jdbc.sql(
            """
            SELECT q.nth, max(r.run) FROM unnest(?, ?) WITH ORDINALITY AS q (wage_book, pay_date, nth)
              JOIN pay_run r ON r.bank = ? AND r.wage_book = q.wage_book AND r.pay_date = q.pay_date
             GROUP BY q.nth
            """)
        .params(books(block), dates(block), bank)
        .query(
            row -> {
              last.put(block.get(row.getInt(1) - 1), row.getLong(2));
            });
    return last;
  }

  private static Long[] books(List<Due> block) {
    return block.stream().map(Due::wageBook).toArray(Long[]::new);
  }

  private static java.sql.Date[] dates(List<Due> block) {
    return block.stream()
        .map(due -> java.sql.Date.valueOf(due.payDate()))
        .toArray(java.sql.Date[]::new);
  }

  private static int count(List<Run> runs, RunDecision.Outcome outcome) {
    return (int) runs.stream().filter(r -> r.decision().outcome() == outcome).count();
  }

  private void gather(int bank, List<Due> block, int month, long first, long asOf) {
    jdbc.sql(
            "INSERT INTO due_batch SELECT :month, :first - 1 + q.n, b.wage_book, b.pay_date,"
                + " b.pay_month, b.payroll, b.batch, b.firm_code, EXISTS (SELECT 1 FROM run_batch x"
                + " WHERE x.bank = b.bank AND x.payroll = b.payroll AND x.batch = b.batch), :asOf,"
                + " NULL"
                + RELEASED.replace(
                    "WHERE b.bank",
                    "JOIN unnest(:books, :dates, :atOnce) WITH ORDINALITY"
                        + " AS q (wage_book, pay_date, at_once, n) ON q.wage_book = b.wage_book"
                        + " AND q.pay_date = b.pay_date AND (b.at_once OR NOT q.at_once)"
                        + " WHERE b.bank"))
        .param("month", month)
        .param("first", first)
        .param("asOf", asOf)
        .param("bank", bank)
        .param("books", block.stream().map(Due::wageBook).toArray(Long[]::new))
        .param("atOnce", block.stream().map(Due::atOnce).toArray(Boolean[]::new))
        .param(
            "dates",
            block.stream()
                .map(d -> java.sql.Date.valueOf(d.payDate()))
                .toArray(java.sql.Date[]::new))
        .update();
  }

  private Map<Long, Need> needs(int bank) {
    var needs = new HashMap<Long, Need>();
    jdbc.sql(
            DueItems.ITEMS
                + """
                SELECT i.run, count(*), sum(i.amount),
                       (SELECT g.short_money FROM wage_book w JOIN agreement g USING (bank, project)
                         WHERE w.bank = :bank AND w.wage_book = min(i.wage_book)
                           AND g.from_date <= min(i.pay_date)
                         ORDER BY g.from_date DESC LIMIT 1)
                  FROM item i WHERE i.amount > 0 GROUP BY i.run
                """)
        .param("bank", bank)
        .query(
            row -> {
              var rule = row.getString(4);
              needs.put(
                  row.getLong(1),
                  new Need(
                      row.getInt(2),
                      row.getBigDecimal(3).longValueExact(),
                      rule == null
                          ? RunDecision.ShortMoney.NOTHING
                          : RunDecision.ShortMoney.valueOf(rule)));
            });
    return needs;
  }

  private void record(int bank, int month, Instant cutOff, long firstHold, List<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    var paying = runs.stream().filter(r -> r.decision().paid() > 0).toList();
    journal.hold(
        bank,
        cutOff,
        HoldClass.RUN,
        firstHold,
        paying.stream()
            .map(
                r ->
                    new Journal.Reservation(
                        r.due().wageBook(), r.decision().paid(), subject(month, r.number())))
            .toList());
    var holdOf = new HashMap<Long, Long>();
    for (int i = 0; i < paying.size(); i++) {
      holdOf.put(paying.get(i).number(), firstHold + i);
    }
    bulk.copy(
        "pay_run",
        "bank, pay_month, run, wage_book, pay_date, outcome, lines, needed, available, paid, hold,"
            + " as_of, decided_at",
        runs,
        (r, row) ->
            row.integer(bank)
                .integer(month)
                .bigint(r.number())
                .bigint(r.due().wageBook())
                .date(r.due().payDate())
                .text(r.decision().outcome().name())
                .integer(r.need().lines())
                .bigint(r.need().amount())
                .bigint(r.available())
                .bigint(r.decision().paid())
                .bigint(holdOf.get(r.number()))
                .bigint(r.asOf())
                .timestamp(cutOff));
    var batchesOf = new HashMap<Long, String>();
    jdbc.sql(
            """
            WITH held AS (
              INSERT INTO run_batch (bank, pay_month, run, payroll_month, payroll, batch, outcome)
              SELECT r.bank, r.pay_month, r.run, b.pay_month, b.payroll, b.batch, r.outcome
                FROM due_batch b JOIN pay_run r ON r.bank = ? AND r.pay_month = b.run_month
                     AND r.run = b.run
              RETURNING run, payroll_month, payroll, batch)
            SELECT run, count(*) || ' batches ' || encode(sha256(convert_to(string_agg(
                     payroll_month || '/' || payroll || '/' || batch, ' '
                     ORDER BY payroll_month, payroll, batch), 'UTF8')), 'hex')
              FROM held GROUP BY run
            """)
        .param(bank)
        .query(
            row -> {
              batchesOf.put(row.getLong(1), row.getString(2));
            });
    events.append(
        bank,
        cutOff,
        runs.stream()
            .map(
                r ->
                    new EventLog.Event(
                        "RUN_DECIDED",
                        subject(month, r.number()),
                        r.decision().outcome()
                            + " needed "
                            + r.need().amount()
                            + " available "
                            + r.available()
                            + " paid "
                            + r.decision().paid()
                            + ": wage book "
                            + r.due().wageBook()
                            + " on "
                            + r.due().payDate()
                            + ", "
                            + r.need().lines()
                            + " lines as of event "
                            + r.asOf()
                            + ", "
                            + batchesOf.get(r.number())))
            .toList());
  }

  static String subject(int month, long run) {
    return "run " + month + "/" + run;
  }

  /** Runs whose money is reserved and not debited yet, oldest first. */
  public List<Reserved> reserved(int bank) {
    return jdbc.sql(
            """
            SELECT r.pay_month AS month, r.run, r.wage_book, r.paid, r.hold FROM pay_run r
             WHERE r.bank = ? AND r.paid > 0
               AND NOT EXISTS (SELECT 1 FROM run_debited x WHERE x.bank = r.bank
                                  AND x.pay_month = r.pay_month AND x.run = r.run)
             ORDER BY r.pay_month, r.run
            """)
        .param(bank)
        .query(Reserved.class)
        .list();
  }

  /**
   * Debits the wage books of a block of runs, using their reservations up. Apart from making the
   * payments, which takes long: what holds accounts locked is these few rows and nothing else.
   */
  @Transactional
  public void debit(int bank, LocalDate businessDate, Instant at, List<Reserved> block) {
    long inClearing = accounts.own(bank, AccountKind.IN_CLEARING);
    bulk.copy(
        "run_debited",
        "bank, pay_month, run, total",
        block,
        (run, row) -> row.integer(bank).integer(run.month()).bigint(run.run()).bigint(run.paid()));
    journal.post(
        bank,
        businessDate,
        at,
        block.stream()
            .map(
                r ->
                    JournalEntry.move(
                        EntryKind.WAGES,
                        subject(r.month(), r.run()),
                        r.wageBook(),
                        inClearing,
                        r.paid()))
            .toList(),
        block.stream().map(r -> new Journal.Held(r.hold(), r.wageBook(), r.paid())).toList());
  }
}
