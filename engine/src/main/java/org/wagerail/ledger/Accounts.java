package org.wagerail.ledger;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.Numbers;

/** Opens accounts and finds a bank's own. */
@Component
public class Accounts {
  /** Control and position accounts that every bank has once. */
  public static final List<AccountKind> OWN =
      List.of(AccountKind.IN_CLEARING, AccountKind.SETTLEMENT, AccountKind.SUSPENSE);

  private final JdbcClient jdbc;
  private final Numbers numbers;

  Accounts(JdbcClient jdbc, Numbers numbers) {
    this.jdbc = jdbc;
    this.numbers = numbers;
  }

  /**
   * Opens accounts of one kind and currency CNY, mastered here.
   *
   * @return the number of the first; the others follow it
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long open(int bank, AccountKind kind, LocalDate on, int count) {
    long first = numbers.take(bank, "account", count);
    jdbc.sql(
            """
            WITH opened AS (
              INSERT INTO account (bank, account, kind, currency, master, opened_on)
              SELECT ?, n, ?, 'CNY', 'OURS', ? FROM generate_series(?, ?) n
              RETURNING bank, account)
            INSERT INTO account_balance (bank, account) SELECT bank, account FROM opened
            """)
        .params(bank, kind.name(), on, first, first + count - 1)
        .update();
    return first;
  }

  /** The bank's one account of an own kind. */
  public long own(int bank, AccountKind kind) {
    return jdbc.sql("SELECT account FROM account WHERE bank = ? AND kind = ?")
        .params(bank, kind.name())
        .query(Long.class)
        .single();
  }
}
