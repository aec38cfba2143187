package org.wagerail.payment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.evidence.Numbers;
import org.wagerail.mailbox.Outbox;
import org.wagerail.project.Payees;

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

    /** The message identification of the pacs.008 that carries it. */
    public String messageId() {
      return messageId(month, number);
    }

    static String messageId(int month, long number) {
      return "P" + month + "-" + number;
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
   * A wage that a run pays.
   *
   * @param month of its payroll, yyyymm
   * @param decision 0: as the file said; else the line decision that it follows
   * @param part from 1; more after a run that was short
   * @param amount minor units
   * @param replaces the payment that failed, when it is sent again
   */
  public record Instruction(
      int runMonth,
      long run,
      long wageBook,
      int month,
      long payroll,
      int line,
      int decision,
      int part,
      long party,
      long workerAccount,
      long amount,
      @Nullable Long replaces) {
    private Instruction following(Map<Long, Long> successors) {
      var successor = successors.get(workerAccount);
      return successor == null
          ? this
          : new Instruction(
              runMonth, run, wageBook, month, payroll, line, decision, part, party, successor,
              amount, replaces);
    }

    /** The same, in part. */
    public Instruction of(long share) {
      return new Instruction(
          runMonth,
          run,
          wageBook,
          month,
          payroll,
          line,
          decision,
          part,
          party,
          workerAccount,
          share,
          replaces);
    }
  }

  private record Paid(
      int month,
      long payment,
      long payroll,
      int line,
      int decision,
      long party,
      long workerAccount,
      long amount) {}

  private record LineId(int month, long payroll, int line) {}

  private record Said(int batch, String endToEnd, int period, String runType) {}

  private record BatchId(int month, long payroll, int batch) {}

  private record Payer(String name, String account, String project, String firmCode) {}

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Numbers numbers;
  private final Payees payees;
  private final Outbox outbox;

  Payments(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      Numbers numbers,
      Payees payees,
      Outbox outbox) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.numbers = numbers;
    this.payees = payees;
    this.outbox = outbox;
  }

  /**
   * Makes payments and packages of a block of instructions. A wage follows its worker to the
   * account that has taken the place of the one it was checked against.
   *
   * @param packageSize the most payments of one package
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void enter(int bank, LocalDate settlementDate, int packageSize, List<Instruction> signed) {
    var successors =
        payees.successors(
            bank,
            settlementDate,
            signed.stream().map(Instruction::workerAccount).toArray(Long[]::new));
    var instructions = signed.stream().map(each -> each.following(successors)).toList();
    var packing =
        Packing.of(
            numbers.take(bank, "payment", instructions.size()),
            packageSize,
            instructions,
            payees.directParticipants(
                bank,
                settlementDate,
                instructions.stream().map(Instruction::workerAccount).toArray(Long[]::new)));
    bulk.copy(
        "payment",
        "bank, pay_month, payment, run_month, run, wage_book, payroll, line, decision, part, party,"
            + " worker_account, amount, rail, replaces",
        packing.payments(),
        (payment, row) -> {
          var said = payment.instruction();
          row.integer(bank)
              .integer(said.month())
              .bigint(payment.number())
              .integer(said.runMonth())
              .bigint(said.run())
              .bigint(said.wageBook())
              .bigint(said.payroll())
              .integer(said.line())
              .integer(said.decision())
              .integer(said.part())
              .bigint(said.party())
              .bigint(said.workerAccount())
              .bigint(said.amount())
              .text("BATCH")
              .bigint(said.replaces());
        });
    bulk.copy(
        "package",
        "bank, pay_month, package, last_payment, participant, settlement_date, payments, total",
        packing.packages(),
        (range, row) ->
            row.integer(bank)
                .integer(range.month())
                .bigint(range.first())
                .bigint(range.last())
                .text(range.participant())
                .date(settlementDate)
                .integer(range.payments())
                .bigint(range.total()));
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

  /**
   * What clearing is to be told of packages' payments, a list for each package in the order of the
   * payments' numbers. Names and accounts are in the clear.
   */
  @Transactional(readOnly = true)
  public List<List<Transfer>> transfers(int bank, List<Package> packages) {
    keyLookups.only();
    var paid = paid(bank, packages);
    var lines = lines(bank, paid);
    var resent = resent(bank, paid);
    var payers = payers(bank, paid);
    var names = payees.names(bank, paid.stream().map(Paid::party).distinct().toArray(Long[]::new));
    var accounts =
        payees.accounts(
            bank, paid.stream().map(Paid::workerAccount).distinct().toArray(Long[]::new));
    var transfers = new ArrayList<List<Transfer>>(packages.size());
    int next = 0;
    for (var each : packages) {
      var ofPackage = new ArrayList<Transfer>(each.payments());
      for (int i = 0; i < each.payments(); i++) {
        var payment = paid.get(next++);
        var line = new LineId(payment.month(), payment.payroll(), payment.line());
        var said = requireNonNull(lines.get(line));
        var payer =
            requireNonNull(
                payers.get(new BatchId(payment.month(), payment.payroll(), said.batch())));
        var account = requireNonNull(accounts.get(payment.workerAccount()));
        ofPackage.add(
            new Transfer(
                new TxId(payment.month(), payment.payment()),
                resent.getOrDefault(payment.payment(), said.endToEnd()),
                payment.amount(),
                payer.name(),
                payer.account(),
                payer.project(),
                payer.firmCode(),
                account.member(),
                requireNonNull(names.get(payment.party())),
                account.number(),
                said.period(),
                said.runType()));
      }
      transfers.add(ofPackage);
    }
    return transfers;
  }

  private List<Paid> paid(int bank, List<Package> packages) {
    return jdbc.sql(
            """
            SELECT p.pay_month, p.payment, p.payroll, p.line, p.decision, p.party, p.worker_account,
                   p.amount
              FROM unnest(?, ?, ?) WITH ORDINALITY AS q (month, first, last, n)
              JOIN payment p ON p.bank = ? AND p.pay_month = q.month
                   AND p.payment BETWEEN q.first AND q.last
             ORDER BY q.n, p.payment
            """)
        .params(
            packages.stream().map(Package::month).toArray(Integer[]::new),
            packages.stream().map(Package::number).toArray(Long[]::new),
            packages.stream().map(Package::lastPayment).toArray(Long[]::new),
            bank)
        .query(
            (row, _) ->
                new Paid(
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8)))
        .list();
  }

  private Map<LineId, Said> lines(int bank, List<Paid> paid) {
    var lines = new HashMap<LineId, Said>(paid.size() * 2);
    jdbc.sql(
            """
            SELECT l.* FROM (SELECT month, payroll, array_agg(line) AS lines
                               FROM unnest(?, ?, ?) AS q (month, payroll, line)
                              GROUP BY month, payroll) q
             CROSS JOIN LATERAL (
                   SELECT pay_month, payroll, line, batch, end_to_end, period, run_type
                     FROM payroll_line
                    WHERE bank = ? AND pay_month = q.month AND payroll = q.payroll
                      AND line = ANY (q.lines)) l
            """)
        .params(
            paid.stream().map(Paid::month).toArray(Integer[]::new),
            paid.stream().map(Paid::payroll).toArray(Long[]::new),
            paid.stream().map(Paid::line).toArray(Integer[]::new),
            bank)
        .query(
            row -> {
              lines.put(
                  new LineId(row.getInt(1), row.getLong(2), row.getInt(3)),
                  new Said(row.getInt(4), row.getString(5), row.getInt(6), row.getString(7)));
            });
    return lines;
  }

  /** End-to-end identifications of payments that follow a decision about their line. */
  private Map<Long, String> resent(int bank, List<Paid> paid) {
    var decided = paid.stream().filter(p -> p.decision() > 0).toList();
    var endToEnds = new HashMap<Long, String>();
    if (!decided.isEmpty()) {
      jdbc.sql(
              """
              SELECT q.payment, d.end_to_end
                FROM unnest(?, ?, ?, ?, ?) AS q (payment, month, payroll, line, decision)
                JOIN line_decision d ON d.bank = ? AND d.pay_month = q.month
                     AND d.payroll = q.payroll AND d.line = q.line AND d.decision = q.decision
              """)
          .params(
              decided.stream().map(Paid::payment).toArray(Long[]::new),
              decided.stream().map(Paid::month).toArray(Integer[]::new),
              decided.stream().map(Paid::payroll).toArray(Long[]::new),
              decided.stream().map(Paid::line).toArray(Integer[]::new),
              decided.stream().map(Paid::decision).toArray(Integer[]::new),
              bank)
          .query(
              row -> {
                endToEnds.put(row.getLong(1), row.getString(2));
              });
    }
    return endToEnds;
  }

  /** Who pays, for each batch of the payments' payrolls. */
  private Map<BatchId, Payer> payers(int bank, List<Paid> paid) {
    record Payroll(int month, long payroll) {}
    var payrolls = paid.stream().map(p -> new Payroll(p.month(), p.payroll())).distinct().toList();
    var payers = new HashMap<BatchId, Payer>();
    jdbc.sql(
            """
            SELECT b.pay_month, b.payroll, b.batch, f.firm_name, s.number, j.code, b.firm_code
              FROM unnest(?, ?) AS q (month, payroll)
              JOIN payroll_batch b ON b.bank = ? AND b.pay_month = q.month AND b.payroll = q.payroll
              JOIN wage_book k ON k.bank = b.bank AND k.wage_book = b.wage_book
              JOIN special_account s ON s.bank = k.bank AND s.special_account = k.special_account
              JOIN party f ON f.bank = s.bank AND f.party = s.contractor
              JOIN project j ON j.bank = k.bank AND j.project = k.project
            """)
        .params(
            payrolls.stream().map(Payroll::month).toArray(Integer[]::new),
            payrolls.stream().map(Payroll::payroll).toArray(Long[]::new),
            bank)
        .query(
            row -> {
              payers.put(
                  new BatchId(row.getInt(1), row.getLong(2), row.getInt(3)),
                  new Payer(
                      row.getString(4), row.getString(5), row.getString(6), row.getString(7)));
            });
    return payers;
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
                     ORDER BY r.stage DESC LIMIT 1),
                   CASE WHEN EXISTS (SELECT 1 FROM payment_unknown u WHERE u.bank = p.bank
                                  AND u.pay_month = p.pay_month AND u.payment = p.payment)
                        THEN 'UNKNOWN' ELSE 'IN_CLEARING' END)
              FROM payment p WHERE p.bank = ? AND p.pay_month = ? AND p.payment = ?
            """)
        .params(bank, id.month(), id.payment())
        .query(String.class)
        .optional()
        .map(PaymentState::valueOf)
        .orElse(null);
  }
}
