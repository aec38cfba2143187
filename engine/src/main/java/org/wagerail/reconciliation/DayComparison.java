package org.wagerail.reconciliation;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;

/**
 * Compares a day as sets. Both sides of each pair are loaded into tables of the transaction, and
 * weighed, so that a province's day is joined as what it is.
 */
@Component
class DayComparison {
  /** Whose a break is until somebody takes it over. */
  static final String FIRST_OWNER = "reconciler";

  private static final List<String> SIDES =
      List.of(
          """
          CREATE TEMP TABLE day_ours (
            account text, reference text, nth bigint, amount bigint, on_day date) ON COMMIT DROP
          """,
          """
          INSERT INTO day_ours
          SELECT account, reference,
                 row_number() OVER (PARTITION BY account, reference ORDER BY amount), amount, on_day
            FROM core_movement
           WHERE bank = :bank AND book_month BETWEEN :first AND :last
             AND on_day > :after AND on_day <= :day
          """,
          """
          CREATE TEMP TABLE day_page (
            account text, day date, page integer, last_page boolean, sequence bigint,
            opening bigint, closing bigint, total bigint, month integer, statement bigint)
            ON COMMIT DROP
          """,
          // Of a page that came again, the last counts.
          """
          INSERT INTO day_page
          SELECT DISTINCT ON (account, day, page) account, day, page, last_page, sequence, opening,
                 closing, total, month, statement
            FROM core_statement
           WHERE bank = :bank AND month BETWEEN :first AND :last AND day > :after AND day <= :day
           ORDER BY account, day, page, statement DESC
          """,
          """
          CREATE TEMP TABLE day_theirs (
            account text, reference text, nth bigint, amount bigint, day date, booked date,
            valued date) ON COMMIT DROP
          """,
          """
          INSERT INTO day_theirs
          SELECT p.account, e.reference,
                 row_number() OVER (PARTITION BY p.account, e.reference ORDER BY p.day, e.amount),
                 e.amount, p.day, e.booked, e.valued
            FROM day_page p
            JOIN core_entry e ON e.bank = :bank AND e.month = p.month AND e.statement = p.statement
           WHERE e.month BETWEEN :first AND :last
          """,
          """
          CREATE TEMP TABLE day_statement (
            account text, day date, whole boolean, sequence bigint, opening bigint, closing bigint,
            total bigint) ON COMMIT DROP
          """,
          """
          INSERT INTO day_statement
          SELECT account, day,
                 min(page) = 1 AND max(page) = count(*)
                   AND coalesce(max(page) FILTER (WHERE last_page) = max(page), false)
                   AND count(opening) FILTER (WHERE page = 1) = 1
                   AND count(closing) FILTER (WHERE last_page) = 1,
                 min(sequence), min(opening) FILTER (WHERE page = 1),
                 min(closing) FILTER (WHERE last_page), sum(total)
            FROM day_page GROUP BY account, day
          """,
          "ANALYZE day_ours",
          "ANALYZE day_theirs",
          "ANALYZE day_page",
          "ANALYZE day_statement",
          """
          CREATE TEMP TABLE day_found (
            counterpart text DEFAULT 'CORE', kind text, account text, reference text,
            elsewhere text DEFAULT '', ours bigint, theirs bigint, ours_on date, theirs_on date,
            exception bigint) ON COMMIT DROP
          """);

  /** Movements that both sides have on the same account. */
  private static final String PAIRS =
      """
      INSERT INTO day_found (kind, account, reference, ours, theirs, ours_on, theirs_on)
      SELECT CASE WHEN o.amount = -t.amount THEN 'SIDE_DIFFERS'
                  WHEN o.amount <> t.amount THEN 'AMOUNT_DIFFERS'
                  ELSE 'WRONG_DATE' END,
             account, reference, o.amount, t.amount, o.on_day,
             CASE WHEN t.booked > :after AND t.booked <= :day THEN coalesce(t.valued, t.booked)
                  ELSE t.booked END
        FROM day_ours o JOIN day_theirs t USING (account, reference, nth)
       WHERE o.amount <> t.amount
          OR t.booked <= :after OR t.booked > :day
          -- What we booked on a rest day may bear interest from then, or from the day it is booked.
          OR t.valued < o.on_day OR t.valued > :day
      """;

