package org.wagerail.bulk;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells PostgreSQL that a transaction looks a block's rows up by their keys. Left to itself it may
 * read and hash a whole register, millions of rows, for the ten thousand of a block: sensible for
 * one question, ruinous for a thousand blocks.
 */
@Component
public class KeyLookups {
  private final JdbcClient jdbc;

  KeyLookups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** For the rest of the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void only() {
    jdbc.sql(
            """
            SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                   set_config('random_page_cost', '1.1', true)
            """)
        .query(row -> {});
  }
}
