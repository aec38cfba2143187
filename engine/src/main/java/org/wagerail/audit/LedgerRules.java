package org.wagerail.audit;

import java.util.List;

/** Entries, balances and holds. */
final class LedgerRules {
  private LedgerRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "ENTRY_BALANCES",
              "每笔分录按币种借贷相等",
              "every journal entry adds to zero in each currency",
              """
              SELECT p.book_month, p.entry, a.currency, sum(p.amount) AS difference
                FROM posting p JOIN account a USING (bank, account)
               WHERE p.bank = :bank
               GROUP BY p.book_month, p.entry, a.currency HAVING sum(p.amount) <> 0
              """),
          new Rule(
              "ENTRY_COMPLETE",
              "分录与记账行齐全，科目存在，月份与业务日期一致",
              "entries have their legs, legs their entry and account, months their business date",
              """
              SELECT coalesce(e.book_month, p.book_month) AS book_month,
                     coalesce(e.entry, p.entry) AS entry, p.legs, p.strangers
                FROM (SELECT * FROM journal_entry WHERE bank = :bank) e
                FULL JOIN (
                  SELECT p.book_month, p.entry, count(*) AS legs, min(p.leg) AS first,
                         max(p.leg) AS last, count(*) FILTER (WHERE a.account IS NULL) AS strangers
                    FROM posting p LEFT JOIN account a USING (bank, account)
                   WHERE p.bank = :bank GROUP BY 1, 2) p
                  ON p.book_month = e.book_month AND p.entry = e.entry
               WHERE e.entry IS NULL OR p.entry IS NULL OR p.legs < 2 OR p.first <> 1
                  OR p.last <> p.legs OR p.strangers > 0
                  OR e.book_month <> extract(year FROM e.business_date) * 100
                                     + extract(month FROM e.business_date)
              """),
          new Rule(
              "TRIAL_BALANCE",
              "每种货币的全部科目余额之和为零",
              "the balances of all accounts of a currency add to zero",
              """
              SELECT a.currency, sum(b.balance) AS difference
                FROM account_balance b JOIN account a USING (bank, account)
               WHERE b.bank = :bank GROUP BY a.currency HAVING sum(b.balance) <> 0
              """),
          new Rule(
              "BALANCE_IS_POSTINGS",
              "科目余额等于其全部记账之和",
              "an account's balance is the sum of its postings",
              """
              SELECT a.account, a.kind, b.balance, coalesce(p.total, 0) AS postings
                FROM account a
                LEFT JOIN account_balance b USING (bank, account)
                LEFT JOIN (SELECT account, sum(amount) AS total FROM posting
                            WHERE bank = :bank GROUP BY account) p ON p.account = a.account
               WHERE a.bank = :bank AND b.balance IS DISTINCT FROM coalesce(p.total, 0)
              """),
          new Rule(
              "VERSION_IS_COUNT",
              "科目版本号等于记账次数",
              "an account's version is the number of its postings",
              """
              SELECT b.account, b.version, coalesce(p.n, 0) AS postings
                FROM account_balance b
                LEFT JOIN (SELECT account, count(*) AS n FROM posting
                            WHERE bank = :bank GROUP BY account) p ON p.account = b.account
               WHERE b.bank = :bank AND b.version <> coalesce(p.n, 0)
              """),
          new Rule(
              "VERSIONS_WITHOUT_GAP",
              "每个科目的记账版本从1起连续",
              "an account's postings are numbered from 1 without a gap",
              """
              SELECT account, book_month, entry, leg, version, nth FROM (
                SELECT p.*, row_number() OVER (PARTITION BY account
                                               ORDER BY version, book_month, entry, leg) AS nth
                  FROM posting p WHERE p.bank = :bank) x
               WHERE version <> nth
              """),
          new Rule(
              "BALANCE_CHAIN",
              "每笔记账后余额等于前一余额加本次金额",
              "the balance after a posting is the one before it plus its amount",
              """
              SELECT account, book_month, entry, leg, version, amount, before, balance_after FROM (
                SELECT p.*, lag(p.balance_after, 1, 0::bigint) OVER w AS before,
                       lag(p.version, 1, 0::bigint) OVER w AS version_before
                  FROM posting p WHERE p.bank = :bank
                WINDOW w AS (PARTITION BY account ORDER BY version, book_month, entry, leg)) x
               WHERE version = version_before + 1 AND balance_after <> before + amount
              """),
          new Rule(
              "HELD_IS_OPEN_HOLDS",
              "科目冻结额等于未结冻结之和",
              "what is held on an account is the sum of its open holds",
              """
              SELECT b.account, b.held, coalesce(h.total, 0) AS open_holds
                FROM account_balance b
                LEFT JOIN (SELECT h.account, sum(h.amount) AS total
                             FROM hold h LEFT JOIN hold_end e USING (bank, hold)
                            WHERE h.bank = :bank AND e.hold IS NULL
                            GROUP BY h.account) h ON h.account = b.account
               WHERE b.bank = :bank AND b.held <> coalesce(h.total, 0)
              """),
          new Rule(
              "HELD_IS_COVERED",
              "余额不低于冻结额",
              "a balance covers what is held on it",
              """
              SELECT b.account, a.kind, b.balance, b.held
                FROM account_balance b JOIN account a USING (bank, account)
               WHERE b.bank = :bank AND a.kind = ANY (:keeping) AND b.balance < b.held
              """),
          new Rule(
              "WAGE_BOOK_DEBITS",
              "工资分账只有封闭清单内的支出",
              "nothing leaves a wage book but what the closed list names",
              """
              SELECT p.book_month, p.entry, p.account, e.kind, p.amount
                FROM posting p
                JOIN account a USING (bank, account)
                LEFT JOIN journal_entry e USING (bank, book_month, entry)
               WHERE p.bank = :bank AND p.amount < 0
                 AND (a.kind = 'WAGE_BOOK'
                      OR EXISTS (SELECT 1 FROM wage_book w
                                  WHERE w.bank = p.bank AND w.wage_book = p.account))
                 AND (e.kind IS NULL OR e.kind <> ALL (:leaving))
              """),
          new Rule(
              "WAGE_BOOK_ACCOUNTS",
              "每个工资分账对应一个工资分账类科目",
              "every wage book stands on an account of its kind",
              """
              SELECT w.wage_book, a.kind FROM wage_book w LEFT JOIN account a
                  ON a.bank = w.bank AND a.account = w.wage_book
               WHERE w.bank = :bank AND a.kind IS DISTINCT FROM 'WAGE_BOOK'
              """),
          new Rule(
              "ENTRY_WAY",
              "各类工资分录在规定科目之间移动",
              "entries about wages move between the accounts of their kind",
              """
              SELECT e.book_month, e.entry, e.kind, a.kind AS account_kind, p.amount
                FROM journal_entry e
                JOIN posting p USING (bank, book_month, entry)
                JOIN account a USING (bank, account)
               WHERE e.bank = :bank
                 AND e.kind IN ('WAGES', 'WAGES_SETTLED', 'WAGES_REJECTED', 'WAGES_RETURNED')
                 AND (e.kind, sign(p.amount), a.kind) NOT IN (VALUES
                   ('WAGES', -1, 'WAGE_BOOK'), ('WAGES', 1, 'IN_CLEARING'),
                   ('WAGES_SETTLED', -1, 'IN_CLEARING'), ('WAGES_SETTLED', 1, 'SETTLEMENT'),
                   ('WAGES_REJECTED', -1, 'IN_CLEARING'), ('WAGES_REJECTED', 1, 'WAGE_BOOK'),
                   ('WAGES_RETURNED', -1, 'IN_CLEARING'), ('WAGES_RETURNED', -1, 'SETTLEMENT'),
                   ('WAGES_RETURNED', 1, 'WAGE_BOOK'))
              """),
          new Rule(
              "WAGE_BOOK_ADDS_UP",
              "工资支出等于付款与尚无付款的已借记批次总额，退回入账等于拒绝与退汇之和",
              "a wage book's debits for wages are its payments and debited runs without payments"
                  + " yet, its credits back its rejections and returns",
              """
              SELECT coalesce(j.account, p.account) AS wage_book, j.debited, p.paid, j.back, p.failed
                FROM (SELECT p.account,
                             coalesce(-sum(p.amount) FILTER (WHERE e.kind = 'WAGES'), 0) AS debited,
                             coalesce(sum(p.amount) FILTER (WHERE e.kind <> 'WAGES'), 0) AS back
                        FROM posting p
                        JOIN journal_entry e USING (bank, book_month, entry)
                        JOIN wage_book w ON w.bank = p.bank AND w.wage_book = p.account
                       WHERE p.bank = :bank
                         AND e.kind IN ('WAGES', 'WAGES_REJECTED', 'WAGES_RETURNED')
                       GROUP BY p.account) j
                FULL JOIN (
                  SELECT account, sum(paid) AS paid, sum(failed) AS failed FROM (
                    SELECT p.wage_book AS account, sum(p.amount) AS paid,
                           coalesce(sum(p.amount) FILTER (WHERE f.payment IS NOT NULL), 0) AS failed
                      FROM payment p
                      LEFT JOIN (SELECT DISTINCT bank, pay_month, payment FROM payment_result
                                  WHERE bank = :bank AND kind IN ('REJECTED', 'RETURNED')) f
                           USING (bank, pay_month, payment)
                     WHERE p.bank = :bank GROUP BY p.wage_book
                    UNION ALL
                    SELECT r.wage_book, sum(d.total), 0
                      FROM run_debited d JOIN pay_run r USING (bank, pay_month, run)
                     WHERE d.bank = :bank
                       AND NOT EXISTS (SELECT 1 FROM run_paid x WHERE x.bank = d.bank
                                          AND x.pay_month = d.pay_month AND x.run = d.run)
                     GROUP BY r.wage_book) x GROUP BY account) p ON p.account = j.account
               WHERE j.account IS NULL OR p.account IS NULL OR j.debited <> p.paid
                  OR j.back <> p.failed
              """));
}
