package org.wagerail.payroll;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.payment.TxId;
import org.wagerail.project.Masks;
import org.wagerail.project.Payees;
import org.wagerail.secrecy.Vault;

/**
 * How payrolls, their lines, runs and payments stand, for those who ask. Persons are shown masked.
 * A page begins behind the last row of the one before it, so that rows that come in meanwhile shift
 * nothing.
 */
@Component
@Transactional(readOnly = true)
public class Standings {
  /** A payroll, by the document it came as. */
  public record PayrollKey(int month, long document) {}

  /** How far a payroll is. */
  public enum State {
    /** Its bytes are kept; nobody has read them yet. */
    RECEIVED,
    /** It was refused as a whole. */
    REFUSED,
    /** It said what another file had said before; that one counts. */
    REPEATED,
    /** It was read; nobody has signed it. */
    READ,
    /** One person has signed it. */
    SIGNED,
    /** Two persons have signed it; it waits for the cut-off. */
    RELEASED,
    /** A run has decided about it; payments may be under way. */
    DECIDED,
    /** Clearing has answered every payment made so far. */
    ANSWERED
  }

  /**
   * A payroll.
   *
   * @param name as the sender called the file
   * @param month of pay, 0 until it is read
   * @param payroll its number, 0 until it is read
   * @param contentHash what a release signs; null until it is read
   * @param lines as many as the file has
   * @param total minor units
   * @param findings of a refused file, JSON; empty otherwise
   * @param signatures how many persons have signed
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Payroll(
      PayrollKey key,
      State state,
      String name,
      String message,
      Instant receivedAt,
      int month,
      long payroll,
      String msgId,
      byte @Nullable [] contentHash,
      int lines,
      long total,
      String findings,
      int signatures) {}

  /** Lines of one verdict; sum in minor units. */
  public record Verdict(String verdict, int lines, long sum) {}

  /**
   * A line and the worker's result.
   *
   * @param worker masked; empty when the line names nobody that the register knows
   * @param account masked
   * @param verdict PAY, HOLD or REFUSE as it stands
   * @param checks it failed, first in the ladder first
   * @param amount minor units
   * @param standing sum of the payments that did not come back, minor units
   * @param result of the last payment: IN_CLEARING, SETTLED, REJECTED, RETURNED; null without one
   * @param reason of a rejection or return
   * @param payments their transaction identifications
   */
  public record Line(
      int line,
      int batch,
      String endToEnd,
      String worker,
      String account,
      int period,
      String runType,
      long amount,
      String verdict,
      Set<Check> checks,
      long standing,
      @Nullable String result,
      @Nullable String reason,
      List<String> payments) {}

  /**
   * A run. Amounts in minor units.
   *
   * @param payments made so far
   */
  public record Run(
      int month,
      long run,
      String project,
      LocalDate payDate,
      String outcome,
      int lines,
      long needed,
      long available,
      long paid,
      int payments,
      Instant decidedAt) {}

  /**
   * A payment and what clearing said.
   *
   * @param worker masked
   * @param account masked
   * @param state IN_CLEARING, SETTLED, REJECTED or RETURNED
   */
  public record Payment(
      TxId id,
      int runMonth,
      long run,
      PayrollKey payroll,
      int line,
      long amount,
      String rail,
      String worker,
      String account,
      String state,
      @Nullable String reason,
      @Nullable TxId replaces) {}

  private static final String PAYROLLS =
      """
      SELECT d.month AS doc_month, d.document, d.name, d.message, d.received_at,
             coalesce(x.outcome, '') AS outcome, coalesce(p.pay_month, 0) AS pay_month,
             coalesce(p.payroll, 0) AS payroll, coalesce(p.msg_id, '') AS msg_id, p.content_hash,
             coalesce(p.verdict, '') AS verdict, coalesce(p.lines, 0) AS lines,
             coalesce(p.total, 0) AS total, coalesce(p.findings, '') AS findings,
             (SELECT count(*)::integer FROM release r WHERE r.bank = p.bank
                 AND r.pay_month = p.pay_month AND r.payroll = p.payroll) AS signatures,
             EXISTS (SELECT 1 FROM run_batch b WHERE b.bank = p.bank AND b.payroll = p.payroll)
               AS decided,
             EXISTS (SELECT 1 FROM payment y WHERE y.bank = p.bank AND y.pay_month = p.pay_month
                        AND y.payroll = p.payroll) AS paid,
             EXISTS (SELECT 1 FROM payment y WHERE y.bank = p.bank AND y.pay_month = p.pay_month
                        AND y.payroll = p.payroll
                        AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = y.bank
                               AND r.pay_month = y.pay_month AND r.payment = y.payment)) AS open
        FROM inbound_document d
        LEFT JOIN inbound_done x ON x.bank = d.bank AND x.month = d.month
             AND x.document = d.document
        LEFT JOIN payroll p ON p.bank = d.bank AND p.document = d.document
       WHERE d.bank = :bank AND d.sender = 'CONTRACTOR'
         AND (:all OR p.contractor = ANY (:firms)
              OR p.contractor IS NULL AND EXISTS (
                   SELECT 1 FROM submission s WHERE s.bank = d.bank AND s.month = d.month
                      AND s.document = d.document AND s.firm = ANY (:firms)))
      """;

