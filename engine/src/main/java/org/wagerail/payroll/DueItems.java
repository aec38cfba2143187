package org.wagerail.payroll;

/** What is due to the batches in a transaction's table {@code due_batch}, as a query. */
final class DueItems {
  private DueItems() {}

  /** The batches that are asked about; empty again after each transaction. */
  static final String BATCHES =
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS due_batch (
        run_month integer, run bigint, wage_book bigint, pay_date date, pay_month integer,
        payroll bigint, batch integer, firm_code text, again boolean, as_of bigint,
        whole boolean) ON COMMIT DELETE ROWS
      """;

  /**
   * What is due on wage books: each line of a released batch that is to be paid, and each later
   * decision about a line, less what was paid on it already. Decisions count up to the batch's
   * {@code as_of}.
   */
  static final String ITEMS =
      """
      WITH before AS MATERIALIZED (
        SELECT p.pay_month, p.payroll, p.line, p.decision, sum(p.amount) AS amount, max(p.part) AS part
          FROM (SELECT DISTINCT b.pay_month, b.payroll FROM due_batch b WHERE b.again) b
         CROSS JOIN LATERAL (
               SELECT x.* FROM payment x
                WHERE x.bank = :bank AND x.pay_month = b.pay_month AND x.payroll = b.payroll OFFSET 0) p
         GROUP BY 1, 2, 3, 4),
      item AS (
        SELECT b.run_month, b.run, b.whole, b.wage_book, b.pay_date, l.pay_month, l.payroll, l.line,
               0 AS decision,
               coalesce(x.part, 0) + 1 AS part, l.party, l.worker_account,
               l.amount - coalesce(x.amount, 0) AS amount, NULL::bigint AS replaces,
               l.run_type, b.firm_code
          FROM due_batch b
          JOIN payroll_line l ON l.bank = :bank AND l.pay_month = b.pay_month
               AND l.payroll = b.payroll AND l.batch = b.batch
          LEFT JOIN before x ON x.pay_month = l.pay_month AND x.payroll = l.payroll
               AND x.line = l.line AND x.decision = 0
         WHERE l.verdict = 'PAY'
        UNION ALL
        SELECT b.run_month, b.run, b.whole, b.wage_book, b.pay_date, d.pay_month, d.payroll, d.line,
               d.decision,
               coalesce(x.part, 0) + 1, l.party, d.worker_account,
               d.amount - coalesce(x.amount, 0), d.replaces, l.run_type, b.firm_code
          FROM due_batch b
          JOIN line_decision d ON d.bank = :bank AND d.pay_month = b.pay_month
               AND d.payroll = b.payroll AND d.seq <= b.as_of AND d.verdict <> 'REFUSE'
          JOIN payroll_line l ON l.bank = d.bank AND l.pay_month = d.pay_month
               AND l.payroll = d.payroll AND l.line = d.line AND l.batch = b.batch
          LEFT JOIN before x ON x.pay_month = d.pay_month AND x.payroll = d.payroll
               AND x.line = d.line AND x.decision = d.decision)
      """;
}
