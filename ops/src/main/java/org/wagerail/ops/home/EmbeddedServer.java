package org.wagerail.ops.home;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on the home's data directory, reachable from this machine by password only.
 * What it has committed survives the loss of power: fsync and synchronous commit are on.
 */
public final class EmbeddedServer implements AutoCloseable {
  /** Crash recovery may replay gigabytes before the first connection. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MOST_STARTS = 3;

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fsync", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("synchronous_commit", "on"),
          // One server, no replica: what a transaction loads into its own new table needs no log.
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("wal_buffers", "32MB"),
          Map.entry("min_wal_size", "512MB"),
          Map.entry("max_wal_size", "4GB"),
          Map.entry("wal_compression", "on"),
          Map.entry("checkpoint_timeout", "15min"),
          Map.entry("checkpoint_completion_target", "0.9"),
          Map.entry("shared_buffers", "384MB"),
          Map.entry("effective_cache_size", "3GB"),
          Map.entry("work_mem", "32MB"),
          Map.entry("maintenance_work_mem", "256MB"),
          Map.entry("max_connections", "40"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          // Only the password's way in: no socket in a folder that others can reach.
          Map.entry("listen_addresses", "localhost"),
          Map.entry("unix_socket_directories", ""),
          // The server's log must not repeat what stood in a row or a statement.
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("log_min_error_statement", "panic"),
          Map.entry("log_statement", "none"));

  private final Ownership ownership;
  private final EmbeddedPostgres postgres;
  private final String password;
  private final ProcessHandle process;
  private final Path data;

  private EmbeddedServer(
      Ownership ownership,
      EmbeddedPostgres postgres,
      String password,
      ProcessHandle process,
      Path data) {
    this.ownership = ownership;
    this.postgres = postgres;
    this.password = password;
    this.process = process;
    this.data = data;
  }

  /**
   * Takes the home, stops a server that a killed process left on it, and starts a fresh one.
   *
   * @param notice is told, in both languages, what a person should know about
   * @throws CannotStart if a live process owns the home, or PostgreSQL does not start
   */
  public static EmbeddedServer start(Home home, Consumer<String> notice) {
    var ownership = Ownership.take(home);
    try {
      var password =
          HexFormat.of().formatHex(home.secret(home.keys().resolve("server.secret")), 0, 24);
      Orphan.removeFrom(home.data(), notice);
      var postgres = boot(home, password);
      // The process that the builder knows is the one that started the server and went.
      var process =
          Orphan.postmaster(home.data())
              .orElseThrow(() -> new IllegalStateException("no server on " + home.data()));
      return new EmbeddedServer(ownership, postgres, password, process, home.data());
    } catch (IOException | IllegalStateException e) {
      ownership.close();
      throw new CannotStart(
          "内嵌 PostgreSQL 未能启动，原因见 " + home.log().resolve("postgres.log") + "。",
          "The embedded PostgreSQL did not start; "
              + home.log().resolve("postgres.log")
              + " says why.",
          e);
    } catch (RuntimeException e) {
      ownership.close();
      throw e;
    }
  }

  /**
   * The free port that is looked for can be another's by the time the server asks for it: then
   * another is looked for.
   */
  private static EmbeddedPostgres boot(Home home, String password) throws IOException {
    for (int nth = 1; ; nth++) {
      try {
        return bootOnce(home, password);
      } catch (Refused e) {
        if (nth == MOST_STARTS || !e.saysPortTaken()) {
          throw e;
        }
      }
    }
  }

  private static EmbeddedPostgres bootOnce(Home home, String password) throws IOException {
    var log = ProcessBuilder.Redirect.appendTo(home.log().resolve("postgres.log").toFile());
    var passwordFile = home.keys().resolve("server.password");
    Files.deleteIfExists(passwordFile);
    Home.createPrivate(passwordFile);
    Files.writeString(passwordFile, password);
    var builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries(home).toFile())
            .setDataDirectory(home.data())
            .setCleanDataDirectory(false)
            // A hook would stop the server under a context that is still closing.
            .setRegisterShutdownHook(false)
            .setPGStartupWait(PATIENCE)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setConnectConfig("password", password)
            // These become options of initdb, which the builder has no other way to give.
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("pwfile", passwordFile.toString())
            .setLocaleConfig("auth-host", "scram-sha-256");
    SETTINGS.forEach(builder::setServerConfig);
    try {
      return start(builder, home);
    } finally {
      Files.delete(passwordFile);
    }
  }

  /** The builder would wait all its patience for a server that has refused to start. */
  private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder, Home home)
      throws IOException {
    var log = home.log().resolve("postgres.log");
    long before = Files.exists(log) ? Files.size(log) : 0;
    var starter = Thread.currentThread();
    var refusal = new AtomicReference<String>();
    var watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    String said;
                    while ((said = refusal(log, before, home.data())) == null) {
                      Thread.sleep(200);
                    }
                    refusal.set(said);
                    starter.interrupt();
                  } catch (InterruptedException started) {
                    // Nobody needs to be told.
                  }
                });
    try {
      var postgres = builder.start();
      if (refusal.get() != null) {
        throw new Refused(refusal.get());
      }
      return postgres;
    } catch (IOException | RuntimeException e) {
      if (refusal.get() != null) {
        throw new Refused(refusal.get());
      }
      throw e;
    } finally {
      watcher.interrupt();
      if (refusal.get() != null) {
        Thread.interrupted();
      }
    }
  }

  /**
   * What the log says of a refused start: its launcher complains, and there is no server that takes
   * longer than it waits.
   */
  private static @Nullable String refusal(Path log, long before, Path data) {
    try (var channel = FileChannel.open(log)) {
      var bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - before)));
      channel.read(bytes, before);
      var said = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
      return said.lines().anyMatch(line -> line.startsWith("pg_ctl: "))
              && Orphan.postmaster(data).isEmpty()
          ? said
          : null;
    } catch (IOException notYet) {
      return null;
    }
  }

  /** PostgreSQL did not start, and its log says why. */
  private static final class Refused extends IOException {
    private final String said;

    private Refused(String said) {
      super("PostgreSQL refused to start: " + said.strip());
      this.said = said;
    }

    private boolean saysPortTaken() {
      return said.contains("could not bind");
    }
  }

  /** Unpacked once for a user, not for a home, and never where another user could write. */
  private static Path binaries(Home home) throws IOException {
    var cache = System.getenv("XDG_CACHE_HOME");
    var shared =
        (cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cache))
            .resolve("wagerail");
    if (Files.isWritable(shared)) {
      return shared;
    }
    try {
      return Home.makeFolder(shared);
    } catch (IOException readOnly) {
      return Home.makeFolder(home.root().resolve("server"));
    }
  }

  public String url() {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
  }

  public String user() {
    return "postgres";
  }

  public String password() {
    return password;
  }

  /** The postmaster's process, for those who measure it. */
  public ProcessHandle process() {
    return process;
  }

  /** Stops the server, waits for its last checkpoint, and gives the home back. */
  @Override
  public void close() {
    try (ownership) {
      postgres.close();
      // Without its pid file the server has stopped; pg_ctl does not wait for a long checkpoint.
      if (Orphan.postmaster(data).isPresent()
          && !Orphan.ended(process, data, PATIENCE.toSeconds())) {
        throw new IllegalStateException("the server does not stop: " + data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
