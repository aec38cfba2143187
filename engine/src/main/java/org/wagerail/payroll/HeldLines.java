package org.wagerail.payroll;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The held lines that nobody has decided, and whose they are. */
@Component
class HeldLines {
  /** Whose a held line is until somebody takes it over. */
  static final String FIRST_OWNER = "maker";

  /**
   * A held line.
   *
   * @param checks the checks that failed, first in the ladder first
   * @param found what screening found; empty when nothing
   * @param amount minor units
   * @param readAt since when it is held
   */
  record Held(
      int month,
      long payroll,
      int line,
      String checks,
      String found,
      long amount,
      String owner,
      Instant readAt) {}

  private final JdbcClient jdbc;

  HeldLines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static final String HELD =
      """
      SELECT * FROM (
        SELECT l.pay_month, l.payroll, l.line, l.checks, l.amount, p.read_at,
               coalesce((SELECT 'list ' || h.list || ' entry ' || h.entry || ' by ' || h.matched
                                  || ': ' || h.reason
                           FROM screening_hit h WHERE h.bank = l.bank AND h.pay_month = l.pay_month
                            AND h.payroll = l.payroll AND h.line = l.line), '') AS found,
               coalesce((SELECT o.owner FROM line_owner o WHERE o.bank = l.bank
                            AND o.pay_month = l.pay_month AND o.payroll = l.payroll
                            AND o.line = l.line ORDER BY o.nth DESC LIMIT 1), :first) AS owner
          FROM payroll_line l JOIN payroll p USING (bank, pay_month, payroll)
         WHERE l.bank = :bank AND l.verdict = 'HOLD' AND %s
           AND NOT EXISTS (SELECT 1 FROM line_decision d WHERE d.bank = l.bank
                              AND d.pay_month = l.pay_month AND d.payroll = l.payroll
                              AND d.line = l.line)) x
      """;

  /**
   * Held lines behind one, by payroll and line, at most so many.
   *
   * @param owner of this owner only, with null of all
   * @param since held since then or longer, with null all
   */
  List<Held> open(
      int bank, long payroll, int line, @Nullable String owner, @Nullable Instant since, int most) {
    return jdbc.sql(
            HELD.formatted("(l.payroll, l.line) > (:payroll, :line)")
                + " WHERE (:owner::text IS NULL OR owner = :owner)"
                + " AND (:since::timestamptz IS NULL OR read_at <= :since)"
                + " ORDER BY payroll, line LIMIT :most")
        .param("bank", bank)
        .param("first", FIRST_OWNER)
        .param("payroll", payroll)
        .param("line", line)
        .param("owner", owner)
        .param("since", since == null ? null : Timestamp.from(since))
        .param("most", most)
        .query((row, _) -> read(row))
        .list();
  }

  /** One held line; null when it is none, or was decided. */
  @Nullable Held find(int bank, LineDecisions.LineId id) {
    return jdbc.sql(
            HELD.formatted("l.pay_month = :month AND l.payroll = :payroll AND l.line = :line"))
        .param("bank", bank)
        .param("first", FIRST_OWNER)
        .param("month", id.month())
        .param("payroll", id.payroll())
        .param("line", id.line())
        .query((row, _) -> read(row))
        .optional()
        .orElse(null);
  }

  private static Held read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Held(
        row.getInt("pay_month"),
        row.getLong("payroll"),
        row.getInt("line"),
        row.getString("checks"),
        row.getString("found"),
        row.getLong("amount"),
        row.getString("owner"),
        row.getTimestamp("read_at").toInstant());
  }

  /** Makes a line somebody's. */
  void give(int bank, Instant at, String actor, LineDecisions.LineId id, String owner) {
    jdbc.sql(
            """
            INSERT INTO line_owner (bank, pay_month, payroll, line, nth, owner, actor, given_at)
            SELECT :bank, :month, :payroll, :line, 1 + coalesce(max(nth), 0), :owner, :actor, :at
              FROM line_owner WHERE bank = :bank AND pay_month = :month AND payroll = :payroll
               AND line = :line
            """)
        .param("bank", bank)
        .param("month", id.month())
        .param("payroll", id.payroll())
        .param("line", id.line())
        .param("owner", owner)
        .param("actor", actor)
        .param("at", Timestamp.from(at))
        .update();
  }
}
