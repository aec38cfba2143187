package org.wagerail.audit;

import java.util.List;

/** Payments in clearing: their packages, their answers, and the accounts between. */
final class ClearingRules {
  // A package's payments are a range of the primary key. OFFSET 0 keeps the planner from comparing
  // every package with every payment of its month instead.
  private ClearingRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "IN_CLEARING_IS_UNANSWERED",
              "清算中科目余额等于未答复付款与尚无付款的已借记批次之和，全部答复后归零",
              "the in-clearing account is the sum of payments without an answer and of debited runs"
                  + " without payments yet, and zero without them",
              """
              SELECT a.balance, p.unanswered, d.unpaid
                FROM (SELECT coalesce(sum(b.balance), 0) AS balance
                        FROM account a JOIN account_balance b USING (bank, account)
                       WHERE a.bank = :bank AND a.kind = 'IN_CLEARING') a,
                     (SELECT coalesce(sum(p.amount), 0) AS unanswered
                        FROM payment p
                       WHERE p.bank = :bank
                         AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                AND r.pay_month = p.pay_month AND r.payment = p.payment)) p,
                     (SELECT coalesce(sum(d.total), 0) AS unpaid
                        FROM run_debited d
                       WHERE d.bank = :bank
                         AND NOT EXISTS (SELECT 1 FROM run_paid x WHERE x.bank = d.bank
                                AND x.pay_month = d.pay_month AND x.run = d.run)) d
               WHERE a.balance <> p.unanswered + d.unpaid
              """),
          new Rule(
              "SETTLEMENT_IS_RESULTS",
              "清算头寸等于已清算减退汇的付款与其他入账之和",
              "the settlement position is what settled and stayed, and what other entries moved",
              """
              SELECT a.balance, r.settled, j.others
                FROM (SELECT coalesce(sum(b.balance), 0) AS balance
                        FROM account a JOIN account_balance b USING (bank, account)
                       WHERE a.bank = :bank AND a.kind = 'SETTLEMENT') a,
                     (SELECT coalesce(sum(p.amount), 0) AS settled
                        FROM payment_result r JOIN payment p USING (bank, pay_month, payment)
                       WHERE r.bank = :bank AND r.kind = 'SETTLED'
                         AND NOT EXISTS (SELECT 1 FROM payment_result x WHERE x.bank = r.bank
                                AND x.pay_month = r.pay_month AND x.payment = r.payment
                                AND x.kind = 'RETURNED')) r,
                     (SELECT coalesce(sum(p.amount), 0) AS others
                        FROM posting p JOIN account a USING (bank, account)
                        JOIN journal_entry e USING (bank, book_month, entry)
                       WHERE p.bank = :bank AND a.kind = 'SETTLEMENT'
                         AND e.kind NOT IN ('WAGES_SETTLED', 'WAGES_RETURNED')) j
               WHERE a.balance <> r.settled + j.others
              """),
          new Rule(
              "ANSWERS_ARE_BOOKED",
              "每组清算答复的付款之和等于其分录，科目相符",
              "the payments of a set of answers add to their entry, between the right accounts",
              """
              SELECT subject, kind, source, book, r.amount AS answered, j.amount AS booked
                FROM (
                  SELECT r.subject, 'WAGES_' || r.kind AS kind,
                         CASE WHEN s.payment IS NULL THEN 'IN_CLEARING' ELSE 'SETTLEMENT' END AS source,
                         CASE WHEN r.kind = 'SETTLED' THEN 0 ELSE p.wage_book END AS book,
                         sum(p.amount) AS amount
                    FROM payment_result r
                    JOIN payment p USING (bank, pay_month, payment)
                    LEFT JOIN payment_result s ON r.stage = 2 AND s.stage = 1 AND s.bank = r.bank
                         AND s.pay_month = r.pay_month AND s.payment = r.payment
                   WHERE r.bank = :bank GROUP BY 1, 2, 3, 4) r
                FULL JOIN (
                  SELECT e.subject, e.kind, f.kind AS source,
                         CASE WHEN e.kind = 'WAGES_SETTLED' THEN 0 ELSE c.account END AS book,
                         sum(c.amount) AS amount
                    FROM journal_entry e
                    JOIN posting d ON d.bank = e.bank AND d.book_month = e.book_month
                         AND d.entry = e.entry AND d.amount < 0
                    JOIN account f ON f.bank = d.bank AND f.account = d.account
                    JOIN posting c ON c.bank = e.bank AND c.book_month = e.book_month
                         AND c.entry = e.entry AND c.amount > 0
                   WHERE e.bank = :bank
                     AND e.kind IN ('WAGES_SETTLED', 'WAGES_REJECTED', 'WAGES_RETURNED')
                   GROUP BY 1, 2, 3, 4) j USING (subject, kind, source, book)
               WHERE r.amount IS DISTINCT FROM j.amount
              """),
          new Rule(
              "ANSWER_OF_PAYMENT",
              "每个答复针对一笔付款，来自清算方的报文",
              "every answer is of a payment and came in a document from clearing",
              """
              SELECT r.pay_month, r.payment, r.stage, r.kind, r.doc_month, r.document
                FROM payment_result r
                LEFT JOIN payment p USING (bank, pay_month, payment)
                LEFT JOIN inbound_document d ON d.bank = r.bank AND d.month = r.doc_month
                     AND d.document = r.document AND d.sender = 'CLEARING'
               WHERE r.bank = :bank AND (p.payment IS NULL OR d.document IS NULL)
              """),
          new Rule(
              "ANSWER_IS_FINAL",
              "每笔付款至多一个终局答复，被拒绝的不再退汇",
              "a payment has one final answer at most, and what was rejected is not returned",
              """
              SELECT pay_month, payment, count(*) AS answers, string_agg(kind, ',' ORDER BY stage) AS kinds
                FROM payment_result WHERE bank = :bank
               GROUP BY pay_month, payment
              HAVING count(*) FILTER (WHERE stage = 1) > 1 OR count(*) FILTER (WHERE stage = 2) > 1
                  OR bool_or(kind = 'REJECTED') AND bool_or(kind = 'RETURNED')
                  OR bool_or((kind = 'RETURNED') <> (stage = 2))
              """),
          new Rule(
              "ANSWERS_COUNTED",
              "每份工资单记下的答复数等于其付款的答复数",
              "the answers counted for a payroll are those of its payments",
              """
              SELECT pay_month, payroll, c.counted, r.answers
                FROM (SELECT pay_month, payroll, sum(results) AS counted
                        FROM payroll_answer WHERE bank = :bank GROUP BY 1, 2) c
                FULL JOIN (
                  SELECT p.pay_month, p.payroll, count(*) AS answers
                    FROM payment_result r JOIN payment p USING (bank, pay_month, payment)
                   WHERE r.bank = :bank GROUP BY 1, 2) r USING (pay_month, payroll)
               WHERE c.counted IS DISTINCT FROM r.answers
              """),
          new Rule(
              "FAILURE_HAS_REASON",
              "拒绝与退汇都有原因代码",
              "every rejection and every return has its reason",
              """
              SELECT pay_month, payment, stage, kind FROM payment_result
               WHERE bank = :bank AND kind <> 'SETTLED' AND coalesce(reason, '') = ''
              """),
          new Rule(
              "PACKAGES_APART",
              "清算包的付款编号区间互不重叠",
              "the number ranges of packages do not overlap",
              """
              SELECT pay_month, package, last_payment, reach FROM (
                SELECT g.*, max(last_payment) OVER (ORDER BY package, last_payment
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
                  FROM package g WHERE g.bank = :bank) x
               WHERE package <= reach
              """),
          new Rule(
              "PAYMENTS_PACKED",
              "每笔付款恰在一个清算包内",
              "every payment stands in a package, and every number of a package is a payment",
              """
              SELECT pay_month, payment, g.package
                FROM (SELECT g.pay_month, n AS payment, g.package
                        FROM package g, LATERAL generate_series(g.package, g.last_payment) n
                       WHERE g.bank = :bank AND g.last_payment - g.package + 1 = g.payments) g
                FULL JOIN (SELECT pay_month, payment, run FROM payment WHERE bank = :bank) p
                  USING (pay_month, payment)
               WHERE g.package IS NULL OR p.run IS NULL
              """),
          new Rule(
              "PACKAGE_TOTALS",
              "清算包的笔数与金额等于其付款",
              "a package's count and total are those of its payments",
              """
              SELECT g.pay_month, g.package, g.payments, g.total, p.n, p.amount
                FROM package g, LATERAL (
                  SELECT count(*) AS n, coalesce(sum(p.amount), 0) AS amount FROM payment p
                   WHERE p.bank = g.bank AND p.pay_month = g.pay_month
                     AND p.payment BETWEEN g.package AND g.last_payment) p
               WHERE g.bank = :bank
                 AND (g.payments <> p.n OR g.total <> p.amount
                      OR g.payments <> g.last_payment - g.package + 1)
              """),
          new Rule(
              "PACKAGE_SIZE",
              "清算包笔数不超过参数上限",
              "no package is larger than the parameter allows",
              """
              SELECT pay_month, package, payments, size FROM (
                SELECT g.*, (SELECT x.value::bigint FROM parameter x
                              WHERE x.name = 'package-size' AND x.bank IN (0, g.bank)
                                AND x.region = '' AND x.from_date <= g.settlement_date
                              ORDER BY x.bank DESC, x.from_date DESC LIMIT 1) AS size
                  FROM package g WHERE g.bank = :bank) s
               WHERE payments > coalesce(size, 0)
              """),
          new Rule(
              "PACKAGE_PARTICIPANT",
              "清算包内付款的收款行在清算日均由同一直接参与者代理；已退出名录的按其最后记录",
              "the payees' banks of a package were all reached by its one participant on its day;"
                  + " one that had left the directory, as it last was",
              """
              SELECT g.pay_month, g.package, p.payment, a.member, g.participant
                FROM package g
                CROSS JOIN LATERAL (
                  SELECT p.* FROM payment p
                   WHERE p.bank = g.bank AND p.pay_month = g.pay_month
                     AND p.payment BETWEEN g.package AND g.last_payment OFFSET 0) p
                LEFT JOIN worker_account a ON a.bank = p.bank AND a.worker_account = p.worker_account
                LEFT JOIN (
                  SELECT DISTINCT ON (x.day, d.member) x.day, d.member, d.direct
                    FROM (SELECT DISTINCT settlement_date AS day FROM package WHERE bank = :bank) x
                   CROSS JOIN participant d
                   WHERE d.bank = :bank
                   ORDER BY x.day, d.member,
                            d.from_date <= x.day
                            AND (d.until_date IS NULL OR d.until_date >= x.day) DESC,
                            d.from_date <= x.day DESC, d.from_date DESC) d
                     ON d.day = g.settlement_date AND d.member = a.member
               WHERE g.bank = :bank AND coalesce(d.direct, a.member) IS DISTINCT FROM g.participant
              """),
          new Rule(
              "PACKAGE_SENT_ONCE",
              "每个已发清算包恰有一份报文，未发的没有",
              "a package that was sent has one message, and one that was not has none",
              """
              SELECT subject, g.package, g.sent, m.messages
                FROM (SELECT 'package ' || pay_month || '/' || package AS subject,
                             g.package, s.package AS sent
                        FROM (SELECT * FROM package WHERE bank = :bank) g
                        FULL JOIN (SELECT * FROM package_sent WHERE bank = :bank) s
                          USING (pay_month, package)) g
                FULL JOIN (SELECT subject, count(*) AS messages FROM outbound_message
                            WHERE bank = :bank AND kind LIKE 'pacs.008.%' GROUP BY subject) m
                  USING (subject)
               WHERE g.package IS NULL
                  OR coalesce(m.messages, 0) <> CASE WHEN g.sent IS NULL THEN 0 ELSE 1 END
              """));
}
