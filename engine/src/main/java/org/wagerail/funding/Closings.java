package org.wagerail.funding;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.ledger.EntryKind;
import org.wagerail.ledger.Journal;
import org.wagerail.ledger.JournalEntry;
import org.wagerail.mailbox.Notice;
import org.wagerail.mailbox.Notices;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.AccountNumber;
import org.wagerail.money.Money;
import org.wagerail.project.Calendars;
import org.wagerail.project.Movements;
import org.wagerail.project.Parameters;

/**
 * Closes wage books step by step. Every step is a row, and each needs two persons of the bank
 * (measures of 2021 on special accounts, article 9).
 */
@Component
public class Closings {
  /** What happens on the way to a wage book's end. */
  public enum Step {
    /** The notice that nothing is owed is up on the site. */
    NOTICE,
    /** The contractor has promised in writing that nothing is owed. */
    PROMISE,
    /** The supervisor has told the bank that the mark may be lifted. */
    SUPERVISOR_WORD,
    /** Somebody has brought a case about wages of the project. */
    CASE_OPENED,
    CASE_ENDED
  }

  /** Why nothing was done; what stands in the way of a closing, in the order of precedence. */
  public enum Refusal {
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_GROUND("it must be said on what paper it rests", "须注明依据"),
    NO_WAGE_BOOK("the project has no wage book", "该项目无工资分账"),
    STEP_TAKEN("this step has been taken already", "该步骤已办理"),
    NO_CASE("there is no open case", "无未结案件"),
    ACCOUNT_INVALID("the account number cannot be right", "账号无效"),
    CLOSED_ALREADY("the wage book is closed already", "该分账已销户"),
    NO_NOTICE("the notice that nothing is owed has not been put up", "未公示无拖欠工资"),
    NOTICE_RUNNING("the time of the notice has not run out", "公示期未满"),
    NO_PROMISE("the contractor has not promised that nothing is owed", "总包单位未书面承诺无拖欠"),
    ARREARS("wages are owed: not paid, or returned and not paid again", "尚有未付或退回未重付的工资"),
    LINES_HELD("lines of payrolls wait for a decision", "尚有暂缓明细未处理"),
    IN_CLEARING("payments wait for clearing's answer", "尚有付款未获清算答复"),
    CASE_OPEN("an arbitration or suit about wages is open", "尚有欠薪仲裁或诉讼未结"),
    MONEY_HELD("money is held on the wage book", "分账资金尚有冻结"),
    SUPERVISOR_WORD_MISSING(
        "the supervisor has not said that the mark may be lifted", "监管部门未通知解除标识");

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

  private record Taken(Step step, LocalDate on) {}

  /** All lines that were ever listed for a wage book, and what was decided about them. */
  private static final String LINES =
      """
      WITH line AS MATERIALIZED (
        SELECT l.bank, l.pay_month, l.payroll, l.line, l.amount, l.verdict,
               (SELECT d.verdict FROM line_decision d
                 WHERE d.bank = l.bank AND d.pay_month = l.pay_month AND d.payroll = l.payroll
                   AND d.line = l.line AND d.verdict <> 'REPAY' LIMIT 1) AS decided
          FROM payroll_batch b
          JOIN payroll_line l ON l.bank = b.bank AND l.pay_month = b.pay_month
               AND l.payroll = b.payroll AND l.batch = b.batch
         WHERE b.bank = :bank AND b.wage_book = :wageBook)
      """;

  private final JdbcClient jdbc;
  private final EventLog events;
  private final Journal journal;
  private final Accounts accounts;
  private final Movements movements;
  private final Notices notices;
  private final AccountRegister register;
  private final Parameters parameters;
  private final Calendars calendars;

  Closings(
      JdbcClient jdbc,
      EventLog events,
      Journal journal,
      Accounts accounts,
      Movements movements,
      Notices notices,
      AccountRegister register,
      Parameters parameters,
      Calendars calendars) {
    this.jdbc = jdbc;
    this.events = events;
    this.journal = journal;
    this.accounts = accounts;
    this.movements = movements;
    this.notices = notices;
    this.register = register;
    this.parameters = parameters;
    this.calendars = calendars;
  }

