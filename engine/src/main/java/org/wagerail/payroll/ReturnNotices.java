package org.wagerail.payroll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.mailbox.Outbox;
import org.wagerail.payment.TxId;

/**
 * What contractors are to be told of wages that settled and came back: each return once, with the
 * reason that the payee's bank gave.
 */
@Component
public class ReturnNotices {
  /**
   * A payroll with returns that nobody has told of.
   *
   * @param msgId of the contractor's file
   * @param returns how many are to be told
   * @param last the highest number of their payments: each is told once, so it names this telling
   */
  public record Due(int month, long payroll, String msgId, int returns, long last) {
    /** What the message is sent for. */
    public String subject() {
      return "returned " + month + "/" + payroll + " up to " + last;
    }
  }

  /**
   * A wage that came back; amount in minor units.
   *
   * @param account number of the special account that it came back to
   * @param pmtInfId the contractor's own name of its batch
   * @param reason ISO return reason code
   * @param booked when it was credited
   */
  public record Returned(
      TxId txId,
      String account,
      String pmtInfId,
      @Nullable String instrId,
      String endToEnd,
      long amount,
      String reason,
      Instant booked) {}

  private final JdbcClient jdbc;
  private final Outbox outbox;

  ReturnNotices(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /** Payrolls with returns that nobody has told of. */
  public List<Due> due(int bank) {
    return jdbc.sql(
            """
            SELECT y.pay_month AS month, y.payroll, y.msg_id, x.returns, x.last
              FROM (SELECT p.pay_month, p.payroll, count(*)::integer AS returns,
                           max(p.payment) AS last
                      FROM payment_result r
                      JOIN payment p ON p.bank = r.bank AND p.pay_month = r.pay_month
                           AND p.payment = r.payment
                     WHERE r.bank = ? AND r.stage = 2
                       AND NOT EXISTS (SELECT 1 FROM return_notice n WHERE n.bank = r.bank
                                          AND n.pay_month = r.pay_month AND n.payment = r.payment)
                     GROUP BY 1, 2) x
              JOIN payroll y ON y.bank = ? AND y.pay_month = x.pay_month AND y.payroll = x.payroll
             ORDER BY 1, 2
            """)
        .params(bank, bank)
        .query(Due.class)
        .list();
  }

  /** The returns to be told of payrolls, a list for each, by account and line. */
  @Transactional(readOnly = true)
  public List<List<Returned>> returns(int bank, List<Due> payrolls) {
    var returns = new ArrayList<List<Returned>>(payrolls.size());
    payrolls.forEach(_ -> returns.add(new ArrayList<>()));
    jdbc.sql(
            """
            SELECT q.n, p.pay_month, p.payment, s.number, b.pmt_inf_id, l.instr_id,
                   coalesce(d.end_to_end, l.end_to_end), p.amount, r.reason, r.at
              FROM unnest(?, ?) WITH ORDINALITY AS q (month, payroll, n)
              JOIN payment p ON p.bank = ? AND p.pay_month = q.month AND p.payroll = q.payroll
              JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                   AND r.payment = p.payment AND r.stage = 2
              JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                   AND l.payroll = p.payroll AND l.line = p.line
              JOIN payroll_batch b ON b.bank = l.bank AND b.pay_month = l.pay_month
                   AND b.payroll = l.payroll AND b.batch = l.batch
              JOIN wage_book k ON k.bank = p.bank AND k.wage_book = p.wage_book
              JOIN special_account s ON s.bank = k.bank AND s.special_account = k.special_account
              LEFT JOIN line_decision d ON d.bank = p.bank AND d.pay_month = p.pay_month
                   AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
             WHERE NOT EXISTS (SELECT 1 FROM return_notice n WHERE n.bank = p.bank
                                  AND n.pay_month = p.pay_month AND n.payment = p.payment)
             ORDER BY q.n, s.number, p.line, p.payment
            """)
        .params(
            payrolls.stream().map(Due::month).toArray(Integer[]::new),
            payrolls.stream().map(Due::payroll).toArray(Long[]::new),
            bank)
        .query(
            row -> {
              returns
                  .get(row.getInt(1) - 1)
                  .add(
                      new Returned(
                          new TxId(row.getInt(2), row.getLong(3)),
                          row.getString(4),
                          row.getString(5),
                          row.getString(6),
                          row.getString(7),
                          row.getLong(8),
                          row.getString(9),
                          row.getTimestamp(10).toInstant()));
            });
    return returns;
  }

  /** Puts the messages out; their bytes are kept already. */
  @Transactional
  public void told(
      int bank,
      int month,
      Instant at,
      List<Due> payrolls,
      List<List<Returned>> returns,
      List<Outbox.OutboundMessage> messages) {
    var months = new ArrayList<Integer>();
    var numbers = new ArrayList<Long>();
    var subjects = new ArrayList<String>();
    for (int i = 0; i < payrolls.size(); i++) {
      for (var returned : returns.get(i)) {
        months.add(returned.txId().month());
        numbers.add(returned.txId().payment());
        subjects.add(payrolls.get(i).subject());
      }
    }
    jdbc.sql(
            """
            INSERT INTO return_notice (bank, pay_month, payment, subject)
            SELECT ?, q.* FROM unnest(?, ?, ?) AS q (pay_month, payment, subject)
            """)
        .params(
            bank,
            months.toArray(Integer[]::new),
            numbers.toArray(Long[]::new),
            subjects.toArray(String[]::new))
        .update();
    outbox.put(bank, month, at, messages);
  }
}
