package org.wagerail.audit;

import java.util.List;

/** Money that comes in, and money that should have. */
final class FundingRules {
  private FundingRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "LABOUR_COST_STATES",
              "每笔逾期人工费用的状态连续编号、逐次变化，首次为逾期或不足",
              "the states of a labour cost that was late are numbered from 1, each another than the"
                  + " one before, the first not that it was met",
              """
              SELECT project, due_date, nth, state FROM (
                SELECT s.*, row_number() OVER w AS place, lag(state, 1, 'MET') OVER w AS before
                  FROM labour_cost_state s WHERE s.bank = :bank
                WINDOW w AS (PARTITION BY project, due_date ORDER BY nth)) x
               WHERE nth <> place OR state = before
              """),
          new Rule(
              "LABOUR_COST_TOLD",
              "每个状态都有事件，并已告知总包单位、建设单位与监管部门",
              "every such state was told as an event, and to contractor, owner and supervisor",
              """
              SELECT s.project, s.due_date, s.nth, s.state, count(m.message) AS told
                FROM (SELECT *, 'labour cost of project ' || project || ' due ' || due_date || ' '
                                || nth AS subject
                        FROM labour_cost_state WHERE bank = :bank) s
                LEFT JOIN event e ON e.bank = s.bank AND e.seq = s.seq AND e.subject = s.subject
                     AND e.kind = 'LABOUR_COST_' || s.state
                LEFT JOIN outbound_message m ON m.bank = s.bank AND m.kind = 'notice.1'
                     AND m.counterpart IN ('CONTRACTOR', 'OWNER', 'SUPERVISOR')
                     AND m.subject = s.subject || ' to ' || lower(m.counterpart)
               GROUP BY s.project, s.due_date, s.nth, s.state, e.seq
              HAVING e.seq IS NULL OR count(m.message) <> 3
              """),
          new Rule(
              "SUSPENSE_IS_UNASSIGNED",
              "待查科目余额等于尚未处理的待查款项之和",
              "what is in suspense is the money that nobody has decided about",
              """
              SELECT a.account, p.total AS postings, u.total AS undecided
                FROM account a
               CROSS JOIN LATERAL (
                     SELECT coalesce(sum(p.amount), 0) AS total FROM posting p
                      WHERE p.bank = a.bank AND p.account = a.account) p
               CROSS JOIN LATERAL (
                     SELECT coalesce(sum(v.amount), 0) AS total
                       FROM advice v LEFT JOIN advice_decision d USING (bank, advice)
                      WHERE v.bank = a.bank AND v.outcome = 'SUSPENDED' AND d.advice IS NULL) u
               WHERE a.bank = :bank AND a.kind = 'SUSPENSE' AND p.total <> u.total
              """),
          new Rule(
              "ADVICE_IS_BOOKED",
              "每笔入账通知按其结果记账一次，金额一致",
              "every advice is booked as it was decided, once and of its amount",
              """
              SELECT v.advice, v.outcome, v.amount, l.credited, u.suspended, u.sent_back
                FROM (SELECT v.advice, v.amount, coalesce(d.outcome, v.outcome) AS outcome
                        FROM advice v LEFT JOIN advice_decision d USING (bank, advice)
                       WHERE v.bank = :bank) v
                LEFT JOIN (SELECT reference, sum(amount) AS credited FROM labour_cost
                            WHERE bank = :bank GROUP BY reference) l
                       ON l.reference = 'advice ' || v.advice
                LEFT JOIN (SELECT e.subject,
                                  sum(p.amount) FILTER (WHERE e.kind = 'UNASSIGNED') AS suspended,
                                  -sum(p.amount) FILTER (WHERE e.kind = 'SENT_BACK') AS sent_back
                             FROM journal_entry e
                             JOIN posting p USING (bank, book_month, entry)
                             JOIN account a USING (bank, account)
                            WHERE e.bank = :bank AND a.kind = 'SUSPENSE'
                              AND e.kind IN ('UNASSIGNED', 'SENT_BACK') GROUP BY e.subject) u
                       ON u.subject = 'advice ' || v.advice
               WHERE coalesce(l.credited, 0)
                     <> CASE WHEN v.outcome IN ('CREDITED', 'ASSIGNED') THEN v.amount ELSE 0 END
                  OR coalesce(u.suspended, 0)
                     <> CASE WHEN v.outcome IN ('CREDITED', 'NOTED') THEN 0 ELSE v.amount END
                  OR coalesce(u.sent_back, 0)
                     <> CASE WHEN v.outcome = 'SENT_BACK' THEN v.amount ELSE 0 END
              """),
          new Rule(
              "LABOUR_COST_IS_BOOKED",
              "每笔人工费用记入其分账一次，金额一致；反之亦然",
              "every labour cost is credited to its wage book, once and of its amount, and no"
                  + " other is",
              """
              SELECT subject, wage_book, l.amount, e.credited
                FROM (SELECT 'labour cost ' || labour_cost AS subject, wage_book, amount
                        FROM labour_cost WHERE bank = :bank) l
                FULL JOIN (SELECT e.subject, p.account AS wage_book, sum(p.amount) AS credited
                             FROM journal_entry e JOIN posting p USING (bank, book_month, entry)
                            WHERE e.bank = :bank AND e.kind = 'LABOUR_COST' AND p.amount > 0
                            GROUP BY 1, 2) e USING (subject, wage_book)
               WHERE e.credited IS DISTINCT FROM l.amount
              """),
          new Rule(
              "LABOUR_COST_COMMANDED",
              "每笔人工费用都有入账命令，内容一致",
              "every labour cost was credited by a command that says the same, and every such"
                  + " command credited one",
              """
              SELECT l.labour_cost, ground, canonical, c.times
                FROM (SELECT labour_cost, 'document ' || encode(document, 'hex') AS ground,
                             'wage book ' || wage_book || ' amount ' || amount || ' reference '
                               || reference AS canonical
                        FROM labour_cost WHERE bank = :bank) l
                FULL JOIN (SELECT ground, canonical, count(*) AS times FROM command_log
                            WHERE bank = :bank AND kind = 'CREDIT_LABOUR_COST' GROUP BY 1, 2) c
                  USING (ground, canonical)
               WHERE l.labour_cost IS NULL OR c.times IS DISTINCT FROM 1
              """),
          new Rule(
              "FUNDING_WAY",
              "入账、待查、退回与销户分录在规定科目之间移动",
              "entries about money that comes in, waits, goes back or is left at the end move"
                  + " between the accounts of their kind",
              """
              SELECT e.book_month, e.entry, e.kind, a.kind AS account_kind, p.amount
                FROM journal_entry e
                JOIN posting p USING (bank, book_month, entry)
                JOIN account a USING (bank, account)
               WHERE e.bank = :bank
                 AND e.kind IN ('LABOUR_COST', 'UNASSIGNED', 'SENT_BACK', 'CLOSING_BALANCE')
                 AND (e.kind, sign(p.amount), a.kind) NOT IN (VALUES
                   ('LABOUR_COST', -1, 'SETTLEMENT'), ('LABOUR_COST', -1, 'SUSPENSE'),
                   ('LABOUR_COST', 1, 'WAGE_BOOK'),
                   ('UNASSIGNED', -1, 'SETTLEMENT'), ('UNASSIGNED', 1, 'SUSPENSE'),
                   ('SENT_BACK', -1, 'SUSPENSE'), ('SENT_BACK', 1, 'SETTLEMENT'),
                   ('CLOSING_BALANCE', -1, 'WAGE_BOOK'), ('CLOSING_BALANCE', 1, 'SETTLEMENT'))
              """),
          new Rule(
              "REFUSED_DEBIT_TOLD",
              "每次被拒支出都已告知监管部门",
              "the supervisor is told of every debit that was refused",
              """
              SELECT e.seq, e.subject, e.detail
                FROM event e
                LEFT JOIN outbound_message m ON m.bank = e.bank AND m.kind = 'notice.1'
                     AND m.subject = 'refused debit ' || e.seq || ' to supervisor'
               WHERE e.bank = :bank AND e.kind = 'DEBIT_REFUSED' AND m.message IS NULL
              """),
          new Rule(
              "OPENING_IN_ORDER",
              "按申请开立的分账有事件、有三方协议，专户自开户起有标识",
              "a wage book opened on request was told, has an agreement, and its account was"
                  + " marked",
              """
              SELECT o.wage_book, w.project, w.special_account
                FROM account_opening o
                LEFT JOIN wage_book w USING (bank, wage_book)
                LEFT JOIN event e ON e.bank = o.bank AND e.seq = o.seq
                     AND e.kind = 'WAGE_BOOK_OPENED' AND e.subject = 'wage book ' || o.wage_book
               WHERE o.bank = :bank
                 AND (w.wage_book IS NULL OR e.seq IS NULL
                      OR NOT EXISTS (SELECT 1 FROM agreement g
                                      WHERE g.bank = o.bank AND g.project = w.project)
                      OR EXISTS (SELECT 1 FROM account_mark m
                                  WHERE m.bank = o.bank AND m.special_account = w.special_account
                                    AND m.nth = 1 AND NOT m.marked AND m.seq < o.seq))
              """),
          new Rule(
              "DISPUTE_FITS",
              "每项争议属于一次确认，了结金额不超过争议金额",
              "every dispute is of a confirmation and its amount, and ends with no more than was"
                  + " disputed",
              """
              SELECT d.period, d.project, d.party, d.run_type, d.nth, d.accepted, c.amount, e.agreed
                FROM (SELECT * FROM wage_dispute WHERE bank = :bank) d
                FULL JOIN (SELECT * FROM wage_dispute_end WHERE bank = :bank) e
                     USING (bank, period, project, party, run_type, nth)
                LEFT JOIN confirmation c USING (bank, period, project, party, run_type, nth)
               WHERE d.accepted IS DISTINCT FROM c.amount OR e.agreed > d.claimed - d.accepted
              """),
          new Rule(
              "CLOSING_IN_ORDER",
              "销户步骤连续编号并有事件；销户前已公示、承诺并获监管通知，余额如数转出",
              "steps to a closing are numbered from 1 and were told; none is closed without notice,"
                  + " promise and the supervisor's word, and what was left went out to the cent",
              """
              SELECT s.wage_book, s.nth, s.step, s.amount, e.paid
                FROM (SELECT c.*, row_number() OVER w AS place,
                             count(*) FILTER (WHERE step IN ('NOTICE', 'PROMISE', 'SUPERVISOR_WORD'))
                               OVER w AS conditions,
                             min(on_date) FILTER (WHERE step = 'NOTICE') OVER w AS noticed,
                             count(*) FILTER (WHERE step = 'CLOSED') OVER w AS closed
                        FROM closing_step c WHERE c.bank = :bank
                      WINDOW w AS (PARTITION BY wage_book ORDER BY nth)) s
                LEFT JOIN event v ON v.bank = s.bank AND v.seq = s.seq
                     AND v.kind = 'CLOSING_' || s.step AND v.subject = 'wage book ' || s.wage_book
                LEFT JOIN (SELECT p.account, -sum(p.amount) AS paid
                             FROM journal_entry e JOIN posting p USING (bank, book_month, entry)
                            WHERE e.bank = :bank AND e.kind = 'CLOSING_BALANCE' AND p.amount < 0
                            GROUP BY 1) e ON e.account = s.wage_book
               WHERE s.nth <> s.place OR v.seq IS NULL OR s.closed > 0 AND s.step <> 'CLOSED'
                  OR s.step = 'CLOSED'
                     AND (s.conditions <> 3 OR s.on_date <= s.noticed
                          OR coalesce(e.paid, 0) <> s.amount)
              UNION ALL
              SELECT p.account, 0, e.kind, p.amount, NULL
                FROM journal_entry e JOIN posting p USING (bank, book_month, entry)
               WHERE e.bank = :bank AND e.kind = 'CLOSING_BALANCE' AND p.amount < 0
                 AND NOT EXISTS (SELECT 1 FROM closing_step c WHERE c.bank = p.bank
                                    AND c.wage_book = p.account AND c.step = 'CLOSED')
              """),
          new Rule(
              "CLOSED_STAYS_CLOSED",
              "已销户分账余额为零，其后仅有退回工资及其重付",
              "a closed wage book was empty, and moved later only by wages that came back and are"
                  + " paid again",
              """
              SELECT c.wage_book, e.book_month, e.entry, e.kind, p.amount
                FROM closing_step c
                JOIN posting p ON p.bank = c.bank AND p.account = c.wage_book
                JOIN journal_entry e ON e.bank = p.bank AND e.book_month = p.book_month
                     AND e.entry = p.entry
               WHERE c.bank = :bank AND c.step = 'CLOSED' AND e.seq > c.seq
                 AND e.kind NOT IN ('WAGES', 'WAGES_REJECTED', 'WAGES_RETURNED')
              UNION ALL
              SELECT c.wage_book, NULL, NULL, 'BALANCE', p.total
                FROM closing_step c
               CROSS JOIN LATERAL (
                     SELECT coalesce(sum(p.amount), 0) AS total
                       FROM posting p JOIN journal_entry e USING (bank, book_month, entry)
                      WHERE p.bank = c.bank AND p.account = c.wage_book AND e.seq < c.seq) p
               WHERE c.bank = :bank AND c.step = 'CLOSED' AND p.total <> 0
              """),
          new Rule(
              "MARK_FITS",
              "专户标识自开户起保留，至最后一个分账销户时方可解除",
              "an account is marked until its last wage book is closed, and no longer",
              """
              SELECT s.special_account, coalesce(m.marked, true) AS marked, b.open
                FROM special_account s
                LEFT JOIN LATERAL (
                     SELECT m.marked FROM account_mark m
                      WHERE m.bank = s.bank AND m.special_account = s.special_account
                      ORDER BY m.nth DESC LIMIT 1) m ON true
               CROSS JOIN LATERAL (
                     SELECT count(*) AS books, count(*) FILTER (WHERE c.wage_book IS NULL) AS open
                       FROM wage_book w
                       LEFT JOIN closing_step c ON c.bank = w.bank AND c.wage_book = w.wage_book
                            AND c.step = 'CLOSED'
                      WHERE w.bank = s.bank AND w.special_account = s.special_account) b
               WHERE s.bank = :bank AND b.books > 0 AND coalesce(m.marked, true) <> (b.open > 0)
              """));
}
