package org.wagerail.payroll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.payment.Payments;

/** Makes the payments of runs whose money {@link PayRuns} has moved into clearing. */
@Component
public class Payouts {
  /** A run that is debited and has no payments yet. */
  public record Debited(int month, long run, int lines) {}

  private record Run(int month, long run, String outcome, long paid) {}

  private record Sum(int lines, long amount) {}

  private static final String ITEM_COLUMNS =
      """
      i.run_month, i.run, i.wage_book, i.pay_month, i.payroll, i.line, i.decision, i.part, i.party,
      i.worker_account, i.amount, i.replaces
      """;

  /** Lines that are paid together, before the next are read. */
  private static final int FETCH = 10_000;

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Payments payments;

  Payouts(JdbcClient jdbc, KeyLookups keyLookups, BulkCopy bulk, Payments payments) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.payments = payments;
  }

  /** Runs that are debited and whose payments are not made yet, oldest first. */
  public List<Debited> debited(int bank) {
    return jdbc.sql(
            """
            SELECT d.pay_month AS month, d.run, r.lines FROM run_debited d
              JOIN pay_run r USING (bank, pay_month, run)
             WHERE d.bank = ?
               AND NOT EXISTS (SELECT 1 FROM run_paid x WHERE x.bank = d.bank
                                  AND x.pay_month = d.pay_month AND x.run = d.run)
             ORDER BY d.pay_month, d.run
            """)
        .param(bank)
        .query(Debited.class)
        .list();
  }

  /**
   * Makes the payments and packages of a block of runs, and no account is locked meanwhile. What is
   * due passes as a stream: a run may have a million lines.
   *
   * @param packageSize the most payments of one package
   */
  @Transactional
  public void pay(int bank, LocalDate businessDate, int packageSize, List<Debited> block) {
    keyLookups.only();
    jdbc.sql(DueItems.BATCHES).update();
    var runs = runs(bank, block);
    var paying = new Paying(bank, businessDate, packageSize);
    if (runs.stream().anyMatch(r -> r.outcome().equals("FULL"))) {
      jdbc.sql(
              DueItems.ITEMS
                  + "SELECT "
                  + ITEM_COLUMNS
                  + " FROM item i WHERE i.amount > 0 AND i.whole")
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

    private Sum of(Run run) {
      return sums.getOrDefault(run.run(), new Sum(0, 0));
    }

    /** What is about to be paid must be what was debited, to the cent. */
    private void verify(Run run) {
      if (of(run).amount() != run.paid()) {
        throw new IllegalStateException(
            PayRuns.subject(run.month(), run.run())
                + " was debited "
                + run.paid()
                + " and would pay "
                + of(run).amount());
      }
    }
  }

  private List<Run> runs(int bank, List<Debited> block) {
    var runs =
        jdbc.sql(
                """
                SELECT r.pay_month AS month, r.run, r.outcome, r.paid
                  FROM unnest(?, ?) AS q (month, run)
                  JOIN pay_run r ON r.bank = ? AND r.pay_month = q.month AND r.run = q.run
                 ORDER BY r.pay_month, r.run
                """)
            .params(
                block.stream().map(Debited::month).toArray(Integer[]::new),
                block.stream().map(Debited::run).toArray(Long[]::new),
                bank)
            .query(Run.class)
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
            block.stream().map(Debited::month).toArray(Integer[]::new),
            block.stream().map(Debited::run).toArray(Long[]::new),
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
  private void share(int bank, Run run, Paying paying) {
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

  private void ordered(int bank, Run run, String columns, RowCallbackHandler each) {
    jdbc.sql(
            DueItems.ITEMS
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
}
