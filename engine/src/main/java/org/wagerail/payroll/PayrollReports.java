package org.wagerail.payroll;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Outbox;

/** What a contractor is to be told of a payroll, and when. */
@Component
public class PayrollReports {
  /** The occasions on which a payroll is reported. */
  public enum Occasion {
    /** It was read: what is refused and held. */
    RECEIVED,
    /** Its run was short of money: what is not paid. */
    SHORT,
    /** Clearing has answered every payment made so far: each line. */
    ANSWERED
  }

  /**
   * A payroll with something to report.
   *
   * @param subject what outbound messages call this report; it is made once
   * @param findings of a refused file, JSON; empty when it was read
   */
  public record Reportable(
      int bank,
      int month,
      long payroll,
      Occasion occasion,
      String subject,
      long document,
      String message,
      String msgId,
      int lines,
      long total,
      String findings) {}

  /**
   * A batch and its declared totals, minor units.
   *
   * @param movedFrom the pay date that the file named, when it is a rest day
   */
  public record Batch(
      int batch,
      String pmtInfId,
      int lines,
      long total,
      LocalDate payDate,
      @Nullable LocalDate movedFrom) {}

  /**
   * A line as it stands.
   *
   * @param verdict PAY, HOLD or REFUSE, or REFUSE of a later decision
   * @param checks names of failed checks
   * @param amount minor units
   * @param standing sum of the payments that did not come back, minor units
   * @param payments how many
   * @param settled how many settled and did not come back
   * @param rejected how many were rejected
   * @param returned how many came back
   * @param reason of a rejection or return
   * @param decided whether a run has decided about it
   */
  public record Line(
      int batch,
      int line,
      @Nullable String instrId,
      String endToEnd,
      String verdict,
      @Nullable String checks,
      long amount,
      long standing,
      int payments,
      int settled,
      int rejected,
      int returned,
      @Nullable String reason,
      boolean decided) {}

  private static final String FIELDS =
      "p.bank, p.pay_month AS month, p.payroll, '%s' AS occasion, %s AS subject, p.document,"
          + " p.message, p.msg_id, p.lines, p.total, p.findings";

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final Outbox outbox;

