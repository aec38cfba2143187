package org.wagerail.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.payment.TxId;

/** What happened to one payment: made, sent, answered, asked about, recalled, reported. */
@Component
class PaymentSteps {
  /** A payment; amount in minor units. */
  record Paid(
      int month,
      long payment,
      int runMonth,
      long run,
      long payroll,
      int line,
      int part,
      long workerAccount,
      long amount,
      String rail,
      @Nullable Long replaces) {
    TxId txId() {
      return new TxId(month, payment);
    }
  }

  static final String PAID =
      """
      SELECT p.pay_month AS month, p.payment, p.run_month, p.run, p.payroll, p.line, p.part,
             p.worker_account, p.amount, p.rail, p.replaces
        FROM payment p
      """;

  private static final Words CLEARING = new Words("清算所", "clearing");

  private record Package(long number, String participant, LocalDate settlementDate, int payments) {}

  private final JdbcClient jdbc;
  private final Records records;

  PaymentSteps(JdbcClient jdbc, Records records) {
    this.jdbc = jdbc;
    this.records = records;
  }

  /** A payment by its transaction identification; null when there is none. */
  @Nullable Paid paid(int bank, TxId id) {
    return jdbc.sql(PAID + " WHERE p.bank = ? AND p.pay_month = ? AND p.payment = ?")
        .params(bank, id.month(), id.payment())
        .query(Paid.class)
        .optional()
        .orElse(null);
  }

  List<Step> of(int bank, Paid paid) {
    var steps = new ArrayList<Step>();
    made(bank, paid, steps);
    sent(bank, paid, steps);
    results(bank, paid, steps);
    recall(bank, paid, steps);
    reported(bank, paid, steps);
    exceptions(bank, paid, steps);
    receipts(bank, paid, steps);
    return steps;
  }

  private void made(int bank, Paid paid, List<Step> steps) {
    var account = records.accounts(bank, List.of(paid.workerAccount())).get(paid.workerAccount());
    var debited =
        records.booked(bank, paid.runMonth(), "run " + paid.runMonth() + "/" + paid.run());
    var at =
        debited == null
            ? jdbc.sql(
                    "SELECT decided_at FROM pay_run WHERE bank = ? AND pay_month = ? AND run = ?")
                .params(bank, paid.runMonth(), paid.run())
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single()
            : debited.at();
    steps.add(
        Step.of(
                at,
                Step.Kind.PAID,
                paid.replaces() == null
                    ? Words.of(
                        "支付%s（发放批%d/%d，第%d次）付至账户%s，渠道%s",
                        "payment %s (run %d/%d, part %d) to account %s by rail %s",
                        paid.txId(),
                        paid.runMonth(),
                        paid.run(),
                        paid.part(),
                        account,
                        paid.rail())
                    : Words.of(
                        "支付%s（发放批%d/%d）付至账户%s，渠道%s，替代%s",
                        "payment %s (run %d/%d) to account %s by rail %s, in place of %s",
                        paid.txId(),
                        paid.runMonth(),
                        paid.run(),
                        account,
                        paid.rail(),
                        new TxId(paid.month(), paid.replaces())),
                Grounds.TO_THE_WORKER)
            .amounting(paid.amount()));
  }

  private void sent(int bank, Paid paid, List<Step> steps) {
    var carried =
        jdbc.sql(
                """
                SELECT package AS number, participant, settlement_date, payments FROM package
                 WHERE bank = ? AND pay_month = ? AND package <= ? AND last_payment >= ?
                 ORDER BY package DESC LIMIT 1
                """)
            .params(bank, paid.month(), paid.payment(), paid.payment())
            .query(Package.class)
            .optional();
    if (carried.isEmpty()) {
      return;
    }
    var by = carried.get();
    var number = paid.month() + "/" + by.number();
    var id = "P" + paid.month() + "-" + by.number();
    for (var message : records.sent(bank, 0, "package " + number, id)) {
      steps.add(
          Step.of(
                  message.at(),
                  Step.Kind.SENT,
                  Words.of(
                      "支付%s随报文包%s（%d笔）发往参与者%s，清算日%s，投递时间%s",
                      "payment %s goes out in package %s (%d payments) to participant %s,"
                          + " settlement date %s, delivered %s",
                      paid.txId(),
                      number,
                      by.payments(),
                      by.participant(),
                      by.settlementDate(),
                      message.delivered() == null ? "-" : message.delivered()),
                  Grounds.NEVER_AGAIN)
              .on(message.document()));
    }
    jdbc.sql(
            "SELECT asked_at FROM payment_unknown WHERE bank = ? AND pay_month = ? AND payment = ?")
        .params(bank, paid.month(), paid.payment())
        .query(
            row -> {
              var question = records.sent(bank, 0, "inquiry " + number, "");
              steps.add(
                  Step.of(
                          row.getTimestamp(1).toInstant(),
                          Step.Kind.ASKED,
                          Words.of(
                              "支付%s逾期未答复，状态未知，向清算所查询一次",
                              "payment %s was not answered in time: unknown, and asked about once",
                              paid.txId()),
                          Grounds.SILENCE)
                      .amounting(paid.amount())
                      .on(question.isEmpty() ? null : question.getFirst().document()));
            });
  }

