package org.wagerail.trail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.payroll.Payrolls;

/** The door to what happened. */
@Component
public class Trails {
  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final Search search;
  private final Records records;
  private final PayrollSteps payrolls;
  private final RunSteps runs;
  private final PaymentSteps payments;
  private final PaymentSets paymentSets;
  private final WorkerSteps workers;
  private final LineTrail lines;

  Trails(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      Search search,
      Records records,
      PayrollSteps payrolls,
      RunSteps runs,
      PaymentSteps payments,
      PaymentSets paymentSets,
      WorkerSteps workers,
      LineTrail lines) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.search = search;
    this.records = records;
    this.payrolls = payrolls;
    this.runs = runs;
    this.payments = payments;
    this.paymentSets = paymentSets;
    this.workers = workers;
    this.lines = lines;
  }

  /**
   * What a text may name at a bank: a worker by number or identifier, a line as month/payroll/line,
   * a payment by its transaction identification, a run or payroll as month/number, a payroll also
   * by its message identification or its document's number or hash. A word in front says which is
   * meant.
   *
   * @return all that it may be and that is there; none when there is nothing
   */
  @Transactional(readOnly = true)
  public List<Subject> find(int bank, String text) {
    keyLookups.only();
    return search.find(bank, text);
  }

  /** Everything that happened to something; empty when it is not there. */
  @Transactional(readOnly = true)
  public Optional<Trail> follow(Subject subject) {
    keyLookups.only();
    return switch (subject) {
      case Subject.Worker(int bank, long party) -> worker(subject, bank, party);
      case Subject.Line(int bank, int month, long payroll, int line) ->
          Optional.ofNullable(lines.row(bank, month, payroll, line))
              .map(row -> new Trail(subject, LineTrail.title(row), lines.steps(bank, row)));
      case Subject.Payment(int bank, var txId) ->
          Optional.ofNullable(payments.paid(bank, txId))
              .flatMap(p -> Optional.ofNullable(lines.row(bank, p.month(), p.payroll(), p.line())))
              .map(
                  row ->
                      new Trail(
                          subject,
                          new Words(
                              "支付" + txId + "：" + LineTrail.title(row).chinese(),
                              "Payment " + txId + ": " + LineTrail.title(row).english()),
                          lines.steps(bank, row)));
      case Subject.Run(int bank, int month, long run) ->
          Optional.ofNullable(runs.row(bank, month, run))
              .map(row -> new Trail(subject, RunSteps.title(row), run(bank, row)));
      case Subject.Payroll(int bank, int month, long payroll) ->
          Optional.ofNullable(payrolls.row(bank, month, payroll))
              .map(row -> new Trail(subject, PayrollSteps.title(row), payroll(bank, row)));
    };
  }

  private Optional<Trail> worker(Subject subject, int bank, long party) {
    var person = records.persons(bank, List.of(party)).get(party);
    if (person == null) {
      return Optional.empty();
    }
    var steps = new LinkedHashSet<>(workers.of(bank, party));
    for (var line : workers.lines(bank, party)) {
      var row = lines.row(bank, line.month(), line.payroll(), line.line());
      if (row != null) {
        // Two lines of one payroll have its steps in common.
        steps.addAll(lines.steps(bank, row));
      }
    }
    return Optional.of(new Trail(subject, person, List.copyOf(steps)));
  }

  private List<Step> run(int bank, RunSteps.Row run) {
    record Batch(int month, long payroll, int batch, int lines, String firmCode) {}
    var batches =
        jdbc.sql(
                """
                SELECT f.payroll_month, f.payroll, f.batch, b.lines, b.firm_code
                  FROM run_batch f
                  JOIN payroll_batch b ON b.bank = f.bank AND b.pay_month = f.payroll_month
                       AND b.payroll = f.payroll AND b.batch = f.batch
                 WHERE f.bank = ? AND f.pay_month = ? AND f.run = ? ORDER BY 1, 2, 3
                """)
            .params(bank, run.month(), run.run())
            .query(
                (row, _) ->
                    new Batch(
                        row.getInt(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getString(5)))
            .list();
    var steps = new ArrayList<>(runs.of(bank, run));
    for (var batch : batches) {
      steps.add(
          Step.of(
              run.decidedAt(),
              Step.Kind.RUN_DECIDED,
              Words.of(
                  "包含工资表%d/%d的批次%d（单位%s，%d行）",
                  "batch %3$d of payroll %1$d/%2$d is part of it (firm %4$s, %5$d lines)",
                  batch.month(),
                  batch.payroll(),
                  batch.batch(),
                  batch.firmCode(),
                  batch.lines())));
    }
    var ids =
        batches.stream().map(b -> new Subject.Payroll(bank, b.month(), b.payroll())).distinct();
    var months = new ArrayList<Integer>();
    var numbers = new ArrayList<Long>();
    ids.forEach(
        id -> {
          months.add(id.month());
          numbers.add(id.payroll());
          steps.addAll(payrolls.signatures(bank, id.month(), id.payroll()));
          steps.addAll(
              Records.told(
                  Step.Kind.TOLD,
                  records.sent(
                      bank,
                      run.month(),
                      "short " + id.month() + "/" + id.payroll() + " run " + run.run(),
                      ""),
                  Grounds.TOLD));
        });
    steps.addAll(
        paymentSets.steps(bank, new PaymentSets.Of(months, numbers, run.month(), run.run())));
    return steps;
  }

  private List<Step> payroll(int bank, PayrollSteps.Row payroll) {
    int month = payroll.month();
    long number = payroll.payroll();
    var steps = new ArrayList<>(payrolls.file(bank, month, number));
    dates(bank, payroll, steps);
    verdicts(bank, payroll, steps);
    steps.addAll(payrolls.signatures(bank, month, number));
    steps.addAll(payrolls.messages(bank, month, number));
    jdbc
        .sql(
            "SELECT batch FROM payroll_batch WHERE bank = ? AND pay_month = ? AND payroll = ?"
                + " ORDER BY batch")
        .params(bank, month, number)
        .query(Integer.class)
        .list()
        .stream()
        .flatMap(batch -> runs.ofBatch(bank, number, batch).stream())
        .distinct()
        .forEach(steps::add);
    steps.addAll(
        paymentSets.steps(bank, new PaymentSets.Of(List.of(month), List.of(number), 0, 0)));
    return steps;
  }

  private void dates(int bank, PayrollSteps.Row payroll, List<Step> steps) {
    jdbc.sql(
            """
            SELECT pmt_inf_id, moved_from, pay_date FROM payroll_batch
             WHERE bank = ? AND pay_month = ? AND payroll = ? AND moved_from IS NOT NULL
             ORDER BY batch
            """)
        .params(bank, payroll.month(), payroll.payroll())
        .query(
            row -> {
              steps.add(
                  Step.of(
                      payroll.readAt(),
                      Step.Kind.DATE_MOVED,
                      Words.of(
                          "批次%s的付款日%s逢休息日，提前至%s",
                          "the pay date of batch %s, %s, is a rest day; it is paid on %s",
                          row.getString(1),
                          row.getDate(2),
                          row.getDate(3)),
                      Grounds.REST_DAY));
            });
  }

  /** How the lines were judged: counted, and those that are not simply paid one by one. */
  private void verdicts(int bank, PayrollSteps.Row payroll, List<Step> steps) {
    jdbc.sql(
            """
            SELECT verdict, checks, count(*), sum(amount)::bigint FROM payroll_line
             WHERE bank = ? AND pay_month = ? AND payroll = ? GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
            """)
        .params(bank, payroll.month(), payroll.payroll())
        .query(
            row -> {
              var failed = Grounds.of(Payrolls.checks(row.getString(2)));
              steps.add(
                  Step.of(
                          payroll.readAt(),
                          kind(row.getString(1)),
                          switch (kind(row.getString(1))) {
                            case HELD -> Words.of("%d行暂扣", "%d lines are held", row.getLong(3));
                            case REFUSED ->
                                Words.of("%d行被拒绝", "%d lines are refused", row.getLong(3));
                            default -> Words.of("%d行通过检查", "%d lines passed", row.getLong(3));
                          })
                      .under(failed.isEmpty() ? List.of(Grounds.LADDER) : failed)
                      .amounting(row.getLong(4)));
            });
    var listed =
        jdbc.sql(
                """
                SELECT line, verdict, checks, amount FROM payroll_line
                 WHERE bank = ? AND pay_month = ? AND payroll = ? AND verdict <> 'PAY'
                 ORDER BY line LIMIT ?
                """)
            .params(bank, payroll.month(), payroll.payroll(), PaymentSets.LISTED)
            .query(
                (row, _) ->
                    Step.of(
                            payroll.readAt(),
                            kind(row.getString(2)),
                            Words.of(
                                "明细%d/%d/%d",
                                "line %d/%d/%d", payroll.month(), payroll.payroll(), row.getInt(1)))
                        .under(Grounds.of(Payrolls.checks(row.getString(3))))
                        .amounting(row.getLong(4)))
            .list();
    steps.addAll(listed);
    if (listed.size() == PaymentSets.LISTED) {
      steps.add(
          Step.of(
              payroll.readAt(),
              Step.Kind.REFUSED,
              Words.of(
                  "仅列出前%d行", "only the first %d of these lines are listed", PaymentSets.LISTED)));
    }
  }

  private static Step.Kind kind(String verdict) {
    return switch (verdict) {
      case "HOLD" -> Step.Kind.HELD;
      case "REFUSE" -> Step.Kind.REFUSED;
      default -> Step.Kind.ACCEPTED;
    };
  }
}
