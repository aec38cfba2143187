package org.wagerail.audit;

import java.util.List;

/** What the emitted messages say, against the rows; see {@link Emitted}. */
final class EmittedRules {
  private EmittedRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "TXID_ONCE",
              "每个交易标识在全部已发报文中只出现一次",
              "a transaction identification stands once in all messages ever sent",
              """
              SELECT tx_id, count(*) AS times, min(message) AS first_message,
                     max(message) AS last_message
                FROM emitted GROUP BY tx_id HAVING count(*) > 1
              """),
          new Rule(
              "TRANSFER_IS_PAYMENT",
              "报文中的每笔转账都是本包的付款，金额与端到端标识相同",
              "every transfer sent is a payment of its package, with its amount and end-to-end"
                  + " identification",
              """
              SELECT e.message, e.tx_id, e.amount, p.amount AS payment_amount
                FROM emitted e
                LEFT JOIN payment p ON p.bank = :bank AND p.pay_month = e.month
                     AND p.payment = e.payment
                LEFT JOIN payroll_line l ON l.bank = :bank AND l.pay_month = p.pay_month
                     AND l.payroll = p.payroll AND l.line = p.line
                LEFT JOIN line_decision d ON d.bank = :bank AND d.pay_month = p.pay_month
                     AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
                LEFT JOIN package g ON g.bank = :bank AND g.pay_month = e.month
                     AND 'package ' || g.pay_month || '/' || g.package = e.subject
                     AND e.payment BETWEEN g.package AND g.last_payment
               WHERE p.payment IS NULL OR g.package IS NULL OR e.amount <> p.amount
                  OR e.end_to_end IS DISTINCT FROM coalesce(d.end_to_end, l.end_to_end)
              """),
          new Rule(
              "TRANSFER_TO_WORKER",
              "报文中的收款账号与行号是该付款登记的工人账户，付款账号是其专户",
              "every transfer sent goes from the special account to the worker's registered"
                  + " account",
              """
              SELECT e.message, e.tx_id, p.worker_account, p.wage_book
                FROM emitted e
                JOIN payment p ON p.bank = :bank AND p.pay_month = e.month AND p.payment = e.payment
                LEFT JOIN worker_account a ON a.bank = :bank AND a.worker_account = p.worker_account
                LEFT JOIN wage_book w ON w.bank = :bank AND w.wage_book = p.wage_book
                LEFT JOIN special_account s ON s.bank = :bank
                     AND s.special_account = w.special_account
               WHERE e.payee IS DISTINCT FROM a.blind OR e.member IS DISTINCT FROM a.member
                  OR e.debtor IS DISTINCT FROM s.number
              """),
          new Rule(
              "PAYMENT_WAS_SENT",
              "已发清算包的每笔付款都在报文中",
              "every payment of a package that was sent stands in a message",
              """
              SELECT p.pay_month, p.payment, g.package
                FROM package_sent s
                JOIN package g USING (bank, pay_month, package)
                CROSS JOIN LATERAL (
                  SELECT p.* FROM payment p
                   WHERE p.bank = g.bank AND p.pay_month = g.pay_month
                     AND p.payment BETWEEN g.package AND g.last_payment OFFSET 0) p
                LEFT JOIN emitted e ON e.month = p.pay_month AND e.payment = p.payment
               WHERE s.bank = :bank AND e.payment IS NULL
              """),
          new Rule(
              "MESSAGE_IS_PACKAGE",
              "报文的笔数、金额、参与者与清算日期与清算包一致，并与其明细相符",
              "a message states its package's count, total, participant and date, and adds up to"
                  + " them",
              """
              SELECT m.message, m.subject, m.said_count, m.said_total, m.counted, m.summed,
                     g.payments, g.total
                FROM emitted_message m
                LEFT JOIN package g ON g.bank = :bank
                     AND 'package ' || g.pay_month || '/' || g.package = m.subject
                LEFT JOIN bank b ON b.bank = :bank
               WHERE g.package IS NULL OR m.said_count IS DISTINCT FROM g.payments
                  OR m.said_total IS DISTINCT FROM g.total OR m.counted <> g.payments
                  OR m.summed <> g.total OR m.participant IS DISTINCT FROM g.participant
                  OR m.settlement_date IS DISTINCT FROM g.settlement_date
                  OR m.sender IS DISTINCT FROM b.code
              """));
}
