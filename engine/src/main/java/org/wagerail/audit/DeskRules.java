package org.wagerail.audit;

import java.util.List;

/** What persons do: whose work is, what one proposed and another answered, where events may go. */
final class DeskRules {
  private DeskRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "LINE_GIVEN",
              "暂缓明细的每次交办连续编号，有命令与事件，反之亦然",
              "who a held line was given to is numbered from 1, stands in the command log and was"
                  + " told as an event, and every such command and event is one",
              """
              SELECT said, o.nth, o.of_line, o.actor, c.actor AS commanded_by, c.times, e.times AS told
                FROM (SELECT said, actor, count(*) AS times, sum(wrong) AS nth, max(of_line) AS of_line
                        FROM (SELECT 'payroll ' || o.pay_month || '/' || o.payroll || ' line ' || o.line
                                       || ' to ' || o.owner AS said, o.actor, l.verdict AS of_line,
                                     CASE WHEN o.nth = row_number() OVER (
                                            PARTITION BY o.pay_month, o.payroll, o.line
                                            ORDER BY o.nth) AND l.verdict = 'HOLD'
                                          THEN 0 ELSE 1 END AS wrong
                                FROM line_owner o
                                LEFT JOIN payroll_line l USING (bank, pay_month, payroll, line)
                               WHERE o.bank = :bank) x
                       GROUP BY 1, 2) o
                FULL JOIN (SELECT canonical AS said, actor, count(*) AS times FROM command_log
                            WHERE bank = :bank AND kind = 'GIVE_LINE' GROUP BY 1, 2) c
                  USING (said, actor)
                LEFT JOIN (SELECT subject || ' ' || detail AS said, count(*) AS times FROM event
                            WHERE bank = :bank AND kind = 'LINE_GIVEN' GROUP BY 1) e USING (said)
               WHERE o.nth <> 0 OR o.times IS DISTINCT FROM c.times OR e.times IS NULL
              """),
          new Rule(
              "PROPOSAL_TOLD",
              "每项处理意见及其答复均有命令与事件，内容一致，反之亦然",
              "every proposal and every answer to one stands in the command log and was told as an"
                  + " event, all saying the same, and every such command and event is one",
              """
              SELECT said, x.kind, x.who, c.actor, e.subject
                FROM (SELECT item || ' proposal ' || month || '/' || proposal || ' ' || action AS said,
                             'PROPOSE' AS kind, 'PROPOSED' AS told, maker AS who, ground
                        FROM proposal WHERE bank = :bank
                      UNION ALL
                      SELECT p.item || ' proposal ' || p.month || '/' || p.proposal
                               || CASE WHEN a.agreed THEN ' agreed' ELSE ' not agreed' END,
                             'ANSWER_PROPOSAL', 'PROPOSAL_ANSWERED', a.checker,
                             CASE WHEN a.agreed THEN p.ground ELSE a.reason END
                        FROM proposal_answer a JOIN proposal p USING (bank, month, proposal)
                       WHERE a.bank = :bank) x
                FULL JOIN (SELECT canonical AS said, kind, actor, ground FROM command_log
                            WHERE bank = :bank AND kind IN ('PROPOSE', 'ANSWER_PROPOSAL')) c
                  USING (said)
                FULL JOIN (SELECT subject || ' ' || detail AS said, kind, subject FROM event
                            WHERE bank = :bank AND kind IN ('PROPOSED', 'PROPOSAL_ANSWERED')) e
                  USING (said)
               WHERE x.kind IS DISTINCT FROM c.kind OR x.told IS DISTINCT FROM e.kind
                  OR x.who IS DISTINCT FROM c.actor OR x.ground IS DISTINCT FROM c.ground
              """),
          new Rule(
              "PROPOSAL_ANSWERED",
              "处理意见由另一人在失效前答复一次，同意者确已照办",
              "a proposal is answered once, before it lapses, and agreed to by another person; what"
                  + " was agreed was done in their two names",
              """
              SELECT month, proposal, p.item, p.action, p.maker, a.checker, a.agreed
                FROM (SELECT * FROM proposal_answer WHERE bank = :bank) a
                LEFT JOIN (SELECT * FROM proposal WHERE bank = :bank) p USING (month, proposal)
               WHERE p.item IS NULL OR a.answered_at >= p.lapses_at OR a.answered_at < p.proposed_at
                  OR a.agreed AND (a.checker = p.maker OR NOT EXISTS (
                       SELECT 1 FROM command_log c
                        WHERE c.bank = :bank AND c.actor = p.maker || ' and ' || a.checker
                          AND c.kind IN ('DECIDE_LINE', 'CLOSE_EXCEPTION') AND c.at = a.answered_at
                          AND starts_with(c.canonical || ' ', p.item || ' ')))
              """),
          new Rule(
              "CORRECTION_HAS_PAPERS",
              "每笔更正分录均有凭证、两人与致监管部门的通知，金额与科目一致，反之亦然",
              "every correcting entry has its document, two different persons and the notice to the"
                  + " supervisor, and moves what they agreed on; every agreed correction that was"
                  + " booked is one",
              """
              SELECT coalesce(e.subject, c.subject) AS subject, e.legs, c.said, c.maker, c.checker,
                     c.document IS NOT NULL AS has_document, m.subject AS notice
                FROM (SELECT e.subject, string_agg(p.account || ' ' || p.amount, ', ' ORDER BY p.amount)
                               AS legs
                        FROM journal_entry e JOIN posting p USING (bank, book_month, entry)
                       WHERE e.bank = :bank AND e.kind = 'CORRECTION'
                       GROUP BY e.book_month, e.entry, e.subject) e
                FULL JOIN (SELECT 'correction ' || correction AS subject,
                                  c.debited || ' ' || -c.amount || ', ' || c.credited || ' ' || c.amount
                                    AS said, c.maker, a.checker, a.agreed, d.hash AS document
                             FROM correction c
                             JOIN correction_outcome o USING (bank, correction)
                             LEFT JOIN correction_answer a USING (bank, correction)
                             LEFT JOIN evidence_document d ON d.bank = c.bank AND d.hash = c.document
                            WHERE c.bank = :bank AND o.booked) c USING (subject)
                LEFT JOIN (SELECT subject FROM outbound_message WHERE bank = :bank
                              AND kind = 'notice.1' AND counterpart = 'SUPERVISOR') m
                  ON m.subject = c.subject || ' to supervisor'
               WHERE e.legs IS DISTINCT FROM c.said OR c.agreed IS NOT TRUE OR c.checker = c.maker
                  OR c.document IS NULL OR m.subject IS NULL
              """),
          new Rule(
              "CORRECTION_TOLD",
              "每项更正申请与答复均有命令与事件，内容一致，反之亦然",
              "every wish for a correction and every answer stands in the command log and was told"
                  + " as an event, all saying the same, and every such command and event is one",
              """
              SELECT said, x.kind, x.who, c.actor, e.subject
                FROM (SELECT 'correction ' || correction || ' from account ' || debited || ' to '
                               || credited || ' amount ' || amount || ' document '
                               || encode(document, 'hex') AS said,
                             'ASK_FOR_CORRECTION' AS kind, 'CORRECTION_ASKED_FOR' AS told, maker AS who,
                             reason
                        FROM correction WHERE bank = :bank
                      UNION ALL
                      SELECT 'correction ' || correction
                               || CASE WHEN a.agreed THEN ' agreed' ELSE ' not agreed' END,
                             'ANSWER_CORRECTION', 'CORRECTION_ANSWERED', a.checker,
                             CASE WHEN a.agreed THEN c.reason ELSE a.reason END
                        FROM correction_answer a JOIN correction c USING (bank, correction)
                       WHERE a.bank = :bank) x
                FULL JOIN (SELECT canonical AS said, kind, actor, ground FROM command_log
                            WHERE bank = :bank
                              AND kind IN ('ASK_FOR_CORRECTION', 'ANSWER_CORRECTION')) c USING (said)
                FULL JOIN (SELECT subject || ' ' || detail AS said, kind, subject FROM event
                            WHERE bank = :bank
                              AND kind IN ('CORRECTION_ASKED_FOR', 'CORRECTION_ANSWERED')) e
                  USING (said)
               WHERE x.kind IS DISTINCT FROM c.kind OR x.told IS DISTINCT FROM e.kind
                  OR x.who IS DISTINCT FROM c.actor OR x.reason IS DISTINCT FROM c.ground
              """),
          new Rule(
              "SCREENED",
              "每行名单筛查相符者均被暂缓并有事件，筛查笔数相符，反之亦然",
              "every line that screening found is held for it and was told as an event, and no"
                  + " other is; what was compared is what was read then",
              """
              SELECT subject, h.said, e.detail AS told, l.checks
                FROM (SELECT 'payroll ' || pay_month || '/' || payroll || ' line ' || line AS subject,
                             'list ' || list || ' entry ' || entry || ' by ' || matched AS said
                        FROM screening_hit WHERE bank = :bank) h
                FULL JOIN (SELECT subject, detail FROM event
                            WHERE bank = :bank AND kind = 'SCREENING_HIT') e USING (subject)
                FULL JOIN (SELECT 'payroll ' || pay_month || '/' || payroll || ' line ' || line
                                    AS subject, checks
                             FROM payroll_line
                            WHERE bank = :bank AND verdict <> 'PAY'
                              AND 'SCREENING' = ANY (string_to_array(checks, ','))) l USING (subject)
               WHERE h.said IS DISTINCT FROM e.detail OR l.checks IS NULL
              UNION ALL
              SELECT 'payroll ' || s.pay_month || '/' || s.payroll || ' from ' || s.first_line,
                     s.lines || ' ' || s.hits, k.first_line::text, g.list::text
                FROM payroll_screened s
                LEFT JOIN payroll_block k USING (bank, pay_month, payroll, first_line)
                LEFT JOIN screening_list g USING (bank, list)
               WHERE s.bank = :bank
                 AND (k.first_line IS NULL OR g.list IS NULL
                      OR s.lines <> k.last_line - k.first_line + 1
                      OR s.hits <> (SELECT count(*) FROM screening_hit h WHERE h.bank = s.bank
                                       AND h.pay_month = s.pay_month AND h.payroll = s.payroll
                                       AND h.list = s.list
                                       AND h.line BETWEEN k.first_line AND k.last_line))
              """),
          new Rule(
              "SCREENING_LIST_TOLD",
              "每版筛查名单有命令与事件，内容一致，反之亦然",
              "every edition of a screening list was commanded and told as an event, all saying the"
                  + " same, and every such command and event is one",
              """
              SELECT said, g.actor, c.actor AS commanded_by, e.seq
                FROM (SELECT 'screening list ' || list || ' from ' || from_date || ' ' || entries
                               || ' entries ' || encode(hash, 'hex') AS said, actor, source
                        FROM screening_list WHERE bank = :bank) g
                FULL JOIN (SELECT canonical AS said, actor, ground FROM command_log
                            WHERE bank = :bank AND kind = 'RECORD_SCREENING_LIST') c USING (said)
                FULL JOIN (SELECT subject || ' ' || detail AS said, seq FROM event
                            WHERE bank = :bank AND kind = 'SCREENING_LIST_RECORDED') e USING (said)
               WHERE g.actor IS DISTINCT FROM c.actor OR g.source IS DISTINCT FROM c.ground
                  OR e.seq IS NULL
              """),
          new Rule(
              "WEBHOOK_TOLD",
              "每个推送地址及其每一步均有命令与事件，内容一致，反之亦然",
              "every webhook and every step of one stands in the command log and was told as an"
                  + " event, all saying the same, and every such command and event is one",
              """
              SELECT coalesce(x.said, c.said, e.said) AS said, coalesce(x.kind, c.kind, e.kind) AS kind,
                     x.n, c.n AS commands, e.n AS events
                FROM (SELECT kind, said, who, reason, count(*) AS n
                        FROM (SELECT 'ASK_FOR_WEBHOOK' AS kind,
                                     'webhook ' || webhook || ' to ' || url || ' behind ' || after_seq
                                       || ' kinds ' || array_to_string(kinds, ',') AS said,
                                     maker AS who, 'to be confirmed' AS reason
                                FROM webhook WHERE bank = :bank
                              UNION ALL
                              SELECT 'WEBHOOK_' || step, 'webhook ' || webhook, actor, reason
                                FROM webhook_step WHERE bank = :bank) y
                       GROUP BY 1, 2, 3, 4) x
                FULL JOIN (SELECT kind, canonical AS said, actor AS who, ground AS reason, count(*) AS n
                             FROM command_log WHERE bank = :bank
                              AND (kind = 'ASK_FOR_WEBHOOK' OR starts_with(kind, 'WEBHOOK_'))
                            GROUP BY 1, 2, 3, 4) c USING (kind, said, who, reason)
                FULL JOIN (SELECT CASE kind WHEN 'WEBHOOK_ASKED_FOR' THEN 'ASK_FOR_WEBHOOK' ELSE kind END
                                    AS kind,
                                  CASE kind WHEN 'WEBHOOK_ASKED_FOR' THEN subject || ' ' || detail
                                            ELSE subject END AS said,
                                  CASE kind WHEN 'WEBHOOK_ASKED_FOR' THEN 'to be confirmed'
                                            ELSE detail END AS reason, count(*) AS n
                             FROM event WHERE bank = :bank AND starts_with(kind, 'WEBHOOK_')
                            GROUP BY 1, 2, 3) e
                  ON e.kind = x.kind AND e.said = x.said AND e.reason = x.reason
               WHERE x.n IS NULL OR c.n IS DISTINCT FROM x.n OR e.n IS NULL
              """),
          new Rule(
              "WEBHOOK_CONFIRMED",
              "推送地址由另一人确认后方可推送",
              "nothing was sent to a webhook that no second person confirmed",
              """
              SELECT w.webhook, w.maker, s.actor, a.attempts
                FROM webhook w
                LEFT JOIN webhook_step s ON s.bank = w.bank AND s.webhook = w.webhook
                     AND s.step = 'CONFIRMED'
                LEFT JOIN (SELECT webhook, count(*) AS attempts FROM webhook_attempt
                            WHERE bank = :bank GROUP BY 1) a ON a.webhook = w.webhook
               WHERE w.bank = :bank
                 AND (s.actor = w.maker OR s.nth <> 1 OR a.attempts > 0 AND s.actor IS NULL)
              """),
          new Rule(
              "WEBHOOK_WITHOUT_GAP",
              "对每个推送地址的推送首尾相接，不超过已有事件",
              "each delivery to a webhook begins where the last that it took ended, and none ends"
                  + " behind the last event",
              """
              SELECT x.webhook, x.attempt, x.after_seq, x.last_seq, x.before
                FROM (SELECT a.*, coalesce(max(a.last_seq) FILTER (WHERE a.failure IS NULL) OVER (
                               PARTITION BY a.webhook ORDER BY a.attempt
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), w.after_seq) AS before
                        FROM webhook_attempt a
                        LEFT JOIN webhook w USING (bank, webhook)
                       WHERE a.bank = :bank) x
               WHERE x.after_seq IS DISTINCT FROM x.before
                  OR x.last_seq > (SELECT coalesce(max(seq), 0) FROM event WHERE bank = :bank)
              """));
}