  private record Result(
      Step.Kind kind,
      @Nullable String reason,
      int docMonth,
      long document,
      String subject,
      Instant at,
      @Nullable String notice) {}

  private void results(int bank, Paid paid, List<Step> steps) {
    var results =
        jdbc.sql(
                """
                SELECT r.kind, r.reason, r.doc_month, r.document, r.subject, r.at,
                       CASE WHEN r.stage = 2 THEN n.subject END AS notice
                  FROM payment_result r
                  LEFT JOIN return_notice n ON n.bank = r.bank AND n.pay_month = r.pay_month
                       AND n.payment = r.payment
                 WHERE r.bank = ? AND r.pay_month = ? AND r.payment = ? ORDER BY r.stage
                """)
            .params(bank, paid.month(), paid.payment())
            .query(
                (row, _) ->
                    new Result(
                        Step.Kind.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        row.getString(7)))
            .list();
    for (var result : results) {
      var booked = records.booked(bank, 0, result.subject());
      steps.add(
          Step.of(
                  result.at(),
                  result.kind(),
                  words(paid, result),
                  Grounds.reason(
                      result.kind() == Step.Kind.SETTLED
                          ? Grounds.FIRST_ANSWER
                          : Grounds.BACK_IN_BOOK,
                      result.reason()))
              .by(CLEARING)
              .amounting(paid.amount())
              .on(records.received(bank, result.docMonth(), result.document(), ""))
              .booked(booked == null ? null : booked.entry()));
      if (result.notice() != null) {
        steps.addAll(
            Records.told(
                Step.Kind.RETURN_TOLD,
                records.sent(bank, 0, result.notice(), ""),
                Grounds.BACK_IN_BOOK));
      }
    }
  }

  private static Words words(Paid paid, Result result) {
    return switch (result.kind()) {
      case SETTLED -> Words.of("支付%s已结清", "payment %s has settled", paid.txId());
      case REJECTED ->
          Words.of(
              "支付%s被清算拒绝（%s），款项记回分账",
              "payment %s was rejected by clearing (%s); its money is back in the wage book",
              paid.txId(),
              result.reason());
      default ->
          Words.of(
              "支付%s退汇（%s），款项记回分账",
              "payment %s came back (%s); its money is back in the wage book",
              paid.txId(),
              result.reason());
    };
  }

  private void recall(int bank, Paid paid, List<Step> steps) {
    jdbc.sql(
            """
            SELECT c.stage, c.reason, c.maker, c.checker, c.evidence, c.asked_at, a.word,
                   a.reason AS answer_reason, a.doc_month, a.document, a.at
              FROM recall c
              LEFT JOIN recall_answer a ON a.bank = c.bank AND a.pay_month = c.pay_month
                   AND a.payment = c.payment
             WHERE c.bank = ? AND c.pay_month = ? AND c.payment = ?
            """)
        .params(bank, paid.month(), paid.payment())
        .query(
            row -> {
              recall(bank, paid, row, steps);
            });
  }

  private void recall(int bank, Paid paid, ResultSet row, List<Step> steps) throws SQLException {
    var request = records.sent(bank, 0, "recall " + paid.txId(), "");
    steps.add(
        Step.of(
                row.getTimestamp("asked_at").toInstant(),
                Step.Kind.RECALLED,
                Words.of(
                    "申请撤回支付%s（%s），依据：%s",
                    "payment %s is asked back (%s); ground: %s",
                    paid.txId(),
                    row.getString("stage"),
                    row.getString("evidence")),
                Grounds.reason(Grounds.RECALL, row.getString("reason")))
            .by(row.getString("maker") + " and " + row.getString("checker"))
            .amounting(paid.amount())
            .on(request.isEmpty() ? null : request.getFirst().document()));
    var word = row.getString("word");
    if (word != null) {
      steps.add(
          Step.of(
                  row.getTimestamp("at").toInstant(),
                  Step.Kind.RECALL_ANSWERED,
                  Words.of("撤回答复：%s", "the recall is %s", word),
                  Grounds.reason(Grounds.RECALL, row.getString("answer_reason")))
              .by(CLEARING)
              .on(records.received(bank, row.getInt("doc_month"), row.getLong("document"), "")));
    }
  }

