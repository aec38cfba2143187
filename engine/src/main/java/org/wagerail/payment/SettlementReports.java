package org.wagerail.payment;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;

/**
 * Clearing's own report of a day: what it settled, and what went back. First what it settles and
 * nobody has answered yet is booked as settled; then it is compared, as a set, with the payments of
 * its day. What differs is an exception. That something is not in it is no verdict on a payment.
 */
@Component
public class SettlementReports {
  /**
   * What a report says of itself, minor units.
   *
   * @param statement its own identification
   * @param settled sum of what it says was settled
   * @param returned sum of what it says went back
   */
  public record Header(String statement, LocalDate day, int items, long settled, long returned) {}

  /**
   * One transaction of a report.
   *
   * @param amount minor units, -1 for what is no amount in cents of CNY
   * @param returned whether it went back
   */
  public record Item(String txId, long amount, boolean returned) {}

  /** A report that was read. */
  public record Report(int month, long report) {}

  /** Some of a report's items, by their places. */
  public record Stretch(int month, long report, int first, int last, InboundDocument document) {
    /** How many items. */
    public int items() {
      return last - first + 1;
    }
  }

  /**
   * What the comparison came to.
   *
   * @param agreed items that say what we say
   * @param differences of which an exception tells, new or not
   */
  public record Comparison(int agreed, int differences) {}

  private static final int STRETCH = 10_000;

  private final JdbcClient jdbc;
  private final BulkCopy bulk;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;
  private final Inbox inbox;
  private final Clearing clearing;
  private final Exceptions exceptions;

  SettlementReports(
      JdbcClient jdbc,
      BulkCopy bulk,
      Months months,
      Numbers numbers,
      EventLog events,
      Inbox inbox,
      Clearing clearing,
      Exceptions exceptions) {
    this.jdbc = jdbc;
    this.bulk = bulk;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
    this.inbox = inbox;
    this.clearing = clearing;
    this.exceptions = exceptions;
  }

