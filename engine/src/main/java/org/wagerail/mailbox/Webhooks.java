package org.wagerail.mailbox;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.secrecy.Vault;

/**
 * Where a bank's events are sent, and how far each endpoint has got. One person asks for an
 * endpoint and another confirms it: it carries what the bank knows to where they say. What was
 * delivered once is passed for good, in order, whatever happens between.
 */
@Component
public class Webhooks {
  /** How an endpoint stands. */
  public enum State {
    ASKED_FOR,
    ACTIVE,
    PAUSED,
    ENDED
  }

  /** What a person can say about an endpoint. */
  public enum Word {
    CONFIRM,
    RESUME,
    END
  }

  /**
   * An endpoint.
   *
   * @param kinds kinds of events that it wants; all when empty
   * @param position the last event that it has passed
   * @param failures failures since it last took something or was resumed
   * @param triedAt when it last failed; null when it did not since
   */
  public record Endpoint(
      long webhook,
      String url,
      List<String> kinds,
      State state,
      String maker,
      Instant askedAt,
      long position,
      int failures,
      @Nullable Instant triedAt,
      @Nullable String failure) {}

  /** Why nothing was done. */
  public enum Refusal {
    NO_SUCH_WEBHOOK("there is no such webhook", "无此推送地址"),
    SAME_PERSON("a second person must confirm it", "须由另一人确认"),
    STATE_CONFLICT("its state does not allow that", "当前状态不允许"),
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

  private static final String SECRET = "webhook.secret";

  private static final String ENDPOINTS =
      """
      SELECT w.webhook, w.url, w.kinds, w.maker, w.asked_at, s.step,
             coalesce(d.last_seq, w.after_seq) AS position, f.failures, f.tried_at, f.failure
        FROM webhook w
        LEFT JOIN LATERAL (
             SELECT x.step, x.at FROM webhook_step x WHERE x.bank = w.bank AND x.webhook = w.webhook
              ORDER BY x.nth DESC LIMIT 1) s ON true
        LEFT JOIN LATERAL (
             SELECT a.last_seq, a.attempt FROM webhook_attempt a
              WHERE a.bank = w.bank AND a.webhook = w.webhook AND a.failure IS NULL
              ORDER BY a.attempt DESC LIMIT 1) d ON true
        LEFT JOIN LATERAL (
             SELECT count(*)::integer AS failures, max(a.at) AS tried_at,
                    (array_agg(a.failure ORDER BY a.attempt DESC))[1] AS failure
               FROM webhook_attempt a
              WHERE a.bank = w.bank AND a.webhook = w.webhook AND a.failure IS NOT NULL
                AND a.attempt > coalesce(d.attempt, 0)
                AND (s.step IS DISTINCT FROM 'RESUMED' OR a.at >= s.at)) f ON true
       WHERE w.bank = :bank
      """;

  private final JdbcClient jdbc;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;
  private final Vault vault;

  Webhooks(JdbcClient jdbc, Months months, Numbers numbers, EventLog events, Vault vault) {
    this.jdbc = jdbc;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
    this.vault = vault;
  }

  /** A bank's endpoints, by number. */
  public List<Endpoint> all(int bank) {
    return jdbc.sql(ENDPOINTS + " ORDER BY w.webhook")
        .param("bank", bank)
        .query(
            (row, _) ->
                new Endpoint(
                    row.getLong("webhook"),
                    row.getString("url"),
                    List.of((String[]) row.getArray("kinds").getArray()),
                    state(row.getString("step")),
                    row.getString("maker"),
                    row.getTimestamp("asked_at").toInstant(),
                    row.getLong("position"),
                    row.getInt("failures"),
                    row.getTimestamp("tried_at") == null
                        ? null
                        : row.getTimestamp("tried_at").toInstant(),
                    row.getString("failure")))
        .list();
  }

  private static State state(@Nullable String step) {
    return switch (step) {
      case null -> State.ASKED_FOR;
      case "PAUSED" -> State.PAUSED;
      case "ENDED" -> State.ENDED;
      default -> State.ACTIVE;
    };
  }

