package org.wagerail.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.evidence.Numbers;
import org.wagerail.mailbox.Outbox;
import org.wagerail.secrecy.Vault;

/**
 * Makes payments in sets, packs them for clearing, and reads them out for the one who sends them.
 */
@Component
public class Payments {
  /**
   * Payments of one participant that travel together.
   *
   * @param number of its first payment; a package is named by it
   * @param total minor units
   */
  public record Package(
      int bank,
      int month,
      long number,
      long lastPayment,
      String participant,
      LocalDate settlementDate,
      int payments,
      long total) {
    /** What outbound messages call it. */
    public String subject() {
      return "package " + month + "/" + number;
    }
  }

  /** A payment as clearing is told of it. Amounts in minor units. */
  public record Transfer(
      TxId txId,
      String endToEnd,
      long amount,
      String debtorName,
      String debtorAccount,
      String project,
      String firmCode,
      String creditorMember,
      String creditorName,
      String creditorAccount,
      int period,
      String runType) {}

  /**
   * Where the caller puts what is to be paid: a temporary table that empties itself at the end of
   * the transaction.
   */
  public static final String INSTRUCTED = "instructed";

  /** Its columns. */
  public static final String INSTRUCTED_COLUMNS =
      "run_month, run, wage_book, pay_month, payroll, line, decision, part, party, worker_account,"
          + " amount, replaces";