  private void reported(int bank, Paid paid, List<Step> steps) {
    jdbc.sql(
            """
            SELECT i.item, i.amount, i.returned, r.statement, r.day, r.doc_month, r.document, r.read_at
              FROM settlement_item i
              JOIN settlement_report r ON r.bank = i.bank AND r.month = i.month AND r.report = i.report
             WHERE i.bank = ? AND i.pay_month = ? AND i.payment = ? ORDER BY i.month, i.report, i.item
            """)
        .params(bank, paid.month(), paid.payment())
        .query(
            row -> {
              steps.add(
                  Step.of(
                          row.getTimestamp("read_at").toInstant(),
                          Step.Kind.REPORTED,
                          row.getBoolean("returned")
                              ? Words.of(
                                  "支付%s列于%s结算报告（退回，第%d项）",
                                  "payment %s stands in the report of %s as returned (item %d)",
                                  paid.txId(),
                                  row.getObject("day", LocalDate.class),
                                  row.getInt("item"))
                              : Words.of(
                                  "支付%s列于%s结算报告（已结清，第%d项）",
                                  "payment %s stands in the report of %s as settled (item %d)",
                                  paid.txId(),
                                  row.getObject("day", LocalDate.class),
                                  row.getInt("item")),
                          Grounds.REPORT)
                      .by(CLEARING)
                      .amounting(row.getLong("amount"))
                      .on(
                          records.received(
                              bank,
                              row.getInt("doc_month"),
                              row.getLong("document"),
                              row.getString("statement"))));
            });
  }

  private void receipts(int bank, Paid paid, List<Step> steps) {
    records.commands(bank, "payment " + paid.txId()).stream()
        .filter(command -> command.kind().equals("ISSUE_RECEIPT"))
        .forEach(
            command ->
                steps.add(
                    Step.of(
                            command.at(),
                            Step.Kind.RECEIPT_ISSUED,
                            Words.of(
                                "出具支付%s的回单", "the receipt of payment %s is issued", paid.txId()),
                            Grounds.RECEIPT)
                        .by(command.actor())
                        .amounting(paid.amount())));
  }

  private void exceptions(int bank, Paid paid, List<Step> steps) {
    record Opened(
        long exception,
        String kind,
        String said,
        @Nullable String reason,
        @Nullable Integer docMonth,
        @Nullable Long document,
        Instant openedAt) {}
    var opened =
        jdbc.sql(
                """
                SELECT exception, kind, said, reason, doc_month, document, opened_at
                  FROM clearing_exception WHERE bank = ? AND tx_id = ? ORDER BY exception
                """)
            .params(bank, paid.txId().toString())
            .query(
                (row, _) ->
                    new Opened(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, Integer.class),
                        row.getObject(6, Long.class),
                        row.getTimestamp(7).toInstant()))
            .list();
    for (var each : opened) {
      steps.add(
          Step.of(
                  each.openedAt(),
                  Step.Kind.EXCEPTION_OPENED,
                  Words.of(
                      "异常%d开立：%s %s（支付%s）",
                      "exception %d is opened: %s %s (payment %s)",
                      each.exception(),
                      each.kind(),
                      each.said(),
                      paid.txId()),
                  Grounds.reason(Grounds.EXCEPTION, each.reason()))
              .on(
                  each.docMonth() == null || each.document() == null
                      ? null
                      : records.received(bank, each.docMonth(), each.document(), "")));
      hands(bank, each.exception(), steps);
    }
  }

  /** Whose an exception was, and who closed it. */
  private void hands(int bank, long exception, List<Step> steps) {
    var commands = records.commands(bank, "exception " + exception);
    jdbc.sql(
            """
            SELECT owner, given_at FROM exception_owner WHERE bank = ? AND exception = ? ORDER BY nth
            """)
        .params(bank, exception)
        .query(
            row -> {
              var at = row.getTimestamp(2).toInstant();
              steps.add(
                  Step.of(
                          at,
                          Step.Kind.EXCEPTION_GIVEN,
                          Words.of(
                              "异常%d由%s负责",
                              "exception %d belongs to %s", exception, row.getString(1)),
                          Grounds.EXCEPTION)
                      .by(Records.actor(commands, "HAND_OVER_EXCEPTION", at)));
            });
    jdbc.sql(
            """
            SELECT maker, checker, reason, closed_at FROM exception_closed
             WHERE bank = ? AND exception = ?
            """)
        .params(bank, exception)
        .query(
            row -> {
              steps.add(
                  Step.of(
                          row.getTimestamp(4).toInstant(),
                          Step.Kind.EXCEPTION_CLOSED,
                          Words.of(
                              "异常%d关闭：%s",
                              "exception %d is closed: %s", exception, row.getString(3)),
                          Grounds.EXCEPTION)
                      .by(row.getString(1) + " and " + row.getString(2)));
            });
  }
}
