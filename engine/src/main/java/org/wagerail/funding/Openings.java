package org.wagerail.funding;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.evidence.Numbers;
import org.wagerail.evidence.Register;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.money.AccountNumber;
import org.wagerail.project.Parameters;

/**
 * Opens special wage accounts on their contractors' request, and says whether an account is marked
 * (measures of 2021 on special accounts, articles 6 and 7).
 */
@Component
public class Openings {
  /**
   * A contractor's wish for an account.
   *
   * @param project code of a project that has no wage book yet
   * @param number of the special account: a new one, or one that the contractor has
   * @param signedOn when the works contract was signed
   * @param agreement SHA-256 of the tripartite agreement; null when there is none
   * @param payDay day of the month on which wages are due
   * @param shortMoney NOTHING or PRO_RATA
   * @param calendar whose working days count
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Opening(
      String project,
      String number,
      LocalDate signedOn,
      byte @Nullable [] agreement,
      int payDay,
      String shortMoney,
      String calendar) {}

  /** Why nothing was opened. */
  public enum Refusal {
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    UNKNOWN_PROJECT("there is no such project at this bank", "本行无此项目"),
    HAS_WAGE_BOOK("the project has a wage book already", "该项目已有工资分账"),
    ACCOUNT_INVALID("the account number cannot be right", "账号无效"),
    NO_AGREEMENT("there is no tripartite agreement", "无三方协议"),
    SIGNED_LATER("the works contract would be signed after the account is opened", "工程合同签订日晚于开户日"),
    UNKNOWN_CALENDAR("there is no such calendar", "无此日历"),
    OTHER_CONTRACTOR("the account belongs to another contractor", "该专户属于其他总包单位"),
    NOT_MARKED("the account's mark has been lifted", "该专户标识已解除"),
    ONE_PROJECT_ONLY(
        "the place of the project does not allow several projects in one account",
        "项目所在地不允许一个专户管理多个项目");

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

  private record Special(long number, long contractor, int books) {}

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;
  private final Accounts accounts;
  private final AccountRegister register;
  private final Parameters parameters;

  Openings(
      JdbcClient jdbc,
      Numbers numbers,
      EventLog events,
      Accounts accounts,
      AccountRegister register,
      Parameters parameters) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
    this.accounts = accounts;
    this.register = register;
    this.parameters = parameters;
  }

