package org.wagerail.reconciliation;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.payment.Exceptions;

/**
 * What differs on a day, until it is explained: one person says why; where money is concerned a
 * second agrees. Neither moves money: what is wrong in a book is put right by an entry there.
 */
@Component
public class Breaks {
  /** Where a break stands. */
  public enum State {
    OPEN,
    /** One person has said why, and a second must agree. */
    EXPLAINED,
    CLOSED
  }

  /**
   * A difference.
   *
   * @param counterpart CORE or CLEARING
   * @param account special wage account; the bank's own code for clearing
   * @param reference of the movement or payment, empty for a whole statement
   * @param elsewhere the account on which the other side has it, else empty
   * @param ours minor units, null where we have none
   * @param theirs minor units, null where they have none
   * @param outcome how it was closed, null while it is not
   * @param by who explained it last, null while nobody has
   */
  public record Break(
      long number,
      LocalDate day,
      String counterpart,
      BreakKind kind,
      String account,
      String reference,
      String elsewhere,
      @Nullable Long ours,
      @Nullable Long theirs,
      @Nullable LocalDate oursOn,
      @Nullable LocalDate theirsOn,
      Instant openedAt,
      String owner,
      State state,
      @Nullable String outcome,
      @Nullable String by,
      @Nullable String reason) {
    /** How long it has been known. */
    public Duration age(Instant now) {
      return Duration.between(openedAt, now);
    }
  }