  private static final List<String> LONE =
      List.of(
          """
          CREATE TEMP TABLE lone_ours (
            account text, reference text, amount bigint, on_day date, place bigint) ON COMMIT DROP
          """,
          """
          INSERT INTO lone_ours
          SELECT account, reference, amount, on_day,
                 row_number() OVER (PARTITION BY reference ORDER BY account)
            FROM (SELECT * FROM day_ours o
                   WHERE NOT EXISTS (SELECT 1 FROM day_theirs t WHERE t.account = o.account
                                        AND t.reference = o.reference AND t.nth = o.nth)) o
           -- The core system has it on another day: that day tells.
           WHERE NOT EXISTS (
                   SELECT 1 FROM core_entry e
                     JOIN core_statement s ON s.bank = e.bank AND s.month = e.month
                          AND s.statement = e.statement
                    WHERE e.bank = :bank AND e.reference = o.reference AND s.account = o.account
                      AND (s.day <= :after OR s.day > :day)
                      AND NOT EXISTS (
                            SELECT 1 FROM core_statement n WHERE n.bank = s.bank
                               AND n.account = s.account AND n.day = s.day AND n.page = s.page
                               AND n.statement > s.statement))
          """,
          """
          CREATE TEMP TABLE lone_theirs (
            account text, reference text, amount bigint, day date, booked date, again boolean,
            ours bigint, ours_on date, place bigint) ON COMMIT DROP
          """,
          // What we have on another day is found by its own number.
          """
          INSERT INTO lone_theirs
          SELECT t.account, t.reference, t.amount, t.day, t.booked,
                 h.amount IS NOT NULL
                   OR x.amount IS NOT NULL AND EXISTS (
                        SELECT 1 FROM core_entry e
                          JOIN core_statement s ON s.bank = e.bank AND s.month = e.month
                               AND s.statement = e.statement
                         WHERE e.bank = :bank AND e.reference = t.reference
                           AND s.account = t.account AND s.day <= :after),
                 coalesce(h.amount, x.amount), coalesce(h.on_day, x.on_day),
                 row_number() OVER (PARTITION BY t.reference, h.amount IS NULL AND x.amount IS NULL
                                    ORDER BY t.account)
            FROM (SELECT * FROM day_theirs t
                   WHERE NOT EXISTS (SELECT 1 FROM day_ours o WHERE o.account = t.account
                                        AND o.reference = t.reference AND o.nth = t.nth)) t
            LEFT JOIN day_ours h ON h.account = t.account AND h.reference = t.reference AND h.nth = 1
            LEFT JOIN LATERAL (
                 SELECT m.amount, m.on_day FROM core_movement m
                  WHERE h.amount IS NULL AND m.bank = :bank AND m.account = t.account
                    AND m.book_month = substring(t.reference FROM '^E([0-9]{6})-')::integer
                    AND m.entry = substring(t.reference FROM '^E[0-9]{6}-([0-9]{1,18})$')::bigint
                  UNION ALL
                 SELECT a.amount, a.business_date FROM advice a
                  WHERE h.amount IS NULL AND a.bank = :bank AND a.account = t.account
                    AND a.reference = t.reference AND a.outcome IN ('CREDITED', 'SUSPENDED')
                  LIMIT 1) x ON true
          """,
          "ANALYZE lone_ours",
          "ANALYZE lone_theirs",
          """
          INSERT INTO day_found (kind, account, reference, ours, theirs, ours_on, theirs_on)
          SELECT CASE WHEN again THEN 'BOOKED_TWICE' ELSE 'WRONG_DATE' END, account, reference, ours,
                 amount, ours_on, booked
            FROM lone_theirs WHERE ours IS NOT NULL
          """,
          """
          INSERT INTO day_found (kind, account, reference, elsewhere, ours, theirs, ours_on, theirs_on)
          SELECT CASE WHEN o.account IS NULL THEN 'MISSING_IN_OURS' ELSE 'WRONG_ACCOUNT' END,
                 coalesce(o.account, t.account), t.reference,
                 CASE WHEN o.account IS NULL THEN '' ELSE t.account END, o.amount, t.amount, o.on_day,
                 t.booked
            FROM lone_theirs t
            LEFT JOIN lone_ours o ON o.reference = t.reference AND o.place = t.place
           WHERE t.ours IS NULL
          """,
          // Of an account without a statement the statement is missing, not each movement; of one
          // that lacks pages nobody knows.
          """
          INSERT INTO day_found (kind, account, reference, ours, ours_on)
          SELECT 'MISSING_IN_CORE', o.account, o.reference, o.amount, o.on_day
            FROM lone_ours o
           WHERE NOT EXISTS (SELECT 1 FROM lone_theirs t WHERE t.reference = o.reference
                                AND t.place = o.place AND t.ours IS NULL)
             AND (SELECT bool_and(s.whole) FROM day_statement s WHERE s.account = o.account)
          """,
          """
          INSERT INTO day_found (kind, account, reference, ours, ours_on)
          SELECT 'STATEMENT_MISSING', o.account, '', sum(o.amount), max(o.on_day)
            FROM lone_ours o
           WHERE NOT EXISTS (SELECT 1 FROM lone_theirs t WHERE t.reference = o.reference
                                AND t.place = o.place AND t.ours IS NULL)
             AND NOT EXISTS (SELECT 1 FROM day_statement s WHERE s.account = o.account)
           GROUP BY o.account
          """);

