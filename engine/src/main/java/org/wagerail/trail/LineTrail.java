package org.wagerail.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.money.Money;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.Payrolls;
import org.wagerail.project.Masks;

/** What happened to one line: its file, its checks, what was decided about it, what was paid. */
@Component
class LineTrail {
  /** A line, and what it stands in. Amounts in minor units. */
  @SuppressWarnings("ArrayRecordComponent") // sealed bytes travel as the column that holds them
  record Row(
      int month,
      long payroll,
      int line,
      int batch,
      int period,
      String runType,
      @Nullable Long party,
      @Nullable Long workerAccount,
      long amount,
      String verdict,
      @Nullable String checks,
      String endToEnd,
      byte @Nullable [] said,
      String pmtInfId,
      @Nullable Long project,
      LocalDate payDate,
      @Nullable LocalDate movedFrom,
      String msgId,
      int docMonth,
      long document,
      Instant readAt,
      @Nullable String projectCode,
      @Nullable String projectName,
      @Nullable String account) {}

  private final JdbcClient jdbc;
  private final Records records;
  private final Payrolls payrolls;
  private final PayrollSteps payrollSteps;
  private final RunSteps runSteps;
  private final PaymentSteps paymentSteps;

  LineTrail(
      JdbcClient jdbc,
      Records records,
      Payrolls payrolls,
      PayrollSteps payrollSteps,
      RunSteps runSteps,
      PaymentSteps paymentSteps) {
    this.jdbc = jdbc;
    this.records = records;
    this.payrolls = payrolls;
    this.payrollSteps = payrollSteps;
    this.runSteps = runSteps;
    this.paymentSteps = paymentSteps;
  }

