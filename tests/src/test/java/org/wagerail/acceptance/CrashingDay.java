package org.wagerail.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.ops.sandbox.ClearingHouse;
import org.wagerail.payroll.Releases;
import org.wagerail.project.Banks;
import org.wagerail.project.ReferenceData;

/**
 * A payday in a process of its own that kills itself with SIGKILL at a given point of a given step.
 * Started again on the same home it goes on. Every start audits first, so the books are proved at
 * each point of death.
 */
public final class CrashingDay {
  /** Where in a step it dies. */
  enum Moment {
    /** While rows of the table that the step names are being copied. */
    COPYING,
    /** All rows of the step's first transaction are sent, and none is kept. */
    BEFORE,
    /** The step's first transaction is kept, and nothing knows of it yet. */
    AFTER
  }

  static final Instant RECEIVED = Instant.parse("2026-10-14T02:00:00Z");
  static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  static final Instant ANSWERED = Instant.parse("2026-10-15T10:00:00Z");

  /** What is done outside of the jobs, for the point of death to name. */
  private static volatile String stage = "";

  private CrashingDay() {}

  /**
   * @param arguments home, province, step (or table) and moment; without the last two it lives
   */
  public static void main(String[] arguments) throws IOException {
    var home = Home.at(Path.of(arguments[0]));
    var province = Path.of(arguments[1]);
    try (var engine = Engine.open(home)) {
      prove(engine, "at the start");
      if (engine.bean(Banks.class).all().isEmpty()) {
        engine.bean(ReferenceData.class).importDirectory(province, "test", RECEIVED);
      }
      if (arguments.length > 2) {
        arm(engine, arguments[2], Moment.valueOf(arguments[3]));
      }
      day(engine, home, province);
      prove(engine, "at the end");
      System.out.println("FINISHED");
    }
  }

  private static void arm(Engine engine, String step, Moment moment) {
    if (moment == Moment.COPYING) {
      killWhileCopying(engine.bean(DataSource.class), step);
    } else {
      engine
          .bean(AbstractPlatformTransactionManager.class)
          .addListener(new Killer(step, moment == Moment.BEFORE));
    }
  }

  private static void day(Engine engine, Home home, Path province) {
    stage = "receive";
    engine.bean(PayrollFiles.class).receive(1, files(province.resolve("payrolls")), RECEIVED);
    var day = engine.bean(PayDay.class);
    day.intake(1, RECEIVED);
    stage = "release";
    var releases = engine.bean(Releases.class);
    var bank = engine.bean(Banks.class).of(1);
    var signatories = engine.bean(SigningDesk.class).signatories(1, province);
    // One payroll in a transaction, so that a crash finds some signed and some not.
    for (var payroll : releases.open(1)) {
      releases.release(
          1,
          LocalDate.of(2026, 10, 14),
          RECEIVED,
          SigningDesk.signTwice(bank.code(), List.of(payroll), signatories));
    }
    day.run(1, CUT_OFF);
    stage = "deliver";
    engine.bean(Delivery.class).drain(CUT_OFF);
    var in = home.in().resolve("clearing").resolve(bank.code());
    new ClearingHouse(home.out().resolve("clearing").resolve(bank.code()), in)
        .answer(1, OffsetDateTime.ofInstant(ANSWERED, ZoneOffset.ofHours(8)));
    stage = "receive answers";
    engine.bean(ClearingFiles.class).receive(1, files(in), ANSWERED);
    day.answers(1, ANSWERED);
    stage = "deliver reports";
    engine.bean(Delivery.class).drain(ANSWERED);
  }

  private static void prove(Engine engine, String when) {
    var proofs = engine.bean(Audit.class).run(null);
    if (!Audit.clean(proofs)) {
      throw new IllegalStateException("the books are wrong " + when + ": " + proofs);
    }
  }

  private static List<Path> files(Path folder) {
    try (var found = Files.list(folder)) {
      return found.filter(f -> f.toString().endsWith(".xml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The load stands still in its middle until it is found there. */
  private static void killWhileCopying(DataSource database, String table) {
    try {
      var connection = database.getConnection();
      try (var statement = connection.createStatement()) {
        // A temporary function ends with its session, and its trigger with it: nothing of either
        // is left to the next start.
        statement.execute(
            """
            CREATE FUNCTION pg_temp.stand_still() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              -- A transaction keeps the progress that it has seen first.
              PERFORM pg_stat_clear_snapshot();
              IF (SELECT tuples_processed > 100 FROM pg_stat_progress_copy
                   WHERE pid = pg_backend_pid()) THEN
                PERFORM pg_sleep(60);
              END IF;
              RETURN NEW;
            END $$
            """);
        statement.execute(
            "CREATE TRIGGER stand_still BEFORE INSERT ON "
                + table
                + " FOR EACH ROW EXECUTE FUNCTION pg_temp.stand_still()");
      }
      Thread.ofPlatform().daemon().start(() -> killWhileCopying(connection, table));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void killWhileCopying(Connection connection, String table) {
    try (var statement =
        connection.prepareStatement(
            """
            SELECT count(*) FROM pg_stat_progress_copy
             WHERE relid::regclass::text LIKE ? AND tuples_processed > 0
            """)) {
      statement.setString(1, table + "%");
      while (true) {
        try (var copying = statement.executeQuery()) {
          copying.next();
          if (copying.getInt(1) > 0) {
            kill();
          }
        }
        Thread.sleep(5);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The real thing: no hook runs, no buffer is flushed, the server is left an orphan. */
  private static void kill() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Killer(String step, boolean before) implements TransactionExecutionListener {
    @Override
    public void beforeCommit(TransactionExecution transaction) {
      if (before && isDue(transaction)) {
        kill();
      }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, Throwable failure) {
      if (!before && isDue(transaction)) {
        kill();
      }
    }

    /** Neither the job repository's own transactions, nor numbers taken within a step's. */
    private boolean isDue(TransactionExecution transaction) {
      var context = StepSynchronizationManager.getContext();
      var now = context == null ? stage : context.getStepName().replaceFirst(" [0-9]$", "");
      return now.equals(step)
          && !transaction.isReadOnly()
          && !transaction.getTransactionName().contains("JobRepository")
          && !(transaction instanceof DefaultTransactionStatus status
              && status.getSuspendedResources() != null);
    }
  }
}
