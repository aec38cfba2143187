package org.wagerail.reconciliation;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.money.BusinessCalendar;
import org.wagerail.project.Calendars;
import org.wagerail.project.Parameters;

/**
 * A bank's business days: each is compared when it is over, with the rest days before it, and
 * closed when nothing that differs is unexplained. Which days are worked says the bank's calendar.
 */
@Component
public class BusinessDays {
  /** Why a day is not compared or closed. */
  public enum Refusal {
    NOT_A_BUSINESS_DAY("the calendar knows no such business day", "该日不是日历所列营业日"),
    DAY_NOT_OVER("the day is not over", "该日尚未结束"),
    REPORT_UNREAD("a settlement report of the day is not compared yet", "当日结算报告尚未核对"),
    NOT_COMPARED("the day was not compared", "该日尚未对账"),
    DAY_CLOSED("the day is closed", "该日已关闭"),
    READ_SINCE("something was read of the day since it was compared", "对账后又收到当日的对账单或报告，须重新核对"),
    BREAKS_OPEN("breaks of the day are not explained", "当日尚有未解释的差异"),
    EARLIER_DAY_OPEN("a day before it is not closed", "此前尚有未关闭的营业日");

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

  /**
   * How a day stands.
   *
   * @param after the business day before; what lies behind it belongs to this day
   * @param nth which comparison this is, from 1
   * @param ours movements of ours on special wage accounts
   * @param theirs entries of the core system's statements
   * @param agreed movements that both have alike
   * @param statements pages that were read of its days
   * @param reports clearing's reports of its days
   * @param items of those reports
   * @param itemsAgreed items that say what we say
   * @param breaks all that were found so far
   * @param open those that nobody has explained
   * @param explained those that wait for a second person
   * @param closedBy who closed the day, null while it is open
   * @param obstacle why it cannot be closed, null when it can
   */
  public record Standing(
      LocalDate day,
      LocalDate after,
      int nth,
      int ours,
      int theirs,
      int agreed,
      int statements,
      int reports,
      int items,
      int itemsAgreed,
      Instant comparedAt,
      int breaks,
      int open,
      int explained,
      @Nullable String closedBy,
      @Nullable Instant closedAt,
      @Nullable Refusal obstacle) {}

  /**
   * A movement of ours on a special wage account, as the core system should have it.
   *
   * @param account its number
   * @param amount minor units, credit positive
   * @param on the day of our books, or on which the core system said that it booked it
   */
  public record Movement(String account, String reference, long amount, LocalDate on) {}

  /** How far back the calendar must reach for the business day before. */
  private static final int LONGEST_HOLIDAY = 20;

  private final JdbcClient jdbc;
  private final Parameters parameters;
  private final Calendars calendars;
  private final DayComparison comparison;
  private final EventLog events;

  BusinessDays(
      JdbcClient jdbc,
      Parameters parameters,
      Calendars calendars,
      DayComparison comparison,
      EventLog events) {
    this.jdbc = jdbc;
    this.parameters = parameters;
    this.calendars = calendars;
    this.comparison = comparison;
    this.events = events;
  }

