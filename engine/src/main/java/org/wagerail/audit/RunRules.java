package org.wagerail.audit;

import java.util.List;

/** Runs: what was decided, held, paid and booked. */
final class RunRules {
  private RunRules() {}

  /**
   * What was due to each item of each run when it was decided: its amount less what earlier runs
   * paid on it.
   */
  private static final String DUE =
      """
      WITH item AS NOT MATERIALIZED (
        SELECT f.pay_month AS run_month, f.run, l.pay_month, l.payroll, l.line, 0 AS decision,
               l.amount, l.run_type
          FROM run_batch f
          JOIN payroll_line l ON l.bank = f.bank AND l.pay_month = f.payroll_month
               AND l.payroll = f.payroll AND l.batch = f.batch
         WHERE f.bank = :bank AND f.outcome IN (:outcomes) AND l.verdict = 'PAY'
        UNION ALL
        SELECT f.pay_month, f.run, d.pay_month, d.payroll, d.line, d.decision, d.amount, l.run_type
          FROM run_batch f
          JOIN pay_run r ON r.bank = f.bank AND r.pay_month = f.pay_month AND r.run = f.run
          JOIN line_decision d ON d.bank = f.bank AND d.pay_month = f.payroll_month
               AND d.payroll = f.payroll AND d.seq <= r.as_of AND d.verdict <> 'REFUSE'
          JOIN payroll_line l ON l.bank = d.bank AND l.pay_month = d.pay_month
               AND l.payroll = d.payroll AND l.line = d.line AND l.batch = f.batch
         WHERE f.bank = :bank AND f.outcome IN (:outcomes)),
      again AS (
        SELECT DISTINCT payroll_month, payroll FROM run_batch WHERE bank = :bank
         GROUP BY payroll_month, payroll, batch HAVING count(*) > 1),
      earlier AS (
        SELECT p.pay_month, p.payroll, p.line, p.decision, p.run, p.amount
          FROM payment p JOIN again a ON a.payroll_month = p.pay_month AND a.payroll = p.payroll
         WHERE p.bank = :bank),
      due AS (
        SELECT i.run_month, i.run, i.pay_month, i.payroll, i.line, i.decision, i.run_type, i.amount
          FROM item i LEFT JOIN again a ON a.payroll_month = i.pay_month AND a.payroll = i.payroll
         WHERE a.payroll IS NULL
        UNION ALL
        SELECT i.run_month, i.run, i.pay_month, i.payroll, i.line, i.decision, i.run_type,
               i.amount - coalesce(sum(e.amount), 0)
          FROM item i
          JOIN again a ON a.payroll_month = i.pay_month AND a.payroll = i.payroll
          LEFT JOIN earlier e ON e.pay_month = i.pay_month AND e.payroll = i.payroll
               AND e.line = i.line AND e.decision = i.decision AND e.run < i.run
         GROUP BY i.run_month, i.run, i.pay_month, i.payroll, i.line, i.decision, i.run_type, i.amount)
      """;

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "RUN_IS_PAYMENTS",
              "批次支付总额等于其付款之和、已借记金额与已定金额",
              "a paid run's total is the sum of its payments, what was debited and what was"
                  + " decided",
              """
              SELECT pay_month, run, r.paid AS decided, b.total AS debited, d.total,
                     d.payments AS told, p.amount, p.n
                FROM (SELECT * FROM pay_run WHERE bank = :bank) r
                FULL JOIN (SELECT * FROM run_debited WHERE bank = :bank) b USING (pay_month, run)
                FULL JOIN (SELECT * FROM run_paid WHERE bank = :bank) d USING (pay_month, run)
                FULL JOIN (SELECT run_month AS pay_month, run, count(*) AS n, sum(amount) AS amount
                             FROM payment WHERE bank = :bank GROUP BY 1, 2) p USING (pay_month, run)
               WHERE r.run IS NULL OR (d.run IS NULL) <> (p.run IS NULL)
                  OR b.run IS NULL AND d.run IS NOT NULL OR b.total <> r.paid
                  OR d.total <> r.paid OR d.total <> p.amount OR d.payments <> p.n
              """),
          new Rule(
              "RUN_IS_BOOKED",
              "每个已借记批次有且仅有一笔同额工资分录，借记其工资分账",
              "every debited run has one entry of its total, which debits its wage book",
              """
              SELECT subject, d.total, d.wage_book, e.entries, e.amount, e.account
                FROM (SELECT 'run ' || d.pay_month || '/' || d.run AS subject, d.total, r.wage_book
                        FROM run_debited d LEFT JOIN pay_run r USING (bank, pay_month, run)
                       WHERE d.bank = :bank) d
                FULL JOIN (
                  SELECT e.subject, count(DISTINCT (e.book_month, e.entry)) AS entries,
                         -sum(p.amount) AS amount, min(p.account) AS account
                    FROM journal_entry e JOIN posting p USING (bank, book_month, entry)
                   WHERE e.bank = :bank AND e.kind = 'WAGES' AND p.amount < 0
                   GROUP BY e.subject) e USING (subject)
               WHERE d.total IS NULL OR e.entries IS NULL OR e.entries <> 1 OR d.total <> e.amount
                  OR d.wage_book IS DISTINCT FROM e.account
              """),
          new Rule(
              "RUN_HOLD",
              "每个应付批次冻结一次同额资金，借记时用尽",
              "a run that pays holds its money once, and its debit uses that hold up",
              """
              SELECT r.pay_month, r.run, r.paid, r.hold AS named, h.hold, h.amount, h.ended
                FROM (SELECT r.*, d.run IS NOT NULL AS done
                        FROM pay_run r LEFT JOIN run_debited d USING (bank, pay_month, run)
                       WHERE r.bank = :bank) r
                FULL JOIN (SELECT h.*, e.outcome AS ended
                             FROM hold h LEFT JOIN hold_end e USING (bank, hold)
                            WHERE h.bank = :bank AND h.class = 'RUN') h ON h.hold = r.hold
               WHERE r.run IS NULL OR (r.paid > 0) <> (h.hold IS NOT NULL)
                  OR (r.hold IS NULL) <> (h.hold IS NULL)
                  OR h.amount <> r.paid OR h.account <> r.wage_book
                  OR h.subject <> 'run ' || r.pay_month || '/' || r.run
                  OR h.hold IS NOT NULL
                     AND h.ended IS DISTINCT FROM CASE WHEN r.done THEN 'CONSUMED' END
              """),
          new Rule(
              "RUN_OUTCOME",
              "批次结论与所需、可用金额及三方协议一致",
              "a run's outcome follows from what it needed, what was there and the agreement",
              """
              SELECT pay_month, run, outcome, needed, available, paid, rule FROM (
                SELECT r.*, coalesce((SELECT g.short_money FROM wage_book w
                                        JOIN agreement g USING (bank, project)
                                       WHERE w.bank = r.bank AND w.wage_book = r.wage_book
                                         AND g.from_date <= r.pay_date
                                       ORDER BY g.from_date DESC LIMIT 1), 'NOTHING') AS rule
                  FROM pay_run r WHERE r.bank = :bank) r
               WHERE (outcome, paid) IS DISTINCT FROM
                     (CASE WHEN available >= needed THEN 'FULL'
                           WHEN rule = 'PRO_RATA' AND available > 0 THEN 'PRO_RATA'
                           ELSE 'NOTHING' END,
                      CASE WHEN available >= needed THEN needed
                           WHEN rule = 'PRO_RATA' AND available > 0 THEN available
                           ELSE 0 END)
              """),
          new Rule(
              "RUN_NEEDED",
              "批次所需金额等于其各项应付之和",
              "what a run needed is the sum of what was due to its items",
              DUE.replace(":outcomes", "'FULL', 'PRO_RATA', 'NOTHING'")
                  + """
                  SELECT r.pay_month, r.run, r.needed, r.lines, d.needed AS due, d.n AS items
                    FROM pay_run r
                    LEFT JOIN (SELECT run_month, run, sum(amount) AS needed, count(*) AS n
                                 FROM due WHERE amount > 0 GROUP BY run_month, run) d
                         ON d.run_month = r.pay_month AND d.run = r.run
                   WHERE r.bank = :bank
                     AND (r.needed IS DISTINCT FROM d.needed OR r.lines IS DISTINCT FROM d.n)
                  """),
          new Rule(
              "SHARES_FAIR",
              "按比例支付时离场工人优先，其余各得应付比例，误差不足一分",
              "where money is short leavers come first and the others get their share to the cent",
              DUE.replace(":outcomes", "'PRO_RATA'")
                  + """
                  , share AS (
                    SELECT d.run_month, d.run, d.pay_month, d.payroll, d.line, d.decision,
                           d.run_type = 'LEAVER' AS leaver, d.amount,
                           coalesce(p.amount, 0) AS paid, r.paid AS pot
                      FROM due d
                      JOIN pay_run r ON r.bank = :bank AND r.pay_month = d.run_month
                           AND r.run = d.run AND r.outcome = 'PRO_RATA'
                      JOIN run_paid y ON y.bank = r.bank AND y.pay_month = r.pay_month
                           AND y.run = r.run
                      LEFT JOIN payment p ON p.bank = r.bank AND p.run_month = r.pay_month
                           AND p.run = r.run AND p.pay_month = d.pay_month
                           AND p.payroll = d.payroll AND p.line = d.line
                           AND p.decision = d.decision
                     WHERE d.amount > 0),
                  of_class AS (
                    SELECT s.*, sum(amount) OVER (PARTITION BY run_month, run, leaver) AS needed,
                           coalesce(sum(amount) FILTER (WHERE leaver)
                                    OVER (PARTITION BY run_month, run), 0) AS leavers
                      FROM share s),
                  fair AS (
                    SELECT o.*, CASE WHEN leaver THEN least(pot, leavers)
                                     ELSE pot - least(pot, leavers) END AS for_class
                      FROM of_class o)
                  SELECT run_month, run, pay_month, payroll, line, decision, amount, paid
                    FROM fair WHERE abs(paid * needed - amount * for_class) >= needed
                  """),
          new Rule(
              "RUN_BATCHES",
              "批次只含同一工资分账、同一发薪日的工资表",
              "a run holds batches of its own wage book and pay date",
              """
              SELECT f.pay_month, f.run, f.payroll_month, f.payroll, f.batch, f.outcome
                FROM run_batch f
                LEFT JOIN pay_run r USING (bank, pay_month, run)
                LEFT JOIN payroll_batch b ON b.bank = f.bank AND b.pay_month = f.payroll_month
                     AND b.payroll = f.payroll AND b.batch = f.batch
               WHERE f.bank = :bank
                 AND (r.run IS NULL OR b.batch IS NULL OR b.wage_book IS DISTINCT FROM r.wage_book
                      OR b.pay_date <> r.pay_date OR f.outcome <> r.outcome)
              """),
          new Rule(
              "RUN_OPEN_ONCE",
              "一份工资表在前一批次付清之前不进入下一批次",
              "a batch enters another run only when the run before it has made its payments",
              """
              SELECT f.payroll_month, f.payroll, f.batch, f.run, g.run AS later
                FROM run_batch f
                JOIN run_batch g ON g.bank = f.bank AND g.payroll = f.payroll AND g.batch = f.batch
                     AND (g.pay_month, g.run) > (f.pay_month, f.run)
                JOIN pay_run r ON r.bank = f.bank AND r.pay_month = f.pay_month AND r.run = f.run
               WHERE f.bank = :bank AND r.paid > 0
                 AND NOT EXISTS (SELECT 1 FROM run_paid x WHERE x.bank = r.bank
                                    AND x.pay_month = r.pay_month AND x.run = r.run)
              """),
          new Rule(
              "PAYMENT_OF_RUN",
              "每笔付款属于其批次所含工资表，且由该工资分账支付",
              "every payment is of a batch of its run and comes from the run's wage book",
              """
              SELECT p.pay_month, p.payment, p.run_month, p.run, p.payroll, p.line, p.wage_book
                FROM payment p
                LEFT JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                     AND l.payroll = p.payroll AND l.line = p.line
                LEFT JOIN run_batch f ON f.bank = p.bank AND f.pay_month = p.run_month
                     AND f.run = p.run AND f.payroll_month = p.pay_month
                     AND f.payroll = p.payroll AND f.batch = l.batch
                LEFT JOIN pay_run r ON r.bank = p.bank AND r.pay_month = p.run_month
                     AND r.run = p.run
               WHERE p.bank = :bank
                 AND (f.run IS NULL OR r.run IS NULL OR r.wage_book <> p.wage_book)
              """));
}
