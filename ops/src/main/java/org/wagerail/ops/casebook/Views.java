package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.Check;
import org.wagerail.payroll.Payrolls;

/** Looks at what came about, in the rows that the engine wrote. Changes nothing. */
final class Views {
  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z0-9]+)\"");

  /**
   * A line as it stands.
   *
   * @param state what became of it
   * @param checks the states of all the checks it failed
   * @param paid what it was paid and did not come back, minor units
   * @param unpaid what is still owed of it
   */
  record LineView(
      int line,
      String state,
      List<String> checks,
      long paid,
      long unpaid,
      LocalDate due,
      Share share,
      List<PaymentView> payments) {}

  /** What a line's amount is, of the totals of its file. */
  record Share(long said, long refused, long held, long unpaid, long paidOut, long repaid) {}

  /**
   * A payment as it stands.
   *
   * @param unknown whether clearing was asked about its silence
   * @param replaces the payment that it was sent for again, if it was
   */
  record PaymentView(
      int line,
      long payment,
      long amount,
      @Nullable String result,
      @Nullable String reason,
      boolean unknown,
      LocalDate on,
      @Nullable Long replaces) {
    String state() {
      return result != null ? result : unknown ? "UNKNOWN" : "IN_CLEARING";
    }

    boolean cameBack() {
      return "REJECTED".equals(result) || "RETURNED".equals(result);
    }
  }

  /** Whose payment a transaction is: the name of a contractor's file, and a line of it. */
  record Payee(String txId, String file, int line) {}

  /** A payroll by its numbers and what is signed for it. */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  record PayrollView(int month, long payroll, byte[] contentHash) {}

  /** A message that was delivered, by its number of delivery. */
  record Delivered(
      int month,
      long message,
      int nth,
      String counterpart,
      String name,
      String kind,
      @Nullable String file) {}

  private record Row(
      int line,
      String verdict,
      @Nullable String checks,
      long amount,
      LocalDate payDate,
      @Nullable String decided,
      int repays) {}

  private final JdbcClient jdbc;
  private final int bank;

  Views(JdbcClient jdbc, int bank) {
    this.jdbc = jdbc;
    this.bank = bank;
  }

  /** What became of a document: OPEN, REPEATED, READ, or REFUSED and why. */
  String file(String name) {
    record Done(@Nullable String outcome, @Nullable String findings) {}
    var done =
        jdbc.sql(
                """
                SELECT o.outcome, p.findings
                  FROM inbound_document d
                  LEFT JOIN inbound_done o USING (bank, month, document)
                  LEFT JOIN payroll p ON p.bank = d.bank AND p.doc_month = d.month
                       AND p.document = d.document
                 WHERE d.bank = ? AND d.sender = 'CONTRACTOR' AND d.name = ?
                """)
            .params(bank, name)
            .query(Done.class)
            .optional();
    // Bytes that came before are not kept a second time, under whatever name.
    if (done.isEmpty()) {
      return "REPEATED";
    }
    var outcome = done.get().outcome();
    var findings = done.get().findings();
    if (outcome == null || findings == null || findings.isEmpty()) {
      return outcome == null ? "OPEN" : outcome;
    }
    return outcome
        + CODE.matcher(findings)
            .results()
            .map(found -> " " + found.group(1))
            .distinct()
            .collect(Collectors.joining());
  }

  @Nullable PayrollView payroll(String name) {
    return jdbc.sql(
            """
            SELECT p.pay_month AS month, p.payroll, p.content_hash
              FROM inbound_document d
              JOIN payroll p ON p.bank = d.bank AND p.doc_month = d.month
                   AND p.document = d.document
             WHERE d.bank = ? AND d.sender = 'CONTRACTOR' AND d.name = ?
            """)
        .params(bank, name)
        .query(PayrollView.class)
        .optional()
        .orElse(null);
  }

  List<LineView> lines(PayrollView of) {
    var rows =
        jdbc.sql(
                """
                SELECT l.line, l.verdict, l.checks, l.amount, b.pay_date,
                       (SELECT d.verdict FROM line_decision d
                         WHERE d.bank = l.bank AND d.pay_month = l.pay_month
                           AND d.payroll = l.payroll AND d.line = l.line AND d.decision = 1
                           AND d.verdict <> 'REPAY') AS decided,
                       (SELECT count(*)::integer FROM line_decision d
                         WHERE d.bank = l.bank AND d.pay_month = l.pay_month
                           AND d.payroll = l.payroll AND d.line = l.line
                           AND d.verdict = 'REPAY'
                           AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.bank = d.bank
                                    AND p.pay_month = d.pay_month AND p.payroll = d.payroll
                                    AND p.line = d.line AND p.decision = d.decision)) AS repays
                  FROM payroll_line l
                  JOIN payroll_batch b ON b.bank = l.bank AND b.pay_month = l.pay_month
                       AND b.payroll = l.payroll AND b.batch = l.batch
                 WHERE l.bank = ? AND l.pay_month = ? AND l.payroll = ? ORDER BY l.line
                """)
            .params(bank, of.month(), of.payroll())
            .query(Row.class)
            .list();
    var payments = payments(of);
    return rows.stream()
        .map(row -> view(row, payments.getOrDefault(row.line(), List.of())))
        .toList();
  }

  private Map<Integer, List<PaymentView>> payments(PayrollView of) {
    return jdbc
        .sql(
            """
            SELECT p.line, p.payment, p.amount, r.kind AS result, r.reason,
                   EXISTS (SELECT 1 FROM payment_unknown u WHERE u.bank = p.bank
                              AND u.pay_month = p.pay_month AND u.payment = p.payment) AS unknown,
                   g.settlement_date AS "on", p.replaces
              FROM payment p
              JOIN package g ON g.bank = p.bank AND g.pay_month = p.pay_month
                   AND p.payment BETWEEN g.package AND g.last_payment
              LEFT JOIN LATERAL (
                   SELECT r.kind, r.reason FROM payment_result r WHERE r.bank = p.bank
                      AND r.pay_month = p.pay_month AND r.payment = p.payment
                    ORDER BY r.stage DESC LIMIT 1) r ON true
             WHERE p.bank = ? AND p.pay_month = ? AND p.payroll = ?
             ORDER BY p.line, p.payment
            """)
        .params(bank, of.month(), of.payroll())
        .query(PaymentView.class)
        .list()
        .stream()
        .collect(Collectors.groupingBy(PaymentView::line));
  }

  /** Whose payments these transactions are. */
  List<Payee> payees(List<TxId> transactions) {
    return jdbc.sql(
            """
            SELECT p.pay_month, p.payment, d.name, p.line
              FROM unnest(?, ?) AS q (month, payment)
              JOIN payment p ON p.bank = ? AND p.pay_month = q.month AND p.payment = q.payment
              JOIN payroll y ON y.bank = p.bank AND y.pay_month = p.pay_month
                   AND y.payroll = p.payroll
              JOIN inbound_document d ON d.bank = y.bank AND d.month = y.doc_month
                   AND d.document = y.document
            """)
        .params(
            transactions.stream().map(TxId::month).toArray(Integer[]::new),
            transactions.stream().map(TxId::payment).toArray(Long[]::new),
            bank)
        .query(
            (row, _) ->
                new Payee(
                    new TxId(row.getInt(1), row.getLong(2)).toString(),
                    row.getString(3),
                    row.getInt(4)))
        .list();
  }

  private static LineView view(Row row, List<PaymentView> payments) {
    var checks = Payrolls.checks(row.checks()).stream().map(Check::state).toList();
    long paid = payments.stream().filter(p -> !p.cameBack()).mapToLong(PaymentView::amount).sum();
    long first =
        payments.stream().filter(p -> p.replaces() == null).mapToLong(PaymentView::amount).sum();
    long again = payments.stream().mapToLong(PaymentView::amount).sum() - first;
    boolean payable = row.verdict().equals("PAY") || "PAY".equals(row.decided());
    String state;
    if (!payable) {
      state = row.decided() != null ? "REFUSED_BY_DECISION" : checks.getFirst();
    } else if (row.repays() > 0) {
      state = "TO_BE_REPAID";
    } else if (payments.isEmpty()) {
      state = row.verdict().equals("PAY") ? "UNPAID" : "ACCEPTED";
    } else {
      state = payments.getLast().state();
    }
    boolean held = !payable && row.decided() == null && row.verdict().equals("HOLD");
    return new LineView(
        row.line(),
        state,
        checks,
        paid,
        payable ? row.amount() - paid : 0,
        row.payDate(),
        new Share(
            row.amount(),
            payable || held ? 0 : row.amount(),
            held ? row.amount() : 0,
            payable ? row.amount() - first : 0,
            first,
            again),
        payments);
  }

  /** Each project's wage book: its balance, and what left it as wages. */
  Map<String, Long> books() {
    return byProject(
        """
        SELECT j.code, b.balance FROM wage_book w
          JOIN project j USING (bank, project)
          JOIN account_balance b ON b.bank = w.bank AND b.account = w.wage_book
         WHERE w.bank = ?
        """);
  }

  Map<String, Long> debits() {
    return byProject(
        """
        SELECT j.code, coalesce(-sum(p.amount), 0)::bigint FROM wage_book w
          JOIN project j USING (bank, project)
          LEFT JOIN posting p ON p.bank = w.bank AND p.account = w.wage_book AND p.amount < 0
         WHERE w.bank = ? GROUP BY j.code
        """);
  }

  private Map<String, Long> byProject(String sql) {
    var amounts = new LinkedHashMap<String, Long>();
    jdbc.sql(sql)
        .param(bank)
        .query(
            row -> {
              amounts.put(row.getString(1), row.getLong(2));
            });
    return amounts;
  }

  long inClearing() {
    return jdbc.sql(
            """
            SELECT b.balance FROM account a JOIN account_balance b USING (bank, account)
             WHERE a.bank = ? AND a.kind = 'IN_CLEARING'
            """)
        .param(bank)
        .query(Long.class)
        .single();
  }

  List<String> runs() {
    return jdbc.sql("SELECT outcome FROM pay_run WHERE bank = ? ORDER BY pay_month, run")
        .param(bank)
        .query(String.class)
        .list();
  }

  List<String> exceptions() {
    return jdbc.sql("SELECT kind FROM clearing_exception WHERE bank = ? ORDER BY exception")
        .param(bank)
        .query(String.class)
        .list();
  }

  /** All exceptions so far, by their numbers. */
  List<Long> exceptionNumbers() {
    return jdbc.sql("SELECT exception FROM clearing_exception WHERE bank = ? ORDER BY exception")
        .param(bank)
        .query(Long.class)
        .list();
  }

  /** All breaks so far, by their numbers. */
  List<Long> breakNumbers() {
    return jdbc.sql("SELECT break FROM day_break WHERE bank = ? ORDER BY break")
        .param(bank)
        .query(Long.class)
        .list();
  }

  List<String> breaks() {
    return jdbc.sql("SELECT kind FROM day_break WHERE bank = ? ORDER BY break")
        .param(bank)
        .query(String.class)
        .list();
  }

  List<String> closedDays() {
    return jdbc.sql("SELECT day::text FROM day_closed WHERE bank = ? ORDER BY day")
        .param(bank)
        .query(String.class)
        .list();
  }

  /** What is in open dispute of a person's wages. */
  long disputed(byte[] blind) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(d.claimed - d.accepted), 0)::bigint
              FROM party_identifier i JOIN wage_dispute d USING (bank, party)
             WHERE i.bank = ? AND i.blind = ?
               AND NOT EXISTS (SELECT 1 FROM wage_dispute_end e
                                WHERE e.bank = d.bank AND e.period = d.period
                                  AND e.project = d.project AND e.party = d.party
                                  AND e.run_type = d.run_type AND e.nth = d.nth)
            """)
        .params(bank, blind)
        .query(Long.class)
        .single();
  }

  long suspense() {
    return jdbc.sql(
            """
            SELECT b.balance FROM account a JOIN account_balance b USING (bank, account)
             WHERE a.bank = ? AND a.kind = 'SUSPENSE'
            """)
        .param(bank)
        .query(Long.class)
        .single();
  }

  /** What became of each movement that the core system told, by its reference. */
  Map<String, String> advices() {
    var outcomes = new LinkedHashMap<String, String>();
    jdbc.sql(
            """
            SELECT a.reference, coalesce(d.outcome, concat_ws(' ', a.outcome, nullif(a.reason, '')))
              FROM advice a LEFT JOIN advice_decision d USING (bank, advice)
             WHERE a.bank = ? ORDER BY a.advice
            """)
        .param(bank)
        .query(
            row -> {
              outcomes.put(row.getString(1), row.getString(2));
            });
    return outcomes;
  }

  /** The number of a movement, 0 when there is none. */
  long advice(String reference) {
    return jdbc.sql("SELECT advice FROM advice WHERE bank = ? AND reference = ? ORDER BY 1 LIMIT 1")
        .params(bank, reference)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** All deliveries so far, in order. */
  List<Delivered> delivered() {
    return new ArrayList<>(
        jdbc.sql(
                """
                SELECT m.month, m.message, x.nth, m.counterpart, m.name, m.kind,
                       (SELECT d.name FROM payroll p
                          JOIN inbound_document d ON d.bank = p.bank AND d.month = p.doc_month
                               AND d.document = p.document
                         WHERE p.bank = m.bank
                           AND split_part(m.subject, ' ', 2) = p.pay_month || '/' || p.payroll
                           AND m.counterpart = 'CONTRACTOR') AS file
                  FROM outbound_delivery x JOIN outbound_message m USING (bank, month, message)
                 WHERE m.bank = ? ORDER BY x.delivered_at, m.month, m.message, x.nth
                """)
            .param(bank)
            .query(Delivered.class)
            .list());
  }

  /** The person behind a signatory's key. */
  long signatory(byte[] publicKey) {
    return jdbc.sql("SELECT person FROM signatory WHERE bank = ? AND public_key = ?")
        .params(bank, publicKey)
        .query(Long.class)
        .single();
  }
}