  /**
   * Compares a day, again if it was compared before and is not closed.
   *
   * @param today the bank's date
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal compare(int bank, LocalDate today, Instant at, LocalDate day) {
    var calendar = calendar(bank, today);
    if (!isBusinessDay(calendar, day)) {
      return Refusal.NOT_A_BUSINESS_DAY;
    }
    if (!day.isBefore(today)) {
      return Refusal.DAY_NOT_OVER;
    }
    inTurn(jdbc, bank);
    if (closed(bank, day)) {
      return Refusal.DAY_CLOSED;
    }
    var after = calendar.previous(day);
    if (reports(bank, after, day, "") > reports(bank, after, day, COMPARED)) {
      return Refusal.REPORT_UNREAD;
    }
    comparison.run(bank, at, after, day);
    return null;
  }

  /**
   * Closes a day.
   *
   * @param actor who closes it, by number or role
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal close(int bank, Instant at, String actor, LocalDate day) {
    inTurn(jdbc, bank);
    var refusal = DayDecision.close(known(bank, day));
    if (refusal != null) {
      return refusal;
    }
    int nth =
        jdbc.sql(
                """
                INSERT INTO day_closed (bank, day, nth, actor, closed_at)
                SELECT bank, day, max(nth), ?, ? FROM day_comparison WHERE bank = ? AND day = ?
                 GROUP BY bank, day RETURNING nth
                """)
            .params(actor, Timestamp.from(at), bank, day)
            .query(Integer.class)
            .single();
    events.command(
        bank, at, actor, "CLOSE_DAY", "comparison " + nth, "business day " + day + " " + nth);
    events.append(
        bank,
        at,
        List.of(new EventLog.Event("DAY_CLOSED", "business day " + day, "comparison " + nth)));
    return null;
  }

  /** How a day stands; nothing when it was never compared. */
  @Transactional(readOnly = true)
  public Optional<Standing> standing(int bank, LocalDate day) {
    record Row(
        LocalDate after,
        int nth,
        int ours,
        int theirs,
        int agreed,
        int statements,
        int reports,
        int items,
        int itemsAgreed,
        Instant comparedAt,
        int breaks,
        int open,
        int explained,
        @Nullable String closedBy,
        @Nullable Instant closedAt) {}
    return jdbc.sql(
            """
            SELECT c.after, c.nth, c.ours, c.theirs, c.agreed, c.statements, c.reports, c.items,
                   c.items_agreed, c.compared_at, b.breaks, b.open, b.explained, d.actor, d.closed_at
              FROM day_comparison c
              LEFT JOIN day_closed d USING (bank, day),
                   LATERAL (SELECT count(*) AS breaks,
                                   count(*) FILTER (WHERE x.break IS NULL AND NOT e.explained) AS open,
                                   count(*) FILTER (WHERE x.break IS NULL AND e.explained) AS explained
                              FROM day_break k
                              LEFT JOIN break_closed x USING (bank, break),
                                   LATERAL (SELECT EXISTS (SELECT 1 FROM break_explained e
                                              WHERE e.bank = k.bank AND e.break = k.break)
                                              AS explained) e
                             WHERE k.bank = c.bank AND k.day = c.day) b
             WHERE c.bank = ? AND c.day = ? ORDER BY c.nth DESC LIMIT 1
            """)
        .params(bank, day)
        .query(
            (row, _) ->
                new Row(
                    row.getObject(1, LocalDate.class),
                    row.getInt(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getInt(7),
                    row.getInt(8),
                    row.getInt(9),
                    row.getTimestamp(10).toInstant(),
                    row.getInt(11),
                    row.getInt(12),
                    row.getInt(13),
                    row.getString(14),
                    row.getTimestamp(15) == null ? null : row.getTimestamp(15).toInstant()))
        .optional()
        .map(
            row ->
                new Standing(
                    day,
                    row.after(),
                    row.nth(),
                    row.ours(),
                    row.theirs(),
                    row.agreed(),
                    row.statements(),
                    row.reports(),
                    row.items(),
                    row.itemsAgreed(),
                    row.comparedAt(),
                    row.breaks(),
                    row.open(),
                    row.explained(),
                    row.closedBy(),
                    row.closedAt(),
                    DayDecision.close(known(bank, day))));
  }

  /**
   * Business days before today that are not closed, in order. A bank's days begin with the first
   * that has a statement of the core system or was compared.
   */
  public List<LocalDate> due(int bank, LocalDate today) {
    @Nullable LocalDate first =
        jdbc.sql(
                """
                SELECT coalesce((SELECT max(day) + 1 FROM day_closed WHERE bank = :bank),
                                least((SELECT min(day) FROM core_statement WHERE bank = :bank),
                                      (SELECT min(day) FROM day_comparison WHERE bank = :bank)))
                """)
            .param("bank", bank)
            .query((row, _) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
            .single()
            .orElse(null);
    var due = new ArrayList<LocalDate>();
    if (first != null) {
      var calendar = calendar(bank, today);
      for (var day = first; day.isBefore(today); day = day.plusDays(1)) {
        if (isBusinessDay(calendar, day)) {
          due.add(day);
        }
      }
    }
    return due;
  }

  /** Which business day of its year a day is, from 1; 0 when it is none. */
  public int numberInYear(int bank, LocalDate today, LocalDate day) {
    var calendar = calendar(bank, today);
    if (!isBusinessDay(calendar, day)) {
      return 0;
    }
    return (int)
        day.withDayOfYear(1).datesUntil(day.plusDays(1)).filter(calendar::isWorkingDay).count();
  }

  /** Our movements of a business day on special wage accounts, by account and reference. */
  public List<Movement> movements(int bank, LocalDate today, LocalDate day) {
    var after = calendar(bank, today).previous(day);
    return jdbc.sql(
            """
            SELECT account, reference, amount, on_day AS "on" FROM core_movement
             WHERE bank = ? AND book_month BETWEEN ? AND ? AND on_day > ? AND on_day <= ?
             ORDER BY account, on_day, reference
            """)
        .params(
            bank, CoreStatements.month(after.plusDays(1)), CoreStatements.month(day), after, day)
        .query(Movement.class)
        .list();
  }

  /**
   * What every special wage account held by our books before a business day and the rest days that
   * belong to it, by its number, minor units.
   */
  public Map<String, Long> openings(int bank, LocalDate today, LocalDate day) {
    var after = calendar(bank, today).previous(day);
    var openings = new HashMap<String, Long>();
    jdbc.sql(
            """
            SELECT s.number, coalesce(sum(x.amount), 0)::bigint
              FROM special_account s
              LEFT JOIN (SELECT account, amount FROM core_movement WHERE bank = :bank AND on_day <= :after
                         UNION ALL
                         SELECT a.number, p.amount FROM journal_entry e
                           JOIN posting p USING (bank, book_month, entry)
                           JOIN wage_book w ON w.bank = p.bank AND w.wage_book = p.account
                           JOIN special_account a ON a.bank = w.bank
                                AND a.special_account = w.special_account
                          WHERE e.bank = :bank AND e.kind = 'OPENING' AND e.business_date <= :day) x
                ON x.account = s.number
             WHERE s.bank = :bank GROUP BY s.number
            """)
        .param("bank", bank)
        .param("after", after)
        .param("day", day)
        .query(
            row -> {
              openings.put(row.getString(1), row.getLong(2));
            });
    return openings;
  }

  /** Whoever decides about a bank's days waits for the one before, until the commit. */
  static void inTurn(JdbcClient jdbc, int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7290, ?)").param(bank).query(_ -> {});
  }

  private BusinessCalendar calendar(int bank, LocalDate today) {
    return calendars.named(parameters.of(bank, "").text("calendar", today));
  }

  private static boolean isBusinessDay(BusinessCalendar calendar, LocalDate day) {
    return calendar.years().containsKey(day.getYear())
        && calendar.years().containsKey(day.minusDays(LONGEST_HOLIDAY).getYear())
        && calendar.isWorkingDay(day);
  }

  private boolean closed(int bank, LocalDate day) {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM day_closed WHERE bank = ? AND day = ?)")
        .params(bank, day)
        .query(Boolean.class)
        .single();
  }