  private final JdbcClient jdbc;
  private final Payees payees;
  private final Vault vault;

  Standings(JdbcClient jdbc, Payees payees, Vault vault) {
    this.jdbc = jdbc;
    this.payees = payees;
    this.vault = vault;
  }

  /**
   * Payrolls, the latest first.
   *
   * @param firms the contractors whose payrolls may be seen; null for all
   * @param after the last one of the page before; null for the first page
   */
  public List<Payroll> payrolls(
      int bank, @Nullable Collection<Long> firms, @Nullable PayrollKey after, int most) {
    return jdbc.sql(
            PAYROLLS
                + """
                 AND (d.month, d.document) < (:month, :document)
                 ORDER BY d.month DESC, d.document DESC LIMIT :most
                """)
        .param("bank", bank)
        .param("all", firms == null)
        .param("firms", array(firms))
        .param("month", after == null ? Integer.MAX_VALUE : after.month())
        .param("document", after == null ? Long.MAX_VALUE : after.document())
        .param("most", most)
        .query((row, _) -> payroll(row))
        .list();
  }

  /** One payroll, if it is there and may be seen. */
  public Optional<Payroll> payroll(int bank, @Nullable Collection<Long> firms, PayrollKey key) {
    return jdbc.sql(PAYROLLS + " AND d.month = :month AND d.document = :document")
        .param("bank", bank)
        .param("all", firms == null)
        .param("firms", array(firms))
        .param("month", key.month())
        .param("document", key.document())
        .query((row, _) -> payroll(row))
        .optional();
  }

  private static Long[] array(@Nullable Collection<Long> firms) {
    return firms == null ? new Long[0] : firms.toArray(Long[]::new);
  }

  private static Payroll payroll(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Payroll(
        new PayrollKey(row.getInt("doc_month"), row.getLong("document")),
        state(row),
        row.getString("name"),
        row.getString("message"),
        row.getTimestamp("received_at").toInstant(),
        row.getInt("pay_month"),
        row.getLong("payroll"),
        row.getString("msg_id"),
        row.getBytes("content_hash"),
        row.getInt("lines"),
        row.getLong("total"),
        row.getString("findings"),
        row.getInt("signatures"));
  }

  private static State state(java.sql.ResultSet row) throws java.sql.SQLException {
    return switch (row.getString("outcome")) {
      case "" -> State.RECEIVED;
      case "REPEATED" -> State.REPEATED;
      case "REFUSED" -> State.REFUSED;
      default -> {
        if (row.getBoolean("decided")) {
          yield row.getBoolean("paid") && !row.getBoolean("open") ? State.ANSWERED : State.DECIDED;
        }
        yield switch (row.getInt("signatures")) {
          case 0 -> State.READ;
          case 1 -> State.SIGNED;
          default -> State.RELEASED;
        };
      }
    };
  }

  /** The document that said the same content under the same message identification before. */
  public Optional<PayrollKey> earlier(int bank, String initiator, String msgId, byte[] content) {
    return jdbc.sql(
            """
            SELECT p.doc_month AS month, p.document
              FROM payroll_key k JOIN payroll p USING (bank, pay_month, payroll)
             WHERE k.bank = ? AND k.initiator = ? AND k.msg_id = ? AND k.content_hash = ?
            """)
        .params(bank, initiator, msgId, content)
        .query(PayrollKey.class)
        .optional();
  }

