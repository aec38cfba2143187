package org.wagerail.payroll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.RowCallbackHandler;
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
import org.wagerail.payment.Payments;

/**
 * Decides and pays runs: all released payrolls of one wage book and pay date, together. Deciding
 * reserves the money; paying makes the payments and turns the reservation into a debit.
 */
@Component
public class PayRuns {
  /**
   * A wage book with something due.
   *
   * @param atOnce whether only leavers and supplements are decided
   */
  public record Due(long wageBook, LocalDate payDate, int lines, boolean atOnce) {}

  /** A run that is decided and reserved, but not paid. */
  public record Decided(int month, long run, int lines) {}

  /** How runs were decided. */
  public record Tally(int full, int proRata, int nothing) {}

  private record Need(int lines, long amount, RunDecision.ShortMoney rule) {}

  private record Sum(int lines, long amount) {}

  private record Run(
      long number, Due due, Need need, long available, RunDecision decision, long asOf) {}

  private record Reserved(
      int month, long run, long wageBook, String outcome, long paid, long hold, int lines) {}

  /**
   * What is due on wage books: each line of a released batch that is to be paid, and each later
   * decision about a line, less what was paid on it already. Batches come from the temporary table
   * {@code due_batch}; decisions count up to {@code as_of}.
   */
  private static final String ITEMS =
      """
      WITH before AS MATERIALIZED (
        SELECT p.pay_month, p.payroll, p.line, p.decision, sum(p.amount) AS amount, max(p.part) AS part
          FROM (SELECT DISTINCT b.pay_month, b.payroll FROM due_batch b WHERE b.again) b
         CROSS JOIN LATERAL (
               SELECT x.* FROM payment x
                WHERE x.bank = :bank AND x.pay_month = b.pay_month AND x.payroll = b.payroll OFFSET 0) p
         GROUP BY 1, 2, 3, 4),
      item AS (
        SELECT b.run_month, b.run, b.whole, b.wage_book, b.pay_date, l.pay_month, l.payroll, l.line,
               0 AS decision,
               coalesce(x.part, 0) + 1 AS part, l.party, l.worker_account,
               l.amount - coalesce(x.amount, 0) AS amount, NULL::bigint AS replaces,
               l.run_type, b.firm_code
          FROM due_batch b
          JOIN payroll_line l ON l.bank = :bank AND l.pay_month = b.pay_month
               AND l.payroll = b.payroll AND l.batch = b.batch
          LEFT JOIN before x ON x.pay_month = l.pay_month AND x.payroll = l.payroll
               AND x.line = l.line AND x.decision = 0
         WHERE l.verdict = 'PAY'
        UNION ALL
        SELECT b.run_month, b.run, b.whole, b.wage_book, b.pay_date, d.pay_month, d.payroll, d.line,
               d.decision,
               coalesce(x.part, 0) + 1, l.party, d.worker_account,
               d.amount - coalesce(x.amount, 0), d.replaces, l.run_type, b.firm_code
          FROM due_batch b
          JOIN line_decision d ON d.bank = :bank AND d.pay_month = b.pay_month
               AND d.payroll = b.payroll AND d.seq <= b.as_of AND d.verdict <> 'REFUSE'
          JOIN payroll_line l ON l.bank = d.bank AND l.pay_month = d.pay_month
               AND l.payroll = d.payroll AND l.line = d.line AND l.batch = b.batch
          LEFT JOIN before x ON x.pay_month = d.pay_month AND x.payroll = d.payroll
               AND x.line = d.line AND x.decision = d.decision)
      """;

  private static final String ITEM_COLUMNS =
      """
      i.run_month, i.run, i.wage_book, i.pay_month, i.payroll, i.line, i.decision, i.part, i.party,
      i.worker_account, i.amount, i.replaces
      """;

  /** Lines that are paid together, before the next are read. */
  private static final int FETCH = 10_000;