  /**
   * Takes a step on the way to a wage book's end.
   *
   * @param today the bank's business date
   * @param ground the paper it rests on
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal step(
      int bank,
      LocalDate today,
      Instant at,
      FourEyes by,
      String project,
      Step step,
      String ground) {
    register.inTurn(bank);
    var found = register.project(bank, project);
    var wageBook = found == null ? null : found.wageBook();
    if (by.isOnePerson()) {
      return Refusal.SAME_PERSON;
    }
    if (ground.isBlank()) {
      return Refusal.NO_GROUND;
    }
    if (wageBook == null) {
      return Refusal.NO_WAGE_BOOK;
    }
    if (isClosed(bank, wageBook)) {
      return Refusal.CLOSED_ALREADY;
    }
    var taken = taken(bank, wageBook);
    boolean before = taken.stream().anyMatch(each -> each.step() == step);
    switch (step) {
      case NOTICE, PROMISE, SUPERVISOR_WORD -> {
        if (before) {
          return Refusal.STEP_TAKEN;
        }
      }
      case CASE_ENDED -> {
        if (cases(taken) == 0) {
          return Refusal.NO_CASE;
        }
      }
      case CASE_OPENED -> {
        // There may be several.
      }
    }
    record(bank, today, at, by, wageBook, step.name(), ground, 0);
    return null;
  }

  private void record(
      int bank,
      LocalDate today,
      Instant at,
      FourEyes by,
      long wageBook,
      String step,
      String ground,
      long amount) {
    events.command(
        bank,
        at,
        by.toString(),
        "CLOSING_" + step,
        ground,
        "wage book " + wageBook + " amount " + amount);
    long seq =
        events.append(
            bank,
            at,
            List.of(new EventLog.Event("CLOSING_" + step, "wage book " + wageBook, ground)));
    jdbc.sql(
            """
            INSERT INTO closing_step (bank, wage_book, nth, step, on_date, maker, checker, ground,
                                      amount, seq, at)
            SELECT ?, ?, 1 + count(*), ?, ?, ?, ?, ?, ?, ?, ? FROM closing_step
             WHERE bank = ? AND wage_book = ?
            """)
        .params(
            bank,
            wageBook,
            step,
            today,
            by.maker(),
            by.checker(),
            ground,
            amount,
            seq,
            Timestamp.from(at),
            bank,
            wageBook)
        .update();
  }

  /**
   * The first day on which a project's wage book may be closed.
   *
   * @return null when the notice is not up
   */
  public @Nullable LocalDate earliest(int bank, String project) {
    var found = register.project(bank, project);
    if (found == null || found.wageBook() == null) {
      return null;
    }
    return taken(bank, found.wageBook()).stream()
        .filter(each -> each.step() == Step.NOTICE)
        .findFirst()
        .map(notice -> earliest(bank, found, notice.on()))
        .orElse(null);
  }

  private LocalDate earliest(int bank, AccountRegister.Project project, LocalDate noticed) {
    var set = parameters.of(bank, project.region());
    return ClosingDecision.earliest(
        noticed,
        Math.toIntExact(set.number("closing-notice-days", noticed)),
        calendars.named(calendar(bank, project.project(), set.text("calendar", noticed))));
  }

  private String calendar(int bank, long project, String otherwise) {
    return jdbc.sql(
            """
            SELECT calendar FROM agreement WHERE bank = ? AND project = ?
             ORDER BY from_date DESC LIMIT 1
            """)
        .params(bank, project)
        .query(String.class)
        .optional()
        .orElse(otherwise);
  }

  /**
   * Closes a project's wage book: what is left goes to the general contractor, which is the one
   * debit that pays no wage. With the last wage book of an account its mark is lifted.
   *
   * @param today the bank's business date
   * @param payee the contractor's own account, for what is left
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal close(
      int bank, LocalDate today, Instant at, FourEyes by, String project, String payee) {
    register.inTurn(bank);
    if (by.isOnePerson()) {
      return Refusal.SAME_PERSON;
    }
    if (AccountNumber.flaw(payee) != null) {
      return Refusal.ACCOUNT_INVALID;
    }
    var found = register.project(bank, project);
    if (found == null || found.wageBook() == null) {
      return Refusal.NO_WAGE_BOOK;
    }
    long wageBook = found.wageBook();
    movements.inTurn(bank);
    long settlement = accounts.own(bank, AccountKind.SETTLEMENT);
    var standing = standing(bank, wageBook);
    var earliest = standing.noticed() == null ? null : earliest(bank, found, standing.noticed());
    var refusal = ClosingDecision.decide(standing, earliest, today);
    if (refusal != null) {
      return refusal;
    }
    long left = balance(bank, wageBook);
    if (left > 0) {
      journal.post(
          bank,
          today,
          at,
          List.of(
              JournalEntry.move(
                  EntryKind.CLOSING_BALANCE, "wage book " + wageBook, wageBook, settlement, left)),
          List.of());
      tell(bank, today, at, found, payee, left);
    }
    if (balance(bank, wageBook) != 0) {
      throw new IllegalStateException("wage book " + wageBook + " moved while it was closed");
    }
    record(
        bank,
        today,
        at,
        by,
        wageBook,
        "CLOSED",
        "supervisor's word; notice of " + standing.noticed(),
        left);
    lift(bank, at, Objects.requireNonNull(found.special()));
    return null;
  }

  private long balance(int bank, long wageBook) {
    return jdbc.sql("SELECT balance FROM account_balance WHERE bank = ? AND account = ?")
        .params(bank, wageBook)
        .query(Long.class)
        .single();
  }

  private void tell(
      int bank,
      LocalDate today,
      Instant at,
      AccountRegister.Project project,
      String payee,
      long left) {
    var amount = Money.format(left, 2);
    var facts = new LinkedHashMap<String, String>();
    facts.put("account", Objects.requireNonNull(project.number()));
    facts.put("project-name", project.name());
    facts.put("payee", payee);
    facts.put("amount", amount);
    notices.put(
        bank,
        today.getYear() * 100 + today.getMonthValue(),
        at,
        List.of(
            new Notice(
                "CLOSING_BALANCE",
                "closing of wage book " + project.wageBook(),
                facts,
                "项目工资分账已按规定销户，余额 %s 元请划至总包单位账户 %s。".formatted(amount, payee),
                ("The project's wage book is closed; please pay what is left, CNY %s, to the"
                        + " general contractor's account %s.")
                    .formatted(amount, payee),
                List.of(
                    Outbox.Counterpart.CORE,
                    Outbox.Counterpart.CONTRACTOR,
                    Outbox.Counterpart.SUPERVISOR))));
  }

  /** Lifts an account's mark when none of its wage books is open any more. */
  private void lift(int bank, Instant at, long special) {
    boolean open =
        jdbc.sql(
                """
                SELECT EXISTS (SELECT 1 FROM wage_book w WHERE w.bank = ? AND w.special_account = ?
                    AND NOT EXISTS (SELECT 1 FROM closing_step c WHERE c.bank = w.bank
                                       AND c.wage_book = w.wage_book AND c.step = 'CLOSED'))
                """)
            .params(bank, special)
            .query(Boolean.class)
            .single();
    if (!open) {
      long seq =
          events.append(
              bank,
              at,
              List.of(
                  new EventLog.Event(
                      "ACCOUNT_MARK_LIFTED", "special account " + special, "closed")));
      register.mark(bank, special, false, "closed", seq, at);
    }
  }