  private static final String CREATE =
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS instructed (
        run_month integer, run bigint, wage_book bigint, pay_month integer, payroll bigint,
        line integer, decision integer, part integer, party bigint, worker_account bigint,
        amount bigint, replaces bigint) ON COMMIT DELETE ROWS
      """;

  private static final String ENTER =
      """
      WITH named AS MATERIALIZED (
        SELECT i.*, d.direct,
               row_number() OVER (PARTITION BY i.pay_month, d.direct
                                  ORDER BY i.run, i.payroll, i.line, i.decision) AS nth,
               ? - 1 + row_number() OVER (ORDER BY i.pay_month, d.direct, i.run, i.payroll, i.line,
                                                   i.decision) AS payment
          FROM instructed i
          JOIN worker_account a ON a.bank = ? AND a.worker_account = i.worker_account
          LEFT JOIN participant d ON d.bank = a.bank AND d.member = a.member AND d.from_date <= ?
               AND (d.until_date IS NULL OR d.until_date >= ?)),
      entered AS (
        INSERT INTO payment (bank, pay_month, payment, run_month, run, wage_book, payroll, line,
                             decision, part, party, worker_account, amount, rail, replaces)
        SELECT ?, pay_month, payment, run_month, run, wage_book, payroll, line,
               decision, part, party, worker_account, amount, 'BATCH', replaces FROM named)
      INSERT INTO package (bank, pay_month, package, last_payment, participant, settlement_date,
                           payments, total)
      SELECT ?, pay_month, min(payment), max(payment), direct, ?, count(*), sum(amount)
        FROM named GROUP BY pay_month, direct, (nth - 1) / ?
      """;

  private static final String READ =
      """
      SELECT p.payment, coalesce(d.end_to_end, l.end_to_end), p.amount, f.firm_name, s.number,
             j.code, b.firm_code, a.member, w.name_sealed, p.party, a.sealed, p.worker_account,
             l.period, l.run_type
        FROM payment p
        JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
             AND l.payroll = p.payroll AND l.line = p.line
        JOIN payroll_batch b ON b.bank = p.bank AND b.pay_month = p.pay_month
             AND b.payroll = p.payroll AND b.batch = l.batch
        JOIN wage_book k ON k.bank = p.bank AND k.wage_book = p.wage_book
        JOIN special_account s ON s.bank = p.bank AND s.special_account = k.special_account
        JOIN party f ON f.bank = p.bank AND f.party = s.contractor
        JOIN project j ON j.bank = p.bank AND j.project = k.project
        JOIN party w ON w.bank = p.bank AND w.party = p.party
        JOIN worker_account a ON a.bank = p.bank AND a.worker_account = p.worker_account
        LEFT JOIN line_decision d ON d.bank = p.bank AND d.pay_month = p.pay_month
             AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
       WHERE p.bank = ? AND p.pay_month = ? AND p.payment BETWEEN ? AND ?
       ORDER BY p.payment
      """;

  private static final int FETCH = 2_000;

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final JdbcTemplate template;
  private final Numbers numbers;
  private final Vault vault;
  private final Outbox outbox;

  Payments(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      JdbcTemplate template,
      Numbers numbers,
      Vault vault,
      Outbox outbox) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.template = template;
    this.numbers = numbers;
    this.vault = vault;
    this.outbox = outbox;
  }

  /** Makes the temporary table {@link #INSTRUCTED} ready for the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void prepare() {
    jdbc.sql(CREATE).update();
  }

  /**
   * Turns what was instructed into payments and packages, in one statement.
   *
   * @param count rows instructed
   * @param packageSize the most payments of one package
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void enter(int bank, LocalDate settlementDate, int count, int packageSize) {
    long first = numbers.take(bank, "payment", count);
    jdbc.sql(ENTER)
        .params(
            first, bank, settlementDate, settlementDate, bank, bank, settlementDate, packageSize)
        .update();
  }

  /** Packages that no message carries yet. */
  public List<Package> unsent(int bank) {
    return jdbc.sql(
            """
            SELECT p.bank, p.pay_month AS month, p.package AS number, p.last_payment, p.participant,
                   p.settlement_date, p.payments, p.total
              FROM package p
             WHERE p.bank = ?
               AND NOT EXISTS (SELECT 1 FROM package_sent s WHERE s.bank = p.bank
                                  AND s.pay_month = p.pay_month AND s.package = p.package)
             ORDER BY p.pay_month, p.package
            """)
        .param(bank)
        .query(Package.class)
        .list();
  }

  /** Reads a package's payments in order, as a stream: names and accounts are opened on the way. */
  @Transactional(readOnly = true)
  public void read(Package of, Consumer<Transfer> to) {
    keyLookups.only();
    template.query(
        connection -> {
          var statement = connection.prepareStatement(READ);
          statement.setFetchSize(FETCH);
          statement.setInt(1, of.bank());
          statement.setInt(2, of.month());
          statement.setLong(3, of.number());
          statement.setLong(4, of.lastPayment());
          return statement;
        },
        row -> {
          to.accept(transfer(of, row));
        });
  }

  private Transfer transfer(Package of, ResultSet row) throws SQLException {
    return new Transfer(
        new TxId(of.month(), row.getLong(1)),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        vault.open(of.bank(), "party.name_sealed", row.getLong(10), row.getBytes(9)),
        vault.open(of.bank(), "worker_account.sealed", row.getLong(12), row.getBytes(11)),
        row.getInt(13),
        row.getString(14));
  }

  /** Puts packages' messages out; their bytes are kept already. */
  @Transactional
  public void sent(
      int bank,
      int month,
      Instant at,
      List<Package> packages,
      List<Outbox.OutboundMessage> messages) {
    jdbc.sql(
            """
            INSERT INTO package_sent (bank, pay_month, package)
            SELECT ?, p.* FROM unnest(?, ?) AS p (pay_month, package)
            """)
        .params(
            bank,
            packages.stream().map(Package::month).toArray(Integer[]::new),
            packages.stream().map(Package::number).toArray(Long[]::new))
        .update();
    outbox.put(bank, month, at, messages);
  }

  /** Finds the payment of a transaction identification; null when it is not ours. */
  public @Nullable PaymentState state(int bank, TxId id) {
    return jdbc.sql(
            """
            SELECT coalesce((SELECT r.kind FROM payment_result r WHERE r.bank = p.bank
                       AND r.pay_month = p.pay_month AND r.payment = p.payment
                     ORDER BY r.stage DESC LIMIT 1), 'IN_CLEARING')
              FROM payment p WHERE p.bank = ? AND p.pay_month = ? AND p.payment = ?
            """)
        .params(bank, id.month(), id.payment())
        .query(String.class)
        .optional()
        .map(PaymentState::valueOf)
        .orElse(null);
  }
}
