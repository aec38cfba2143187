package org.wagerail.funding;

import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Special accounts and their wage books, as opening and closing find them. */
@Component
class AccountRegister {
  /** A project, and what it has here. */
  record Project(
      long project,
      String name,
      String region,
      long contractor,
      @Nullable Long wageBook,
      @Nullable Long special,
      @Nullable String number) {}

  private final JdbcClient jdbc;

  AccountRegister(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Accounts are opened and closed one after the other. */
  @Transactional(propagation = Propagation.MANDATORY)
  void inTurn(int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7262, ?)").param(bank).query(_ -> {});
  }

  @Nullable Project project(int bank, String code) {
    return jdbc.sql(
            """
            SELECT p.project, p.name, p.region, p.contractor, w.wage_book,
                   s.special_account AS special, s.number
              FROM project p
              LEFT JOIN wage_book w USING (bank, project)
              LEFT JOIN special_account s USING (bank, special_account)
             WHERE p.bank = ? AND p.code = ?
            """)
        .params(bank, code)
        .query(Project.class)
        .optional()
        .orElse(null);
  }

  /** An account that was imported has no row, and is marked. */
  boolean isMarked(int bank, long special) {
    return jdbc.sql(
            """
            SELECT marked FROM account_mark WHERE bank = ? AND special_account = ?
             ORDER BY nth DESC LIMIT 1
            """)
        .params(bank, special)
        .query(Boolean.class)
        .optional()
        .orElse(true);
  }

  /** Puts the special mark on or lifts it. */
  @Transactional(propagation = Propagation.MANDATORY)
  void mark(int bank, long special, boolean marked, String ground, long seq, Instant at) {
    jdbc.sql(
            """
            INSERT INTO account_mark (bank, special_account, nth, marked, ground, seq, at)
            SELECT ?, ?, 1 + count(*), ?, ?, ?, ? FROM account_mark
             WHERE bank = ? AND special_account = ?
            """)
        .params(bank, special, marked, ground, seq, Timestamp.from(at), bank, special)
        .update();
  }
}
