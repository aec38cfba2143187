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
              "每笔人工费用记入其分账一次，金额一致",
              "every labour cost is credited to its wage book, once and of its amount",
              """
              SELECT l.labour_cost, l.wage_book, l.amount, e.credited
                FROM labour_cost l
                LEFT JOIN (SELECT e.subject, p.account, sum(p.amount) AS credited
                             FROM journal_entry e JOIN posting p USING (bank, book_month, entry)
                            WHERE e.bank = :bank AND e.kind = 'LABOUR_COST' AND p.amount > 0
                            GROUP BY 1, 2) e
                       ON e.subject = 'labour cost ' || l.labour_cost AND e.account = l.wage_book
               WHERE l.bank = :bank AND e.credited IS DISTINCT FROM l.amount
              """));
}