  /**
   * Takes a report whole. One transaction: a report that was cut off is read from its beginning.
   */
  @Transactional
  public void take(
      int bank, Instant at, InboundDocument document, Header header, Iterator<Item> items) {
    int month = header.day().getYear() * 100 + header.day().getMonthValue();
    months.open(month);
    long report = numbers.take(bank, "settlement_report", 1);
    bulk.copy(
        "settlement_item",
        "bank, month, report, item, tx_id, pay_month, payment, amount, returned",
        rows -> {
          for (int nth = 1; items.hasNext(); nth++) {
            var item = items.next();
            var id = TxId.read(item.txId());
            int place = nth;
            rows.row(
                row ->
                    row.integer(bank)
                        .integer(month)
                        .bigint(report)
                        .integer(place)
                        .text(item.txId())
                        .integer(id == null ? 0 : id.month())
                        .bigint(id == null ? 0 : id.payment())
                        .bigint(item.amount())
                        .flag(item.returned()));
          }
        });
    jdbc.sql(
            """
            INSERT INTO settlement_report (bank, month, report, doc_month, document, statement, day,
                                           items, settled, returned, read_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            month,
            report,
            document.month(),
            document.document(),
            header.statement(),
            java.sql.Date.valueOf(header.day()),
            header.items(),
            header.settled(),
            header.returned(),
            Timestamp.from(at))
        .update();
    inbox.done(at, "READ", List.of(document));
    events.append(
        bank,
        at,
        List.of(
            new EventLog.Event(
                "SETTLEMENT_REPORTED",
                "report " + month + "/" + report,
                header.day() + " " + header.items() + " items")));
  }

  /** The items of reports that are not compared yet, in stretches. */
  public List<Stretch> uncompared(int bank) {
    var stretches = new ArrayList<Stretch>();
    jdbc.sql(
            """
            SELECT r.month, r.report, r.items, d.month AS doc_month, d.document, d.name, d.message,
                   d.hash, d.size
              FROM settlement_report r
              JOIN inbound_document d ON d.bank = r.bank AND d.month = r.doc_month
                   AND d.document = r.document
             WHERE r.bank = ?
               AND NOT EXISTS (SELECT 1 FROM settlement_compared c WHERE c.bank = r.bank
                                  AND c.month = r.month AND c.report = r.report)
             ORDER BY r.report
            """)
        .param(bank)
        .query(
            row -> {
              var document =
                  new InboundDocument(
                      bank,
                      row.getInt("doc_month"),
                      row.getLong("document"),
                      Sender.CLEARING,
                      row.getString("name"),
                      row.getString("message"),
                      row.getBytes("hash"),
                      row.getLong("size"));
              int items = row.getInt("items");
              for (int first = 1; first <= items; first += STRETCH) {
                stretches.add(
                    new Stretch(
                        row.getInt("month"),
                        row.getLong("report"),
                        first,
                        Math.min(items, first + STRETCH - 1),
                        document));
              }
            });
    return stretches;
  }

  /**
   * Books as settled what a stretch of a report settles, at our amount, and no answer has told of
   * yet. Nothing settles before its day, and no report knows of tomorrow.
   *
   * @return how many payments
   */
  @Transactional
  public int settle(int bank, LocalDate businessDate, Instant at, Stretch stretch) {
    var replies =
        jdbc
            .sql(
                """
                SELECT i.tx_id
                  FROM settlement_item i
                  JOIN settlement_report t USING (bank, month, report)
                  JOIN payment p ON p.bank = i.bank AND p.pay_month = i.pay_month
                       AND p.payment = i.payment AND p.amount = i.amount
                 WHERE t.day >= (SELECT g.settlement_date FROM package g
                                  WHERE g.bank = p.bank AND g.pay_month = p.pay_month
                                    AND g.package <= p.payment
                                  ORDER BY g.package DESC LIMIT 1)
                   AND t.day <= ? AND i.bank = ? AND i.month = ? AND i.report = ? AND i.item BETWEEN ? AND ?
                   AND NOT i.returned
                   AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                      AND r.pay_month = p.pay_month AND r.payment = p.payment)
                 ORDER BY i.item
                """)
            .params(
                businessDate,
                bank,
                stretch.month(),
                stretch.report(),
                stretch.first(),
                stretch.last())
            .query(String.class)
            .list()
            .stream()
            .<ClearingReply>map(id -> new ClearingReply.Settlement(id, null))
            .toList();
    return replies.isEmpty()
        ? 0
        : clearing
            .take(
                bank,
                businessDate,
                at,
                List.of(new Clearing.Part(stretch.document(), replies, false)))
            .settled();
  }

  /** Reports that are read, and not compared. */
  public List<Report> open(int bank) {
    return jdbc.sql(
            """
            SELECT r.month, r.report FROM settlement_report r
             WHERE r.bank = ?
               AND NOT EXISTS (SELECT 1 FROM settlement_compared c WHERE c.bank = r.bank
                                  AND c.month = r.month AND c.report = r.report)
             ORDER BY r.report
            """)
        .param(bank)
        .query(Report.class)
        .list();
  }

  /**
   * What a report and our payments of its day say differently: first by its items, then what we
   * hold for settled, or do not know, and it does not name.
   */
  private static final String DIFFERENCES =
      """
      WITH item AS MATERIALIZED (
        SELECT i.*, p.amount AS ours, f.kind AS final, b.kind AS back,
               f.kind IS NULL AND b.kind IS NULL AND p.payment IS NOT NULL AS unsettled,
               EXISTS (SELECT 1 FROM settlement_item o WHERE o.bank = i.bank
                          AND o.pay_month = i.pay_month AND o.payment = i.payment
                          AND NOT o.returned
                          AND (o.report < i.report OR o.report = i.report AND o.item < i.item))
                 AS before
          FROM settlement_item i
          LEFT JOIN payment p ON p.bank = i.bank AND p.pay_month = i.pay_month
               AND p.payment = i.payment
          LEFT JOIN payment_result f ON f.bank = i.bank AND f.pay_month = i.pay_month
               AND f.payment = i.payment AND f.stage = 1
          LEFT JOIN payment_result b ON b.bank = i.bank AND b.pay_month = i.pay_month
               AND b.payment = i.payment AND b.stage = 2
         WHERE i.bank = :bank AND i.month = :month AND i.report = :report),
      judged AS (
        SELECT item, tx_id, returned,
               CASE WHEN ours IS NULL THEN 'UNKNOWN_PAYMENT'
                    WHEN amount <> ours THEN 'AMOUNT_DIFFERS'
                    WHEN returned THEN CASE WHEN back IS NULL THEN 'RETURN_NOT_TOLD' END
                    WHEN before THEN 'REPORTED_TWICE'
                    WHEN final = 'REJECTED' THEN 'CONTRADICTION'
                    WHEN unsettled THEN 'REFERENCE_DIFFERS' END AS difference
          FROM item)
      SELECT tx_id, CASE WHEN returned THEN 'REPORTED_RETURN' ELSE 'REPORTED' END AS said,
             difference, item::bigint AS place
        FROM judged
      UNION ALL
      SELECT p.pay_month || lpad(p.payment::text, 10, '0'),
             CASE WHEN f.kind IS NULL AND b.kind IS NULL THEN 'UNKNOWN' ELSE 'SETTLED' END,
             'NOT_REPORTED', 10000000000 + p.payment
        FROM settlement_report r
        JOIN package g ON g.bank = r.bank AND g.settlement_date = r.day
        JOIN payment p ON p.bank = g.bank AND p.pay_month = g.pay_month
             AND p.payment BETWEEN g.package AND g.last_payment
        LEFT JOIN payment_result f ON f.bank = p.bank AND f.pay_month = p.pay_month
             AND f.payment = p.payment AND f.stage = 1
        LEFT JOIN payment_result b ON b.bank = p.bank AND b.pay_month = p.pay_month
             AND b.payment = p.payment AND b.stage = 2
       WHERE r.bank = :bank AND r.month = :month AND r.report = :report
         AND (f.kind = 'SETTLED' OR b.kind = 'RETURNED'
              OR f.kind IS NULL AND EXISTS (
                   SELECT 1 FROM payment_unknown u WHERE u.bank = p.bank
                      AND u.pay_month = p.pay_month AND u.payment = p.payment))
         AND NOT EXISTS (SELECT 1 FROM settlement_item i WHERE i.bank = p.bank
                            AND i.pay_month = p.pay_month AND i.payment = p.payment
                            AND NOT i.returned)
       ORDER BY place
      """;

  /** Compares a report with our payments of its day, as a set. */
  @Transactional
  public Comparison compare(int bank, Instant at, Report report) {
    // Answers must not come between the look and the exceptions.
    Clearing.lock(jdbc, bank);
    record Document(int month, long document) {}
    var document =
        jdbc.sql(
                "SELECT doc_month AS month, document FROM settlement_report"
                    + " WHERE bank = ? AND month = ? AND report = ?")
            .params(bank, report.month(), report.report())
            .query(Document.class)
            .single();
    var agreed = new int[1];
    var problems = new ArrayList<Exceptions.Problem>();
    jdbc.sql(DIFFERENCES)
        .param("bank", bank)
        .param("month", report.month())
        .param("report", report.report())
        .withFetchSize(STRETCH)
        .query(
            row -> {
              var difference = row.getString(3);
              if (difference == null) {
                agreed[0]++;
              } else {
                problems.add(
                    new Exceptions.Problem(
                        ClearingDecision.Kind.valueOf(difference),
                        row.getString(1),
                        row.getString(2),
                        null,
                        document.month(),
                        document.document()));
              }
            });
    var told = new ArrayList<>(exceptions.open(bank, at, problems));
    jdbc.sql(
            """
            INSERT INTO settlement_compared (bank, month, report, agreed, differences, compared_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank, report.month(), report.report(), agreed[0], problems.size(), Timestamp.from(at))
        .update();
    told.add(
        new EventLog.Event(
            "SETTLEMENT_COMPARED",
            "report " + report.month() + "/" + report.report(),
            agreed[0] + " agree, " + problems.size() + " differ"));
    events.append(bank, at, told);
    return new Comparison(agreed[0], problems.size());
  }
}
