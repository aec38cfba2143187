package org.wagerail.ops.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of a payday, read from the rows of one bank. Amounts in minor units. */
public final class Results {
  /** How many, and how much in all. */
  public record Sum(long count, long amount) {
    static final Sum NOTHING = new Sum(0, 0);

    Sum and(Sum other) {
      return new Sum(count + other.count, amount + other.amount);
    }
  }

  /** What a wage can have come to. */
  public enum Measure {
    /** What the payrolls that could be read asked for. */
    ASKED,
    REFUSED,
    HELD,
    /** Sent to clearing, in full or in part. */
    PAID,
    /** To be paid, but short of money: the part that was not sent. */
    UNPAID,
    SETTLED,
    REJECTED,
    RETURNED,
    /** Sent, and clearing has said nothing. */
    OPEN
  }

  /** One project's payday. */
  public record OfProject(
      String code, String name, String account, long balance, Map<Measure, Sum> sums) {
    public Sum sum(Measure measure) {
      return sums.getOrDefault(measure, Sum.NOTHING);
    }
  }

  /** A run and what it was decided to pay. */
  public record Run(String project, String outcome, long needed, long available, long paid) {}

  /** Lines that are not paid, by the checks they failed. */
  public record Failed(String verdict, String checks, long lines, long amount) {}

  /** A file that was refused as a whole; findings are JSON. */
  public record RefusedFile(String name, String findings) {}

  /** How many messages of a kind came in or went out. */
  public record Messages(boolean inbound, String kind, long count) {}

  private static final String LINES =
      """
      SELECT b.project, count(*), sum(l.amount), l.verdict
        FROM payroll_line l JOIN payroll_batch b USING (bank, pay_month, payroll, batch)
       WHERE l.bank = ? GROUP BY b.project, l.verdict
      """;

  private static final String UNPAID =
      """
      SELECT b.project, count(*), sum(l.amount - coalesce(x.paid, 0))
        FROM payroll_line l JOIN payroll_batch b USING (bank, pay_month, payroll, batch)
        LEFT JOIN LATERAL (SELECT sum(p.amount) AS paid FROM payment p
                            WHERE p.bank = l.bank AND p.pay_month = l.pay_month
                              AND p.payroll = l.payroll AND p.line = l.line) x ON true
       WHERE l.bank = ? AND l.verdict = 'PAY' AND l.amount > coalesce(x.paid, 0)
       GROUP BY b.project
      """;

  private static final String PAYMENTS =
      """
      SELECT w.project, coalesce(r.kind, f.kind, 'OPEN'), count(*), sum(p.amount)
        FROM payment p JOIN wage_book w USING (bank, wage_book)
        LEFT JOIN payment_result f ON f.bank = p.bank AND f.pay_month = p.pay_month
             AND f.payment = p.payment AND f.stage = 1
        LEFT JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
             AND r.payment = p.payment AND r.stage = 2
       WHERE p.bank = ? GROUP BY 1, 2
      """;

  private final JdbcClient jdbc;
  private final int bank;

  public Results(JdbcClient jdbc, int bank) {
    this.jdbc = jdbc;
    this.bank = bank;
  }

  /** The projects in the order of their codes' numbers. */
  public List<OfProject> projects() {
    var sums = new TreeMap<Long, Map<Measure, Sum>>();
    jdbc.sql(LINES)
        .param(bank)
        .query(
            row -> {
              var sum = new Sum(row.getLong(2), row.getLong(3));
              add(sums, row.getLong(1), Measure.ASKED, sum);
              switch (row.getString(4)) {
                case "REFUSE" -> add(sums, row.getLong(1), Measure.REFUSED, sum);
                case "HOLD" -> add(sums, row.getLong(1), Measure.HELD, sum);
                default -> {
                  // What is to be paid is counted by its payments.
                }
              }
            });
    jdbc.sql(UNPAID)
        .param(bank)
        .query(
            row -> {
              add(sums, row.getLong(1), Measure.UNPAID, new Sum(row.getLong(2), row.getLong(3)));
            });
    jdbc.sql(PAYMENTS)
        .param(bank)
        .query(
            row -> {
              var sum = new Sum(row.getLong(3), row.getLong(4));
              add(sums, row.getLong(1), Measure.PAID, sum);
              add(sums, row.getLong(1), Measure.valueOf(row.getString(2)), sum);
            });
    return jdbc.sql(
            """
            SELECT p.project, p.code, p.name, s.number, b.balance
              FROM project p JOIN wage_book w USING (bank, project)
              JOIN special_account s USING (bank, special_account)
              JOIN account_balance b ON b.bank = w.bank AND b.account = w.wage_book
             WHERE p.bank = ? ORDER BY p.project
            """)
        .param(bank)
        .query(
            (row, _) ->
                new OfProject(
                    Objects.requireNonNull(row.getString(2)),
                    Objects.requireNonNull(row.getString(3)),
                    Objects.requireNonNull(row.getString(4)),
                    row.getLong(5),
                    sums.getOrDefault(row.getLong(1), Map.of())))
        .list();
  }

  private static void add(
      Map<Long, Map<Measure, Sum>> sums, long project, Measure measure, Sum sum) {
    sums.computeIfAbsent(project, _ -> new TreeMap<>()).merge(measure, sum, Sum::and);
  }

  /** The runs, oldest first. */
  public List<Run> runs() {
    return jdbc.sql(
            """
            SELECT p.code AS project, r.outcome, r.needed, r.available, r.paid
              FROM pay_run r JOIN wage_book w USING (bank, wage_book) JOIN project p USING (bank, project)
             WHERE r.bank = ? ORDER BY r.pay_month, r.run
            """)
        .param(bank)
        .query(Run.class)
        .list();
  }

  /** Lines refused and held, refusals first. */
  public List<Failed> failed() {
    return jdbc.sql(
            """
            SELECT verdict, checks, count(*) AS lines, sum(amount)::bigint AS amount FROM payroll_line
             WHERE bank = ? AND verdict <> 'PAY' GROUP BY verdict, checks
             ORDER BY verdict DESC, count(*) DESC, checks
            """)
        .param(bank)
        .query(Failed.class)
        .list();
  }

  /** Payroll files that were refused as a whole. */
  public List<RefusedFile> refusedFiles() {
    return jdbc.sql(
            """
            SELECT d.name, p.findings FROM payroll p
              JOIN inbound_document d ON d.bank = p.bank AND d.month = p.doc_month
                   AND d.document = p.document
             WHERE p.bank = ? AND p.verdict = 'REFUSED' ORDER BY p.payroll
            """)
        .param(bank)
        .query(RefusedFile.class)
        .list();
  }

  /** Messages by kind, inbound first. */
  public List<Messages> messages() {
    return jdbc.sql(
            """
            SELECT true AS inbound, message AS kind, count(*) AS count FROM inbound_document
             WHERE bank = :bank GROUP BY 2
            UNION ALL
            SELECT false, kind, count(*) FROM outbound_message WHERE bank = :bank GROUP BY 2
            ORDER BY 1 DESC, 2
            """)
        .param("bank", bank)
        .query(Messages.class)
        .list();
  }

  /** Documents that came once more. */
  public int repeated() {
    return jdbc.sql("SELECT count(*) FROM inbound_repeat WHERE bank = ?")
        .param(bank)
        .query(Integer.class)
        .single();
  }
}