  /** Whether the initiator used the message identification for other content before. */
  public boolean reused(int bank, String initiator, String msgId, byte[] content) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM payroll_key WHERE bank = ? AND initiator = ?
                              AND msg_id = ? AND content_hash <> ?)
            """)
        .params(bank, initiator, msgId, content)
        .query(Boolean.class)
        .single();
  }

  /** How many lines of a payroll stand under each verdict. */
  public List<Verdict> verdicts(int bank, int month, long payroll) {
    return jdbc.sql(
            """
            SELECT verdict, count(*)::integer AS lines, sum(amount)::bigint AS sum
              FROM (SELECT l.amount, coalesce((
                           SELECT d.verdict FROM line_decision d WHERE d.bank = l.bank
                              AND d.pay_month = l.pay_month AND d.payroll = l.payroll
                              AND d.line = l.line AND d.verdict <> 'REPAY'
                            ORDER BY d.decision DESC LIMIT 1), l.verdict) AS verdict
                      FROM payroll_line l
                     WHERE l.bank = ? AND l.pay_month = ? AND l.payroll = ?) x
             GROUP BY verdict ORDER BY verdict
            """)
        .params(bank, month, payroll)
        .query(Verdict.class)
        .list();
  }

  private record Row(
      int line,
      int batch,
      String endToEnd,
      @Nullable Long party,
      @Nullable Long workerAccount,
      byte @Nullable [] said,
      int period,
      String runType,
      long amount,
      String verdict,
      @Nullable String checks,
      long standing,
      @Nullable String result,
      @Nullable String reason,
      @Nullable String payments) {}

  /** A payroll's lines behind one, in the order of the file. */
  public List<Line> lines(int bank, int month, long payroll, int after, int most) {
    var rows =
        jdbc.sql(
                """
                SELECT l.line, l.batch, l.end_to_end, l.party, l.worker_account, l.said, l.period,
                       l.run_type, l.amount,
                       coalesce((SELECT d.verdict FROM line_decision d WHERE d.bank = l.bank
                                    AND d.pay_month = l.pay_month AND d.payroll = l.payroll
                                    AND d.line = l.line AND d.verdict <> 'REPAY'
                                  ORDER BY d.decision DESC LIMIT 1), l.verdict) AS verdict,
                       l.checks, coalesce(x.standing, 0), x.result, x.reason, x.payments
                  FROM payroll_line l
                  LEFT JOIN LATERAL (
                         SELECT sum(p.amount) FILTER (
                                  WHERE r.kind IS NULL OR r.kind = 'SETTLED') AS standing,
                                (array_agg(coalesce(r.kind, 'IN_CLEARING')
                                           ORDER BY p.payment DESC))[1] AS result,
                                (array_agg(r.reason ORDER BY p.payment DESC))[1] AS reason,
                                string_agg(p.payment::text, ',' ORDER BY p.payment) AS payments
                           FROM payment p
                           LEFT JOIN LATERAL (
                                  SELECT kind, reason FROM payment_result r
                                   WHERE r.bank = p.bank AND r.pay_month = p.pay_month
                                     AND r.payment = p.payment ORDER BY stage DESC LIMIT 1) r
                                ON true
                          WHERE p.bank = l.bank AND p.pay_month = l.pay_month
                            AND p.payroll = l.payroll AND p.line = l.line) x ON true
                 WHERE l.bank = ? AND l.pay_month = ? AND l.payroll = ? AND l.line > ?
                 ORDER BY l.line LIMIT ?
                """)
            .params(bank, month, payroll, after, most)
            .query(
                (row, _) ->
                    new Row(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getObject(4, Long.class),
                        row.getObject(5, Long.class),
                        row.getBytes(6),
                        row.getInt(7),
                        row.getString(8),
                        row.getLong(9),
                        row.getString(10),
                        row.getString(11),
                        row.getLong(12),
                        row.getString(13),
                        row.getString(14),
                        row.getString(15)))
            .list();
    var names =
        payees.names(
            bank, rows.stream().map(Row::party).filter(Objects::nonNull).toArray(Long[]::new));
    var accounts =
        payees.accounts(
            bank,
            rows.stream().map(Row::workerAccount).filter(Objects::nonNull).toArray(Long[]::new));
    var lines = new ArrayList<Line>(rows.size());
    for (var row : rows) {
      var said = said(bank, payroll, row);
      var name = row.party() == null ? said[0] : names.getOrDefault(row.party(), "");
      var known = row.workerAccount() == null ? null : accounts.get(row.workerAccount());
      lines.add(
          new Line(
              row.line(),
              row.batch(),
              row.endToEnd(),
              Masks.name(name),
              Masks.account(known == null ? said[1] : known.number()),
              row.period(),
              row.runType(),
              row.amount(),
              row.verdict(),
              Payrolls.checks(row.checks()),
              row.standing(),
              row.result(),
              row.reason(),
              payments(month, row.payments())));
    }
    return lines;
  }

  private static List<String> payments(int month, @Nullable String numbers) {
    if (numbers == null) {
      return List.of();
    }
    var ids = new ArrayList<String>();
    for (var number : numbers.split(",")) {
      ids.add(new TxId(month, Long.parseLong(number)).toString());
    }
    return ids;
  }

  /** Name and account that a line said which is not paid as it stands. */
  private String[] said(int bank, long payroll, Row row) {
    if (row.said() == null) {
      return new String[] {"", ""};
    }
    var parts =
        vault
            .open(bank, "payroll_line.said", Payrolls.place(payroll, row.line()), row.said())
            .split("\n", -1);
    return new String[] {parts[0], parts[3]};
  }

  private static final String RUNS =
      """
      SELECT r.pay_month AS month, r.run, j.code AS project, r.pay_date, r.outcome, r.lines,
             r.needed, r.available, r.paid, coalesce(y.payments, 0) AS payments, r.decided_at
        FROM pay_run r
        JOIN wage_book w ON w.bank = r.bank AND w.wage_book = r.wage_book
        JOIN project j ON j.bank = w.bank AND j.project = w.project
        LEFT JOIN run_paid y ON y.bank = r.bank AND y.pay_month = r.pay_month AND y.run = r.run
       WHERE r.bank = ?
      """;

  /** Runs before one, the latest first; null for the first page. */
  public List<Run> runs(int bank, @Nullable Integer month, @Nullable Long before, int most) {
    return jdbc.sql(
            RUNS
                + " AND (r.pay_month, r.run) < (?, ?)"
                + " ORDER BY r.pay_month DESC, r.run DESC LIMIT ?")
        .params(
            bank,
            Objects.requireNonNullElse(month, Integer.MAX_VALUE),
            Objects.requireNonNullElse(before, Long.MAX_VALUE),
            most)
        .query(Standings::run)
        .list();
  }

  /** One run, if it is there. */
  public Optional<Run> run(int bank, int month, long run) {
    return jdbc.sql(RUNS + " AND r.pay_month = ? AND r.run = ?")
        .params(bank, month, run)
        .query(Standings::run)
        .optional();
  }

  private static Run run(java.sql.ResultSet row, int ignored) throws java.sql.SQLException {
    return new Run(
        row.getInt("month"),
        row.getLong("run"),
        row.getString("project"),
        row.getObject("pay_date", LocalDate.class),
        row.getString("outcome"),
        row.getInt("lines"),
        row.getLong("needed"),
        row.getLong("available"),
        row.getLong("paid"),
        row.getInt("payments"),
        row.getTimestamp("decided_at").toInstant());
  }

  /** One payment, if it is there. */
  public Optional<Payment> payment(int bank, TxId id) {
    return jdbc.sql(
            """
            SELECT p.run_month, p.run, y.doc_month, y.document, p.line, p.amount, p.rail, p.party,
                   p.worker_account, coalesce(r.kind, 'IN_CLEARING'), r.reason, p.replaces
              FROM payment p
              JOIN payroll y ON y.bank = p.bank AND y.pay_month = p.pay_month
                   AND y.payroll = p.payroll
              LEFT JOIN LATERAL (
                     SELECT kind, reason FROM payment_result r WHERE r.bank = p.bank
                        AND r.pay_month = p.pay_month AND r.payment = p.payment
                      ORDER BY stage DESC LIMIT 1) r ON true
             WHERE p.bank = ? AND p.pay_month = ? AND p.payment = ?
            """)
        .params(bank, id.month(), id.payment())
        .query(
            (row, _) -> {
              var party = row.getLong(8);
              var account = row.getLong(9);
              var replaces = row.getObject(12, Long.class);
              var known = payees.accounts(bank, new Long[] {account}).get(account);
              return new Payment(
                  id,
                  row.getInt(1),
                  row.getLong(2),
                  new PayrollKey(row.getInt(3), row.getLong(4)),
                  row.getInt(5),
                  row.getLong(6),
                  row.getString(7),
                  Masks.name(payees.names(bank, new Long[] {party}).getOrDefault(party, "")),
                  Masks.account(known == null ? "" : known.number()),
                  row.getString(10),
                  row.getString(11),
                  replaces == null ? null : new TxId(id.month(), replaces));
            })
        .optional();
  }

  /**
   * The hash of the last report that was made of a payroll, an address in the message store.
   *
   * @param key the document it came as
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Report(String name, String kind, byte[] hash, long size) {}

  /** The last report of a payroll; nothing before the first. */
  public Optional<Report> report(int bank, PayrollKey key) {
    return jdbc.sql(
            """
            SELECT m.name, m.kind, m.hash, m.size
              FROM payroll p
              JOIN outbound_message m ON m.bank = p.bank AND m.counterpart = 'CONTRACTOR'
                   AND (m.answers = p.document
                        OR m.subject LIKE 'short ' || p.pay_month || '/' || p.payroll || ' run %'
                        OR m.subject LIKE 'answered ' || p.pay_month || '/' || p.payroll || ' %')
             WHERE p.bank = ? AND p.doc_month = ? AND p.document = ?
             ORDER BY m.message DESC LIMIT 1
            """)
        .params(bank, key.month(), key.document())
        .query(Report.class)
        .optional();
  }
}
