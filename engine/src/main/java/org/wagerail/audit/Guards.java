package org.wagerail.audit;

import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.ledger.EntryKind;

/** What the database itself refuses, as its catalogue says. It is the same for every bank. */
@Component
class Guards {
  private static final String[] APPEND_ONLY = {
    "journal_entry",
    "posting",
    "hold",
    "hold_end",
    "payment",
    "payment_result",
    "run_debited",
    "run_paid",
    "pay_run",
    "release",
    "event",
    "command_log",
    "answer_check",
    "payment_unknown",
    "recall",
    "recall_sent",
    "recall_answer",
    "settlement_report",
    "settlement_item",
    "settlement_compared",
    "return_notice",
    "exception_owner",
    "exception_closed",
    "labour_cost",
    "labour_cost_state",
    "advice",
    "advice_decision",
    "account_mark",
    "account_opening",
    "closing_step",
    "wage_dispute",
    "wage_dispute_end",
    "user_role",
    "answered_request",
    "submission",
    "security_event"
  };

  /** A statement's trigger guards only the table that the statement names: partitions count too. */
  private static final String TABLES =
      """
      WITH guarded AS (
        SELECT c.oid, c.relname FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (:tables)
        UNION ALL
        SELECT c.oid, c.relname FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
          JOIN pg_class p ON p.oid = i.inhparent
         WHERE p.relnamespace = 'public'::regnamespace AND p.relname = ANY (:tables))
      SELECT g.relname FROM guarded g
       WHERE NOT EXISTS (
         SELECT 1 FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
          WHERE t.tgrelid = g.oid AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL
            AND f.proname = :function AND f.prosrc LIKE '%RAISE EXCEPTION%'
            AND t.tgtype & 63 = :events)
       ORDER BY g.relname
      """;

  /** Of pg_trigger.tgtype: 1 for each row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate. */
  private static final int BEFORE_UPDATE_DELETE_TRUNCATE = 2 | 8 | 16 | 32;

  private static final int AFTER_INSERT = 4;

  private final JdbcClient jdbc;

  Guards(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Proof> prove() {
    return List.of(appendOnly(), lawfulPostings(), closedList());
  }

  private Proof appendOnly() {
    var tally =
        new Tally(
            "APPEND_ONLY",
            "只增表及其全部分区禁止修改、删除与清空",
            "tables that only grow, and all their partitions, refuse change");
    unguarded(APPEND_ONLY, "refuse_change", BEFORE_UPDATE_DELETE_TRUNCATE, tally);
    return tally.proof();
  }

  private Proof lawfulPostings() {
    var tally =
        new Tally(
            "POSTINGS_GUARDED",
            "数据库自行拒绝不平衡或不合法的记账",
            "the database itself refuses unbalanced and unlawful postings");
    unguarded(new String[] {"posting"}, "refuse_unlawful_postings", AFTER_INSERT, tally);
    return tally.proof();
  }

  private void unguarded(String[] tables, String function, int events, Tally tally) {
    jdbc.sql(TABLES)
        .param("tables", tables)
        .param("function", function)
        .param("events", events)
        .query(
            row -> {
              tally.add("table", row.getString(1));
            });
  }

  private Proof closedList() {
    var tally =
        new Tally(
            "CLOSED_LIST",
            "数据库与程序中可自工资分账支出的清单一致",
            "the database and the program agree on what may leave a wage book");
    var kinds = EntryKind.values();
    jdbc.sql(
            """
            SELECT kind, k.leaves_wage_book AS in_database, p.leaves AS in_program
              FROM entry_kind k
              FULL JOIN unnest(:kinds, :leaves) AS p (kind, leaves) USING (kind)
             WHERE k.leaves_wage_book IS DISTINCT FROM p.leaves ORDER BY kind
            """)
        .param("kinds", Arrays.stream(kinds).map(Enum::name).toArray(String[]::new))
        .param(
            "leaves", Arrays.stream(kinds).map(EntryKind::leavesWageBook).toArray(Boolean[]::new))
        .query(
            row -> {
              tally.add(
                  "kind",
                  row.getString(1),
                  "in_database",
                  row.getObject(2),
                  "in_program",
                  row.getObject(3));
            });
    return tally.proof();
  }
}
