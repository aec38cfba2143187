package org.wagerail.ops.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections of the owner for the engine's own work; for a request's, of a role that owns nothing,
 * told the request's bank before anybody uses them. There is no third way: a request's thread
 * cannot come by the owner's.
 */
public final class TenantDataSource extends AbstractDataSource {
  private static final ThreadLocal<@Nullable Integer> BANK = new ThreadLocal<>();

  /** Work for one bank's request. */
  interface Work<E extends Exception> {
    void run() throws E, java.io.IOException;
  }

  private final DataSource owner;
  private final Supplier<DataSource> rest;

  /**
   * @param rest asked at the first request
   */
  public TenantDataSource(DataSource owner, Supplier<DataSource> rest) {
    this.owner = owner;
    this.rest = rest;
  }

  /** Lets this thread see one bank, until the work ends. */
  static <E extends Exception> void as(int bank, Work<E> work) throws E, java.io.IOException {
    BANK.set(bank);
    try {
      work.run();
    } finally {
      BANK.remove();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    var bank = BANK.get();
    if (bank == null) {
      return owner.getConnection();
    }
    var connection = rest.get().getConnection();
    try (var tell = connection.prepareStatement("SELECT set_config('wagerail.bank', ?, false)")) {
      tell.setString(1, Integer.toString(bank));
      tell.execute();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("connections are given out by role only");
  }
}
