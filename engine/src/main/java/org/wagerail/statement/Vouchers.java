package org.wagerail.statement;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;
import org.wagerail.payment.TxId;
import org.wagerail.project.Payees;
import org.wagerail.secrecy.Vault;

/**
 * Makes the voucher that a general contractor gives its subcontractor of wages paid on its behalf
 * (Regulation 724, article 31): one of each run and firm, with every payment to its workers and
 * what became of it, once clearing has answered all of the run. What comes back later is told by
 * the notice of returns. The last line seals all above it.
 */
@Component
public class Vouchers {
  /** The form of the text, as the outbox calls it. */
  public static final String KIND = "voucher.1";

  /**
   * A run whose payments are all answered, and that has no vouchers yet.
   *
   * @param month yyyymm
   */
  public record Due(int month, long run, String project, LocalDate payDate) {
    /** What a firm's voucher of it is sent for. */
    String subject(String firm) {
      return "voucher " + month + "/" + run + " firm " + firm;
    }
  }

  private record Firm(String code, @Nullable String name) {}

  private record Row(
      TxId txId,
      int line,
      String endToEnd,
      long party,
      long workerAccount,
      int period,
      String runType,
      long amount,
      String result,
      @Nullable String reason) {}

  /** What is told of payments beside each other. */
  private static final class Sum {
    private int payments;
    private long paid;
    private long back;
  }

  /** What every voucher begins with. */
  public static final String TITLE =
      "分包单位农民工工资代发凭证 Voucher of wages paid on a subcontractor's behalf";

  private static final String SEAL = "印鉴 seal: ";
  private static final int FETCH = 2_000;
  private static final int DAYS_BACK = 31;

  private final JdbcClient jdbc;
  private final Payees payees;
  private final MessageStore store;
  private final Outbox outbox;
  private final Vault vault;

  Vouchers(JdbcClient jdbc, Payees payees, MessageStore store, Outbox outbox, Vault vault) {
    this.jdbc = jdbc;
    this.payees = payees;
    this.store = store;
    this.outbox = outbox;
    this.vault = vault;
  }

  /** Runs of the last month whose payments are all answered and that have no vouchers yet. */
  public List<Due> due(int bank, LocalDate today) {
    var from = today.minusDays(DAYS_BACK);
    return jdbc.sql(
            """
            SELECT r.pay_month AS month, r.run, j.code AS project, r.pay_date
              FROM run_paid x
              JOIN pay_run r ON r.bank = x.bank AND r.pay_month = x.pay_month AND r.run = x.run
              JOIN wage_book w ON w.bank = r.bank AND w.wage_book = r.wage_book
              JOIN project j ON j.bank = w.bank AND j.project = w.project
             WHERE x.bank = :bank AND x.pay_month >= :month
               AND NOT EXISTS (SELECT 1 FROM outbound_message m WHERE m.bank = x.bank AND m.kind = :kind
                      AND m.subject COLLATE "C" >= 'voucher ' || x.pay_month || '/' || x.run || ' '
                      AND m.subject COLLATE "C" < 'voucher ' || x.pay_month || '/' || x.run || '!')
               AND NOT EXISTS (
                     SELECT 1 FROM run_batch b
                       JOIN payment p ON p.bank = b.bank AND p.pay_month = b.payroll_month
                            AND p.payroll = b.payroll AND p.run_month = b.pay_month AND p.run = b.run
                      WHERE b.bank = x.bank AND b.pay_month = x.pay_month AND b.run = x.run
                        AND NOT EXISTS (SELECT 1 FROM payment_result s WHERE s.bank = p.bank
                               AND s.pay_month = p.pay_month AND s.payment = p.payment))
             ORDER BY 1, 2
            """)
        .param("bank", bank)
        .param("month", from.getYear() * 100 + from.getMonthValue())
        .param("kind", KIND)
        .query(Due.class)
        .list();
  }

  /**
   * Makes the vouchers of runs and puts them out.
   *
   * @param month of the instant in the bank's zone, yyyymm
   * @return how many
   */
  @Transactional
  public int make(int bank, int month, Instant at, List<Due> runs) {
    var messages = new ArrayList<Outbox.OutboundMessage>();
    for (var run : runs) {
      for (var firm : firms(bank, run)) {
        var subject = run.subject(firm.code());
        messages.add(
            new Outbox.OutboundMessage(
                Outbox.Counterpart.CONTRACTOR,
                subject.replaceAll("[ /]", "-") + ".txt",
                KIND,
                subject,
                write(bank, at, run, firm),
                null));
      }
    }
    outbox.put(bank, month, at, messages);
    return messages.size();
  }

