package org.wagerail.audit;

import java.util.List;

/** What contractors' files say, read again, against the rows; see {@link Said}. */
final class SaidRules {
  private SaidRules() {}

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "PAYROLL_AS_SAID",
              "每份已读工资表重读其原文件，内容摘要、标识、行数与总额一致",
              "every payroll that was read says the same when its file is read again: content,"
                  + " identification, lines and total",
              """
              SELECT s.pay_month, s.payroll, s.lines IS NULL AS unreadable, p.lines, s.lines AS said,
                     p.total, s.total AS said_total
                FROM said_payroll s
                JOIN payroll p ON p.bank = :bank AND p.pay_month = s.pay_month
                     AND p.payroll = s.payroll
               WHERE (p.initiator, p.msg_id, p.content_hash, p.lines, p.total)
                     IS DISTINCT FROM (s.initiator, s.msg_id, s.content_hash, s.lines, s.total)
              """),
          new Rule(
              "BATCH_AS_SAID",
              "每批与原文件一致：标识、专户、项目、企业、发薪日、行数与金额",
              "every batch is as its file says: identification, account, project, firm, pay date,"
                  + " lines and total",
              """
              SELECT pay_month, payroll, batch, b.wage_book, b.pay_date, s.pay_date AS said
                FROM (
                  SELECT b.*, a.number, j.code
                    FROM said_payroll x
                    JOIN payroll_batch b ON b.bank = :bank AND b.pay_month = x.pay_month
                         AND b.payroll = x.payroll
                    LEFT JOIN wage_book w ON w.bank = b.bank AND w.wage_book = b.wage_book
                    LEFT JOIN special_account a ON a.bank = w.bank
                         AND a.special_account = w.special_account
                    LEFT JOIN project j ON j.bank = w.bank AND j.project = w.project
                   WHERE x.lines IS NOT NULL) b
                FULL JOIN said_batch s USING (pay_month, payroll, batch)
               WHERE (b.pmt_inf_id, b.firm_code, coalesce(b.moved_from, b.pay_date), b.lines, b.total)
                     IS DISTINCT FROM (s.pmt_inf_id, s.firm_code, s.pay_date, s.lines, s.total)
                  OR b.wage_book IS NOT NULL AND (b.number, b.code)
                     IS DISTINCT FROM (s.account, s.project)
              """),
          new Rule(
              "LINE_AS_SAID",
              "每行与原文件一致：批次、标识、金额、期间与种类；应付行的账户即文件所列账户且属该工人",
              "every line is as its file says: batch, identifications, amount, period and kind; one"
                  + " to be paid goes to the account it names, and to that account's worker",
              """
              SELECT pay_month, payroll, line, l.amount, s.amount AS said, l.verdict
                FROM (
                  SELECT l.*, a.blind, a.party AS holder
                    FROM said_payroll x
                    JOIN payroll_line l ON l.bank = :bank AND l.pay_month = x.pay_month
                         AND l.payroll = x.payroll
                    LEFT JOIN worker_account a ON a.bank = l.bank
                         AND a.worker_account = l.worker_account
                   WHERE x.lines IS NOT NULL) l
                FULL JOIN (
                  SELECT s.* FROM said_line s JOIN said_payroll x USING (pay_month, payroll)
                   WHERE x.lines IS NOT NULL) s USING (pay_month, payroll, line)
               WHERE (l.batch, l.instr_id, l.end_to_end, l.amount, l.run_type)
                     IS DISTINCT FROM (s.batch, s.instr_id, s.end_to_end, s.amount, s.run_type)
                  OR l.period NOT IN (0, s.period)
                  OR l.verdict = 'PAY' AND (l.blind, l.holder) IS DISTINCT FROM (s.account, l.party)
              """));
}