  PayrollReports(JdbcClient jdbc, KeyLookups keyLookups, Outbox outbox) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.outbox = outbox;
  }

  /** Payrolls that were read or refused and that nobody has told of. */
  public List<Reportable> received(int bank) {
    return jdbc.sql(
            "SELECT "
                + FIELDS.formatted("RECEIVED", "'received ' || p.pay_month || '/' || p.payroll")
                + """
                  FROM payroll p
                  JOIN inbound_done d ON d.bank = p.bank AND d.month = p.doc_month
                       AND d.document = p.document
                 WHERE p.bank = ?
                   AND NOT EXISTS (SELECT 1 FROM outbound_message m
                                    WHERE m.bank = p.bank AND m.answers = p.document)
                 ORDER BY p.pay_month, p.payroll
                """)
        .param(bank)
        .query(Reportable.class)
        .list();
  }

  /** Payrolls of runs that were short at a cut-off. */
  public List<Reportable> shortAt(int bank, Instant cutOff) {
    return jdbc.sql(
            "SELECT DISTINCT "
                + FIELDS.formatted(
                    "SHORT", "'short ' || p.pay_month || '/' || p.payroll || ' run ' || r.run")
                + """
                  FROM pay_run r
                  JOIN run_batch b ON b.bank = r.bank AND b.pay_month = r.pay_month AND b.run = r.run
                  JOIN payroll p ON p.bank = b.bank AND p.pay_month = b.payroll_month
                       AND p.payroll = b.payroll
                 WHERE r.bank = ? AND r.decided_at = ? AND r.outcome <> 'FULL'
                   AND NOT EXISTS (SELECT 1 FROM outbound_message m WHERE m.bank = p.bank
                          AND m.subject = 'short ' || p.pay_month || '/' || p.payroll || ' run ' || r.run)
                 ORDER BY p.pay_month, p.payroll
                """)
        .params(bank, java.sql.Timestamp.from(cutOff))
        .query(Reportable.class)
        .list();
  }

  /**
   * Payrolls whose payments so far are all answered, and that were not told of since the last
   * answer: a wage that comes back later is told of once more.
   */
  public List<Reportable> answered(int bank) {
    return jdbc.sql(
            """
            WITH answered AS MATERIALIZED (
              SELECT pay_month, payroll,
                     'answered ' || pay_month || '/' || payroll || ' results ' || sum(results)
                       AS subject
                FROM payroll_answer WHERE bank = ? GROUP BY 1, 2),
            untold AS MATERIALIZED (
              SELECT a.* FROM answered a
               WHERE NOT EXISTS (SELECT 1 FROM outbound_message m
                                  WHERE m.bank = ? AND m.subject = a.subject))
            SELECT
            """
                + FIELDS.formatted("ANSWERED", "u.subject")
                + """
                  FROM untold u
                  JOIN payroll p ON p.bank = ? AND p.pay_month = u.pay_month AND p.payroll = u.payroll
                 WHERE NOT EXISTS (
                       SELECT 1 FROM payment x
                        WHERE x.bank = p.bank AND x.pay_month = p.pay_month AND x.payroll = p.payroll
                          AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = x.bank
                                 AND r.pay_month = x.pay_month AND r.payment = x.payment))
                 ORDER BY p.pay_month, p.payroll
                """)
        .params(bank, bank, bank)
        .query(Reportable.class)
        .list();
  }

  /** Lines of a batch that are to be paid, and their sum in minor units. */
  public record ToPay(int batch, int lines, long sum) {}

  /**
   * What a report begins with.
   *
   * @param batches in order
   * @param toPay of a payroll that was just read; else nothing
   */
  public record Outline(List<Batch> batches, List<ToPay> toPay) {}

  /** The outlines of payrolls that are reported on one occasion, in their order. */
  public List<Outline> outlines(int bank, List<Reportable> payrolls) {
    var outlines = new ArrayList<Outline>(payrolls.size());
    payrolls.forEach(_ -> outlines.add(new Outline(new ArrayList<>(), new ArrayList<>())));
    jdbc.sql(
            """
            SELECT q.n, b.batch, b.pmt_inf_id, b.lines, b.total, b.pay_date, b.moved_from
              FROM unnest(?, ?) WITH ORDINALITY AS q (month, payroll, n)
              JOIN payroll_batch b ON b.bank = ? AND b.pay_month = q.month AND b.payroll = q.payroll
             ORDER BY q.n, b.batch
            """)
        .params(months(payrolls), numbers(payrolls), bank)
        .query(
            row -> {
              outlines
                  .get(row.getInt(1) - 1)
                  .batches()
                  .add(
                      new Batch(
                          row.getInt(2),
                          row.getString(3),
                          row.getInt(4),
                          row.getLong(5),
                          row.getObject(6, LocalDate.class),
                          row.getObject(7, LocalDate.class)));
            });
    if (!justRead(payrolls)) {
      return outlines;
    }
    jdbc.sql(
            """
            SELECT q.n, l.* FROM unnest(?, ?) WITH ORDINALITY AS q (month, payroll, n)
             CROSS JOIN LATERAL (
                   SELECT batch, count(*)::integer, sum(amount)::bigint FROM payroll_line
                    WHERE bank = ? AND pay_month = q.month AND payroll = q.payroll
                      AND verdict = 'PAY' GROUP BY batch) l
            """)
        .params(months(payrolls), numbers(payrolls), bank)
        .query(
            row -> {
              outlines
                  .get(row.getInt(1) - 1)
                  .toPay()
                  .add(new ToPay(row.getInt(2), row.getInt(3), row.getLong(4)));
            });
    return outlines;
  }

  /** The documents of payrolls, in their order. */
  public List<InboundDocument> documents(int bank, List<Reportable> payrolls) {
    return jdbc.sql(
            """
            SELECT d.bank, d.month, d.document, d.sender, d.name, d.message, d.hash, d.size
              FROM unnest(?, ?) WITH ORDINALITY AS q (month, payroll, n)
              JOIN payroll p ON p.bank = ? AND p.pay_month = q.month AND p.payroll = q.payroll
              JOIN inbound_document d ON d.bank = p.bank AND d.month = p.doc_month
                   AND d.document = p.document
             ORDER BY q.n
            """)
        .params(months(payrolls), numbers(payrolls), bank)
        .query(InboundDocument.class)
        .list();
  }

  private static boolean justRead(List<Reportable> payrolls) {
    return payrolls.getFirst().occasion() == Occasion.RECEIVED;
  }

  private static Integer[] months(List<Reportable> payrolls) {
    return payrolls.stream().map(Reportable::month).toArray(Integer[]::new);
  }

  private static Long[] numbers(List<Reportable> payrolls) {
    return payrolls.stream().map(Reportable::payroll).toArray(Long[]::new);
  }

  /**
   * Reads the lines of payrolls that are reported on one occasion, in order, as a stream: of those
   * that were just read, the lines that are not to be paid.
   *
   * @param to hears each line with the place of its payroll in the list
   */
  @Transactional(readOnly = true)
  public void lines(int bank, List<Reportable> payrolls, BiConsumer<Integer, Line> to) {
    keyLookups.only();
    jdbc.sql(justRead(payrolls) ? LINES_NOT_TO_PAY : LINES)
        .params(months(payrolls), numbers(payrolls), bank)
        .withFetchSize(FETCH)
        .query(
            row -> {
              to.accept(
                  row.getInt(1) - 1,
                  new Line(
                      row.getInt(2),
                      row.getInt(3),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6),
                      row.getString(7),
                      row.getLong(8),
                      row.getLong(9),
                      row.getInt(10),
                      row.getInt(11),
                      row.getInt(12),
                      row.getInt(13),
                      row.getString(14),
                      row.getBoolean(15)));
            });
  }

  private static final int FETCH = 2_000;

  private static final String LINES_NOT_TO_PAY =
      """
      SELECT q.n, l.batch, l.line, l.instr_id, l.end_to_end, l.verdict, l.checks, l.amount,
             0, 0, 0, 0, 0, NULL, false
        FROM unnest(?, ?) WITH ORDINALITY AS q (month, payroll, n)
        JOIN payroll_line l ON l.bank = ? AND l.pay_month = q.month AND l.payroll = q.payroll
       WHERE l.verdict <> 'PAY'
       ORDER BY q.n, l.line
      """;

  private static final String LINES =
      """
      SELECT q.n, l.batch, l.line, l.instr_id, l.end_to_end,
             coalesce((SELECT d.verdict FROM line_decision d WHERE d.bank = l.bank
                          AND d.pay_month = l.pay_month AND d.payroll = l.payroll AND d.line = l.line
                          AND d.verdict <> 'REPAY' ORDER BY d.decision DESC LIMIT 1), l.verdict),
             l.checks, l.amount,
             coalesce(x.standing, 0), coalesce(x.payments, 0), coalesce(x.settled, 0),
             coalesce(x.rejected, 0), coalesce(x.returned, 0), x.reason,
             EXISTS (SELECT 1 FROM run_batch b WHERE b.bank = l.bank AND b.payroll = l.payroll
                        AND b.batch = l.batch)
        FROM unnest(?, ?) WITH ORDINALITY AS q (month, payroll, n)
        JOIN payroll_line l ON l.bank = ? AND l.pay_month = q.month AND l.payroll = q.payroll
        LEFT JOIN LATERAL (
               SELECT sum(p.amount) FILTER (WHERE r.kind IS NULL
                                              AND f.kind IS DISTINCT FROM 'REJECTED') AS standing,
                      count(*) AS payments,
                      count(*) FILTER (WHERE f.kind = 'SETTLED' AND r.kind IS NULL) AS settled,
                      count(*) FILTER (WHERE f.kind = 'REJECTED') AS rejected,
                      count(r.kind) AS returned, max(coalesce(r.reason, f.reason)) AS reason
                 FROM payment p
                 LEFT JOIN payment_result f ON f.bank = p.bank AND f.pay_month = p.pay_month
                      AND f.payment = p.payment AND f.stage = 1
                 LEFT JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                      AND r.payment = p.payment AND r.stage = 2
                WHERE p.bank = l.bank AND p.pay_month = l.pay_month AND p.payroll = l.payroll
                  AND p.line = l.line) x ON true
       ORDER BY q.n, l.line
      """;

  /** Puts reports out; their bytes are kept already. */
  @Transactional
  public void told(int bank, int month, Instant at, List<Outbox.OutboundMessage> reports) {
    outbox.put(bank, month, at, reports);
  }
}
