package org.wagerail.payment;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.evidence.Numbers;

/**
 * What of clearing needs a person: each exception has an owner and an age, and is closed by two
 * persons with a reason. What is only silent closes itself when the answer comes, and never by
 * hand: nobody's word is an answer of clearing.
 */
@Component
public class Exceptions {
  /** Whose an exception is until somebody takes it over. */
  public static final String FIRST_OWNER = "operator";

  /** Something that an exception is opened for. */
  record Problem(
      ClearingDecision.Kind kind,
      String txId,
      String said,
      @Nullable String reason,
      @Nullable Integer docMonth,
      @Nullable Long document) {}

  /**
   * An open exception.
   *
   * @param said what clearing said, empty for what it did not say
   * @param reason ISO reason code, if it gave one
   */
  public record Open(
      long exception,
      ClearingDecision.Kind kind,
      String txId,
      String said,
      @Nullable String reason,
      String owner,
      Instant openedAt) {
    /** How long it has been open. */
    public Duration age(Instant now) {
      return Duration.between(openedAt, now);
    }
  }

  /** Why an exception was not closed or handed over. */
  public enum Refusal {
    NO_SUCH_EXCEPTION("there is no such exception", "无此异常"),
    CLOSED_ALREADY("the exception is closed", "该异常已关闭"),
    STILL_SILENT("only clearing's answer or report ends a silence", "未答复事项只能以清算答复或结算报告了结"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_EVIDENCE("it must be said why", "须注明理由");

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

  /** Exceptions that nobody closed and that no answer has ended. */
  private static final String OPEN =
      """
        FROM clearing_exception e
       WHERE e.bank = :bank
         AND NOT EXISTS (SELECT 1 FROM exception_closed c
                          WHERE c.bank = e.bank AND c.exception = e.exception)
         AND CASE WHEN e.kind = 'NO_ANSWER' THEN NOT EXISTS (
               SELECT 1 FROM payment_result r WHERE r.bank = e.bank
                  AND r.pay_month = left(e.tx_id, 6)::integer
                  AND r.payment = right(e.tx_id, 10)::bigint) ELSE true END
      """;

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;

  Exceptions(JdbcClient jdbc, Numbers numbers, EventLog events) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
  }

  /**
   * Opens exceptions that are not there yet.
   *
   * @return what the caller tells of the new ones, last of all
   */
  @Transactional(propagation = Propagation.MANDATORY)
  List<EventLog.Event> open(int bank, Instant at, List<Problem> problems) {
    if (problems.isEmpty()) {
      return List.of();
    }
    long first = numbers.take(bank, "exception", problems.size());
    return jdbc.sql(
            """
            WITH opened AS (
              INSERT INTO clearing_exception
                (bank, exception, kind, tx_id, said, reason, doc_month, document, opened_at)
              SELECT ?, ? + n - 1, kind, tx_id, said, reason, month, document, ?
                FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
                  AS x (kind, tx_id, said, reason, month, document, n)
              ON CONFLICT DO NOTHING
              RETURNING *),
            owned AS (
              INSERT INTO exception_owner (bank, exception, nth, owner, given_at)
              SELECT bank, exception, 1, ?, opened_at FROM opened)
            SELECT 'EXCEPTION_OPENED' AS kind, 'exception ' || exception AS subject,
                   concat_ws(' ', kind, tx_id, said, reason, document) AS detail
              FROM opened ORDER BY exception
            """)
        .params(
            bank,
            first,
            Timestamp.from(at),
            problems.stream().map(p -> p.kind().name()).toArray(String[]::new),
            problems.stream().map(Problem::txId).toArray(String[]::new),
            problems.stream().map(Problem::said).toArray(String[]::new),
            problems.stream().map(Problem::reason).toArray(String[]::new),
            problems.stream().map(Problem::docMonth).toArray(Integer[]::new),
            problems.stream().map(Problem::document).toArray(Long[]::new),
            FIRST_OWNER)
        .query(EventLog.Event.class)
        .list();
  }

  /** The open exceptions, the oldest first, at most so many. */
  public List<Open> open(int bank, int most) {
    return open(bank, 0, most);
  }