  /** Statements in themselves, and against those before them. */
  private static final String STATEMENTS =
      """
      WITH before AS MATERIALIZED (
        SELECT s.*, p.day AS before_day, p.sequence AS before_sequence, p.closing AS before_closing
          FROM day_statement s
          LEFT JOIN LATERAL (
               SELECT b.day, b.sequence, b.closing FROM core_statement b
                WHERE b.bank = :bank AND b.account = s.account AND b.day < s.day
                ORDER BY b.day DESC, b.page DESC, b.statement DESC LIMIT 1) p ON true),
      judged AS (
        SELECT *, sequence IS NOT NULL AND before_sequence IS NOT NULL
                  AND sequence <> before_sequence + 1
                  AND NOT (sequence = 1 AND extract(year FROM day) > extract(year FROM before_day))
                    AS gap
          FROM before),
      -- The first statement of all begins where our books do.
      begun AS (
        SELECT account, sum(amount) AS amount
          FROM (SELECT m.account, m.amount FROM core_movement m
                 WHERE (SELECT bool_or(before_day IS NULL) FROM judged)
                   AND m.bank = :bank AND m.on_day <= :after
                   AND m.account IN (SELECT account FROM judged WHERE before_day IS NULL)
                 UNION ALL
                SELECT s.number, p.amount FROM journal_entry e
                  JOIN posting p ON p.bank = e.bank AND p.book_month = e.book_month
                       AND p.entry = e.entry
                  JOIN wage_book w ON w.bank = p.bank AND w.wage_book = p.account
                  JOIN special_account s ON s.bank = w.bank AND s.special_account = w.special_account
                 WHERE (SELECT bool_or(before_day IS NULL) FROM judged)
                   AND e.bank = :bank AND e.kind = 'OPENING' AND e.business_date <= :day
                   AND s.number IN (SELECT account FROM judged WHERE before_day IS NULL)) b
         GROUP BY account)
      INSERT INTO day_found (kind, account, reference, ours, theirs, ours_on, theirs_on)
      SELECT 'STATEMENT_INCOMPLETE', account, '', NULL::bigint, NULL::bigint, NULL::date, day
        FROM judged WHERE NOT whole
      UNION ALL
      SELECT 'SEQUENCE_GAP', account, '', before_sequence + 1, sequence, before_day, day
        FROM judged WHERE gap
      UNION ALL
      SELECT 'CLOSING_DIFFERS', account, '', opening + total, closing, day, day
        FROM judged WHERE whole AND closing <> opening + total
      UNION ALL
      SELECT 'OPENING_DIFFERS', account, '', x.ours, opening, before_day, day
        FROM judged LEFT JOIN begun USING (account),
             LATERAL (SELECT CASE WHEN before_day IS NULL THEN coalesce(begun.amount, 0)
                                  ELSE before_closing END AS ours) x
       -- Where a statement is missing in between, that is what is wrong.
       WHERE whole AND NOT gap AND opening <> x.ours
      """;