  /** Whether this bank gave the voucher that somebody shows; how its lines end does not matter. */
  public boolean isOurs(int bank, String shown) {
    var text = shown.replace("\uFEFF", "").replace("\r\n", "\n").stripTrailing();
    int seal = text.lastIndexOf(SEAL);
    return seal > 0
        && MessageDigest.isEqual(
            text.substring(seal + SEAL.length()).getBytes(StandardCharsets.UTF_8),
            seal(bank, sha256().digest(text.substring(0, seal).getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8));
  }

  private String seal(int bank, byte[] digest) {
    return HexFormat.of().formatHex(vault.blind(bank, "VOUCHER", HexFormat.of().formatHex(digest)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Firm> firms(int bank, Due run) {
    return jdbc.sql(
            """
            SELECT DISTINCT b.firm_code AS code, f.firm_name AS name
              FROM run_batch x
              JOIN payroll_batch b ON b.bank = x.bank AND b.pay_month = x.payroll_month
                   AND b.payroll = x.payroll AND b.batch = x.batch
              LEFT JOIN party f ON f.bank = b.bank AND f.party = b.firm
             WHERE x.bank = ? AND x.pay_month = ? AND x.run = ? ORDER BY 1
            """)
        .params(bank, run.month(), run.run())
        .query(Firm.class)
        .list();
  }

  private MessageStore.Kept write(int bank, Instant at, Due run, Firm firm) {
    try (var draft = store.draft()) {
      var digest = sha256();
      var out =
          new BufferedWriter(
              new OutputStreamWriter(
                  new DigestOutputStream(draft, digest), StandardCharsets.UTF_8));
      head(out, at, run, firm);
      var sum = rows(bank, run, firm, out);
      line(out, "笔数 payments", Integer.toString(sum.payments));
      line(out, "结清合计 settled", "CNY " + Money.format(sum.paid, 2));
      line(out, "退回合计 came back", "CNY " + Money.format(sum.back, 2));
      out.flush();
      out.write(SEAL + seal(bank, digest.digest()) + "\n");
      out.flush();
      return draft.keep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void head(Writer out, Instant at, Due run, Firm firm) throws IOException {
    out.write(TITLE + "\n");
    line(out, "单位 firm", firm.code() + " " + Objects.requireNonNullElse(firm.name(), ""));
    line(out, "项目 project", run.project());
    line(out, "发放批 run", run.month() + "/" + run.run());
    line(out, "付款日 pay date", run.payDate().toString());
    line(out, "出具时间 made at", at.toString());
    out.write(
        "交易标识 payment\t行 line\t端到端标识 end-to-end\t工人 worker\t账户 account\t所属期 period\t"
            + "金额 amount\t结果 result\n");
  }

  private Sum rows(int bank, Due run, Firm firm, Writer out) {
    var sum = new Sum();
    var block = new ArrayList<Row>(FETCH);
    jdbc.sql(
            """
            SELECT p.pay_month, p.payment, p.line, coalesce(d.end_to_end, l.end_to_end), p.party,
                   p.worker_account, l.period, l.run_type, p.amount, coalesce(t.kind, r.kind),
                   coalesce(t.reason, r.reason)
              FROM run_batch x
              JOIN payroll_batch b ON b.bank = x.bank AND b.pay_month = x.payroll_month
                   AND b.payroll = x.payroll AND b.batch = x.batch
              JOIN payment p ON p.bank = b.bank AND p.pay_month = b.pay_month
                   AND p.payroll = b.payroll AND p.run_month = x.pay_month AND p.run = x.run
              JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                   AND l.payroll = p.payroll AND l.line = p.line AND l.batch = b.batch
              LEFT JOIN line_decision d ON d.bank = p.bank AND d.pay_month = p.pay_month
                   AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
              LEFT JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                   AND r.payment = p.payment AND r.stage = 1
              LEFT JOIN payment_result t ON t.bank = p.bank AND t.pay_month = p.pay_month
                   AND t.payment = p.payment AND t.stage = 2
             WHERE x.bank = ? AND x.pay_month = ? AND x.run = ? AND b.firm_code = ?
             ORDER BY p.payment
            """)
        .params(bank, run.month(), run.run(), firm.code())
        .withFetchSize(FETCH)
        .query(
            row -> {
              block.add(row(row));
              if (block.size() == FETCH) {
                write(bank, block, sum, out);
              }
            });
    write(bank, block, sum, out);
    return sum;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new TxId(row.getInt(1), row.getLong(2)),
        row.getInt(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        row.getInt(7),
        row.getString(8),
        row.getLong(9),
        row.getString(10),
        row.getString(11));
  }

  private void write(int bank, List<Row> block, Sum sum, Writer out) {
    var names = payees.names(bank, block.stream().map(Row::party).distinct().toArray(Long[]::new));
    var accounts =
        payees.accounts(
            bank, block.stream().map(Row::workerAccount).distinct().toArray(Long[]::new));
    for (var row : block) {
      var account = Objects.requireNonNull(accounts.get(row.workerAccount()));
      sum.payments++;
      if (row.result().equals("SETTLED")) {
        sum.paid += row.amount();
      } else {
        sum.back += row.amount();
      }
      try {
        out.write(
            String.join(
                    "\t",
                    row.txId().toString(),
                    Integer.toString(row.line()),
                    plain(row.endToEnd()),
                    plain(Objects.requireNonNull(names.get(row.party()))),
                    Receipts.masked(account.number()) + " @ " + account.member(),
                    row.period() + " " + row.runType(),
                    Money.format(row.amount(), 2),
                    row.reason() == null ? row.result() : row.result() + " " + row.reason())
                + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    block.clear();
  }

  private static void line(Writer out, String name, String value) throws IOException {
    out.write(name + ": " + plain(value) + "\n");
  }

  /** A value with a line or column of its own in it would say what nobody said. */
  private static String plain(String value) {
    return value.replaceAll("\\p{Cntrl}", " ");
  }
}