  /** The open exceptions behind one, in the order of their numbers, at most so many. */
  public List<Open> open(int bank, long after, int most) {
    return jdbc.sql(
            """
            SELECT e.exception, e.kind, e.tx_id, e.said, e.reason, e.opened_at,
                   (SELECT o.owner FROM exception_owner o WHERE o.bank = e.bank
                       AND o.exception = e.exception ORDER BY o.nth DESC LIMIT 1) AS owner
            """
                + OPEN
                + " AND e.exception > :after ORDER BY e.exception LIMIT :most")
        .param("bank", bank)
        .param("after", after)
        .param("most", most)
        .query(
            (row, _) ->
                new Open(
                    row.getLong("exception"),
                    ClearingDecision.Kind.valueOf(row.getString("kind")),
                    row.getString("tx_id"),
                    row.getString("said"),
                    row.getString("reason"),
                    row.getString("owner"),
                    row.getTimestamp("opened_at").toInstant()))
        .list();
  }

  /** Whether persons may close an exception of this kind; a silence ends by an answer alone. */
  public static boolean mayClose(ClearingDecision.Kind kind) {
    return kind != ClearingDecision.Kind.NO_ANSWER;
  }

  /**
   * Hands an open exception to somebody.
   *
   * @param actor who does so
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal handOver(
      int bank, Instant at, String actor, long exception, String owner) {
    lock(bank);
    if (owner.isBlank()) {
      return Refusal.NO_EVIDENCE;
    }
    var refusal = refusal(bank, exception);
    // A silence has an owner too.
    if (refusal == null || refusal == Refusal.STILL_SILENT) {
      jdbc.sql(
              """
              INSERT INTO exception_owner (bank, exception, nth, owner, given_at)
              SELECT ?, ?, 1 + max(nth), ?, ? FROM exception_owner WHERE bank = ? AND exception = ?
              """)
          .params(bank, exception, owner, Timestamp.from(at), bank, exception)
          .update();
      events.command(
          bank,
          at,
          actor,
          "HAND_OVER_EXCEPTION",
          "to be looked at by " + owner,
          "exception " + exception + " to " + owner);
      return null;
    }
    return refusal;
  }

  /**
   * Closes an exception: two persons have looked, and say why nothing more is to be done about it
   * here. It moves no money.
   *
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal close(int bank, Instant at, FourEyes by, long exception, String reason) {
    if (by.isOnePerson()) {
      return Refusal.SAME_PERSON;
    }
    if (reason.isBlank()) {
      return Refusal.NO_EVIDENCE;
    }
    lock(bank);
    var refusal = refusal(bank, exception);
    if (refusal != null) {
      return refusal;
    }
    jdbc.sql(
            """
            INSERT INTO exception_closed (bank, exception, maker, checker, reason, closed_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(bank, exception, by.maker(), by.checker(), reason, Timestamp.from(at))
        .update();
    events.command(bank, at, by.toString(), "CLOSE_EXCEPTION", reason, "exception " + exception);
    events.append(
        bank,
        at,
        List.of(new EventLog.Event("EXCEPTION_CLOSED", "exception " + exception, reason)));
    return null;
  }

  /** Decisions about one exception are made one after the other. */
  private void lock(int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7251, ?)").param(bank).query(_ -> {});
  }

  private @Nullable Refusal refusal(int bank, long exception) {
    record Standing(String kind, boolean open) {}
    var standing =
        jdbc.sql(
                "SELECT x.kind, EXISTS (SELECT 1"
                    + OPEN
                    + " AND e.exception = x.exception) AS open FROM clearing_exception x"
                    + " WHERE x.bank = :bank AND x.exception = :exception")
            .param("bank", bank)
            .param("exception", exception)
            .query(Standing.class)
            .optional();
    if (standing.isEmpty()) {
      return Refusal.NO_SUCH_EXCEPTION;
    }
    if (!standing.get().open()) {
      return Refusal.CLOSED_ALREADY;
    }
    return mayClose(ClearingDecision.Kind.valueOf(standing.get().kind()))
        ? null
        : Refusal.STILL_SILENT;
  }
}
