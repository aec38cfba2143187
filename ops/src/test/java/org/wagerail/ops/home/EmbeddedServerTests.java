package org.wagerail.ops.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTests {
  /** A home whose server was once created; making one takes longer than all that is tested. */
  @TempDir static Path used;

  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private final List<Process> victims = new ArrayList<>();
  private final List<ProcessHandle> servers = new ArrayList<>();

  /** Started by the tests as a process of its own, to be killed. */
  public static final class Victim {
    public static void main(String[] arguments) throws Exception {
      var server = EmbeddedServer.start(Home.at(Path.of(arguments[0])), System.err::println);
      try (var connection = connect(server);
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (word text)");
        statement.execute("INSERT INTO kept VALUES ('工资')");
      }
      System.out.println(server.process().pid());
      System.in.read();
      server.close();
    }
  }

  @BeforeAll
  static void useAHome() {
    EmbeddedServer.start(Home.at(used), notice -> {}).close();
  }

  private Home copyOfUsedHome() throws IOException {
    var root = folder.resolve("home");
    try (var files = Files.walk(used)) {
      for (var file : files.toList()) {
        Files.copy(file, root.resolve(used.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return Home.at(root);
  }

  @Test
  void keepsItsWordsOverAnOrderlyStopAndSyncsEveryCommit() throws IOException, SQLException {
    var home = copyOfUsedHome();
    try (var server = EmbeddedServer.start(home, notices::add);
        var connection = connect(server)) {
      assertThat(show(connection, "fsync")).isEqualTo("on");
      assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
      assertThat(show(connection, "server_encoding")).isEqualTo("UTF8");
      assertThat(
              only(
                  connection,
                  "SELECT datcollate FROM pg_database WHERE datname = current_database()"))
          .isEqualTo("C");
      connection.createStatement().execute("CREATE TABLE kept AS SELECT '𠮷' AS word");
    }
    assertThat(home.data().resolve("postmaster.pid")).doesNotExist();
    try (var server = EmbeddedServer.start(home, notices::add);
        var connection = connect(server)) {
      assertThat(word(connection)).isEqualTo("𠮷");
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void letsNobodyInWithoutThePassword() throws IOException {
    var home = copyOfUsedHome();
    try (var server = EmbeddedServer.start(home, notices::add)) {
      assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "postgres", "postgres"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    assertThat(home.keys().resolve("server.password")).doesNotExist();
  }

  @Test
  void refusesTheHomeOfALiveOwner() throws Exception {
    var home = copyOfUsedHome();
    try (var own = Ownership.take(home)) {
      assertThat(own).isNotNull();
      assertThatThrownBy(() -> Ownership.take(home)).isInstanceOf(CannotStart.class);
    }
    var victim = start(home);
    try {
      serverOf(victim);
      assertThatThrownBy(() -> EmbeddedServer.start(home, notices::add))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("正在使用 " + home)
          .hasMessageContaining("(" + victim.pid() + ") owns " + home);
    } finally {
      victim.getOutputStream().close();
    }
    assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(victim.exitValue()).isZero();
    try (var own = Ownership.take(home)) {
      assertThat(own).isNotNull();
    }
  }

  @Test
  void stopsTheServerThatAKilledProcessLeftAndStartsAfresh() throws Exception {
    var home = copyOfUsedHome();
    var victim = start(home);
    var orphan = serverOf(victim);
    victim.destroyForcibly().waitFor();
    assertThat(orphan.isAlive()).isTrue();

    try (var server = EmbeddedServer.start(home, notices::add);
        var connection = connect(server)) {
      assertThat(orphan.info().command()).as("ended, though perhaps not collected yet").isEmpty();
      assertThat(server.process().pid()).isNotEqualTo(orphan.pid());
      assertThat(word(connection)).isEqualTo("工资");
    }
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("（" + orphan.pid() + "）", "(" + orphan.pid() + ") was left behind");
  }

  @Test
  void recoversWhatWasCommittedBeforeACrashOfBoth() throws Exception {
    var home = copyOfUsedHome();
    var victim = start(home);
    var server = serverOf(victim);
    server.destroyForcibly();
    server.onExit().get(30, TimeUnit.SECONDS);
    victim.destroyForcibly().waitFor();
    assertThat(home.data().resolve("postmaster.pid")).exists();

    try (var next = EmbeddedServer.start(home, notices::add);
        var connection = connect(next)) {
      assertThat(word(connection)).isEqualTo("工资");
    }
  }

  @Test
  void doesNotHarmAStrangerWhoseNumberStandsInAStalePidFile() throws IOException {
    var home = copyOfUsedHome();
    EmbeddedServer.start(home, notices::add).close();
    var own = ProcessHandle.current();
    Files.writeString(
        home.data().resolve("postmaster.pid"), own.pid() + "\n" + home.data() + "\n0\n5432\n\n");

    EmbeddedServer.start(home, notices::add).close();

    assertThat(own.isAlive()).isTrue();
    assertThat(notices).isEmpty();
  }

  @Test
  @Timeout(60)
  void saysSoonThatTheServerRefusesToStart() throws IOException {
    var home = copyOfUsedHome();
    Files.writeString(home.data().resolve("PG_VERSION"), "17\n");

    assertThatThrownBy(() -> EmbeddedServer.start(home, notices::add))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("未能启动")
        .hasMessageContaining("postgres.log");

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    Ownership.take(home).close();
  }

  @AfterEach
  void leaveNobodyBehind() throws Exception {
    for (var victim : victims) {
      victim.destroyForcibly().waitFor();
    }
    for (var server : servers) {
      server.destroyForcibly();
      server.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private Process start(Home home) throws IOException {
    var victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    victims.add(victim);
    return victim;
  }

  private ProcessHandle serverOf(Process victim) throws IOException {
    var lines = new BufferedReader(victim.inputReader(StandardCharsets.UTF_8));
    var line = lines.readLine();
    assertThat(line).as("the victim's server").isNotNull();
    var server = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    servers.add(server);
    return server;
  }

  private static Connection connect(EmbeddedServer server) throws SQLException {
    return DriverManager.getConnection(server.url(), server.user(), server.password());
  }

  private static String word(Connection connection) throws SQLException {
    return only(connection, "SELECT word FROM kept");
  }

  private static String show(Connection connection, String setting) throws SQLException {
    return only(connection, "SHOW " + setting);
  }

  private static String only(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
