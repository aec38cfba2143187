package org.wagerail.statement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.money.Money;
import org.wagerail.payment.PaymentState;
import org.wagerail.payment.Payments;
import org.wagerail.payment.TxId;
import org.wagerail.project.Payees;
import org.wagerail.secrecy.Vault;

/**
 * Gives a worker the receipt of a wage that settled: a text that anybody can read, with the bank's
 * seal under it (HMAC-SHA-256 under the bank's own key, cut to 128 bits). Whoever is shown one asks
 * the bank whether the seal is its own; a word changed breaks it. The receipt names its worker, so
 * issuing one is a command on record.
 */
@Component
public class Receipts {
  /** What came of asking for a receipt. */
  public sealed interface Outcome {}

  /**
   * A receipt.
   *
   * @param text with its seal
   */
  public record Issued(String text) implements Outcome {}

  /** There is none. */
  public record NotIssued(Refusal why) implements Outcome {}

  /** Why there is no receipt. */
  public enum Refusal {
    NO_SUCH_PAYMENT("there is no such payment", "无此付款"),
    NOT_SETTLED("the payment has not settled", "该笔付款尚未结清"),
    CAME_BACK("the payment came back", "该笔付款已被拒绝或退回");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  /** What a receipt that is shown is worth. */
  public enum Worth {
    GENUINE("this bank gave the receipt, and the wage is settled", "回单由本行出具，工资已结清"),
    CAME_BACK_SINCE(
        "this bank gave the receipt, but the payment has come back since", "回单由本行出具，但该款其后退回"),
    NOT_OURS("this bank did not give this text", "该文本并非本行出具或已被改动");

    private final String english;
    private final String chinese;

    Worth(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  private static final String SEAL = "印鉴 seal: ";
  private static final Pattern PAYMENT = Pattern.compile("(?m)^交易标识 payment: ([0-9]{16})$");

  private record Paid(
      String bankCode,
      String bankName,
      long party,
      long workerAccount,
      long amount,
      int period,
      String runType,
      String project,
      String projectName,
      String payer,
      String answer,
      Instant at,
      String zone) {}

  private final JdbcClient jdbc;
  private final Payments payments;
  private final Payees payees;
  private final Vault vault;
  private final EventLog events;

  Receipts(JdbcClient jdbc, Payments payments, Payees payees, Vault vault, EventLog events) {
    this.jdbc = jdbc;
    this.payments = payments;
    this.payees = payees;
    this.vault = vault;
    this.events = events;
  }

  /**
   * Issues the receipt of a payment. The same payment's is always the same text.
   *
   * @param actor who asks, by number or role
   */
  @Transactional
  public Outcome issue(int bank, Instant at, String actor, TxId id) {
    var state = payments.state(bank, id);
    if (state == null) {
      return new NotIssued(Refusal.NO_SUCH_PAYMENT);
    }
    if (state == PaymentState.REJECTED || state == PaymentState.RETURNED) {
      return new NotIssued(Refusal.CAME_BACK);
    }
    if (state != PaymentState.SETTLED) {
      return new NotIssued(Refusal.NOT_SETTLED);
    }
    var text = text(bank, id, paid(bank, id));
    events.command(
        bank, at, actor, "ISSUE_RECEIPT", "receipt of a wage", "payment " + id + " receipt");
    return new Issued(text + SEAL + seal(bank, text) + "\n");
  }

  /** Judges a receipt that somebody shows; how its lines end does not matter. */
  @Transactional(readOnly = true)
  public Worth check(int bank, String shown) {
    var text = shown.replace("\uFEFF", "").replace("\r\n", "\n").stripTrailing();
    int seal = text.lastIndexOf(SEAL);
    if (seal < 0) {
      return Worth.NOT_OURS;
    }
    var said = text.substring(seal + SEAL.length());
    var above = text.substring(0, seal);
    if (!MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8),
        seal(bank, above).getBytes(StandardCharsets.UTF_8))) {
      return Worth.NOT_OURS;
    }
    var payment = PAYMENT.matcher(above);
    var id = payment.find() ? TxId.read(payment.group(1)) : null;
    return id != null && payments.state(bank, id) == PaymentState.SETTLED
        ? Worth.GENUINE
        : Worth.CAME_BACK_SINCE;
  }

  private String seal(int bank, String text) {
    return HexFormat.of().formatHex(vault.blind(bank, "RECEIPT", text));
  }

  private Paid paid(int bank, TxId id) {
    return jdbc.sql(
            """
            SELECT b.code AS bank_code, b.name_zh || ' ' || b.name_en AS bank_name, p.party,
                   p.worker_account, p.amount, l.period, l.run_type, j.code AS project,
                   j.name AS project_name, f.firm_name AS payer,
                   encode(d.hash, 'hex') AS answer, r.at, b.zone
              FROM payment p
              JOIN bank b ON b.bank = p.bank
              JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                   AND l.payroll = p.payroll AND l.line = p.line
              JOIN wage_book w ON w.bank = p.bank AND w.wage_book = p.wage_book
              JOIN project j ON j.bank = w.bank AND j.project = w.project
              JOIN party f ON f.bank = j.bank AND f.party = j.contractor
              JOIN payment_result r ON r.bank = p.bank AND r.pay_month = p.pay_month
                   AND r.payment = p.payment AND r.stage = 1
              JOIN inbound_document d ON d.bank = r.bank AND d.month = r.doc_month
                   AND d.document = r.document
             WHERE p.bank = ? AND p.pay_month = ? AND p.payment = ?
            """)
        .params(bank, id.month(), id.payment())
        .query(
            (row, _) ->
                new Paid(
                    row.getString("bank_code"),
                    row.getString("bank_name"),
                    row.getLong("party"),
                    row.getLong("worker_account"),
                    row.getLong("amount"),
                    row.getInt("period"),
                    row.getString("run_type"),
                    row.getString("project"),
                    row.getString("project_name"),
                    row.getString("payer"),
                    row.getString("answer"),
                    row.getTimestamp("at").toInstant(),
                    row.getString("zone")))
        .single();
  }

  private String text(int bank, TxId id, Paid paid) {
    var name =
        Objects.requireNonNull(payees.names(bank, new Long[] {paid.party()}).get(paid.party()));
    var account =
        Objects.requireNonNull(
            payees.accounts(bank, new Long[] {paid.workerAccount()}).get(paid.workerAccount()));
    var text = new StringBuilder("农民工工资支付回单 Receipt of a wage\n");
    line(text, "银行 bank", paid.bankCode() + " " + paid.bankName());
    line(text, "交易标识 payment", id.toString());
    line(text, "工人 worker", name);
    line(text, "收款账户 account", masked(account.number()) + " @ " + account.member());
    line(text, "项目 project", paid.project() + " " + paid.projectName());
    line(text, "付款单位 paid by", paid.payer());
    line(text, "工资所属期 period", paid.period() + " " + paid.runType());
    line(text, "金额 amount", "CNY " + Money.format(paid.amount(), 2));
    line(
        text,
        "结清日 settled",
        paid.at().atZone(java.time.ZoneId.of(paid.zone())).toLocalDate().toString());
    line(text, "清算答复 clearing's answer", "sha256 " + paid.answer());
    return text.toString();
  }

  /** An account number as it is shown to others than its bank. */
  static String masked(String number) {
    return "**** " + (number.length() <= 4 ? "" : number.substring(number.length() - 4));
  }

  /** A value with a line of its own in it would say what nobody said. */
  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}
