package org.wagerail;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.secrecy.MasterKey;
import org.wagerail.secrecy.Vault;

/**
 * A migrated database of its own for a test, on one real PostgreSQL for all tests of the process,
 * with the engine's components on it.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final HikariDataSource dataSource;
  private final AnnotationConfigApplicationContext context;

  /** Starts the server once, with one migrated database that the others are copies of. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var postgres = EmbeddedPostgres.builder().start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
            var statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE migrated ENCODING 'UTF8' TEMPLATE template0");
        }
        Flyway.configure()
            .dataSource(postgres.getDatabase("postgres", "migrated"))
            .load()
            .migrate();
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement
  @ComponentScan({
    "org.wagerail.bulk",
    "org.wagerail.evidence",
    "org.wagerail.ledger",
    "org.wagerail.mailbox",
    "org.wagerail.project",
    "org.wagerail.secrecy"
  })
  static class Components {
    @Bean
    JdbcClient jdbcClient(DataSource database) {
      return JdbcClient.create(database);
    }

    @Bean
    PlatformTransactionManager transactions(DataSource database) {
      return new JdbcTransactionManager(database);
    }

    @Bean
    MasterKey masterKey() {
      return new MasterKey(new byte[32]);
    }

    @Bean
    MessageStore messageStore(Vault vault) throws IOException {
      return new MessageStore(Files.createTempDirectory("wagerail-test"), vault.storeKey());
    }
  }

  private TestDatabase(HikariDataSource dataSource) {
    this.dataSource = dataSource;
    context = new AnnotationConfigApplicationContext();
    context.registerBean("dataSource", DataSource.class, () -> dataSource);
    context.register(Components.class);
    context.refresh();
  }

  /** A new database. */
  public static TestDatabase fresh() {
    var name = "test_" + DATABASES.incrementAndGet();
    try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE migrated");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    var config = new HikariConfig();
    config.setJdbcUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(4);
    return new TestDatabase(new HikariDataSource(config));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  @Override
  public void close() {
    context.close();
    dataSource.close();
  }
}