  /** A line by its place; null when there is none. */
  @Nullable Row row(int bank, int month, long payroll, int line) {
    return jdbc.sql(
            """
            SELECT l.*, b.pmt_inf_id, b.project, b.pay_date, b.moved_from, p.msg_id, p.doc_month,
                   p.document, p.read_at, j.code AS project_code, j.name AS project_name,
                   s.number AS account
              FROM payroll_line l
              JOIN payroll_batch b ON b.bank = l.bank AND b.pay_month = l.pay_month
                   AND b.payroll = l.payroll AND b.batch = l.batch
              JOIN payroll p ON p.bank = l.bank AND p.pay_month = l.pay_month
                   AND p.payroll = l.payroll
              LEFT JOIN project j ON j.bank = b.bank AND j.project = b.project
              LEFT JOIN wage_book w ON w.bank = b.bank AND w.wage_book = b.wage_book
              LEFT JOIN special_account s ON s.bank = w.bank
                   AND s.special_account = w.special_account
             WHERE l.bank = ? AND l.pay_month = ? AND l.payroll = ? AND l.line = ?
            """)
        .params(bank, month, payroll, line)
        .query((row, _) -> row(row))
        .optional()
        .orElse(null);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getInt("pay_month"),
        row.getLong("payroll"),
        row.getInt("line"),
        row.getInt("batch"),
        row.getInt("period"),
        row.getString("run_type"),
        row.getObject("party", Long.class),
        row.getObject("worker_account", Long.class),
        row.getLong("amount"),
        row.getString("verdict"),
        row.getString("checks"),
        row.getString("end_to_end"),
        row.getBytes("said"),
        row.getString("pmt_inf_id"),
        row.getObject("project", Long.class),
        row.getObject("pay_date", LocalDate.class),
        row.getObject("moved_from", LocalDate.class),
        row.getString("msg_id"),
        row.getInt("doc_month"),
        row.getLong("document"),
        row.getTimestamp("read_at").toInstant(),
        row.getString("project_code"),
        row.getString("project_name"),
        row.getString("account"));
  }

  /** What a line is, in a sentence. */
  static Words title(Row row) {
    return Words.of(
        "工资表%d/%d第%d行，%d月份%s工资%s元，项目%s",
        "Line %3$d of payroll %1$d/%2$d: %5$s wage of %4$d, CNY %6$s, project %7$s",
        row.month(),
        row.payroll(),
        row.line(),
        row.period(),
        row.runType(),
        Money.format(row.amount(), 2),
        row.projectCode() == null
            ? "-"
            : row.projectCode() + " " + Objects.requireNonNullElse(row.projectName(), ""));
  }

  List<Step> steps(int bank, Row row) {
    var steps = new ArrayList<Step>(payrollSteps.file(bank, row.month(), row.payroll()));
    if (row.movedFrom() != null) {
      steps.add(
          Step.of(
              row.readAt(),
              Step.Kind.DATE_MOVED,
              Words.of(
                  "批次%s的付款日%s逢休息日，提前至%s",
                  "the pay date of batch %s, %s, is a rest day; it is paid on %s",
                  row.pmtInfId(),
                  row.movedFrom(),
                  row.payDate()),
              Grounds.REST_DAY));
    }
    screened(bank, row, steps);
    steps.add(verdict(bank, row));
    confirmations(bank, row, steps);
    hands(bank, row, steps);
    long decidedFirst = decisions(bank, row, steps);
    steps.addAll(payrollSteps.signatures(bank, row.month(), row.payroll()));
    steps.addAll(payrollSteps.messages(bank, row.month(), row.payroll()));
    steps.addAll(
        runSteps.ofLine(bank, row.month(), row.payroll(), row.batch(), row.line(), decidedFirst));
    for (var payment : payments(bank, row)) {
      steps.addAll(paymentSteps.of(bank, payment));
    }
    return steps;
  }

  // ------------------------------------------------------------------ the checks

  private Step verdict(int bank, Row row) {
    var failed = Grounds.of(Payrolls.checks(row.checks()));
    var step =
        switch (row.verdict()) {
          case "HOLD" ->
              Step.of(
                  row.readAt(),
                  Step.Kind.HELD,
                  Words.of(
                      "第%d行暂扣，等待处理；该行所载：%s",
                      "line %d is held and waits for a person; it said: %s",
                      row.line(),
                      said(bank, row)));
          case "REFUSE" ->
              Step.of(
                  row.readAt(),
                  Step.Kind.REFUSED,
                  Words.of(
                      "第%d行被拒绝，不予支付；该行所载：%s",
                      "line %d is refused and will not be paid; it said: %s",
                      row.line(),
                      said(bank, row)));
          default ->
              Step.of(
                  row.readAt(),
                  Step.Kind.ACCEPTED,
                  Words.of(
                      "第%d行通过检查，付款日%s，端到端标识%s",
                      "line %d passed its checks; pay date %s, end-to-end identification %s",
                      row.line(),
                      row.payDate(),
                      row.endToEnd()));
        };
    return step.under(failed.isEmpty() ? List.of(Grounds.LADDER) : failed).amounting(row.amount());
  }

  private void screened(int bank, Row row, List<Step> steps) {
    jdbc.sql(
            """
            SELECT list, entry, matched, reason FROM screening_hit
             WHERE bank = ? AND pay_month = ? AND payroll = ? AND line = ?
            """)
        .params(bank, row.month(), row.payroll(), row.line())
        .query(
            found -> {
              steps.add(
                  Step.of(
                      row.readAt(),
                      Step.Kind.SCREENED,
                      Words.of(
                          "与筛查名单%d第%d条相符（%s）：%s",
                          "on screening list %d, entry %d, by %s: %s",
                          found.getLong("list"),
                          found.getInt("entry"),
                          found.getString("matched"),
                          found.getString("reason")),
                      Grounds.SCREENED));
            });
  }

  /** What a line said that is not paid, masked. */
  private String said(int bank, Row row) {
    if (row.said() == null) {
      return "-";
    }
    var said = payrolls.said(bank, row.payroll(), row.line(), row.said());
    return String.join(
        ", ",
        Masks.name(said.get(0)),
        said.get(1) + " " + Masks.identifier(said.get(2)),
        Masks.account(said.get(3)) + " @ " + said.get(4),
        said.get(5) + " " + said.get(6),
        said.get(7));
  }

  // ------------------------------------------------------------------ the worker's word

  private void confirmations(int bank, Row row, List<Step> steps) {
    if (row.party() == null || row.project() == null || row.period() == 0) {
      return;
    }
    var wage =
        "wage "
            + row.period()
            + "/"
            + row.runType()
            + " project "
            + row.project()
            + " person "
            + row.party();
    var commands = records.commands(bank, wage);
    jdbc.sql(
            """
            SELECT nth, amount, confirmed_at, source, evidence FROM confirmation
             WHERE bank = ? AND period = ? AND project = ? AND party = ? AND run_type = ? ORDER BY nth
            """)
        .params(bank, row.period(), row.project(), row.party(), row.runType())
        .query(
            found -> {
              var at = found.getTimestamp("confirmed_at").toInstant();
              steps.add(
                  Step.of(
                          at,
                          Step.Kind.CONFIRMED,
                          Words.of(
                              "第%d次确认，来源%s，凭证%s",
                              "confirmation %d of this wage by %s, evidence %s",
                              found.getInt("nth"),
                              found.getString("source"),
                              found.getString("evidence")),
                          Grounds.CONFIRMED)
                      .by(Records.actor(commands, "CONFIRM", at))
                      .amounting(found.getLong("amount")));
            });
    jdbc.sql(
            """
            SELECT d.accepted, d.claimed, d.opened_at, e.agreed, e.maker, e.checker, e.ground,
                   e.ended_at
              FROM wage_dispute d
              LEFT JOIN wage_dispute_end e ON e.bank = d.bank AND e.period = d.period
                   AND e.project = d.project AND e.party = d.party AND e.run_type = d.run_type
                   AND e.nth = d.nth
             WHERE d.bank = ? AND d.period = ? AND d.project = ? AND d.party = ? AND d.run_type = ?
             ORDER BY d.nth
            """)
        .params(bank, row.period(), row.project(), row.party(), row.runType())
        .query(
            found -> {
              disputed(found, steps);
            });
  }

  private static void disputed(ResultSet found, List<Step> steps) throws SQLException {
    steps.add(
        Step.of(
                found.getTimestamp("opened_at").toInstant(),
                Step.Kind.DISPUTED,
                Words.of(
                    "工人认可%s，主张%s",
                    "the worker accepts %s and claims %s",
                    Money.format(found.getLong("accepted"), 2),
                    Money.format(found.getLong("claimed"), 2)),
                Grounds.DISPUTED)
            .amounting(found.getLong("claimed") - found.getLong("accepted")));
    var ended = found.getTimestamp("ended_at");
    if (ended != null) {
      steps.add(
          Step.of(
                  ended.toInstant(),
                  Step.Kind.DISPUTE_ENDED,
                  Words.of("争议了结，依据：%s", "the dispute has ended: %s", found.getString("ground")),
                  Grounds.FOUR_EYES)
              .by(found.getString("maker") + " and " + found.getString("checker"))
              .amounting(found.getLong("agreed")));
    }
  }

  // ------------------------------------------------------------------ decisions by persons

  /** Whose the line became while it was held, and what was proposed about it. */
  private void hands(int bank, Row row, List<Step> steps) {
    jdbc.sql(
            """
            SELECT owner, actor, given_at FROM line_owner
             WHERE bank = ? AND pay_month = ? AND payroll = ? AND line = ? ORDER BY nth
            """)
        .params(bank, row.month(), row.payroll(), row.line())
        .query(
            found -> {
              steps.add(
                  Step.of(
                          found.getTimestamp("given_at").toInstant(),
                          Step.Kind.GIVEN,
                          Words.of("由%s负责处理", "to be looked at by %s", found.getString("owner")),
                          Grounds.OWNED)
                      .by(found.getString("actor")));
            });
    jdbc.sql(
            """
            SELECT p.action, p.ground, p.maker, p.proposed_at, p.lapses_at, a.checker, a.reason,
                   a.answered_at
              FROM proposal p
              LEFT JOIN proposal_answer a ON a.bank = p.bank AND a.month = p.month
                   AND a.proposal = p.proposal AND NOT a.agreed
             WHERE p.bank = ? AND p.item = ? ORDER BY p.proposal
            """)
        .params(bank, "payroll " + row.month() + "/" + row.payroll() + " line " + row.line())
        .query(
            found -> {
              proposed(found, steps);
            });
  }

  /** What was agreed is told by the decision that followed from it. */
  private static void proposed(ResultSet found, List<Step> steps) throws SQLException {
    steps.add(
        Step.of(
                found.getTimestamp("proposed_at").toInstant(),
                Step.Kind.PROPOSED,
                Words.of(
                    "提出%s，依据：%s；%s前有效",
                    "proposed: %s, ground: %s; stands until %s",
                    found.getString("action"),
                    found.getString("ground"),
                    found.getTimestamp("lapses_at").toInstant()),
                Grounds.FOUR_EYES)
            .by(found.getString("maker")));
    var answered = found.getTimestamp("answered_at");
    if (answered != null) {
      steps.add(
          Step.of(
                  answered.toInstant(),
                  Step.Kind.NOT_AGREED,
                  Words.of("未获同意，理由：%s", "not agreed: %s", found.getString("reason")),
                  Grounds.FOUR_EYES)
              .by(found.getString("checker")));
    }
  }

  /**
   * What was decided about the line after it was read.
   *
   * @return the event of the first decision to pay it; 0 when the line itself is to be paid, the
   *     greatest number when it never is
   */
  private long decisions(int bank, Row row, List<Step> steps) {
    record Decision(
        int number,
        String verdict,
        @Nullable Long workerAccount,
        String endToEnd,
        long amount,
        @Nullable Long replaces,
        String ground,
        long seq,
        Instant at) {}
    var decisions =
        jdbc.sql(
                """
                SELECT decision, verdict, worker_account, end_to_end, amount, replaces, ground, seq,
                       decided_at
                  FROM line_decision
                 WHERE bank = ? AND pay_month = ? AND payroll = ? AND line = ? ORDER BY decision
                """)
            .params(bank, row.month(), row.payroll(), row.line())
            .query(
                (found, _) ->
                    new Decision(
                        found.getInt(1),
                        found.getString(2),
                        found.getObject(3, Long.class),
                        found.getString(4),
                        found.getLong(5),
                        found.getObject(6, Long.class),
                        found.getString(7),
                        found.getLong(8),
                        found.getTimestamp(9).toInstant()))
            .list();
    long first = row.verdict().equals("PAY") ? 0 : Long.MAX_VALUE;
    if (decisions.isEmpty()) {
      return first;
    }
    var commands =
        records.commands(
            bank, "payroll " + row.month() + "/" + row.payroll() + " line " + row.line());
    var accounts =
        records.accounts(
            bank,
            decisions.stream().map(Decision::workerAccount).filter(Objects::nonNull).toList());
    for (var decision : decisions) {
      var account =
          decision.workerAccount() == null ? null : accounts.get(decision.workerAccount());
      var says =
          switch (decision.verdict()) {
            case "PAY" ->
                Words.of(
                    "同意支付至账户%s，端到端标识%s；依据：%s",
                    "to be paid to account %s, end-to-end identification %s; ground: %s",
                    account,
                    decision.endToEnd(),
                    decision.ground());
            case "REPAY" ->
                Words.of(
                    "支付%s退回后重新支付至账户%s，端到端标识%s；依据：%s",
                    "payment %s came back; to be paid again to account %s, end-to-end"
                        + " identification %s; ground: %s",
                    new TxId(row.month(), Objects.requireNonNull(decision.replaces())),
                    account,
                    decision.endToEnd(),
                    decision.ground());
            default -> Words.of("最终拒绝；理由：%s", "refused for good; reason: %s", decision.ground());
          };
      steps.add(
          Step.of(decision.at(), Step.Kind.DECIDED, says, Grounds.FOUR_EYES)
              .by(Records.actor(commands, "DECIDE_LINE", decision.at()))
              .amounting(decision.amount()));
      if (!decision.verdict().equals("REFUSE")) {
        first = Math.min(first, decision.seq());
      }
    }
    return first;
  }

  private List<PaymentSteps.Paid> payments(int bank, Row row) {
    return jdbc.sql(
            PaymentSteps.PAID
                + " WHERE p.bank = ? AND p.pay_month = ? AND p.payroll = ?"
                + " AND p.line = ? ORDER BY p.payment")
        .params(Arrays.asList(bank, row.month(), row.payroll(), row.line()))
        .query(PaymentSteps.Paid.class)
        .list();
  }
}