  /** Why a break was not explained, agreed or handed over. */
  public enum Refusal {
    NO_SUCH_BREAK("there is no such break", "无此差异"),
    BREAK_CLOSED("the break is closed", "该差异已关闭"),
    NOT_EXPLAINED("nobody has explained it yet", "尚无人解释"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_REASON("it must be said why", "须注明理由");

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

  private static final String BREAKS =
      """
      SELECT b.break, b.day, b.counterpart, b.kind, b.account, b.reference, b.elsewhere, b.ours,
             b.theirs, b.ours_on, b.theirs_on, b.opened_at,
             (SELECT o.owner FROM break_owner o WHERE o.bank = b.bank AND o.break = b.break
               ORDER BY o.nth DESC LIMIT 1) AS owner,
             CASE WHEN c.break IS NOT NULL THEN 'CLOSED' WHEN e.person IS NOT NULL THEN 'EXPLAINED'
                  ELSE 'OPEN' END AS state,
             c.outcome, coalesce(c.maker, e.person) AS by, coalesce(c.reason, e.reason) AS reason
        FROM day_break b
        LEFT JOIN break_closed c USING (bank, break)
        LEFT JOIN LATERAL (SELECT x.person, x.reason FROM break_explained x
                            WHERE x.bank = b.bank AND x.break = b.break
                            ORDER BY x.nth DESC LIMIT 1) e ON true
       WHERE b.bank = :bank
      """;

  private final JdbcClient jdbc;
  private final EventLog events;
  private final Exceptions exceptions;

  Breaks(JdbcClient jdbc, EventLog events, Exceptions exceptions) {
    this.jdbc = jdbc;
    this.events = events;
    this.exceptions = exceptions;
  }

  /** A day's breaks behind one, in the order of their numbers, at most so many. */
  public List<Break> of(int bank, LocalDate day, long after, int most) {
    return jdbc.sql(BREAKS + " AND b.day = :day AND b.break > :after ORDER BY b.break LIMIT :most")
        .param("bank", bank)
        .param("day", day)
        .param("after", after)
        .param("most", most)
        .query(Breaks::read)
        .list();
  }

  /** Breaks of any day that are not closed, behind one, the oldest first, at most so many. */
  public List<Break> unclosed(int bank, long after, int most) {
    return jdbc.sql(
            BREAKS + " AND c.break IS NULL AND b.break > :after ORDER BY b.break LIMIT :most")
        .param("bank", bank)
        .param("after", after)
        .param("most", most)
        .query(Breaks::read)
        .list();
  }

  /** One break, or null. */
  public @Nullable Break of(int bank, long number) {
    return jdbc.sql(BREAKS + " AND b.break = :break")
        .param("bank", bank)
        .param("break", number)
        .query(Breaks::read)
        .optional()
        .orElse(null);
  }

  private static Break read(java.sql.ResultSet row, int nth) throws java.sql.SQLException {
    return new Break(
        row.getLong("break"),
        row.getObject("day", LocalDate.class),
        row.getString("counterpart"),
        BreakKind.valueOf(row.getString("kind")),
        row.getString("account"),
        row.getString("reference"),
        row.getString("elsewhere"),
        row.getObject("ours", Long.class),
        row.getObject("theirs", Long.class),
        row.getObject("ours_on", LocalDate.class),
        row.getObject("theirs_on", LocalDate.class),
        row.getTimestamp("opened_at").toInstant(),
        row.getString("owner"),
        State.valueOf(row.getString("state")),
        row.getString("outcome"),
        row.getString("by"),
        row.getString("reason"));
  }

  /**
   * Says why a break is there. Where no money is concerned this closes it; else a second person
   * must agree, or say why himself, whereupon the first may agree.
   *
   * @param person by number
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal explain(
      int bank, Instant at, String person, long number, String reason) {
    BusinessDays.inTurn(jdbc, bank);
    var found = of(bank, number);
    var refusal = refusal(found);
    if (refusal != null) {
      return refusal;
    }
    if (reason.isBlank()) {
      return Refusal.NO_REASON;
    }
    jdbc.sql(
            """
            INSERT INTO break_explained (bank, break, nth, person, reason, explained_at)
            SELECT ?, ?, 1 + count(*), ?, ?, ? FROM break_explained WHERE bank = ? AND break = ?
            """)
        .params(bank, number, person, reason, Timestamp.from(at), bank, number)
        .update();
    events.command(bank, at, person, "EXPLAIN_BREAK", reason, "break " + number);
    if (!Objects.requireNonNull(found).kind().concernsMoney()) {
      close(bank, at, number, "EXPLAINED", person, null, reason);
    }
    return null;
  }

  /**
   * Agrees with who explained a break last, and so closes it, and the exception of clearing that it
   * is.
   *
   * @param person by number
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal agree(int bank, Instant at, String person, long number) {
    BusinessDays.inTurn(jdbc, bank);
    var found = of(bank, number);
    var refusal = refusal(found);
    if (refusal != null) {
      return refusal;
    }
    var maker = Objects.requireNonNull(found).by();
    var reason = found.reason();
    if (maker == null || reason == null) {
      return Refusal.NOT_EXPLAINED;
    }
    var by = new FourEyes(maker, person);
    if (by.isOnePerson()) {
      return Refusal.SAME_PERSON;
    }
    events.command(bank, at, by.toString(), "AGREE_BREAK", reason, "break " + number);
    jdbc.sql(
            "SELECT exception FROM day_break WHERE bank = ? AND break = ? AND exception IS NOT"
                + " NULL")
        .params(bank, number)
        .query(Long.class)
        .optional()
        // Whoever closed it before has closed it.
        .ifPresent(exception -> exceptions.close(bank, at, by, exception, reason));
    close(bank, at, number, "AGREED", by.maker(), by.checker(), reason);
    return null;
  }

  /**
   * Hands a break to somebody.
   *
   * @param actor who does so
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal handOver(int bank, Instant at, String actor, long number, String owner) {
    BusinessDays.inTurn(jdbc, bank);
    var refusal = refusal(of(bank, number));
    if (refusal != null) {
      return refusal;
    }
    if (owner.isBlank()) {
      return Refusal.NO_REASON;
    }
    jdbc.sql(
            """
            INSERT INTO break_owner (bank, break, nth, owner, given_at)
            SELECT ?, ?, 1 + max(nth), ?, ? FROM break_owner WHERE bank = ? AND break = ?
            """)
        .params(bank, number, owner, Timestamp.from(at), bank, number)
        .update();
    events.command(
        bank,
        at,
        actor,
        "HAND_OVER_BREAK",
        "to be looked at by " + owner,
        "break " + number + " to " + owner);
    return null;
  }

  private static @Nullable Refusal refusal(@Nullable Break found) {
    if (found == null) {
      return Refusal.NO_SUCH_BREAK;
    }
    return found.state() == State.CLOSED ? Refusal.BREAK_CLOSED : null;
  }

  private void close(
      int bank,
      Instant at,
      long number,
      String outcome,
      String maker,
      @Nullable String checker,
      String reason) {
    jdbc.sql(
            """
            INSERT INTO break_closed (bank, break, outcome, maker, checker, reason, closed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            java.util.Arrays.asList(
                bank, number, outcome, maker, checker, reason, Timestamp.from(at)))
        .update();
    events.append(
        bank, at, List.of(new EventLog.Event("BREAK_CLOSED", "break " + number, outcome)));
  }
}