  /** What the comparison of clearing's report found is an exception already. */
  private static final String CLEARING =
      """
      INSERT INTO day_found (counterpart, kind, account, reference, ours, theirs, ours_on, theirs_on,
                             exception)
      SELECT 'CLEARING',
             CASE e.kind WHEN 'UNKNOWN_PAYMENT' THEN 'MISSING_IN_OURS'
                         WHEN 'AMOUNT_DIFFERS' THEN 'AMOUNT_DIFFERS'
                         WHEN 'REPORTED_TWICE' THEN 'BOOKED_TWICE'
                         WHEN 'NOT_REPORTED' THEN 'NOT_AT_CLEARING'
                         ELSE 'CONTRADICTION' END,
             k.code, e.tx_id, p.amount,
             (SELECT max(i.amount) FROM settlement_item i
               WHERE i.bank = r.bank AND i.month = r.month AND i.report = r.report
                 AND i.pay_month = x.pay_month AND i.payment = x.payment AND i.tx_id = e.tx_id
                 AND i.returned = (e.said = 'REPORTED_RETURN')),
             CASE WHEN p.payment IS NOT NULL THEN r.day END, r.day, e.exception
        FROM settlement_report r
        JOIN bank k ON k.bank = r.bank
        JOIN clearing_exception e ON e.bank = r.bank AND e.doc_month = r.doc_month
             AND e.document = r.document,
             LATERAL (SELECT CASE WHEN e.tx_id ~ '^[0-9]{16}$' THEN left(e.tx_id, 6)::integer
                                  ELSE 0 END AS pay_month,
                             CASE WHEN e.tx_id ~ '^[0-9]{16}$' THEN right(e.tx_id, 10)::bigint
                                  ELSE 0 END AS payment) x
        LEFT JOIN payment p ON p.bank = :bank AND p.pay_month = x.pay_month
             AND p.payment = x.payment
       WHERE r.bank = :bank AND r.month BETWEEN :first AND :last AND r.day > :after AND r.day <= :day
      """;

  private static final String PAY_MONTHS =
      """
      SELECT DISTINCT i.pay_month FROM settlement_report r
        JOIN settlement_item i ON i.bank = r.bank AND i.month = r.month AND i.report = r.report
       WHERE r.bank = :bank AND r.month BETWEEN :first AND :last AND r.day > :after AND r.day <= :day
         AND i.pay_month > 0
      """;

  /** What the report's own word moved. */
  private static final String SETTLED =
      """
      INSERT INTO day_found (counterpart, kind, account, reference, ours, theirs, ours_on, theirs_on)
      SELECT 'CLEARING', 'SETTLED_BY_REPORT', k.code,
             p.pay_month || lpad(p.payment::text, 10, '0'), p.amount, p.amount, r.day, r.day
        FROM settlement_report r
        JOIN bank k ON k.bank = r.bank
        JOIN payment_result x ON x.bank = r.bank AND x.doc_month = r.doc_month
             AND x.document = r.document AND x.stage = 1
        JOIN payment p ON p.bank = x.bank AND p.pay_month = x.pay_month AND p.payment = x.payment
       WHERE r.bank = :bank AND r.month BETWEEN :first AND :last AND r.day > :after AND r.day <= :day
         AND x.pay_month = ANY (:months)
      """;

  /** A day of which clearing was sent payments is a day of which it reports. */
  private static final String REPORT_MISSING =
      """
      INSERT INTO day_found (counterpart, kind, account, reference, ours, ours_on)
      SELECT 'CLEARING', 'STATEMENT_MISSING', k.code, '', sum(g.total), g.settlement_date
        FROM package g
        JOIN package_sent s USING (bank, pay_month, package)
        JOIN bank k ON k.bank = g.bank
       WHERE g.bank = :bank AND g.settlement_date > :after AND g.settlement_date <= :day
         AND NOT EXISTS (SELECT 1 FROM settlement_report r WHERE r.bank = g.bank
                            AND r.month BETWEEN :first AND :last AND r.day = g.settlement_date)
       GROUP BY k.code, g.settlement_date
      """;

