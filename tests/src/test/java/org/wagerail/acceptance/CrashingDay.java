package org.wagerail.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
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
import org.wagerail.project.ReferenceData;

/**
 * A payday in a process of its own that kills itself with SIGKILL around a given commit: before it,
 * with all of a transaction's rows sent and none of them kept, or after it. Started again on the
 * same home it goes on. Every start audits first, so the books are proved at each point of death.
 */
public final class CrashingDay {
  static final Instant RECEIVED = Instant.parse("2026-10-14T02:00:00Z");
  static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  static final Instant ANSWERED = Instant.parse("2026-10-15T10:00:00Z");

  private CrashingDay() {}

  /**
   * @param arguments home, province, BEFORE or AFTER, and the number of the commit; 0 for none
   */
  public static void main(String[] arguments) throws IOException {
    var home = Home.at(Path.of(arguments[0]));
    var province = Path.of(arguments[1]);
    try (var engine = Engine.open(home)) {
      prove(engine, "at the start");
      engine.bean(ReferenceData.class).importDirectory(province, "test", RECEIVED);
      engine
          .bean(AbstractPlatformTransactionManager.class)
          .addListener(new Killer(arguments[2].equals("BEFORE"), Integer.parseInt(arguments[3])));
      day(engine, home, province);
      prove(engine, "at the end");
      System.out.println("FINISHED");
    }
  }

  private static void day(Engine engine, Home home, Path province) {
    var payrolls = files(province.resolve("payrolls"));
    engine.bean(PayrollFiles.class).receive(1, payrolls, RECEIVED);
    var day = engine.bean(PayDay.class);
    day.intake(1, RECEIVED);
    var releases = engine.bean(Releases.class);
    var bank = engine.bean(org.wagerail.project.Banks.class).of(1);
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
    engine.bean(Delivery.class).drain(CUT_OFF);
    var in = home.in().resolve("clearing").resolve(bank.code());
    new ClearingHouse(home.out().resolve("clearing").resolve(bank.code()), in)
        .answer(1, OffsetDateTime.ofInstant(ANSWERED, ZoneOffset.ofHours(8)));
    engine.bean(ClearingFiles.class).receive(1, files(in), ANSWERED);
    day.answers(1, ANSWERED);
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
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static final class Killer implements TransactionExecutionListener {
    private final boolean before;
    private final int at;
    private final AtomicInteger commits = new AtomicInteger();

    private Killer(boolean before, int at) {
      this.before = before;
      this.at = at;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
      if (before && !transaction.isReadOnly() && commits.incrementAndGet() == at) {
        kill();
      }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, Throwable failure) {
      if (!before && !transaction.isReadOnly() && commits.incrementAndGet() == at) {
        kill();
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
  }
}
