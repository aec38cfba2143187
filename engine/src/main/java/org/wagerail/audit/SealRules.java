package org.wagerail.audit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows that came in by the million: their digests stand in events, which are chained. A digest is
 * of the rows as they were copied in; see {@link org.wagerail.bulk.BulkCopy.Rows#digestTo}.
 */
final class SealRules {
  private SealRules() {}

  private static final String PAYROLL =
      copied(
          "int4send(p.bank)",
          "int4send(p.pay_month)",
          "int8send(p.payroll)",
          "int4send(p.doc_month)",
          "int8send(p.document)",
          "textsend(p.message)",
          "textsend(p.initiator)",
          "textsend(p.msg_id)",
          "byteasend(p.content_hash)",
          "textsend(p.verdict)",
          "int8send(p.contractor)",
          "int4send(p.lines)",
          "int8send(p.total)",
          "textsend(p.findings)",
          "timestamptz_send(p.read_at)");

  private static final String BATCH =
      copied(
          "int4send(b.bank)",
          "int4send(b.pay_month)",
          "int8send(b.payroll)",
          "int4send(b.batch)",
          "textsend(b.pmt_inf_id)",
          "int8send(b.wage_book)",
          "int8send(b.project)",
          "int8send(b.firm)",
          "textsend(b.firm_code)",
          "date_send(b.pay_date)",
          "date_send(b.moved_from)",
          "boolsend(b.at_once)",
          "int4send(b.lines)",
          "int8send(b.total)");

  private static final String LINE =
      copied(
          "int4send(l.bank)",
          "int4send(l.pay_month)",
          "int8send(l.payroll)",
          "int4send(l.line)",
          "int4send(l.batch)",
          "int4send(l.period)",
          "textsend(l.run_type)",
          "int8send(l.party)",
          "int8send(l.worker_account)",
          "int8send(l.amount)",
          "textsend(l.verdict)",
          "textsend(l.checks)",
          "textsend(l.instr_id)",
          "textsend(l.end_to_end)",
          "byteasend(l.said)");

  private static final String RESULT =
      copied(
          "int4send(r.bank)",
          "int4send(r.pay_month)",
          "int8send(r.payment)",
          "int2send(r.stage)",
          "textsend(r.kind)",
          "textsend(r.reason)",
          "int4send(r.doc_month)",
          "int8send(r.document)",
          "textsend(r.subject)",
          "timestamptz_send(r.at)");

  /** A row's bytes in COPY's binary format. */
  private static String copied(String... columns) {
    return Stream.of(columns)
        .map(
            column ->
                "coalesce(int4send(octet_length(%1$s)) || %1$s, int4send(-1))".formatted(column))
        .collect(
            Collectors.joining(" || ", "int2send(%d::smallint) || ".formatted(columns.length), ""));
  }

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "PAYROLL_SEALED",
              "每份工资表及其各批与读入时封存的摘要一致，无一缺失",
              "every payroll and its batches are as they were sealed when they were read, and none"
                  + " is missing",
              """
              SELECT subject, p.sealed IS NULL AS missing
                FROM (SELECT 'payroll ' || p.pay_month || '/' || p.payroll AS subject,
                             encode(sha256(%1$s || coalesce(b.batches, ''::bytea)), 'hex') AS sealed
                        FROM payroll p
                        LEFT JOIN (
                          SELECT b.pay_month, b.payroll,
                                 string_agg(%2$s, ''::bytea ORDER BY b.batch) AS batches
                            FROM payroll_batch b WHERE b.bank = :bank GROUP BY 1, 2) b
                          ON b.pay_month = p.pay_month AND b.payroll = p.payroll
                       WHERE p.bank = :bank) p
                FULL JOIN (SELECT subject, detail AS sealed FROM event
                            WHERE bank = :bank AND kind = 'PAYROLL_SEALED') e USING (subject)
               WHERE p.sealed IS DISTINCT FROM e.sealed
              """
                  .formatted(PAYROLL, BATCH)),
          new Rule(
              "LINES_SEALED",
              "每段工资表明细与读入时封存的摘要一致，无一缺失",
              "every stretch of a payroll's lines is as it was sealed when it was read, and none is"
                  + " missing",
              """
              SELECT subject, l.sealed IS NULL AS missing
                FROM (SELECT 'payroll ' || k.pay_month || '/' || k.payroll || ' lines '
                               || k.first_line || ' to ' || k.last_line AS subject, s.sealed
                        FROM payroll_block k
                       CROSS JOIN LATERAL (
                         SELECT encode(sha256(string_agg(%s, ''::bytea ORDER BY l.line)), 'hex')
                                  AS sealed
                           FROM payroll_line l
                          WHERE l.bank = k.bank AND l.pay_month = k.pay_month
                            AND l.payroll = k.payroll
                            AND l.line BETWEEN k.first_line AND k.last_line) s
                       WHERE k.bank = :bank) l
                FULL JOIN (SELECT subject, detail AS sealed FROM event
                            WHERE bank = :bank AND kind = 'LINES_SEALED') e USING (subject)
               WHERE l.sealed IS DISTINCT FROM e.sealed
              """
                  .formatted(LINE)),
          new Rule(
              "ANSWERS_SEALED",
              "每组清算答复与收到时封存的摘要一致，无一缺失",
              "every set of clearing's answers is as it was sealed when it came, and none is"
                  + " missing",
              """
              SELECT subject, r.sealed, e.sealed AS told
                FROM (SELECT split_part(r.subject, '/', 1) AS subject,
                             count(*) || ' payments ' || encode(sha256(string_agg(
                               %s, ''::bytea ORDER BY r.pay_month, r.payment, r.stage)), 'hex')
                               AS sealed
                        FROM payment_result r WHERE r.bank = :bank GROUP BY 1) r
                FULL JOIN (SELECT subject, detail AS sealed FROM event
                            WHERE bank = :bank AND kind = 'CLEARING_ANSWERED') e USING (subject)
               WHERE r.sealed IS DISTINCT FROM e.sealed
              """
                  .formatted(RESULT)));
}