  /**
   * Asks for an endpoint.
   *
   * @param url judged by the adapter that will call it
   * @param secret what its deliveries are signed with; kept sealed
   * @param after the event behind which it begins
   * @return its number
   */
  @Transactional
  public long ask(
      int bank,
      Instant at,
      String maker,
      String url,
      Collection<String> kinds,
      String secret,
      long after) {
    long webhook = numbers.take(bank, "webhook", 1);
    jdbc.sql(
            """
            INSERT INTO webhook (bank, webhook, url, kinds, secret, after_seq, maker, asked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            webhook,
            url,
            kinds.toArray(String[]::new),
            vault.seal(bank, SECRET, webhook, secret),
            after,
            maker,
            Timestamp.from(at))
        .update();
    var said = "to " + url + " behind " + after + " kinds " + String.join(",", kinds);
    events.command(bank, at, maker, "ASK_FOR_WEBHOOK", "to be confirmed", name(webhook, said));
    events.append(bank, at, List.of(new EventLog.Event("WEBHOOK_ASKED_FOR", name(webhook), said)));
    return webhook;
  }

  /**
   * A person's word about an endpoint.
   *
   * @param reason why it ends; may be empty else
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal say(
      int bank, Instant at, String person, long webhook, Word word, String reason) {
    lock(bank);
    var endpoint = find(bank, webhook);
    if (endpoint == null) {
      return Refusal.NO_SUCH_WEBHOOK;
    }
    if (word == Word.CONFIRM && endpoint.maker().equals(person)) {
      return Refusal.SAME_PERSON;
    }
    boolean fits =
        switch (word) {
          case CONFIRM -> endpoint.state() == State.ASKED_FOR;
          case RESUME -> endpoint.state() == State.PAUSED;
          case END -> endpoint.state() != State.ENDED;
        };
    if (!fits) {
      return Refusal.STATE_CONFLICT;
    }
    if (word == Word.END && reason.isBlank()) {
      return Refusal.NO_REASON;
    }
    step(
        bank,
        at,
        person,
        webhook,
        switch (word) {
          case CONFIRM -> "CONFIRMED";
          case RESUME -> "RESUMED";
          case END -> "ENDED";
        },
        reason);
    return null;
  }

  private @Nullable Endpoint find(int bank, long webhook) {
    return all(bank).stream().filter(e -> e.webhook() == webhook).findFirst().orElse(null);
  }

  private void step(int bank, Instant at, String actor, long webhook, String step, String reason) {
    jdbc.sql(
            """
            INSERT INTO webhook_step (bank, webhook, nth, step, actor, reason, at)
            SELECT ?, ?, 1 + coalesce(max(nth), 0), ?, ?, ?, ?
              FROM webhook_step WHERE bank = ? AND webhook = ?
            """)
        .params(bank, webhook, step, actor, reason, Timestamp.from(at), bank, webhook)
        .update();
    events.command(bank, at, actor, "WEBHOOK_" + step, reason, name(webhook));
    events.append(bank, at, List.of(new EventLog.Event("WEBHOOK_" + step, name(webhook), reason)));
  }

  private static String name(long webhook) {
    return "webhook " + webhook;
  }

  private static String name(long webhook, String said) {
    return name(webhook) + " " + said;
  }

  // ------------------------------------------------------------------ delivering

  /** What an endpoint's deliveries are signed with. */
  public String secret(int bank, long webhook) {
    return vault.open(
        bank,
        SECRET,
        webhook,
        jdbc.sql("SELECT secret FROM webhook WHERE bank = ? AND webhook = ?")
            .params(bank, webhook)
            .query(byte[].class)
            .single());
  }

  /**
   * The next delivery.
   *
   * @param after the event behind which it begins: where the one before it ended
   * @param last the event with which it ends, whether wanted or not
   */
  public record Batch(long after, long last, List<EventLog.Told> events) {}

  /**
   * What was found when an endpoint's events were looked through.
   *
   * @param looked up to this event there is nothing that it wants and does not have; where
   *     something was found, up to where that was
   * @param batch null when nothing that it wants has happened
   */
  public record Found(long looked, @Nullable Batch batch) {}

  /**
   * What an endpoint has to be told next.
   *
   * @param behind where to look on, at its position or behind it: what lies between is unwanted
   */
  public Found next(int bank, Endpoint endpoint, long behind, int most) {
    long last = events.last(bank);
    var wanted = events.after(bank, behind, last, endpoint.kinds(), most);
    return wanted.isEmpty()
        ? new Found(Math.max(behind, last), null)
        : new Found(
            wanted.getFirst().seq() - 1,
            new Batch(endpoint.position(), wanted.getLast().seq(), wanted));
  }

  /**
   * Keeps what came of a try.
   *
   * @param month of the instant in the bank's zone, yyyymm
   * @param failure why not; null when it was delivered
   */
  @Transactional
  public void tried(
      int bank, int month, Instant at, long webhook, Batch batch, @Nullable String failure) {
    months.open(month);
    jdbc.sql(
            """
            INSERT INTO webhook_attempt (bank, month, attempt, webhook, after_seq, last_seq, failure,
                                         at)
            VALUES (:bank, :month, :attempt, :webhook, :after, :last, :failure, :at)
            """)
        .param("bank", bank)
        .param("month", month)
        .param("attempt", numbers.take(bank, "webhook attempt", 1))
        .param("webhook", webhook)
        .param("after", batch.after())
        .param("last", batch.last())
        .param("failure", failure)
        .param("at", Timestamp.from(at))
        .update();
  }

  /**
   * Takes an endpoint for dead: nothing more is sent until a person resumes it, and none is lost.
   */
  @Transactional
  public void pause(int bank, Instant at, long webhook, String reason) {
    lock(bank);
    var endpoint = find(bank, webhook);
    if (endpoint != null && endpoint.state() == State.ACTIVE) {
      step(bank, at, "system", webhook, "PAUSED", reason);
    }
  }

  /** Words about a bank's endpoints come one after the other. */
  private void lock(int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7271, ?)").param(bank).query(_ -> {});
  }
}
