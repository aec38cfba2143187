package org.wagerail.bulk;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the partitions of a month before rows go there, in a transaction of its own: making a table
 * takes locks that no long transaction should hold.
 */
@Component
public final class Months {
  private final JdbcClient jdbc;
  private final TransactionTemplate ownTransaction;
  private final Set<Integer> open = ConcurrentHashMap.newKeySet();

  Months(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * Opens a month.
   *
   * @param month yyyymm
   */
  public void open(int month) {
    if (!open.contains(month)) {
      ownTransaction.executeWithoutResult(
          _ -> jdbc.sql("SELECT open_month(?)").param(month).query(Boolean.class).single());
      open.add(month);
    }
  }

  /**
   * Tells PostgreSQL what the partitions of a month hold now. After a bulk load, before what reads
   * it: its own daemon comes too late for the next step. What has hardly changed is left alone.
   */
  public void weigh(int month) {
    if (open.contains(month)) {
      for (var table :
          jdbc.sql(
                  """
                  SELECT relid::regclass::text FROM pg_stat_user_tables
                   WHERE right(relname, 7) = '_' || ? AND n_mod_since_analyze > 100 + n_live_tup / 10
                   ORDER BY 1
                  """)
              .param(month)
              .query(String.class)
              .list()) {
        jdbc.sql("ANALYZE " + table).update();
      }
    }
  }
}
