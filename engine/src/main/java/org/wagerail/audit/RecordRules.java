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
              "每笔分录有记账事件，种类、业务日期、科目与金额一致，反之亦然",
              "every journal entry was told as an event with its kind, business date, accounts and"
                  + " amounts, and every such event is an entry",
              """
              SELECT e.book_month, e.entry, seq, e.subject, e.said, v.detail AS told
                FROM (
                  SELECT e.book_month, e.entry, e.seq, e.subject,
                         e.kind || ' on ' || e.business_date || ': ' || p.legs AS said
                    FROM journal_entry e
                    LEFT JOIN (
                      SELECT book_month, entry,
                             string_agg(account || ' ' || amount, ', ' ORDER BY leg) AS legs
                        FROM posting WHERE bank = :bank GROUP BY 1, 2) p USING (book_month, entry)
                   WHERE e.bank = :bank) e
                FULL JOIN (SELECT seq, subject, detail FROM event
                            WHERE bank = :bank AND kind = 'BOOKED') v USING (seq)
               WHERE e.subject IS DISTINCT FROM v.subject OR e.said IS DISTINCT FROM v.detail
              """),
          new Rule(
              "ENTRY_COMMANDED",
              "依指令方可作出的分录均有载明其事由的命令",
              "an entry of a kind that needs a command has one that names what it is for",
              """
              SELECT e.book_month, e.entry, e.kind, e.subject
                FROM journal_entry e
               WHERE e.bank = :bank
                 AND e.kind NOT IN ('OPENING', 'LABOUR_COST', 'WAGES', 'WAGES_SETTLED',
                                    'WAGES_REJECTED', 'WAGES_RETURNED', 'UNASSIGNED', 'SENT_BACK',
                                    'CLOSING_BALANCE')
                 AND NOT EXISTS (SELECT 1 FROM command_log c
                                  WHERE c.bank = e.bank AND c.kind = e.kind
                                    AND starts_with(c.canonical || ' ', e.subject || ' '))
              """),
          new Rule(
              "DECISIONS_HAVE_EVENTS",
              "每个批次决定与每次放行有事件，内容一致，反之亦然",
              "every run that was decided and every release was told as an event that says the"
                  + " same, and every such event is one",
              """
              SELECT coalesce(x.subject, e.subject) AS subject, coalesce(x.kind, e.kind) AS kind,
                     x.detail, e.detail AS told
                FROM (SELECT 'run ' || pay_month || '/' || run AS subject, 'RUN_DECIDED' AS kind,
                             r.outcome || ' needed ' || r.needed || ' available ' || r.available
                               || ' paid ' || r.paid || ': wage book ' || r.wage_book || ' on '
                               || r.pay_date || ', ' || r.lines || ' lines as of event ' || r.as_of
                               || ', ' || b.batches AS detail
                        FROM pay_run r
                        LEFT JOIN (
                          SELECT pay_month, run,
                                 count(*) || ' batches ' || encode(sha256(convert_to(string_agg(
                                   payroll_month || '/' || payroll || '/' || batch, ' '
                                   ORDER BY payroll_month, payroll, batch), 'UTF8')), 'hex')
                                   AS batches
                            FROM run_batch WHERE bank = :bank GROUP BY 1, 2) b
                          USING (pay_month, run)
                       WHERE r.bank = :bank
                      UNION ALL
                      SELECT 'payroll ' || pay_month || '/' || payroll, 'PAYROLL_SIGNED',
                             'person ' || person
                        FROM release WHERE bank = :bank) x
                FULL JOIN (SELECT subject, kind, detail FROM event
                            WHERE bank = :bank AND kind IN ('RUN_DECIDED', 'PAYROLL_SIGNED')) e
                  ON e.subject = x.subject AND e.kind = x.kind AND e.detail = x.detail
               WHERE x.detail IS NULL OR e.detail IS NULL
              """),
          new Rule(
              "DOCUMENT_TOLD",
              "每份来文有收到事件，发送方、摘要与长度一致，反之亦然",
              "every document was told as an event with its sender, hash and size, and every such"
                  + " event is a document",
              """
              SELECT subject, d.said, e.detail AS told
                FROM (SELECT 'document ' || month || '/' || document AS subject,
                             sender || ' ' || message || ' ' || encode(hash, 'hex') || ' of ' || size
                               AS said
                        FROM inbound_document WHERE bank = :bank) d
                FULL JOIN (SELECT subject, detail FROM event
                            WHERE bank = :bank AND kind = 'DOCUMENT_RECEIVED') e USING (subject)
               WHERE d.said IS DISTINCT FROM e.detail
              """),
          new Rule(
              "READING_TOLD",
              "每份已读工资表的来文处理完毕并有事件，反之亦然",
              "the document of every payroll that was read is done with, and was told as an event,"
                  + " and every such event is one",
              """
              SELECT subject, p.outcome, e.seq
                FROM (SELECT 'payroll ' || p.pay_month || '/' || p.payroll AS subject, d.outcome
                        FROM payroll p
                        JOIN inbound_done d ON d.bank = p.bank AND d.month = p.doc_month
                             AND d.document = p.document
                       WHERE p.bank = :bank AND p.verdict = 'READ') p
                FULL JOIN (SELECT subject, seq FROM event
                            WHERE bank = :bank AND kind = 'PAYROLL_READ') e USING (subject)
               WHERE p.outcome IS DISTINCT FROM 'READ' OR e.seq IS NULL
              """),
          new Rule(
              "MESSAGE_TOLD",
              "每份发文及每次送达有事件，内容一致，反之亦然",
              "every message and every delivery was told as an event that says the same, and every"
                  + " such event is one",
              """
              SELECT coalesce(x.subject, e.subject) AS subject, coalesce(x.kind, e.kind) AS kind,
                     x.detail, e.detail AS told
                FROM (SELECT 'message ' || month || '/' || message AS subject,
                             'MESSAGE_PUT' AS kind,
                             counterpart || ' ' || kind || ' ' || encode(hash, 'hex') || ' of '
                               || size || coalesce(' answers ' || answers, '') || ': ' || subject
                               || ' as ' || name AS detail
                        FROM outbound_message WHERE bank = :bank
                      UNION ALL
                      SELECT 'message ' || month || '/' || message, 'MESSAGE_DELIVERED',
                             'nth ' || nth
                        FROM outbound_delivery WHERE bank = :bank) x
                FULL JOIN (SELECT subject, kind, detail FROM event
                            WHERE bank = :bank AND kind IN ('MESSAGE_PUT', 'MESSAGE_DELIVERED')) e
                  ON e.subject = x.subject AND e.kind = x.kind AND e.detail = x.detail
               WHERE x.detail IS NULL OR e.detail IS NULL
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