  private ClosingDecision.Standing standing(int bank, long wageBook) {
    record Owed(long unpaid, long heldLines, long unanswered, long held) {}
    var taken = taken(bank, wageBook);
    var owed =
        jdbc.sql(
                LINES
                    + """
                    SELECT (SELECT coalesce(sum(l.amount - x.standing), 0)
                              FROM line l CROSS JOIN LATERAL (
                                   SELECT coalesce(sum(p.amount), 0) AS standing FROM payment p
                                    WHERE p.bank = l.bank AND p.pay_month = l.pay_month
                                      AND p.payroll = l.payroll AND p.line = l.line
                                      AND NOT EXISTS (
                                          SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                             AND r.pay_month = p.pay_month AND r.payment = p.payment
                                             AND r.kind IN ('REJECTED', 'RETURNED'))) x
                             WHERE coalesce(l.decided, l.verdict) = 'PAY')::bigint
                             AS unpaid,
                           (SELECT count(*) FROM line l
                             WHERE l.verdict = 'HOLD' AND l.decided IS NULL) AS held_lines,
                           (SELECT count(*)
                               FROM line l JOIN payment p ON p.bank = l.bank AND p.pay_month = l.pay_month
                                    AND p.payroll = l.payroll AND p.line = l.line
                              WHERE NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                       AND r.pay_month = p.pay_month AND r.payment = p.payment))
                             AS unanswered,
                           (SELECT held FROM account_balance
                             WHERE bank = :bank AND account = :wageBook) AS held
                    """)
            .param("bank", bank)
            .param("wageBook", wageBook)
            .query(Owed.class)
            .single();
    return new ClosingDecision.Standing(
        isClosed(bank, wageBook),
        taken.stream()
            .filter(each -> each.step() == Step.NOTICE)
            .map(Taken::on)
            .findFirst()
            .orElse(null),
        taken.stream().anyMatch(each -> each.step() == Step.PROMISE),
        owed.unpaid(),
        owed.heldLines(),
        owed.unanswered(),
        owed.held(),
        cases(taken),
        taken.stream().anyMatch(each -> each.step() == Step.SUPERVISOR_WORD));
  }

  private static int cases(List<Taken> taken) {
    int open = 0;
    for (var each : taken) {
      open += each.step() == Step.CASE_OPENED ? 1 : each.step() == Step.CASE_ENDED ? -1 : 0;
    }
    return open;
  }

  private List<Taken> taken(int bank, long wageBook) {
    return jdbc.sql(
            """
            SELECT step, on_date FROM closing_step
             WHERE bank = ? AND wage_book = ? AND step <> 'CLOSED' ORDER BY nth
            """)
        .params(bank, wageBook)
        .query(
            (row, _) ->
                new Taken(Step.valueOf(row.getString(1)), row.getObject(2, LocalDate.class)))
        .list();
  }

  private boolean isClosed(int bank, long wageBook) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM closing_step
                            WHERE bank = ? AND wage_book = ? AND step = 'CLOSED')
            """)
        .params(bank, wageBook)
        .query(Boolean.class)
        .single();
  }
}