  private static final String DUE_BATCH =
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS due_batch (
        run_month integer, run bigint, wage_book bigint, pay_date date, pay_month integer,
        payroll bigint, batch integer, firm_code text, again boolean, as_of bigint,
        whole boolean) ON COMMIT DELETE ROWS
      """;

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

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;
  private final Journal journal;
  private final Accounts accounts;
  private final Payments payments;

  PayRuns(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      Months months,
      Numbers numbers,
      EventLog events,
      Journal journal,
      Accounts accounts,
      Payments payments) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
    this.journal = journal;
    this.accounts = accounts;
    this.payments = payments;
  }

  /**
   * Wage books with released payrolls that are due, not paid in full and not decided at this
   * cut-off already, in the order of their numbers.
   */
  public List<Due> due(int bank, LocalDate upTo, Instant cutOff) {
    return due(bank, upTo, cutOff, false);
  }

  /** As {@link #due}, of leavers and supplements, which wait for no cut-off. */
  public List<Due> dueAtOnce(int bank, LocalDate upTo, Instant at) {
    return due(bank, upTo, at, true);
  }

  private List<Due> due(int bank, LocalDate upTo, Instant cutOff, boolean atOnce) {
    return jdbc.sql(
            "SELECT b.wage_book, b.pay_date, sum(b.lines)::integer AS lines,"
                + " :atOnce::boolean AS at_once"
                + RELEASED
                + """
                 AND b.pay_date <= :upTo AND (b.at_once OR NOT :atOnce)
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
    jdbc.sql(DUE_BATCH).update();
    gather(bank, block, month, first, asOf);
    var needs = needs(bank);
    var runs = new ArrayList<Run>(block.size());
    var locked = new TreeSet<Long>();
    block.forEach(due -> locked.add(due.wageBook()));
    var standings = journal.lock(bank, locked);
    var left = new HashMap<Long, Long>();
    standings.forEach((account, standing) -> left.put(account, standing.available()));
    for (int i = 0; i < block.size(); i++) {
      var due = block.get(i);
      var need = needs.getOrDefault(first + i, new Need(0, 0, RunDecision.ShortMoney.NOTHING));
      if (need.amount() == 0) {
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
            ITEMS
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
    jdbc.sql(
            """
            INSERT INTO run_batch (bank, pay_month, run, payroll_month, payroll, batch, outcome)
            SELECT r.bank, r.pay_month, r.run, b.pay_month, b.payroll, b.batch, r.outcome
              FROM due_batch b JOIN pay_run r ON r.bank = ? AND r.pay_month = b.run_month
                   AND r.run = b.run
            """)
        .param(bank)
        .update();
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
                            + r.available()))
            .toList());
  }

  private static String subject(int month, long run) {
    return "run " + month + "/" + run;
  }

  /** Runs that are reserved and not paid, oldest first. */
  public List<Decided> reserved(int bank) {
    return jdbc.sql(
            """
            SELECT r.pay_month AS month, r.run, r.lines FROM pay_run r
             WHERE r.bank = ? AND r.paid > 0
               AND NOT EXISTS (SELECT 1 FROM run_paid x WHERE x.bank = r.bank
                                  AND x.pay_month = r.pay_month AND x.run = r.run)
             ORDER BY r.pay_month, r.run
            """)
        .param(bank)
        .query(Decided.class)
        .list();
  }

  /**
   * Pays a block of runs: payments and packages first, then the accounts, locked last and briefly.
   * What is due passes as a stream: a run may have a million lines.
   *
   * @param packageSize the most payments of one package
   */
  @Transactional
  public void pay(
      int bank, LocalDate businessDate, Instant at, int packageSize, List<Decided> block) {
    keyLookups.only();
    jdbc.sql(DUE_BATCH).update();
    var runs = runs(bank, block);
    var paying = new Paying(bank, businessDate, packageSize);
    if (runs.stream().anyMatch(r -> r.outcome().equals("FULL"))) {
      jdbc.sql(ITEMS + "SELECT " + ITEM_COLUMNS + " FROM item i WHERE i.amount > 0 AND i.whole")
          .param("bank", bank)
          .withFetchSize(FETCH)
          .query(
              row -> {
                paying.add(item(row));
              });
    }
    for (var run : runs) {
      if (run.outcome().equals("PRO_RATA")) {
        share(bank, run, paying);
      }
    }
    paying.flush();
    runs.forEach(paying::verify);
    post(bank, businessDate, at, runs, paying);
  }

  /** Gathers what is to be paid into blocks, and counts it for each run. */
  private final class Paying {
    private final int bank;
    private final LocalDate businessDate;
    private final int packageSize;
    private final List<Payments.Instruction> block = new ArrayList<>();
    private final Map<Long, Sum> sums = new HashMap<>();

    private Paying(int bank, LocalDate businessDate, int packageSize) {
      this.bank = bank;
      this.businessDate = businessDate;
      this.packageSize = packageSize;
    }

    private void add(Payments.Instruction instruction) {
      block.add(instruction);
      sums.merge(
          instruction.run(),
          new Sum(1, instruction.amount()),
          (a, b) -> new Sum(a.lines() + b.lines(), Math.addExact(a.amount(), b.amount())));
      if (block.size() == FETCH) {
        flush();
      }
    }

    private void flush() {
      if (!block.isEmpty()) {
        payments.enter(bank, businessDate, packageSize, block);
        block.clear();
      }
    }

    private Sum of(Reserved run) {
      return sums.getOrDefault(run.run(), new Sum(0, 0));
    }

    /** What is about to be paid must be what was decided, to the cent. */
    private void verify(Reserved run) {
      if (of(run).amount() != run.paid()) {
        throw new IllegalStateException(
            subject(run.month(), run.run())
                + " decided "
                + run.paid()
                + " and would pay "
                + of(run).amount());
      }
    }
  }

  private List<Reserved> runs(int bank, List<Decided> block) {
    var runs =
        jdbc.sql(
                """
                SELECT r.pay_month AS month, r.run, r.wage_book, r.outcome, r.paid, r.hold, r.lines
                  FROM unnest(?, ?) AS q (month, run)
                  JOIN pay_run r ON r.bank = ? AND r.pay_month = q.month AND r.run = q.run
                 ORDER BY r.pay_month, r.run
                """)
            .params(
                block.stream().map(Decided::month).toArray(Integer[]::new),
                block.stream().map(Decided::run).toArray(Long[]::new),
                bank)
            .query(Reserved.class)
            .list();
    jdbc.sql(
            """
            INSERT INTO due_batch
            SELECT r.pay_month, r.run, r.wage_book, r.pay_date, f.payroll_month, f.payroll, f.batch,
                   b.firm_code,
                   EXISTS (SELECT 1 FROM run_batch x WHERE x.bank = f.bank AND x.payroll = f.payroll
                              AND x.batch = f.batch AND (x.pay_month, x.run) < (f.pay_month, f.run)),
                   r.as_of, r.outcome = 'FULL'
              FROM unnest(?, ?) AS q (month, run)
              JOIN pay_run r ON r.bank = ? AND r.pay_month = q.month AND r.run = q.run
              JOIN run_batch f ON f.bank = r.bank AND f.pay_month = r.pay_month AND f.run = r.run
              JOIN payroll_batch b ON b.bank = f.bank AND b.pay_month = f.payroll_month
                   AND b.payroll = f.payroll AND b.batch = f.batch
            """)
        .params(
            block.stream().map(Decided::month).toArray(Integer[]::new),
            block.stream().map(Decided::run).toArray(Long[]::new),
            bank)
        .update();
    return runs;
  }

  private static Payments.Instruction item(ResultSet row) throws SQLException {
    return new Payments.Instruction(
        row.getInt(1),
        row.getLong(2),
        row.getLong(3),
        row.getInt(4),
        row.getLong(5),
        row.getInt(6),
        row.getInt(7),
        row.getInt(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getObject(12, Long.class));
  }

  /**
   * Divides a run that pays pro rata: leavers first, then by the firm's code and the line. Read
   * once for the amounts, and once more to give each line its share.
   */
  private void share(int bank, Reserved run, Paying paying) {
    var leavers = LongStream.builder();
    var others = LongStream.builder();
    ordered(
        bank,
        run,
        "i.run_type = 'LEAVER', i.amount",
        row -> (row.getBoolean(1) ? leavers : others).add(row.getLong(2)));
    var shares =
        RunDecision.divide(run.paid(), leavers.build().toArray(), others.build().toArray());
    var nth = new int[1];
    ordered(
        bank,
        run,
        ITEM_COLUMNS,
        row -> {
          long share = shares[nth[0]++];
          // A share can be less than a cent: nothing is sent, all stays due.
          if (share > 0) {
            paying.add(item(row).of(share));
          }
        });
  }

  private void ordered(int bank, Reserved run, String columns, RowCallbackHandler each) {
    jdbc.sql(
            ITEMS
                + "SELECT "
                + columns
                + """
                   FROM item i WHERE i.run = :run AND i.amount > 0
                  ORDER BY (i.run_type = 'LEAVER') DESC, i.firm_code, i.payroll, i.line, i.decision
                """)
        .param("bank", bank)
        .param("run", run.run())
        .withFetchSize(FETCH)
        .query(each);
  }

  private void post(
      int bank, LocalDate businessDate, Instant at, List<Reserved> runs, Paying paying) {
    long inClearing = accounts.own(bank, AccountKind.IN_CLEARING);
    bulk.copy(
        "run_paid",
        "bank, pay_month, run, payments, total",
        runs,
        (run, row) ->
            row.integer(bank)
                .integer(run.month())
                .bigint(run.run())
                .integer(paying.of(run).lines())
                .bigint(paying.of(run).amount()));
    journal.post(
        bank,
        businessDate,
        at,
        runs.stream()
            .map(
                r ->
                    JournalEntry.move(
                        EntryKind.WAGES,
                        subject(r.month(), r.run()),
                        r.wageBook(),
                        inClearing,
                        r.paid()))
            .toList(),
        runs.stream().map(r -> new Journal.Held(r.hold(), r.wageBook(), r.paid())).toList());
  }
}