  /** The same difference, by all that is known of it. */
  private static final String SAME =
      """
      (b.counterpart, b.kind, b.account, b.reference, b.elsewhere)
        = (f.counterpart, f.kind, f.account, f.reference, f.elsewhere)
      AND (b.ours, b.theirs, b.ours_on, b.theirs_on, b.exception, b.same)
        IS NOT DISTINCT FROM (f.ours, f.theirs, f.ours_on, f.theirs_on, f.exception, f.same)
      """;

  /** Equal differences are told apart by their places. */
  private static final String KNOWN_AND_FOUND =
      """
      WITH b AS (
        SELECT *, row_number() OVER (PARTITION BY counterpart, kind, account, reference, elsewhere,
                                       ours, theirs, ours_on, theirs_on, exception
                                     ORDER BY break) AS same
          FROM day_break
         WHERE bank = :bank AND day = :day
           AND NOT EXISTS (SELECT 1 FROM break_closed c WHERE c.bank = day_break.bank
                              AND c.break = day_break.break AND c.outcome = 'GONE')),
      f AS (
        SELECT *, row_number() OVER (PARTITION BY counterpart, kind, account, reference, elsewhere,
                                       ours, theirs, ours_on, theirs_on, exception) AS same
          FROM day_found)
      """;

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;

