package org.wagerail.audit;

import java.util.List;

/** What clearing was asked, what it reported of a day, and what needs a person. */
final class QuestionRules {
  private QuestionRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "SILENCE_ASKED_ONCE",
              "每个到期未答复的清算包恰查询一次，未答复笔数相符",
              "a package is asked about once if payments of it were silent when due, else never",
              """
              SELECT subject, c.silent, u.unknown, m.messages
                FROM (SELECT 'inquiry ' || pay_month || '/' || package AS subject, pay_month, package,
                             silent
                        FROM answer_check WHERE bank = :bank) c
                LEFT JOIN (SELECT pay_month, package, count(*) AS unknown FROM payment_unknown
                            WHERE bank = :bank GROUP BY 1, 2) u USING (pay_month, package)
                FULL JOIN (SELECT subject, count(*) AS messages FROM outbound_message
                            WHERE bank = :bank AND kind LIKE 'pacs.028.%' GROUP BY subject) m
                  USING (subject)
               WHERE c.silent IS DISTINCT FROM coalesce(u.unknown, 0)
                  OR coalesce(m.messages, 0) <> CASE WHEN c.silent > 0 THEN 1 ELSE 0 END
              """),
          new Rule(
              "UNKNOWN_IS_WATCHED",
              "每笔状态未知的付款有一项未答复异常，反之亦然",
              "every unknown payment stands in its package and has an exception for it, and no"
                  + " other payment has",
              """
              SELECT tx_id, u.payment, e.exception
                FROM (SELECT pay_month || lpad(payment::text, 10, '0') AS tx_id, pay_month, payment,
                             package
                        FROM payment_unknown WHERE bank = :bank) u
                FULL JOIN (SELECT tx_id, exception FROM clearing_exception
                            WHERE bank = :bank AND kind = 'NO_ANSWER') e USING (tx_id)
                LEFT JOIN package g ON g.bank = :bank AND g.pay_month = u.pay_month
                     AND g.package = u.package AND u.payment BETWEEN g.package AND g.last_payment
               WHERE u.payment IS NULL OR e.exception IS NULL OR g.package IS NULL
              """),
          new Rule(
              "RECALL_SENT_ONCE",
              "每笔撤回申请针对已发付款，发出的恰有一份报文",
              "a recall is of a payment that was sent, and has one message if it was sent itself",
              """
              SELECT subject, c.payment, s.payment AS sent, m.messages
                FROM (SELECT 'recall ' || pay_month || lpad(payment::text, 10, '0') AS subject,
                             pay_month, payment
                        FROM recall WHERE bank = :bank) c
                LEFT JOIN (SELECT * FROM recall_sent WHERE bank = :bank) s USING (pay_month, payment)
                FULL JOIN (SELECT subject, count(*) AS messages FROM outbound_message
                            WHERE bank = :bank AND kind LIKE 'camt.056.%' GROUP BY subject) m
                  USING (subject)
               WHERE c.payment IS NULL
                  OR coalesce(m.messages, 0) <> CASE WHEN s.payment IS NULL THEN 0 ELSE 1 END
                  OR NOT EXISTS (SELECT 1 FROM package_sent x JOIN package g
                                   USING (bank, pay_month, package)
                                  WHERE x.bank = :bank AND x.pay_month = c.pay_month
                                    AND c.payment BETWEEN g.package AND g.last_payment)
              """),
          new Rule(
              "RECALL_ANSWERED",
              "撤回答复针对已发出的撤回申请，来自清算方的报文",
              "a word on a recall is on one that was sent, and came in a document from clearing",
              """
              SELECT a.pay_month, a.payment, a.word, a.doc_month, a.document
                FROM recall_answer a
                LEFT JOIN recall c USING (bank, pay_month, payment)
                LEFT JOIN inbound_document d ON d.bank = a.bank AND d.month = a.doc_month
                     AND d.document = a.document AND d.sender = 'CLEARING'
               WHERE a.bank = :bank AND (c.payment IS NULL OR d.document IS NULL)
              """),
          new Rule(
              "DECIDED_BY_TWO",
              "每笔撤回申请与每项异常关闭均由两人作出并记入命令日志",
              "every recall and every closing of an exception stands in the command log under two"
                  + " names",
              """
              SELECT x.kind, x.canonical, x.actor
                FROM (SELECT 'RECALL_PAYMENT' AS kind, maker || ' and ' || checker AS actor,
                             'payment ' || pay_month || lpad(payment::text, 10, '0') || ' ' || stage
                               || ' reason ' || reason AS canonical
                        FROM recall WHERE bank = :bank AND maker <> checker
                      UNION ALL
                      SELECT 'CLOSE_EXCEPTION', maker || ' and ' || checker, 'exception ' || exception
                        FROM exception_closed WHERE bank = :bank AND maker <> checker) x
                FULL JOIN (SELECT kind, actor, canonical FROM command_log
                            WHERE bank = :bank
                              AND kind IN ('RECALL_PAYMENT', 'CLOSE_EXCEPTION')) l
                  ON l.kind = x.kind AND l.actor = x.actor AND l.canonical = x.canonical
               WHERE x.kind IS NULL OR l.kind IS NULL
              """),
          new Rule(
              "REPORT_ADDS_UP",
              "结算报告的笔数与金额等于其明细，来自清算方的报文",
              "a settlement report's count and totals are those of its items, and it came from"
                  + " clearing",
              """
              SELECT r.month, r.report, r.items, i.n, r.settled, i.settled AS items_settled,
                     r.returned, i.returned AS items_returned
                FROM settlement_report r
                LEFT JOIN (SELECT month, report, count(*) AS n,
                                  coalesce(sum(amount) FILTER (WHERE NOT returned), 0) AS settled,
                                  coalesce(sum(amount) FILTER (WHERE returned), 0) AS returned
                             FROM settlement_item WHERE bank = :bank GROUP BY 1, 2) i
                  USING (month, report)
                LEFT JOIN inbound_document d ON d.bank = r.bank AND d.month = r.doc_month
                     AND d.document = r.document AND d.sender = 'CLEARING'
               WHERE r.bank = :bank
                 AND (d.document IS NULL OR r.items <> coalesce(i.n, 0)
                      OR r.settled <> coalesce(i.settled, 0)
                      OR r.returned <> coalesce(i.returned, 0))
              """),
          new Rule(
              "REPORT_SETTLES",
              "已核对的结算报告所列付款均有答复，核对结果无遗漏",
              "what a compared report settles has an answer, and its comparison left nothing out",
              """
              SELECT c.month, c.report, c.agreed, c.differences, i.n, i.open
                FROM settlement_compared c
                LEFT JOIN (
                  SELECT i.month, i.report, count(*) AS n,
                         count(*) FILTER (WHERE p.payment IS NOT NULL AND f.payment IS NULL
                                            AND b.payment IS NULL) AS open
                    FROM settlement_item i
                    LEFT JOIN payment p ON p.bank = i.bank AND p.pay_month = i.pay_month
                         AND p.payment = i.payment AND p.amount = i.amount AND NOT i.returned
                    LEFT JOIN payment_result f ON f.bank = p.bank AND f.pay_month = p.pay_month
                         AND f.payment = p.payment AND f.stage = 1
                    LEFT JOIN payment_result b ON b.bank = p.bank AND b.pay_month = p.pay_month
                         AND b.payment = p.payment AND b.stage = 2
                   WHERE i.bank = :bank GROUP BY 1, 2) i USING (month, report)
               WHERE c.bank = :bank
                 AND (coalesce(i.open, 0) > 0 OR c.agreed > coalesce(i.n, 0)
                      OR c.agreed + c.differences < coalesce(i.n, 0))
              """),
          new Rule(
              "RETURN_TOLD",
              "每份退汇通知针对已退汇付款，且有报文",
              "a return that was told to the contractor is one, and a message tells it",
              """
              SELECT n.pay_month, n.payment, n.subject
                FROM return_notice n
                LEFT JOIN payment_result r ON r.bank = n.bank AND r.pay_month = n.pay_month
                     AND r.payment = n.payment AND r.stage = 2
                LEFT JOIN (SELECT DISTINCT subject FROM outbound_message
                            WHERE bank = :bank AND kind LIKE 'camt.054.%') m ON m.subject = n.subject
               WHERE n.bank = :bank AND (r.payment IS NULL OR m.subject IS NULL)
              """),
          new Rule(
              "EXCEPTION_HAS_OWNER",
              "每项异常都有责任人，移交记录连续",
              "every exception has an owner, and its owners are numbered from 1 without a gap",
              """
              SELECT e.exception, e.kind, o.owners, o.last
                FROM clearing_exception e
                LEFT JOIN (SELECT exception, count(*) AS owners, max(nth) AS last
                             FROM exception_owner WHERE bank = :bank GROUP BY exception) o
                  USING (exception)
               WHERE e.bank = :bank AND (o.owners IS NULL OR o.owners <> o.last)
              """),
          new Rule(
              "EXCEPTION_TOLD",
              "每项异常有事件，内容一致，反之亦然",
              "every exception was told as an event that says the same, and every such event is"
                  + " one",
              """
              SELECT subject, x.said, e.detail AS told
                FROM (SELECT 'exception ' || exception AS subject,
                             concat_ws(' ', kind, tx_id, said, reason, document) AS said
                        FROM clearing_exception WHERE bank = :bank) x
                FULL JOIN (SELECT subject, detail FROM event
                            WHERE bank = :bank AND kind = 'EXCEPTION_OPENED') e USING (subject)
               WHERE x.said IS DISTINCT FROM e.detail
              """),
          new Rule(
              "SILENCE_NOT_CLOSED",
              "未答复异常不得由人关闭，除非已有答复",
              "no silence is closed by hand while clearing has not answered",
              """
              SELECT c.exception, e.tx_id
                FROM exception_closed c
                JOIN clearing_exception e USING (bank, exception)
               WHERE c.bank = :bank AND e.kind = 'NO_ANSWER'
                 AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = e.bank
                        AND r.pay_month || lpad(r.payment::text, 10, '0') = e.tx_id)
              """));
}