  /**
   * Opens an account for a project, or a further wage book in one where the place of the project
   * allows it, and puts the special mark on.
   *
   * @param today the bank's business date
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal open(int bank, LocalDate today, Instant at, FourEyes by, Opening wish) {
    register.inTurn(bank);
    var project = register.project(bank, wish.project());
    var special = special(bank, wish.number());
    var refusal = refusal(bank, today, by, wish, project, special);
    if (refusal != null) {
      return refusal;
    }
    enter(bank, today, at, by, wish, Objects.requireNonNull(project), special);
    return null;
  }

  private @Nullable Refusal refusal(
      int bank,
      LocalDate today,
      FourEyes by,
      Opening wish,
      AccountRegister.@Nullable Project project,
      @Nullable Special special) {
    if (by.isOnePerson()) {
      return Refusal.SAME_PERSON;
    }
    if (project == null) {
      return Refusal.UNKNOWN_PROJECT;
    }
    if (project.wageBook() != null) {
      return Refusal.HAS_WAGE_BOOK;
    }
    if (AccountNumber.flaw(wish.number()) != null) {
      return Refusal.ACCOUNT_INVALID;
    }
    if (wish.agreement() == null) {
      return Refusal.NO_AGREEMENT;
    }
    if (wish.signedOn().isAfter(today)) {
      return Refusal.SIGNED_LATER;
    }
    if (!knows(wish.calendar())) {
      return Refusal.UNKNOWN_CALENDAR;
    }
    if (special == null) {
      return null;
    }
    if (special.contractor() != project.contractor()) {
      return Refusal.OTHER_CONTRACTOR;
    }
    if (!register.isMarked(bank, special.number())) {
      return Refusal.NOT_MARKED;
    }
    boolean several =
        parameters.of(bank, project.region()).text("projects-in-one-account", today).equals("yes");
    return special.books() > 0 && !several ? Refusal.ONE_PROJECT_ONLY : null;
  }

  private boolean knows(String calendar) {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM calendar_year WHERE calendar = ?)")
        .param(calendar)
        .query(Boolean.class)
        .single();
  }

  private void enter(
      int bank,
      LocalDate today,
      Instant at,
      FourEyes by,
      Opening wish,
      AccountRegister.Project project,
      @Nullable Special special) {
    long number = special == null ? numbers.take(bank, "special_account", 1) : special.number();
    long wageBook = accounts.open(bank, AccountKind.WAGE_BOOK, today, 1);
    var source = "opened on request by " + by.toString();
    events.command(
        bank,
        at,
        by.toString(),
        "OPEN_ACCOUNT",
        "works contract of " + wish.signedOn(),
        "special account " + number + " project " + project.project() + " wage book " + wageBook);
    var told = new ArrayList<EventLog.Event>();
    told.add(
        new EventLog.Event(
            "WAGE_BOOK_OPENED", "wage book " + wageBook, "project " + project.project()));
    if (special == null) {
      told.add(new EventLog.Event("ACCOUNT_MARKED", "special account " + number, "opened"));
    }
    if (special == null) {
      told.addAll(
          jdbc.sql(
                  Register.SPECIAL_ACCOUNT.sealing(
                      """
                      INSERT INTO special_account (bank, special_account, number, contractor,
                                                   opened_on, source)
                      VALUES (?, ?, ?, ?, ?, ?)
                      """))
              .params(bank, number, wish.number(), project.contractor(), today, source)
              .query(EventLog.Event.class)
              .list());
    }
    told.addAll(
        jdbc.sql(
                Register.WAGE_BOOK.sealing(
                    """
                    INSERT INTO wage_book (bank, wage_book, special_account, project, source)
                    VALUES (?, ?, ?, ?, ?)
                    """))
            .params(bank, wageBook, number, project.project(), source)
            .query(EventLog.Event.class)
            .list());
    told.addAll(
        jdbc.sql(
                Register.AGREEMENT.sealing(
                    """
                    INSERT INTO agreement (bank, project, from_date, document, pay_day, short_money,
                                           calendar, source)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """))
            .params(
                bank,
                project.project(),
                wish.signedOn(),
                Objects.requireNonNull(wish.agreement()),
                wish.payDay(),
                wish.shortMoney(),
                wish.calendar(),
                source)
            .query(EventLog.Event.class)
            .list());
    long seq = events.append(bank, at, told);
    if (special == null) {
      register.mark(bank, number, true, "opened", seq + 1, at);
    }
    jdbc.sql(
            """
            INSERT INTO account_opening (bank, wage_book, signed_on, opened_on, maker, checker, seq,
                                         opened_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            wageBook,
            wish.signedOn(),
            today,
            by.maker(),
            by.checker(),
            seq,
            Timestamp.from(at))
        .update();
  }

  /**
   * Whether the special mark of an account is on. An account that was imported is marked.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  public boolean isMarked(int bank, String number) {
    var special = special(bank, number);
    if (special == null) {
      throw new IllegalArgumentException("no special account " + number);
    }
    return register.isMarked(bank, special.number());
  }

  private @Nullable Special special(int bank, String number) {
    return jdbc.sql(
            """
            SELECT s.special_account AS number, s.contractor,
                   (SELECT count(*)::integer FROM wage_book w WHERE w.bank = s.bank
                       AND w.special_account = s.special_account) AS books
              FROM special_account s WHERE s.bank = ? AND s.number = ?
            """)
        .params(bank, number)
        .query(Special.class)
        .optional()
        .orElse(null);
  }
}
