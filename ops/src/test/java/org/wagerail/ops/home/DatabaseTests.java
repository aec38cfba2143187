package org.wagerail.ops.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

class DatabaseTests {
  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();

  @Test
  void usesTheServerThatTheEnvironmentNamesAndMigratesItOnce() {
    var home = Home.at(folder.resolve("home"));
    try (var server = EmbeddedServer.start(Home.at(folder.resolve("real")), notices::add)) {
      var environment =
          Map.of(
              Database.URL, server.url(),
              Database.USER, server.user(),
              Database.PASSWORD, server.password());
      for (var time = 1; time <= 2; time++) {
        try (var database = Database.open(home, environment, notices::add)) {
          assertThat(database.server()).isNull();
          var jdbc = new JdbcTemplate(database.dataSource());
          assertThat(jdbc.queryForObject("SELECT count(*) FROM bank", Long.class)).isNotNull();
          assertThat(
                  jdbc.queryForObject("SELECT count(*) FROM batch.batch_job_instance", Long.class))
              .isZero();
          assertThatThrownBy(() -> violate(jdbc))
              .isInstanceOf(DataAccessException.class)
              .hasMessageNotContaining("110110");
        }
      }
    }
    assertThat(home.data()).isEmptyDirectory();
    assertThat(notices).isEmpty();
  }

  private static void violate(JdbcTemplate jdbc) {
    jdbc.execute("CREATE TEMPORARY TABLE seen (id text PRIMARY KEY)");
    jdbc.update("INSERT INTO seen SELECT repeat('110', 2) FROM generate_series(1, ?)", 2);
  }

  @Test
  void saysWhichVariableNamesAServerThatDoesNotAnswer() {
    var home = Home.at(folder.resolve("home"));
    var environment = Map.of(Database.URL, "jdbc:postgresql://localhost:1/none");
    assertThatThrownBy(() -> Database.open(home, environment, notices::add))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("WAGERAIL_DB_URL");
  }

  @Test
  void saysWhatFormTheNameOfAServerHas() {
    var home = Home.at(folder.resolve("home"));
    var environment = Map.of(Database.URL, "postgresql://localhost/wagerail");
    assertThatThrownBy(() -> Database.open(home, environment, notices::add))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("jdbc:postgresql://host:port/database");
  }
}
