package org.wagerail.evidence;

import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives out a bank's numbers in ranges, in a transaction of its own, so that nobody waits for the
 * work that uses them. A range that is not used leaves a gap, never a repetition.
 */
@Component
public final class Numbers {
  private static final String TAKE =
      """
      INSERT INTO counter AS c (bank, series, next) VALUES (?, ?, 1 + ?)
      ON CONFLICT (bank, series) DO UPDATE SET next = c.next + excluded.next - 1
      RETURNING next
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate ownTransaction;

  Numbers(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Takes {@code count} numbers in a row and returns the first; a series begins at 1. */
  public long take(int bank, String series, long count) {
    return Objects.requireNonNull(ownTransaction.execute(_ -> takeHere(jdbc, bank, series, count)));
  }

  /** As {@link #take}, inside the caller's transaction: no gap, and the next caller waits. */
  static long takeHere(JdbcClient jdbc, int bank, String series, long count) {
    return jdbc.sql(TAKE).params(bank, series, count).query(Long.class).single() - count;
  }
}