  DayComparison(JdbcClient jdbc, Numbers numbers, EventLog events) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
  }

  /**
   * Compares what lies behind one business day up to another.
   *
   * @param after the business day before, which is compared by itself
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void run(int bank, Instant at, LocalDate after, LocalDate day) {
    // Room for the joins of a province; compiling queries that run once costs more than it saves.
    jdbc.sql("SET LOCAL work_mem = '64MB'").update();
    jdbc.sql("SET LOCAL jit = off").update();
    jdbc.sql(
            "DROP TABLE IF EXISTS day_ours, day_page, day_theirs, day_statement, day_found,"
                + " lone_ours, lone_theirs")
        .update();
    Map<String, Object> of =
        Map.of(
            "bank",
            bank,
            "after",
            after,
            "day",
            day,
            "first",
            CoreStatements.month(after.plusDays(1)),
            "last",
            CoreStatements.month(day));
    var statements = new ArrayList<>(SIDES);
    statements.add(PAIRS);
    statements.addAll(LONE);
    statements.addAll(List.of(STATEMENTS, CLEARING, REPORT_MISSING));
    statements.forEach(sql -> jdbc.sql(sql).params(of).update());
    var payMonths = jdbc.sql(PAY_MONTHS).params(of).query(Integer.class).list();
    jdbc.sql(SETTLED).params(of).param("months", payMonths.toArray(Integer[]::new)).update();
    int nth = note(bank, at, of);
    var told = new ArrayList<EventLog.Event>();
    told.addAll(open(bank, at, nth, of));
    told.addAll(end(bank, at, of));
    told.add(
        jdbc.sql(
                """
                SELECT 'DAY_COMPARED' AS kind, 'business day ' || day || ' ' || nth AS subject,
                       concat_ws(' ', after, ours, theirs, agreed, statements, reports, items,
                                 items_agreed, breaks) AS detail
                  FROM day_comparison WHERE bank = :bank AND day = :day AND nth = :nth
                """)
            .params(of)
            .param("nth", nth)
            .query(EventLog.Event.class)
            .single());
    events.append(bank, at, told);
  }

  private int note(int bank, Instant at, Map<String, Object> of) {
    return jdbc.sql(
            """
            INSERT INTO day_comparison (bank, day, nth, after, ours, theirs, agreed, statements,
                                        reports, items, items_agreed, breaks, compared_at)
            SELECT :bank, :day,
                   1 + (SELECT count(*) FROM day_comparison WHERE bank = :bank AND day = :day), :after,
                   (SELECT count(*) FROM day_ours), (SELECT count(*) FROM day_theirs),
                   (SELECT count(*) FROM day_ours o JOIN day_theirs t USING (account, reference, nth)
                     WHERE o.amount = t.amount AND t.booked > :after AND t.booked <= :day
                       AND coalesce(t.valued >= o.on_day AND t.valued <= :day, true)),
                   (SELECT count(*) FROM core_statement
                     WHERE bank = :bank AND month BETWEEN :first AND :last
                       AND day > :after AND day <= :day),
                   r.reports, r.items, r.agreed, (SELECT count(*) FROM day_found), :at
              FROM (SELECT count(*) AS reports, coalesce(sum(r.items), 0) AS items,
                           coalesce(sum(c.agreed), 0) AS agreed
                      FROM settlement_report r JOIN settlement_compared c USING (bank, month, report)
                     WHERE r.bank = :bank AND r.month BETWEEN :first AND :last
                       AND r.day > :after AND r.day <= :day) r
            RETURNING nth
            """)
        .params(of)
        .param("at", Timestamp.from(at))
        .query(Integer.class)
        .single();
  }

  /** Opens the breaks that are not there yet. */
  private List<EventLog.Event> open(int bank, Instant at, int nth, Map<String, Object> of) {
    var fresh = "FROM f WHERE NOT EXISTS (SELECT 1 FROM b WHERE " + SAME + ")";
    long count =
        jdbc.sql(KNOWN_AND_FOUND + "SELECT count(*) " + fresh)
            .params(of)
            .query(Long.class)
            .single();
    if (count == 0) {
      return List.of();
    }
    long first = numbers.take(bank, "break", count);
    return jdbc.sql(
            KNOWN_AND_FOUND
                + """
                , opened AS (
                  INSERT INTO day_break (bank, break, day, nth, counterpart, kind, account, reference,
                                         elsewhere, ours, theirs, ours_on, theirs_on, exception,
                                         opened_at)
                  SELECT :bank, :number - 1 + row_number() OVER (
                           ORDER BY counterpart DESC, account, kind, reference), :day, :nth,
                         counterpart, kind, account, reference, elsewhere, ours, theirs, ours_on,
                         theirs_on, exception, :at
                """
                + fresh
                + """
                  RETURNING *),
                owned AS (
                  INSERT INTO break_owner (bank, break, nth, owner, given_at)
                  SELECT bank, break, 1, :owner, opened_at FROM opened)
                SELECT 'BREAK_OPENED' AS kind, 'break ' || break AS subject,
                       concat_ws(' ', day, counterpart, kind, account, reference, elsewhere, ours,
                                 theirs) AS detail
                  FROM opened ORDER BY break
                """)
        .params(of)
        .param("number", first)
        .param("nth", nth)
        .param("at", Timestamp.from(at))
        .param("owner", FIRST_OWNER)
        .query(EventLog.Event.class)
        .list();
  }

  /** Closes what closes itself. */
  private List<EventLog.Event> end(int bank, Instant at, Map<String, Object> of) {
    return jdbc.sql(
            KNOWN_AND_FOUND
                + """
                , ended AS (
                  INSERT INTO break_closed (bank, break, outcome, maker, checker, reason, closed_at)
                  SELECT b.bank, b.break,
                         CASE WHEN x.exception IS NOT NULL THEN 'EXCEPTION'
                              WHEN b.kind = 'SETTLED_BY_REPORT' THEN 'RULE' ELSE 'GONE' END,
                         x.maker, x.checker,
                         CASE WHEN x.exception IS NOT NULL THEN x.reason
                              WHEN b.kind = 'SETTLED_BY_REPORT'
                                THEN '以结算报告为准 the report settles what nobody answered'
                              ELSE '再次核对已相符 a later comparison no longer finds it' END, :at
                    FROM b
                    LEFT JOIN exception_closed x ON x.bank = b.bank AND x.exception = b.exception
                   WHERE NOT EXISTS (SELECT 1 FROM break_closed c WHERE c.bank = b.bank
                                        AND c.break = b.break)
                     AND (x.exception IS NOT NULL
                          OR b.kind = 'SETTLED_BY_REPORT'
                          OR NOT EXISTS (SELECT 1 FROM f WHERE
                """
                + SAME
                + """
                ))
                  RETURNING *)
                SELECT 'BREAK_CLOSED' AS kind, 'break ' || break AS subject, outcome AS detail
                  FROM ended ORDER BY break
                """)
        .params(of)
        .param("at", Timestamp.from(at))
        .query(EventLog.Event.class)
        .list();
  }
}
