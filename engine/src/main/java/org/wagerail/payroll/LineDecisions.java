package org.wagerail.payroll;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.payment.PaymentState;
import org.wagerail.payment.Payments;
import org.wagerail.payment.TxId;
import org.wagerail.project.Calendars;
import org.wagerail.project.Confirmations;
import org.wagerail.project.WageBooks;

/**
 * What is decided about a line after it was read: a held line is accepted or refused, a wage that
 * came back is sent again. A decision is a row beside the line; the next run of the wage book pays
 * it, under the line's own due date.
 */
@Component
public class LineDecisions implements Confirmations.Hearer {
  /** A line of a payroll. */
  public record LineId(int month, long payroll, int line) {}

  /** On what a decision rests. */
  public enum Ground {
    /** The worker's confirmation of exactly this amount. */
    CONFIRMATION,
    /** A paper or record that a person has looked at. */
    EVIDENCE
  }

  /** Why nothing was decided. */
  public enum Refusal {
    NO_SUCH_LINE("there is no such line", "无此明细"),
    NOT_HELD("the line is not held", "该明细未暂缓"),
    DECIDED_ALREADY("the line has been decided already", "该明细已有处理决定"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_EVIDENCE("it must be said where the evidence lies", "须注明凭证所在"),
    STILL_FAILING("what held the line holds it still", "暂缓原因仍未消除"),
    NO_SUCH_PAYMENT("there is no such payment", "无此付款"),
    NOT_CAME_BACK("the payment was neither rejected nor returned and booked", "该笔付款未被拒绝或退回入账"),
    REPAID_ALREADY("the payment has been sent again already", "该笔付款已重新支付"),
    NOT_THE_PAYEE("the identifier is not that of the payment's payee", "证件号码并非该笔付款的收款人"),
    ACCOUNT_NOT_REGISTERED("the worker has no one registered account in use", "该工人无唯一有效登记账户"),
    ACCOUNT_SHARED("the account is registered for more than one person", "该账户登记多人");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    public String english() {
      return english;
    }

    public String chinese() {
      return chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  /** What came of a command. */
  public sealed interface Outcome {}

  /**
   * The decision stands.
   *
   * @param decision its number at the line, from 1
   * @param endToEnd the end-to-end identification of what will be paid
   */
  public record Decided(int decision, String endToEnd) implements Outcome {}

  /**
   * Nothing was decided.
   *
   * @param failing the checks that hold the line still, first in the ladder first
   */
  public record Refused(Refusal why, Set<Check> failing) implements Outcome {
    Refused(Refusal why) {
      this(why, Set.of());
    }
  }

  private record Row(
      String verdict,
      @Nullable String checks,
      int decisions,
      @Nullable Long party,
      @Nullable Long workerAccount,
      long amount,
      String endToEnd,
      int period,
      String runType,
      @Nullable Long project,
      LocalDate payDate,
      boolean atOnce,
      @Nullable String account,
      @Nullable String code,
      String firmCode) {}

  private record Account(long workerAccount, boolean shared) {}

  private record Paid(
      long payroll, int line, long party, long amount, int decisions, boolean replaced) {}

  private final JdbcClient jdbc;
  private final EventLog events;
  private final Payments payments;
  private final WageBooks wageBooks;
  private final Calendars calendars;

  LineDecisions(
      JdbcClient jdbc,
      EventLog events,
      Payments payments,
      WageBooks wageBooks,
      Calendars calendars) {
    this.jdbc = jdbc;
    this.events = events;
    this.payments = payments;
    this.wageBooks = wageBooks;
    this.calendars = calendars;
  }

  /**
   * Accepts a held line. What can be checked again is: a line without the worker's confirmation of
   * exactly its amount is never accepted, on whatever ground. It is paid to the worker's registered
   * account.
   *
   * @param evidence where the evidence lies
   */
  @Transactional
  public Outcome accept(
      int bank, Instant at, FourEyes by, LineId id, Ground ground, String evidence) {
    if (by.isOnePerson()) {
      return new Refused(Refusal.SAME_PERSON);
    }
    if (evidence.isBlank()) {
      return new Refused(Refusal.NO_EVIDENCE);
    }
    lock(bank);
    var row = row(bank, id);
    if (row == null) {
      return new Refused(Refusal.NO_SUCH_LINE);
    }
    var accounts = accounts(bank, row.party());
    var held = held(bank, row, accounts);
    var refused = refusal(held);
    if (refused != null) {
      return refused;
    }
    if (ground == Ground.CONFIRMATION && !held.heldForConfirmationOnly()) {
      var other = EnumSet.copyOf(held.failed());
      other.removeAll(EnumSet.of(Check.UNCONFIRMED, Check.CONFIRMED_OTHER_AMOUNT));
      return new Refused(Refusal.STILL_FAILING, other);
    }
    var account = payable(row, accounts);
    if (account == null) {
      return new Refused(Refusal.ACCOUNT_NOT_REGISTERED);
    }
    if (account.shared()) {
      return new Refused(Refusal.ACCOUNT_SHARED);
    }
    // Another file may list the wage between the look and this.
    if (held.failed().contains(Check.DUPLICATE_WAGE) && !claim(bank, id, row)) {
      return new Refused(Refusal.STILL_FAILING, EnumSet.of(Check.DUPLICATE_WAGE));
    }
    return decide(
        bank,
        at,
        by.toString(),
        id,
        new Decision(
            row.decisions() + 1,
            "PAY",
            account.workerAccount(),
            row.endToEnd(),
            row.amount(),
            null,
            ground + " " + evidence));
  }

  /**
   * Refuses a held line for good: it will never be paid, and its file stays as it is. The wage may
   * then be listed once more, as it should have been.
   */
  @Transactional
  public Outcome refuse(int bank, Instant at, FourEyes by, LineId id, String reason) {
    if (by.isOnePerson()) {
      return new Refused(Refusal.SAME_PERSON);
    }
    if (reason.isBlank()) {
      return new Refused(Refusal.NO_EVIDENCE);
    }
    lock(bank);
    var row = row(bank, id);
    if (row == null) {
      return new Refused(Refusal.NO_SUCH_LINE);
    }
    if (!row.verdict().equals("HOLD")) {
      return new Refused(Refusal.NOT_HELD);
    }
    if (row.decisions() > 0) {
      return new Refused(Refusal.DECIDED_ALREADY);
    }
    release(bank, id, row);
    return decide(
        bank,
        at,
        by.toString(),
        id,
        new Decision(1, "REFUSE", null, row.endToEnd(), row.amount(), null, reason));
  }

  /** A wage that will never be paid is nobody's claim; a claim of another line stays. */
  private void release(int bank, LineId id, Row row) {
    if (row.party() == null || row.project() == null || row.period() == 0) {
      return;
    }
    jdbc.sql(
            """
            DELETE FROM wage_claim
             WHERE bank = ? AND period = ? AND project = ? AND party = ? AND run_type = ?
               AND pay_month = ? AND payroll = ? AND line = ?
            """)
        .params(
            bank,
            row.period(),
            row.project(),
            row.party(),
            RunType.claimed(row.runType()),
            id.month(),
            id.payroll(),
            id.line())
        .update();
  }

  /** Makes the wage this line's, if it is nobody's. */
  private boolean claim(int bank, LineId id, Row row) {
    return jdbc.sql(
                """
                INSERT INTO wage_claim (bank, period, project, party, run_type, pay_month, payroll,
                                        line)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                bank,
                row.period(),
                Objects.requireNonNull(row.project()),
                Objects.requireNonNull(row.party()),
                RunType.claimed(row.runType()),
                id.month(),
                id.payroll(),
                id.line())
            .update()
        == 1;
  }

  /**
   * Sends a payment again that clearing rejected or returned, and whose money is booked back: to
   * the one account that is registered for its worker now, under an end-to-end identification of
   * its own. The due date stays that of the line.
   *
   * @param evidence who verified that the account is the worker's
   */
  @Transactional
  public Outcome repay(int bank, Instant at, FourEyes by, TxId id, String evidence) {
    if (by.isOnePerson()) {
      return new Refused(Refusal.SAME_PERSON);
    }
    if (evidence.isBlank()) {
      return new Refused(Refusal.NO_EVIDENCE);
    }
    lock(bank);
    var paid = paid(bank, id);
    if (paid == null) {
      return new Refused(Refusal.NO_SUCH_PAYMENT);
    }
    // The result's row and the entry that moves its money are one transaction.
    var state = payments.state(bank, id);
    if (state != PaymentState.REJECTED && state != PaymentState.RETURNED) {
      return new Refused(Refusal.NOT_CAME_BACK);
    }
    if (paid.replaced()) {
      return new Refused(Refusal.REPAID_ALREADY);
    }
    var accounts = accounts(bank, paid.party());
    if (accounts.size() != 1) {
      return new Refused(Refusal.ACCOUNT_NOT_REGISTERED);
    }
    if (accounts.getFirst().shared()) {
      return new Refused(Refusal.ACCOUNT_SHARED);
    }
    int decision = paid.decisions() + 1;
    return decide(
        bank,
        at,
        by.toString(),
        new LineId(id.month(), paid.payroll(), paid.line()),
        new Decision(
            decision,
            "REPAY",
            accounts.getFirst().workerAccount(),
            // Its own and never used: no payment is sent again twice.
            "REPAY-" + id,
            paid.amount(),
            id.payment(),
            evidence));
  }

  /**
   * Pays a line that waited for this and nothing else. Another amount than the line's leaves it
   * held: no silent confirmation, and none of part of a wage.
   */
  @Override
  public void confirmed(int bank, Instant at, Confirmations.Confirmed confirmed) {
    lock(bank);
    var id =
        jdbc.sql(
                """
                SELECT pay_month AS month, payroll, line FROM wage_claim
                 WHERE bank = ? AND period = ? AND project = ? AND party = ? AND run_type = ?
                """)
            .params(
                bank,
                confirmed.period(),
                confirmed.project(),
                confirmed.party(),
                RunType.claimed(confirmed.runType()))
            .query(LineId.class)
            .optional();
    var row = id.map(line -> row(bank, line)).orElse(null);
    if (row == null || id.isEmpty()) {
      return;
    }
    var accounts = accounts(bank, row.party());
    var held = held(bank, row, accounts);
    var account = payable(row, accounts);
    if (refusal(held) != null
        || !held.heldForConfirmationOnly()
        || account == null
        || account.shared()) {
      return;
    }
    decide(
        bank,
        at,
        "worker's confirmation",
        id.get(),
        new Decision(
            row.decisions() + 1,
            "PAY",
            account.workerAccount(),
            row.endToEnd(),
            row.amount(),
            null,
            Ground.CONFIRMATION + " " + confirmed.nth()));
  }

  private static @Nullable Refused refusal(HeldLine held) {
    if (held.verdict() != Check.Outcome.HOLD) {
      return new Refused(Refusal.NOT_HELD);
    }
    if (held.decided()) {
      return new Refused(Refusal.DECIDED_ALREADY);
    }
    var still = held.stillFailing();
    return still.isEmpty() ? null : new Refused(Refusal.STILL_FAILING, still);
  }

  /** The account a line is paid to: the one it named, if it is in use, else the only one. */
  private static @Nullable Account payable(Row row, List<Account> accounts) {
    for (var account : accounts) {
      if (Objects.equals(account.workerAccount(), row.workerAccount())) {
        return account;
      }
    }
    return accounts.size() == 1 ? accounts.getFirst() : null;
  }

  /** Decisions of a bank are made one after the other: of two about one line one is the first. */
  void lock(int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7247, ?)").param(bank).query(_ -> {});
  }

  private @Nullable Row row(int bank, LineId id) {
    return jdbc.sql(
            """
            SELECT l.verdict, l.checks, l.party, l.worker_account, l.amount, l.end_to_end, l.period,
                   l.run_type, b.project, b.pay_date, b.at_once, b.firm_code, s.number AS account,
                   j.code,
                   (SELECT count(*)::integer FROM line_decision d
                     WHERE d.bank = l.bank AND d.pay_month = l.pay_month AND d.payroll = l.payroll
                       AND d.line = l.line) AS decisions
              FROM payroll_line l
              JOIN payroll_batch b ON b.bank = l.bank AND b.pay_month = l.pay_month
                   AND b.payroll = l.payroll AND b.batch = l.batch
              LEFT JOIN wage_book w ON w.bank = b.bank AND w.wage_book = b.wage_book
              LEFT JOIN special_account s ON s.bank = w.bank
                   AND s.special_account = w.special_account
              LEFT JOIN project j ON j.bank = b.bank AND j.project = b.project
             WHERE l.bank = ? AND l.pay_month = ? AND l.payroll = ? AND l.line = ?
            """)
        .params(bank, id.month(), id.payroll(), id.line())
        .query(Row.class)
        .optional()
        .orElse(null);
  }

  private List<Account> accounts(int bank, @Nullable Long party) {
    return jdbc.sql(
            """
            SELECT a.worker_account,
                   EXISTS (SELECT 1 FROM worker_account o
                            WHERE o.bank = a.bank AND o.blind = a.blind AND o.party <> a.party
                              AND o.until_date IS NULL) AS shared
              FROM worker_account a
             WHERE a.bank = ? AND a.party = ? AND a.until_date IS NULL ORDER BY 1
            """)
        .params(bank, Objects.requireNonNullElse(party, 0L))
        .query(Account.class)
        .list();
  }

  private HeldLine held(int bank, Row row, List<Account> accounts) {
    record Today(
        @Nullable Long confirmed, boolean employed, @Nullable String calendar, boolean claimed) {}
    var first = row.period() == 0 ? row.payDate() : day(row.period());
    var today =
        jdbc.sql(
                """
                SELECT (SELECT c.amount FROM confirmation c
                         WHERE c.bank = :bank AND c.period = :period AND c.project = :project
                           AND c.party = :party AND c.run_type = :runType
                         ORDER BY c.nth DESC LIMIT 1) AS confirmed,
                       EXISTS (SELECT 1 FROM employment e
                                WHERE e.bank = :bank AND e.project = :project AND e.party = :party
                                  AND e.from_date < :after
                                  AND (e.until_date IS NULL OR e.until_date >= :first)) AS employed,
                       (SELECT g.calendar FROM agreement g
                         WHERE g.bank = :bank AND g.project = :project
                         ORDER BY g.from_date DESC LIMIT 1) AS calendar,
                       EXISTS (SELECT 1 FROM wage_claim w
                                WHERE w.bank = :bank AND w.period = :period
                                  AND w.project = :project AND w.party = :party
                                  AND w.run_type = :claimed) AS claimed
                """)
            .param("bank", bank)
            .param("period", row.period())
            .param("project", Objects.requireNonNullElse(row.project(), 0L))
            .param("party", Objects.requireNonNullElse(row.party(), 0L))
            .param("runType", row.runType())
            .param("claimed", RunType.claimed(row.runType()))
            .param("first", first)
            .param("after", first.plusMonths(1))
            .query(Today.class)
            .single();
    return new HeldLine(
        Check.Outcome.valueOf(row.verdict().replace("PAY", "TELL")),
        Payrolls.checks(row.checks()),
        row.decisions() > 0,
        row.amount(),
        today.confirmed(),
        today.employed(),
        today.claimed(),
        today.calendar() != null,
        row.account() != null
            && row.code() != null
            && wageBooks
                    .find(
                        bank,
                        List.of(new WageBooks.Named(row.account(), row.code(), row.firmCode())))
                    .getFirst()
                    .firm()
                != null,
        today.calendar() != null
            && PayDate.of(row.payDate(), row.atOnce(), calendars.named(today.calendar())).stands(),
        accounts.stream().map(Account::workerAccount).toList(),
        accounts.stream().anyMatch(Account::shared));
  }

  private static LocalDate day(int period) {
    return LocalDate.of(period / 100, period % 100, 1);
  }

  private @Nullable Paid paid(int bank, TxId id) {
    return jdbc.sql(
            """
            SELECT p.payroll, p.line, p.party, p.amount,
                   (SELECT count(*)::integer FROM line_decision d
                     WHERE d.bank = p.bank AND d.pay_month = p.pay_month AND d.payroll = p.payroll
                       AND d.line = p.line) AS decisions,
                   EXISTS (SELECT 1 FROM line_decision d
                            WHERE d.bank = p.bank AND d.pay_month = p.pay_month
                              AND d.payroll = p.payroll AND d.line = p.line
                              AND d.replaces = p.payment) AS replaced
              FROM payment p WHERE p.bank = ? AND p.pay_month = ? AND p.payment = ?
            """)
        .params(bank, id.month(), id.payment())
        .query(Paid.class)
        .optional()
        .orElse(null);
  }

  private record Decision(
      int number,
      String verdict,
      @Nullable Long workerAccount,
      String endToEnd,
      long amount,
      @Nullable Long replaces,
      String ground) {}

  private Outcome decide(int bank, Instant at, String actor, LineId id, Decision decision) {
    var line = "payroll " + id.month() + "/" + id.payroll() + " line " + id.line();
    var what =
        decision.verdict()
            + " amount "
            + decision.amount()
            + (decision.workerAccount() == null
                ? ""
                : " worker account " + decision.workerAccount())
            + (decision.replaces() == null
                ? ""
                : " replaces payment " + id.month() + "/" + decision.replaces());
    events.command(bank, at, actor, "DECIDE_LINE", decision.ground(), line + " " + what);
    long seq = events.append(bank, at, List.of(new EventLog.Event("LINE_DECIDED", line, what)));
    jdbc.sql(
            """
            INSERT INTO line_decision (bank, pay_month, payroll, line, decision, verdict,
                                       worker_account, end_to_end, amount, replaces, ground, seq,
                                       decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Arrays.asList(
                bank,
                id.month(),
                id.payroll(),
                id.line(),
                decision.number(),
                decision.verdict(),
                decision.workerAccount(),
                decision.endToEnd(),
                decision.amount(),
                decision.replaces(),
                decision.ground(),
                seq,
                Timestamp.from(at)))
        .update();
    return new Decided(decision.number(), decision.endToEnd());
  }
}
