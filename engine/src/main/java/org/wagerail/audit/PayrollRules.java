package org.wagerail.audit;

import java.util.List;

/** Payrolls: every line is refused, held, unpaid or paid out, to the right worker, by two hands. */
final class PayrollRules {
  private PayrollRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "LINES_DECLARED",
              "已读工资表各批的行数与金额等于其申报数",
              "the lines of each batch of a read payroll are as many and as much as declared",
              """
              SELECT b.pay_month, b.payroll, b.batch, b.lines, b.total, l.n, l.amount
                FROM payroll p
                JOIN inbound_done d ON d.bank = p.bank AND d.month = p.doc_month
                     AND d.document = p.document
                JOIN payroll_batch b ON b.bank = p.bank AND b.pay_month = p.pay_month
                     AND b.payroll = p.payroll
                LEFT JOIN (SELECT pay_month, payroll, batch, count(*) AS n, sum(amount) AS amount
                             FROM payroll_line WHERE bank = :bank GROUP BY 1, 2, 3) l
                     ON l.pay_month = b.pay_month AND l.payroll = b.payroll AND l.batch = b.batch
               WHERE p.bank = :bank AND p.verdict = 'READ'
                 AND (b.lines <> coalesce(l.n, 0) OR b.total <> coalesce(l.amount, 0))
              """),
          new Rule(
              "LINE_NUMBERS",
              "工资表的行从1起连续编号，属于其批次，分块不重不漏",
              "a payroll's lines are numbered from 1, stand in its batches and in one block each",
              """
              SELECT pay_month, payroll, p.verdict, l.n, l.first, l.last, k.n AS in_blocks
                FROM (SELECT * FROM payroll WHERE bank = :bank) p
                FULL JOIN (
                  SELECT l.pay_month, l.payroll, count(*) AS n, min(l.line) AS first,
                         max(l.line) AS last, count(*) FILTER (WHERE b.batch IS NULL) AS strays
                    FROM payroll_line l
                    LEFT JOIN payroll_batch b USING (bank, pay_month, payroll, batch)
                   WHERE l.bank = :bank GROUP BY 1, 2) l USING (pay_month, payroll)
                LEFT JOIN (
                  SELECT pay_month, payroll, sum(last_line - first_line + 1) AS n,
                         max(last_line) AS last
                    FROM payroll_block WHERE bank = :bank GROUP BY 1, 2) k USING (pay_month, payroll)
               WHERE p.payroll IS NULL
                  OR l.n > 0 AND (p.verdict = 'REFUSED' OR l.first <> 1 OR l.last <> l.n
                                  OR l.strays > 0)
                  OR coalesce(l.n, 0) <> coalesce(k.n, 0) OR l.last <> k.last
              """),
          new Rule(
              "FILE_ADDS_UP",
              "工资表申报数等于拒绝、暂缓、未付与已付之和（行数与金额）",
              "a file's declared lines and total are refused + held + unpaid + paid out",
              """
              WITH decided AS (
                SELECT DISTINCT ON (pay_month, payroll, line) pay_month, payroll, line, verdict, amount
                  FROM line_decision WHERE bank = :bank AND verdict <> 'REPAY'
                 ORDER BY pay_month, payroll, line, decision DESC),
              paid AS (
                SELECT pay_month, payroll, line, sum(amount) AS amount
                  FROM payment WHERE bank = :bank AND replaces IS NULL GROUP BY 1, 2, 3),
              line AS (
                SELECT l.pay_month, l.payroll, l.amount AS said,
                       coalesce(d.verdict, l.verdict) AS verdict,
                       CASE WHEN d.verdict = 'PAY' THEN d.amount ELSE l.amount END AS amount,
                       coalesce(x.amount, 0) AS paid
                  FROM payroll_line l
                  LEFT JOIN decided d USING (pay_month, payroll, line)
                  LEFT JOIN paid x USING (pay_month, payroll, line)
                 WHERE l.bank = :bank),
              class AS (
                SELECT pay_month, payroll,
                       count(*) FILTER (WHERE verdict = 'REFUSE') AS refused,
                       count(*) FILTER (WHERE verdict = 'HOLD') AS held,
                       count(*) FILTER (WHERE verdict = 'PAY' AND paid = 0) AS unpaid,
                       count(*) FILTER (WHERE paid > 0) AS paid_out,
                       coalesce(sum(said) FILTER (WHERE verdict = 'REFUSE'), 0) AS refused_amount,
                       coalesce(sum(said) FILTER (WHERE verdict = 'HOLD'), 0) AS held_amount,
                       coalesce(sum(greatest(amount - paid, 0)) FILTER (WHERE verdict = 'PAY'), 0)
                         AS unpaid_amount,
                       sum(paid) AS paid_amount, sum(said - amount) AS amended
                  FROM line GROUP BY 1, 2)
              SELECT p.pay_month, p.payroll, p.lines, c.refused, c.held, c.unpaid, c.paid_out,
                     p.total, c.refused_amount, c.held_amount, c.unpaid_amount, c.paid_amount,
                     c.amended
                FROM payroll p
                JOIN inbound_done d ON d.bank = p.bank AND d.month = p.doc_month
                     AND d.document = p.document
                LEFT JOIN class c ON c.pay_month = p.pay_month AND c.payroll = p.payroll
               WHERE p.bank = :bank AND p.verdict = 'READ'
                 AND (p.lines <> coalesce(c.refused + c.held + c.unpaid + c.paid_out, 0)
                      OR p.total <> coalesce(c.refused_amount + c.held_amount + c.unpaid_amount
                                             + c.paid_amount + c.amended, 0))
              """),
          new Rule(
              "PAID_OUT_ADDS_UP",
              "已付等于清算中、已清算、被拒绝与退汇之和",
              "what a payroll paid out is in clearing, settled, rejected or returned",
              """
              SELECT pay_month, payroll, x.payments, x.amount, y.payments AS states,
                     y.amount AS in_states
                FROM (SELECT pay_month, payroll, count(*) AS payments, sum(amount) AS amount
                        FROM payment WHERE bank = :bank GROUP BY 1, 2) x
                JOIN (
                  SELECT p.pay_month, p.payroll, count(*) AS payments, sum(p.amount) AS amount
                    FROM payment p
                    LEFT JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                         AND r.payment = p.payment
                         AND NOT (r.kind = 'SETTLED'
                                  AND EXISTS (SELECT 1 FROM payment_result b WHERE b.bank = r.bank
                                                 AND b.pay_month = r.pay_month
                                                 AND b.payment = r.payment AND b.stage = 2))
                   WHERE p.bank = :bank GROUP BY 1, 2) y USING (pay_month, payroll)
               WHERE x.payments <> y.payments OR x.amount <> y.amount
              """),
          new Rule(
              "PAYMENT_ALLOWED",
              "只有应付的行、接受或重付的决定可以付款",
              "only a line to be paid, or a decision to pay or repay, has payments",
              """
              SELECT p.pay_month, p.payment, p.payroll, p.line, p.decision, l.verdict,
                     d.verdict AS decided
                FROM payment p
                LEFT JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                     AND l.payroll = p.payroll AND l.line = p.line
                LEFT JOIN line_decision d ON d.bank = p.bank AND d.pay_month = p.pay_month
                     AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
               WHERE p.bank = :bank
                 AND (l.line IS NULL
                      OR p.decision = 0 AND l.verdict <> 'PAY'
                      OR p.decision <> 0 AND coalesce(d.verdict, 'REFUSE') = 'REFUSE'
                      OR p.replaces IS DISTINCT FROM d.replaces)
              """),
          new Rule(
              "PAYEE_IS_WORKER",
              "收款人是该行工人，收款账户是其本人登记账户，或其更换后的账户",
              "the payee is the line's worker, on the account registered for that worker or the one"
                  + " that took its place",
              """
              SELECT p.pay_month, p.payment, p.payroll, p.line, p.decision, p.party, p.worker_account
                FROM payment p
                LEFT JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                     AND l.payroll = p.payroll AND l.line = p.line
                LEFT JOIN line_decision d ON d.bank = p.bank AND d.pay_month = p.pay_month
                     AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
                LEFT JOIN worker_account a ON a.bank = p.bank AND a.worker_account = p.worker_account
                LEFT JOIN worker_account n ON n.bank = p.bank AND n.worker_account =
                     CASE WHEN p.decision = 0 THEN l.worker_account ELSE d.worker_account END
               WHERE p.bank = :bank
                 AND (p.party IS DISTINCT FROM l.party OR p.party IS DISTINCT FROM a.party
                      OR n.worker_account IS NULL
                      OR p.worker_account <> n.worker_account
                         AND (n.until_date IS NULL OR n.party <> a.party))
              """),
          new Rule(
              "ITEM_NOT_OVERPAID",
              "一项的付款不超过其金额，各次付款连续编号",
              "the payments of an item never exceed its amount, and are numbered without a gap",
              """
              SELECT p.pay_month, p.payroll, p.line, p.decision, p.paid, p.parts,
                     coalesce(d.amount, l.amount) AS amount
                FROM (SELECT pay_month, payroll, line, decision, sum(amount) AS paid,
                             count(*) AS parts, min(part) AS first, max(part) AS last
                        FROM payment WHERE bank = :bank GROUP BY 1, 2, 3, 4) p
                LEFT JOIN payroll_line l ON l.bank = :bank AND l.pay_month = p.pay_month
                     AND l.payroll = p.payroll AND l.line = p.line
                LEFT JOIN line_decision d ON d.bank = :bank AND d.pay_month = p.pay_month
                     AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
               WHERE p.paid > coalesce(d.amount, l.amount) OR p.first <> 1 OR p.last <> p.parts
              """),
          new Rule(
              "RELEASED_BY_TWO",
              "进入支付批次的工资表由两名不同人员复核放行",
              "every payroll of a run was released by two different persons",
              """
              SELECT f.pay_month, f.payroll, count(DISTINCT r.person) AS persons
                FROM (SELECT DISTINCT payroll_month AS pay_month, payroll
                        FROM run_batch WHERE bank = :bank) f
                LEFT JOIN release r ON r.bank = :bank AND r.pay_month = f.pay_month
                     AND r.payroll = f.payroll
               GROUP BY 1, 2 HAVING count(DISTINCT r.person) < 2
              """),
          new Rule(
              "CONTRACTOR_OWNS_BOOK",
              "批次所付工资表的总包即该专户的总包",
              "a payroll pays only from special accounts of the contractor who released it",
              """
              SELECT f.pay_month, f.run, f.payroll_month, f.payroll, f.batch, p.contractor,
                     s.contractor AS of_account
                FROM run_batch f
                LEFT JOIN payroll p ON p.bank = f.bank AND p.pay_month = f.payroll_month
                     AND p.payroll = f.payroll
                LEFT JOIN pay_run r ON r.bank = f.bank AND r.pay_month = f.pay_month
                     AND r.run = f.run
                LEFT JOIN wage_book w ON w.bank = f.bank AND w.wage_book = r.wage_book
                LEFT JOIN special_account s ON s.bank = f.bank
                     AND s.special_account = w.special_account
               WHERE f.bank = :bank
                 AND (p.contractor IS NULL OR p.contractor IS DISTINCT FROM s.contractor)
              """),
          new Rule(
              "RELEASE_OF_CONTENT",
              "放行签署的是工资表的内容摘要",
              "what a release signed is the content of its payroll",
              """
              SELECT r.pay_month, r.payroll, r.person
                FROM release r LEFT JOIN payroll p USING (bank, pay_month, payroll)
               WHERE r.bank = :bank AND (p.payroll IS NULL OR p.verdict <> 'READ'
                                         OR p.content_hash <> r.hash)
              """),
          new Rule(
              "PAY_DATE_TOLD",
              "早于所报日期支付的批次都有事件记录",
              "every batch that is paid before the day its file named was told as an event",
              """
              SELECT b.pay_month, b.payroll, b.batch, b.moved_from, b.pay_date, b.at_once
                FROM payroll_batch b
               WHERE b.bank = :bank AND b.moved_from IS NOT NULL
                 AND (b.moved_from <= b.pay_date OR b.at_once
                      OR NOT EXISTS (
                           SELECT 1 FROM event e
                            WHERE e.bank = b.bank AND e.kind = 'PAY_DATE_MOVED'
                              AND e.subject = 'payroll ' || b.pay_month || '/' || b.payroll
                              AND e.detail = 'batch ' || b.batch || ' from ' || b.moved_from
                                             || ' to ' || b.pay_date))
              """),
          new Rule(
              "WAGE_ONCE",
              "同一工人、项目、期间的工资只有一行可付，补发另计",
              "one wage of a worker, project and period stands on one line to be paid, and one"
                  + " supplement",
              """
              SELECT l.period, b.project, l.party, l.run_type = 'SUPP' AS supplement, count(*) AS lines,
                     min(l.payroll) AS first_payroll, max(l.payroll) AS last_payroll
                FROM payroll_line l JOIN payroll_batch b USING (bank, pay_month, payroll, batch)
               WHERE l.bank = :bank AND l.verdict = 'PAY'
               GROUP BY 1, 2, 3, 4 HAVING count(*) > 1
              """),
          new Rule(
              "WAGE_CLAIMED",
              "每个可付行登记为该工资的唯一主张",
              "every line to be paid is the one claim of its wage",
              """
              SELECT l.pay_month, l.payroll, l.line, c.payroll AS claimed_by, c.line AS claimed_line
                FROM payroll_line l
                JOIN payroll_batch b USING (bank, pay_month, payroll, batch)
                LEFT JOIN wage_claim c ON c.bank = l.bank AND c.period = l.period
                     AND c.project = b.project AND c.party = l.party
                     AND c.run_type = CASE l.run_type WHEN 'LEAVER' THEN 'REG' ELSE l.run_type END
               WHERE l.bank = :bank AND l.verdict = 'PAY'
                 AND (c.pay_month, c.payroll, c.line)
                     IS DISTINCT FROM (l.pay_month, l.payroll, l.line)
              """),
          new Rule(
              "SHARED_ACCOUNT_NOTED",
              "登记在多人名下的账户都已列明",
              "every account that more than one person has is listed as shared",
              """
              SELECT x.party, x.worker_account
                FROM (SELECT bank, party, worker_account,
                             min(party) OVER w AS first, max(party) OVER w AS last
                        FROM worker_account WHERE bank = :bank
                      WINDOW w AS (PARTITION BY blind)) x
                LEFT JOIN shared_account s USING (bank, party, worker_account)
               WHERE x.first <> x.last AND s.bank IS NULL
              """),
          new Rule(
              "PAYROLL_KEY",
              "同一发送方的报文标识只对应一份内容",
              "an initiator's message identification names one content",
              """
              SELECT p.pay_month, p.payroll, k.payroll AS named
                FROM payroll p
                LEFT JOIN payroll_key k ON k.bank = p.bank AND k.initiator = p.initiator
                     AND k.msg_id = p.msg_id
               WHERE p.bank = :bank AND p.verdict = 'READ'
                 AND (k.content_hash IS DISTINCT FROM p.content_hash
                      OR k.payroll <> p.payroll OR k.pay_month <> p.pay_month)
              """),
          new Rule(
              "DECISION_FITS_LINE",
              "对行的决定连续编号，只决定暂缓的行一次，并有事件记录",
              "decisions are numbered from 1, settle a held line once, and were told as an event",
              """
              SELECT d.pay_month, d.payroll, d.line, d.decision, d.verdict, l.verdict AS of_line
                FROM (SELECT d.*,
                             row_number() OVER w AS nth,
                             count(*) FILTER (WHERE verdict <> 'REPAY') OVER w AS settled
                        FROM line_decision d WHERE d.bank = :bank
                      WINDOW w AS (PARTITION BY pay_month, payroll, line ORDER BY decision)) d
                LEFT JOIN payroll_line l ON l.bank = d.bank AND l.pay_month = d.pay_month
                     AND l.payroll = d.payroll AND l.line = d.line
                LEFT JOIN event e ON e.bank = d.bank AND e.seq = d.seq
               WHERE d.decision <> d.nth OR e.seq IS NULL OR l.line IS NULL
                  OR d.verdict <> 'REPAY' AND (l.verdict <> 'HOLD' OR d.settled > 1)
                  OR d.verdict <> 'REFUSE' AND (d.worker_account IS NULL OR d.amount <= 0)
              """),
          new Rule(
              "DECISION_TOLD",
              "对行的每个决定都有事件与命令，内容一致，反之亦然",
              "every decision about a line was commanded and told as an event, all saying the same,"
                  + " and every such event and command is one",
              """
              SELECT d.pay_month, d.payroll, d.line, d.decision, said, e.seq, c.times
                FROM (SELECT d.pay_month, d.payroll, d.line, d.decision, d.seq, d.ground, l.end_to_end,
                             'payroll ' || d.pay_month || '/' || d.payroll || ' line ' || d.line || ' '
                               || d.verdict || ' amount ' || d.amount
                               || coalesce(' worker account ' || d.worker_account, '')
                               || coalesce(' replaces payment ' || d.pay_month || '/' || d.replaces,
                                           '') AS said,
                             d.end_to_end = CASE WHEN d.verdict = 'REPAY'
                               THEN 'REPAY-' || d.pay_month || lpad(d.replaces::text, 10, '0')
                               ELSE l.end_to_end END AS referred
                        FROM line_decision d
                        LEFT JOIN payroll_line l USING (bank, pay_month, payroll, line)
                       WHERE d.bank = :bank) d
                FULL JOIN (SELECT seq, subject || ' ' || detail AS said FROM event
                            WHERE bank = :bank AND kind = 'LINE_DECIDED') e USING (said)
                FULL JOIN (SELECT canonical AS said, ground, count(*) AS times FROM command_log
                            WHERE bank = :bank AND kind = 'DECIDE_LINE' GROUP BY 1, 2) c USING (said)
               WHERE d.seq IS DISTINCT FROM e.seq OR c.times IS DISTINCT FROM 1
                  OR c.ground IS DISTINCT FROM d.ground OR d.referred IS NOT TRUE
              """),
          new Rule(
              "REPAY_OF_FAILED",
              "重付只针对被拒绝或退汇的付款，金额相同，且只一次",
              "a repayment is of a payment that was rejected or returned, of its amount, and once",
              """
              SELECT d.pay_month, d.payroll, d.line, d.decision, d.replaces, d.amount,
                     p.amount AS failed
                FROM (SELECT d.*, count(*) OVER (PARTITION BY pay_month, replaces) AS times
                        FROM line_decision d WHERE d.bank = :bank AND d.verdict = 'REPAY') d
                LEFT JOIN payment p ON p.bank = d.bank AND p.pay_month = d.pay_month
                     AND p.payment = d.replaces AND p.payroll = d.payroll AND p.line = d.line
               WHERE p.payment IS NULL OR p.amount <> d.amount OR d.times > 1
                  OR NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                    AND r.pay_month = p.pay_month AND r.payment = p.payment
                                    AND r.kind IN ('REJECTED', 'RETURNED'))
              """));
}