  private static final String COMPARED =
      " AND EXISTS (SELECT 1 FROM settlement_compared c WHERE c.bank = r.bank AND c.month = r.month"
          + " AND c.report = r.report)";

  private int reports(int bank, LocalDate after, LocalDate day, String which) {
    return jdbc.sql(
            "SELECT count(*) FROM settlement_report r WHERE bank = ? AND month BETWEEN ? AND ?"
                + " AND day > ? AND day <= ?"
                + which)
        .params(
            bank, CoreStatements.month(after.plusDays(1)), CoreStatements.month(day), after, day)
        .query(Integer.class)
        .single();
  }

  private DayDecision.Known known(int bank, LocalDate day) {
    record Last(LocalDate after, int statements, int reports) {}
    var last =
        jdbc.sql(
                "SELECT after, statements, reports FROM day_comparison WHERE bank = ? AND day = ?"
                    + " ORDER BY nth DESC LIMIT 1")
            .params(bank, day)
            .query(Last.class)
            .optional();
    if (last.isEmpty()) {
      return new DayDecision.Known(day, false, false, false, 0, false);
    }
    var after = last.get().after();
    int statements =
        jdbc.sql(
                "SELECT count(*) FROM core_statement WHERE bank = ? AND month BETWEEN ? AND ?"
                    + " AND day > ? AND day <= ?")
            .params(
                bank,
                CoreStatements.month(after.plusDays(1)),
                CoreStatements.month(day),
                after,
                day)
            .query(Integer.class)
            .single();
    int open =
        jdbc.sql(
                """
                SELECT count(*) FROM day_break b WHERE b.bank = ? AND b.day = ?
                   AND NOT EXISTS (SELECT 1 FROM break_closed c
                                    WHERE c.bank = b.bank AND c.break = b.break)
                """)
            .params(bank, day)
            .query(Integer.class)
            .single();
    boolean earlierOpen =
        jdbc.sql(
                """
                SELECT EXISTS (SELECT 1 FROM day_comparison c WHERE c.bank = ? AND c.day < ?
                   AND NOT EXISTS (SELECT 1 FROM day_closed d
                                    WHERE d.bank = c.bank AND d.day = c.day))
                """)
            .params(bank, day)
            .query(Boolean.class)
            .single();
    return new DayDecision.Known(
        day,
        true,
        closed(bank, day),
        statements != last.get().statements()
            || reports(bank, after, day, "") != last.get().reports(),
        open,
        earlierOpen);
  }
}
