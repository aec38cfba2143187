package org.wagerail.audit;

import java.util.List;

/** What others stated of a day, how it was compared, and who explained what differs. */
final class ReconciliationRules {
  private ReconciliationRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "STATEMENT_AS_READ",
              "核心系统对账单的笔数与发生额等于其明细，来自核心系统的报文，并有事件",
              "a page of a statement has as many entries and as much as it says, came from the core"
                  + " system, and its document was told",
              """
              SELECT s.month, s.statement, s.entries, e.n, s.total, e.total AS entries_total,
                     v.detail AS told
                FROM core_statement s
                LEFT JOIN (SELECT month, statement, count(*) AS n, sum(amount) AS total
                             FROM core_entry WHERE bank = :bank GROUP BY 1, 2) e
                  ON e.month = s.month AND e.statement = s.statement
                LEFT JOIN inbound_document d ON d.bank = s.bank AND d.month = s.doc_month
                     AND d.document = s.document AND d.sender = 'CORE'
                LEFT JOIN (SELECT doc_month, document,
                                  count(*) || ' pages, ' || sum(entries) || ' entries, '
                                    || sum(total) AS said
                             FROM core_statement WHERE bank = :bank GROUP BY 1, 2) t
                  ON t.doc_month = s.doc_month AND t.document = s.document
                LEFT JOIN event v ON v.bank = s.bank AND v.kind = 'STATEMENTS_READ'
                     AND v.subject = 'document ' || s.doc_month || '/' || s.document
               WHERE s.bank = :bank
                 AND (d.document IS NULL OR s.entries <> coalesce(e.n, 0)
                      OR s.total <> coalesce(e.total, 0) OR v.detail IS DISTINCT FROM t.said)
              """),
          new Rule(
              "COMPARISON_TOLD",
              "每次营业日核对有事件，内容一致，反之亦然",
              "every comparison of a day was told as an event that says the same, and every such"
                  + " event is one",
              """
              SELECT subject, c.said, e.detail AS told
                FROM (SELECT 'business day ' || day || ' ' || nth AS subject,
                             concat_ws(' ', after, ours, theirs, agreed, statements, reports, items,
                                       items_agreed, breaks) AS said
                        FROM day_comparison WHERE bank = :bank) c
                FULL JOIN (SELECT subject, detail FROM event
                            WHERE bank = :bank AND kind = 'DAY_COMPARED') e USING (subject)
               WHERE c.said IS DISTINCT FROM e.detail
              """),
          new Rule(
              "BREAK_TOLD",
              "每项差异有事件，内容一致，反之亦然；关闭亦然",
              "every break and every closing of one was told as an event that says the same, and"
                  + " every such event is one",
              """
              SELECT kind, subject, b.said, e.detail AS told
                FROM (SELECT 'BREAK_OPENED' AS kind, 'break ' || break AS subject,
                             concat_ws(' ', day, counterpart, kind, account, reference, elsewhere,
                                       ours, theirs) AS said
                        FROM day_break WHERE bank = :bank
                      UNION ALL
                      SELECT 'BREAK_CLOSED', 'break ' || break, outcome
                        FROM break_closed WHERE bank = :bank) b
                FULL JOIN (SELECT kind, subject, detail FROM event
                            WHERE bank = :bank AND kind IN ('BREAK_OPENED', 'BREAK_CLOSED')) e
                  USING (kind, subject)
               WHERE b.said IS DISTINCT FROM e.detail
              """),
          new Rule(
              "BREAK_HAS_OWNER",
              "每项差异都有责任人，移交记录连续",
              "every break has an owner, and its owners are numbered from 1 without a gap",
              """
              SELECT b.break, b.kind, o.owners, o.last
                FROM day_break b
                LEFT JOIN (SELECT break, count(*) AS owners, max(nth) AS last
                             FROM break_owner WHERE bank = :bank GROUP BY break) o USING (break)
               WHERE b.bank = :bank AND (o.owners IS NULL OR o.owners <> o.last)
              """),
          new Rule(
              "BREAK_EXPLAINED_ON_RECORD",
              "每次解释、复核与关闭营业日均记入命令日志，内容一致，反之亦然",
              "every explanation, agreement and closing of a day stands in the command log, and"
                  + " every such command is one",
              """
              SELECT kind, canonical, x.actor, x.ground, l.actor AS logged
                FROM (SELECT 'EXPLAIN_BREAK' AS kind, 'break ' || break AS canonical, person AS actor,
                             reason AS ground, row_number() OVER (PARTITION BY break, person, reason
                                                                  ORDER BY nth) AS same
                        FROM break_explained WHERE bank = :bank
                      UNION ALL
                      SELECT 'AGREE_BREAK', 'break ' || break, maker || ' and ' || checker, reason, 1
                        FROM break_closed WHERE bank = :bank AND outcome = 'AGREED'
                      UNION ALL
                      SELECT 'CLOSE_DAY', 'business day ' || day || ' ' || nth, actor,
                             'comparison ' || nth, 1
                        FROM day_closed WHERE bank = :bank) x
                FULL JOIN (SELECT kind, canonical, actor, ground,
                                  row_number() OVER (PARTITION BY kind, canonical, actor, ground
                                                     ORDER BY command) AS same
                             FROM command_log WHERE bank = :bank
                              AND kind IN ('EXPLAIN_BREAK', 'AGREE_BREAK', 'CLOSE_DAY')) l
                  USING (kind, canonical, actor, ground, same)
               WHERE x.actor IS NULL OR l.actor IS NULL
              """),
          new Rule(
              "BREAK_CLOSED_LAWFULLY",
              "涉及资金的差异由两人解释，其余至少一人；解释内容即关闭理由",
              "a break that concerns money was explained by two, any other by one at least, and"
                  + " what closed it is what was last said",
              """
              SELECT c.break, b.kind, c.outcome, c.maker, c.checker
                FROM break_closed c
                JOIN day_break b USING (bank, break)
                LEFT JOIN exception_closed x ON x.bank = b.bank AND x.exception = b.exception
                LEFT JOIN LATERAL (SELECT e.person, e.reason FROM break_explained e
                                    WHERE e.bank = c.bank AND e.break = c.break
                                    ORDER BY e.nth DESC LIMIT 1) e ON true
               WHERE c.bank = :bank
                 AND NOT CASE c.outcome
                       WHEN 'EXPLAINED' THEN coalesce(
                              b.kind IN ('WRONG_DATE', 'STATEMENT_INCOMPLETE', 'SEQUENCE_GAP')
                                AND e.person = c.maker AND e.reason = c.reason, false)
                       WHEN 'AGREED' THEN coalesce(
                              e.person = c.maker AND e.reason = c.reason AND c.maker <> c.checker
                                AND (b.exception IS NULL OR x.exception IS NOT NULL), false)
                       WHEN 'EXCEPTION' THEN coalesce(
                              x.maker = c.maker AND x.checker = c.checker AND x.reason = c.reason,
                              false)
                       WHEN 'RULE' THEN b.kind = 'SETTLED_BY_REPORT'
                       ELSE EXISTS (SELECT 1 FROM day_comparison d WHERE d.bank = b.bank
                                       AND d.day = b.day AND d.nth > b.nth) END
              """),
          new Rule(
              "DAY_CLOSED_CLEAN",
              "已关闭的营业日无未了结差异，以最后一次核对为准，其后未再收到对账单或报告，并有事件",
              "a closed day has no break that is not closed, rests on its last comparison, which"
                  + " knows all that was read of it, and was told",
              """
              SELECT d.day, d.nth, c.last, b.open, s.pages, c.statements
                FROM day_closed d
                LEFT JOIN LATERAL (SELECT nth AS last, after, statements, reports
                                     FROM day_comparison x WHERE x.bank = d.bank AND x.day = d.day
                                    ORDER BY nth DESC LIMIT 1) c ON true,
                     LATERAL (SELECT count(*) AS open FROM day_break k
                               WHERE k.bank = d.bank AND k.day = d.day
                                 AND NOT EXISTS (SELECT 1 FROM break_closed y WHERE y.bank = k.bank
                                                    AND y.break = k.break)) b,
                     LATERAL (SELECT count(*) AS pages FROM core_statement s
                               WHERE s.bank = d.bank AND s.day > c.after AND s.day <= d.day
                                 AND s.read_at <= d.closed_at) s,
                     LATERAL (SELECT count(*) AS reports FROM settlement_report r
                               WHERE r.bank = d.bank AND r.day > c.after AND r.day <= d.day
                                 AND r.read_at <= d.closed_at) r
               WHERE d.bank = :bank
                 AND (d.nth IS DISTINCT FROM c.last OR b.open > 0 OR s.pages <> c.statements
                      OR r.reports <> c.reports
                      OR NOT EXISTS (SELECT 1 FROM event e WHERE e.bank = d.bank
                            AND e.kind = 'DAY_CLOSED' AND e.subject = 'business day ' || d.day
                            AND e.detail = 'comparison ' || d.nth))
              """));
}
