package org.wagerail.ops.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * The ledger everybody writes first, as a yardstick: two connections, one transaction for each
 * wage, in it two balances updated, two entries and one payment inserted. It reads no file, checks
 * nothing and sends nothing.
 */
final class RowAtATime {
  private static final int CONNECTIONS = 2;

  private final DataSource dataSource;

  RowAtATime(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Wages per second over so many wages, spread over so many payers. */
  double measure(int wages, int payers) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS yardstick");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS yardstick.balance (account bigint PRIMARY KEY, balance bigint"
              + " NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS yardstick.entry (entry bigint GENERATED ALWAYS AS IDENTITY"
              + " PRIMARY KEY, payment bigint NOT NULL, account bigint NOT NULL, amount bigint NOT"
              + " NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS yardstick.payment (payment bigint PRIMARY KEY, payer bigint"
              + " NOT NULL, worker bigint NOT NULL, amount bigint NOT NULL)");
      statement.execute(
          "INSERT INTO yardstick.balance SELECT n, 1000000000000 FROM generate_series(0, "
              + payers
              + ") n ON CONFLICT DO NOTHING");
      statement.execute(
          "INSERT INTO yardstick.balance SELECT 1000000000 + n, 0 FROM generate_series(0, "
              + wages
              + ") n ON CONFLICT DO NOTHING");
      statement.execute("ANALYZE yardstick.balance");
    }
    long begun = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int first = i;
        running.add(
            threads.submit(
                () -> {
                  pay(first, wages, payers);
                  return null;
                }));
      }
      for (var each : running) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the yardstick broke", e);
    }
    return wages / ((System.nanoTime() - begun) / 1e9);
  }

  private void pay(int first, int wages, int payers) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (var debit =
              connection.prepareStatement(
                  "UPDATE yardstick.balance SET balance = balance - ? WHERE account = ?");
          var credit =
              connection.prepareStatement(
                  "UPDATE yardstick.balance SET balance = balance + ? WHERE account = ?");
          var entry =
              connection.prepareStatement(
                  "INSERT INTO yardstick.entry (payment, account, amount) VALUES (?, ?, ?)");
          var payment =
              connection.prepareStatement(
                  "INSERT INTO yardstick.payment (payment, payer, worker, amount) VALUES (?, ?, ?,"
                      + " ?)")) {
        for (int wage = first; wage < wages; wage += CONNECTIONS) {
          long amount = 500_000 + wage % 100_000;
          // As on a payday: a payer pays some hundred in a row, each connection another payer.
          long payer = (long) wage * payers / wages;
          long worker = 1_000_000_000L + wage;
          set(debit, amount, payer);
          set(credit, amount, worker);
          set(entry, wage, payer, -amount);
          set(entry, wage, worker, amount);
          set(payment, wage, payer, worker, amount);
          connection.commit();
        }
      }
      connection.setAutoCommit(true);
    }
  }

  private static void set(java.sql.PreparedStatement statement, long... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setLong(i + 1, values[i]);
    }
    statement.executeUpdate();
  }
}
