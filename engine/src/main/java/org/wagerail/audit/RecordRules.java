package org.wagerail.audit;

import java.util.List;

/** Events, documents and messages: nothing is missing between them. */
final class RecordRules {
  private RecordRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "EVENTS_WITHOUT_GAP",
              "事件从1起连续编号",
              "a bank's events are numbered from 1 without a gap",
              """
              SELECT seq, nth FROM (
                SELECT seq, row_number() OVER (ORDER BY seq) AS nth
                  FROM event WHERE bank = :bank) x
               WHERE seq <> nth
              UNION ALL
              SELECT c.next - 1, e.last
                FROM (SELECT coalesce(max(seq), 0) AS last FROM event WHERE bank = :bank) e
                LEFT JOIN counter c ON c.bank = :bank AND c.series = 'event'
               WHERE coalesce(c.next - 1, 0) <> e.last
              """),
          new Rule(
              "ENTRY_HAS_EVENT",
              "每笔分录有对应的记账事件",
              "every journal entry was told as an event",
              """
              SELECT e.book_month, e.entry, e.seq, e.subject
                FROM journal_entry e
                LEFT JOIN event v ON v.bank = e.bank AND v.seq = e.seq AND v.kind = 'BOOKED'
                     AND v.subject = e.subject AND v.detail = e.kind
               WHERE e.bank = :bank AND v.seq IS NULL
              """),
          new Rule(
              "DECISIONS_HAVE_EVENTS",
              "每个批次决定与每次放行有对应事件",
              "every run that was decided and every release was told as an event",
              """
              SELECT x.subject, x.kind, x.n, coalesce(e.n, 0) AS events
                FROM (SELECT 'run ' || pay_month || '/' || run AS subject, 'RUN_DECIDED' AS kind,
                             1::bigint AS n
                        FROM pay_run WHERE bank = :bank
                      UNION ALL
                      SELECT 'payroll ' || pay_month || '/' || payroll, 'PAYROLL_SIGNED', count(*)
                        FROM release WHERE bank = :bank GROUP BY 1) x
                LEFT JOIN (SELECT subject, kind, count(*) AS n FROM event
                            WHERE bank = :bank AND kind IN ('RUN_DECIDED', 'PAYROLL_SIGNED')
                            GROUP BY 1, 2) e ON e.subject = x.subject AND e.kind = x.kind
               WHERE x.n <> coalesce(e.n, 0)
              """),
          new Rule(
              "DOCUMENT_ONCE",
              "同一发送方的相同内容只收一份",
              "the same bytes of one sender are one document",
              """
              SELECT month, document, d.sender
                FROM (SELECT * FROM inbound_document WHERE bank = :bank) d
                FULL JOIN (SELECT * FROM inbound_hash WHERE bank = :bank) h USING (month, document)
               WHERE d.hash IS DISTINCT FROM h.hash OR d.sender IS DISTINCT FROM h.sender
              """),
          new Rule(
              "DOCUMENT_KNOWN",
              "工资表、处理记录与应答所指的来文都存在",
              "the documents that payrolls, readings and answers speak of are here",
              """
              SELECT x.what, x.document
                FROM (SELECT 'payroll' AS what, document FROM payroll WHERE bank = :bank
                      UNION ALL SELECT 'done', document FROM inbound_done WHERE bank = :bank
                      UNION ALL SELECT 'repeat', document FROM inbound_repeat WHERE bank = :bank
                      UNION ALL SELECT 'submission', document FROM submission WHERE bank = :bank
                      UNION ALL SELECT 'answer', answers FROM outbound_message
                                 WHERE bank = :bank AND answers IS NOT NULL) x
                LEFT JOIN inbound_document d ON d.bank = :bank AND d.document = x.document
               WHERE d.document IS NULL
              """),
          new Rule(
              "USER_IS_ONE_PERSON",
              "每个用户名只属于一名在册自然人，所代表的是在册单位",
              "a user name belongs to one natural person on the register, who acts for a firm",
              """
              SELECT u.user_name, u.role, u.person, u.firm
                FROM user_role u
                LEFT JOIN party p ON p.bank = :bank AND p.party = u.person AND p.kind = 'PERSON'
                LEFT JOIN party f ON f.bank = :bank AND f.party = u.firm AND f.kind = 'FIRM'
               WHERE u.bank = :bank
                 AND (p.party IS NULL OR (u.firm IS NULL) <> (f.party IS NULL)
                      OR EXISTS (SELECT 1 FROM user_role o WHERE o.bank = :bank
                                    AND o.user_name = u.user_name AND o.person <> u.person))
              """),
          new Rule(
              "MESSAGE_GOES_OUT",
              "每份发出报文已送达或在待发队列中",
              "every outbound message waits for delivery or was delivered",
              """
              SELECT month, message, m.kind, m.subject
                FROM (SELECT * FROM outbound_message WHERE bank = :bank) m
                FULL JOIN (SELECT month, message FROM outbound_due WHERE bank = :bank
                           UNION SELECT month, message FROM outbound_delivery WHERE bank = :bank) d
                  USING (month, message)
               WHERE m.kind IS NULL OR NOT EXISTS (
                       SELECT 1 FROM outbound_due q WHERE q.bank = :bank AND q.month = m.month
                          AND q.message = m.message)
                 AND NOT EXISTS (
                       SELECT 1 FROM outbound_delivery v WHERE v.bank = :bank AND v.month = m.month
                          AND v.message = m.message)
              """),
          new Rule(
              "NUMBERS_NOT_REUSED",
              "每类编号不超过其计数器，付款编号在全行唯一",
              "no number is beyond its counter, and a payment's number stands once in a bank",
              """
              SELECT x.series, x.last, c.next
                FROM (SELECT 'payment' AS series, max(payment) AS last FROM payment WHERE bank = :bank
                      UNION ALL SELECT 'run', max(run) FROM pay_run WHERE bank = :bank
                      UNION ALL SELECT 'entry', max(entry) FROM journal_entry WHERE bank = :bank
                      UNION ALL SELECT 'hold', max(hold) FROM hold WHERE bank = :bank
                      UNION ALL SELECT 'payroll', max(payroll) FROM payroll WHERE bank = :bank
                      UNION ALL SELECT 'message', max(message) FROM outbound_message
                                 WHERE bank = :bank) x
                LEFT JOIN counter c ON c.bank = :bank AND c.series = x.series
               WHERE x.last >= coalesce(c.next, 1)
              UNION ALL
              SELECT 'payment', payment, count(*) FROM payment WHERE bank = :bank
               GROUP BY payment HAVING count(*) > 1
              """));
}
