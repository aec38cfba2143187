package org.wagerail.ops.home;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * The migrated database of an installation: the embedded server of its home, or the server that
 * {@value #URL}, {@value #USER} and {@value #PASSWORD} name.
 */
public final class Database implements AutoCloseable {
  public static final String URL = "WAGERAIL_DB_URL";
  public static final String USER = "WAGERAIL_DB_USER";
  public static final String PASSWORD = "WAGERAIL_DB_PASSWORD";

  /** Who REST's statements run as. */
  public static final String REST_ROLE = "wagerail_rest";

  private static final int CONNECTIONS = 6;

  /** One more than the server has threads: each may hold one and ask for a second. */
  private static final int REST_CONNECTIONS = 17;

  private static final Resource BATCH_TABLES =
      new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql");

  /**
   * Batch knows what is at work by its numbers alone, for the whole process: two engines in one
   * would take each other's steps for their own if both began with 1.
   */
  private static final String FAR_APART =
      """
      SELECT setval(s, 1 + (random() * 1e15)::bigint)
        FROM unnest(ARRAY['batch_job_instance_seq', 'batch_job_execution_seq',
                          'batch_step_execution_seq']::regclass[]) AS s
      """;

  private final @Nullable EmbeddedServer server;
  private final HikariDataSource pool;
  private @Nullable HikariDataSource restPool;

  private Database(@Nullable EmbeddedServer server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
  }

  /**
   * Starts or reaches the server, brings its tables up to date and opens the pool.
   *
   * @param notice is told, in both languages, what a person should know about
   * @throws CannotStart if the home is owned by another process or the server does not answer
   */
  public static Database open(Home home, Map<String, String> environment, Consumer<String> notice) {
    var url = environment.get(URL);
    if (url == null || url.isBlank()) {
      var server = EmbeddedServer.start(home, notice);
      try {
        return ready(server, pool(server.url(), server.user(), server.password()));
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
    return ready(null, reach(url, environment.get(USER), environment.get(PASSWORD)));
  }

  private static HikariDataSource reach(
      String url, @Nullable String user, @Nullable String password) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new CannotStart(
          URL + " 应为 jdbc:postgresql://主机:端口/数据库 的形式。",
          URL + " must have the form jdbc:postgresql://host:port/database.");
    }
    try {
      return pool(url, user, password);
    } catch (HikariPool.PoolInitializationException e) {
      var why = e.getCause() == null ? e : e.getCause();
      throw new CannotStart(
          "无法连接 " + URL + " 指定的数据库：" + why.getMessage(),
          "The database that " + URL + " names cannot be reached: " + why.getMessage(),
          e);
    }
  }

  private static Database ready(@Nullable EmbeddedServer server, HikariDataSource pool) {
    try {
      Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
      createBatchTables(pool);
      return new Database(server, pool);
    } catch (FlywayValidateException e) {
      pool.close();
      throw new CannotStart(
          "数据库的表结构来自 Wagerail 的另一个版本：" + e.getMessage(),
          "The tables in the database come from another version of Wagerail: " + e.getMessage(),
          e);
    } catch (SQLException e) {
      pool.close();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource pool(
      String url, @Nullable String user, @Nullable String password) {
    return new HikariDataSource(config(url, user, password));
  }

  private static HikariConfig config(
      @Nullable String url, @Nullable String user, @Nullable String password) {
    var config = new HikariConfig();
    config.setPoolName("wagerail");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.addDataSourceProperty("ApplicationName", "wagerail");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // A server's error detail quotes the row; exceptions end in logs.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  /** Spring Batch's own tables, apart from the bank's, in the schema {@code batch}. */
  private static void createBatchTables(DataSource pool) throws SQLException {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(hashtext('wagerail batch tables'))");
        try (var found =
            statement.executeQuery("SELECT to_regclass('batch.batch_job_instance') IS NULL")) {
          found.next();
          if (found.getBoolean(1)) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS batch");
            statement.execute("SET LOCAL search_path TO batch");
            ScriptUtils.executeSqlScript(connection, BATCH_TABLES);
            statement.execute(FAR_APART);
          }
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /** Connections in autocommit mode, as Spring's transactions expect them. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Connections that run as {@value #REST_ROLE}, which owns nothing, so that the tables' policies
   * bind them. Made at first use.
   */
  public synchronized DataSource restDataSource() {
    if (restPool == null) {
      var config = config(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
      config.setPoolName("wagerail-rest");
      config.setMaximumPoolSize(REST_CONNECTIONS);
      config.setConnectionInitSql("SET ROLE " + REST_ROLE);
      restPool = new HikariDataSource(config);
    }
    return restPool;
  }

  /** The embedded server, or null where a real one was named. */
  public @Nullable EmbeddedServer server() {
    return server;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (restPool != null) {
        restPool.close();
      }
    }
    pool.close();
    if (server != null) {
      server.close();
    }
  }
}
