package org.wagerail.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.payment.TxId;

/**
 * What happened to the payments of a payroll or run, which may be a million: counted and summed
 * where it is the same for many, and one by one where a wage came back.
 */
@Component
class PaymentSets {
  /** So many wages that came back are told one by one; the rest are counted. */
  static final int LISTED = 1_000;

  private static final Words CLEARING = new Words("清算所", "clearing");

  /** Payments of these payrolls and, unless it is 0, of this run. */
  record Of(List<Integer> months, List<Long> payrolls, int runMonth, long run) {}

  private static final String FROM =
      """
        FROM unnest(:months, :payrolls) AS q (month, payroll)
        JOIN payment p ON p.bank = :bank AND p.pay_month = q.month AND p.payroll = q.payroll
             AND (:run = 0 OR p.run = :run AND p.run_month = :runMonth)
      """;

  private final JdbcClient jdbc;
  private final Records records;

  PaymentSets(JdbcClient jdbc, Records records) {
    this.jdbc = jdbc;
    this.records = records;
  }

  private JdbcClient.StatementSpec sql(int bank, Of of, String text) {
    return jdbc.sql(text)
        .param("bank", bank)
        .param("months", of.months().toArray(Integer[]::new))
        .param("payrolls", of.payrolls().toArray(Long[]::new))
        .param("runMonth", of.runMonth())
        .param("run", of.run());
  }

  List<Step> steps(int bank, Of of) {
    var steps = new ArrayList<Step>();
    packages(bank, of, steps);
    settled(bank, of, steps);
    back(bank, of, steps);
    return steps;
  }

  private void packages(int bank, Of of, List<Step> steps) {
    record Packed(
        int month,
        long number,
        String participant,
        LocalDate settlementDate,
        int payments,
        long total) {}
    var packed =
        sql(
                bank,
                of,
                """
                WITH carried AS (
                  SELECT p.pay_month, p.amount,
                         (SELECT g.package FROM package g WHERE g.bank = p.bank
                             AND g.pay_month = p.pay_month AND g.package <= p.payment
                           ORDER BY g.package DESC LIMIT 1) AS package
                """
                    + FROM
                    + """
                      )
                    SELECT g.pay_month, g.package, g.participant, g.settlement_date, c.payments, c.total
                      FROM (SELECT pay_month, package, count(*)::integer AS payments,
                                   sum(amount)::bigint AS total
                              FROM carried GROUP BY 1, 2) c
                      JOIN package g ON g.bank = :bank AND g.pay_month = c.pay_month
                           AND g.package = c.package
                     ORDER BY 1, 2
                    """)
            .query(
                (row, _) ->
                    new Packed(
                        row.getInt(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getInt(5),
                        row.getLong(6)))
            .list();
    for (var each : packed) {
      var number = each.month() + "/" + each.number();
      var id = "P" + each.month() + "-" + each.number();
      for (var message : records.sent(bank, 0, "package " + number, id)) {
        steps.add(
            Step.of(
                    message.at(),
                    Step.Kind.SENT,
                    Words.of(
                        "%d笔支付随报文包%s发往参与者%s，清算日%s",
                        "%d payments go out in package %s to participant %s, settlement date %s",
                        each.payments(),
                        number,
                        each.participant(),
                        each.settlementDate()),
                    Grounds.NEVER_AGAIN)
                .amounting(each.total())
                .on(message.document()));
      }
    }
  }

  private void settled(int bank, Of of, List<Step> steps) {
    record Answered(
        int docMonth, long document, String subject, Instant at, int payments, long total) {}
    var answered =
        sql(
                bank,
                of,
                "SELECT r.doc_month, r.document, r.subject, r.at, count(*)::integer,"
                    + " sum(p.amount)::bigint"
                    + FROM
                    + """
                      JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                           AND r.payment = p.payment AND r.stage = 1 AND r.kind = 'SETTLED'
                     GROUP BY 1, 2, 3, 4 ORDER BY 4, 2
                    """)
            .query(
                (row, _) ->
                    new Answered(
                        row.getInt(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getInt(5),
                        row.getLong(6)))
            .list();
    for (var each : answered) {
      var booked = records.booked(bank, 0, each.subject());
      steps.add(
          Step.of(
                  each.at(),
                  Step.Kind.SETTLED,
                  Words.of("%d笔支付已结清", "%d payments have settled", each.payments()),
                  Grounds.FIRST_ANSWER)
              .by(CLEARING)
              .amounting(each.total())
              .on(records.received(bank, each.docMonth(), each.document(), ""))
              .booked(booked == null ? null : booked.entry()));
    }
  }

  private void back(int bank, Of of, List<Step> steps) {
    var back =
        sql(
                bank,
                of,
                "SELECT p.pay_month, p.payment, p.payroll, p.line, p.amount, r.kind, r.reason,"
                    + " r.doc_month, r.document, r.subject, r.at"
                    + FROM
                    + """
                      JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                           AND r.payment = p.payment AND r.kind <> 'SETTLED'
                     ORDER BY r.at, p.payment LIMIT :most
                    """)
            .param("most", LISTED)
            .query((row, _) -> back(bank, row))
            .list();
    steps.addAll(back);
    if (back.size() == LISTED) {
      steps.add(
          Step.of(
              back.getLast().at(),
              Step.Kind.MORE,
              Words.of(
                  "退回的支付仅列出前%d笔",
                  "of the payments that came back only the first %d are listed", LISTED)));
    }
  }

  private Step back(int bank, ResultSet row) throws SQLException {
    var booked = records.booked(bank, 0, row.getString("subject"));
    return Step.of(
            row.getTimestamp("at").toInstant(),
            Step.Kind.valueOf(row.getString("kind")),
            Words.of(
                "支付%s（明细%d/%d/%d）退回，款项记回分账",
                "payment %s (line %d/%d/%d) came back; its money is back in the wage book",
                new TxId(row.getInt("pay_month"), row.getLong("payment")),
                row.getInt("pay_month"),
                row.getLong("payroll"),
                row.getInt("line")),
            Grounds.reason(Grounds.BACK_IN_BOOK, row.getString("reason")))
        .by(CLEARING)
        .amounting(row.getLong("amount"))
        .on(records.received(bank, row.getInt("doc_month"), row.getLong("document"), ""))
        .booked(booked == null ? null : booked.entry());
  }
}
