package org.wagerail.ops.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ledger.Journal;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Database;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.ops.sandbox.ClearingHouse;
import org.wagerail.payroll.Releases;
import org.wagerail.project.Banks;
import org.wagerail.project.ReferenceData;

/**
 * A generated province's payday. The clock starts with the payroll files on disk and the register
 * loaded; it stops when every package is kept, fsynced, and everything is committed. Then clearing
 * answers (making its files is not measured) and the status leg is measured; then the plain ledger;
 * then the books are audited.
 */
public final class PaydayBench {
  /** What was measured, by the names that the command prints. */
  public record Result(
      int projects,
      int files,
      int wages,
      double wagesPerSecond,
      double statusLegPerSecond,
      double rowAtATimePerSecond,
      double ratioToRowAtATime,
      Map<String, Double> cpuMicrosPerWage,
      Map<String, Double> seconds,
      Map<String, Long> peakRssMiB,
      double walBytesPerWage,
      double longestLockMillis,
      boolean auditClean) {}

  private static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);
  private static final Instant RECEIVED = Instant.parse("2026-10-14T02:00:00Z");
  private static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  private static final Instant ANSWERED = Instant.parse("2026-10-15T10:00:00Z");
  private static final int YARDSTICK_WAGES = 30_000;

  private final Consumer<String> progress;

  /**
   * @param progress hears a line for each stage as it begins
   */
  public PaydayBench(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Measures in a home that must be empty. */
  public Result measure(Home home, ProvinceSpec spec) throws IOException, SQLException {
    var province = home.root().resolve("province");
    progress.accept(
        "生成数据 generating: %,d 个项目 projects, %,d 名工人 workers"
            .formatted(spec.projects(), spec.workers()));
    var written = Province.generate(spec, province);
    try (var engine = Engine.open(home)) {
      if (!engine.bean(Banks.class).all().isEmpty()) {
        throw new CannotStart(
            "测量须用空数据库；此库中已有银行。",
            "The bench measures in an empty database, and there are banks in this one.");
      }
      progress.accept("导入 importing the register");
      var report = engine.bean(ReferenceData.class).importDirectory(province, "bench", RECEIVED);
      if (!report.accepted()) {
        throw new IllegalStateException("the generated province was refused: " + report.findings());
      }
      var payrolls = files(province.resolve("payrolls"), ".xml");
      var bank = engine.bean(Banks.class).all().getFirst();
      var signatories = engine.bean(SigningDesk.class).signatories(bank.bank(), province);
      var server = engine.bean(Database.class).server();
      try (var meter = new Meter(server == null ? null : server.process().pid())) {
        var stages = new Stages(meter, engine.bean(JdbcClient.class));
        var day = engine.bean(PayDay.class);
        var releases = engine.bean(Releases.class);
        // What the import held locked is no part of a payday.
        engine.bean(Journal.class).longestLock();
        progress.accept("计时开始 the clock starts");
        stages.measure(
            "receive",
            () -> engine.bean(PayrollFiles.class).receive(bank.bank(), payrolls, RECEIVED));
        stages.measure("intake", () -> day.intake(bank.bank(), RECEIVED));
        // Signing is the contractors' work and not on the clock; checking the signatures is.
        var signed = SigningDesk.signTwice(bank.code(), releases.open(bank.bank()), signatories);
        stages.measure(
            "release",
            () -> {
              var refused = releases.release(bank.bank(), PAY_DATE, RECEIVED, signed);
              if (refused.stream().anyMatch(java.util.Objects::nonNull)) {
                throw new IllegalStateException("a release was refused");
              }
            });
        stages.measure("payday", () -> day.run(bank.bank(), CUT_OFF));
        var payday = stages.stop();
        progress.accept("计时结束 the clock has stopped; delivery and clearing's answers");
        engine.bean(Delivery.class).drain(CUT_OFF);
        var out = home.out().resolve("clearing").resolve(bank.code());
        var in = home.in().resolve("clearing").resolve(bank.code());
        new ClearingHouse(out, in)
            .answer(1, OffsetDateTime.ofInstant(ANSWERED, ZoneOffset.ofHours(8)));
        var answers = files(in, ".xml");
        var status = new Stages(meter, engine.bean(JdbcClient.class));
        status.measure(
            "replies",
            () -> {
              engine.bean(ClearingFiles.class).receive(bank.bank(), answers, ANSWERED);
              day.answers(bank.bank(), ANSWERED);
            });
        var statusLeg = status.stop();
        progress.accept("逐笔记账对照 the row-at-a-time ledger");
        double plain =
            new RowAtATime(engine.bean(Database.class).dataSource())
                .measure(Math.min(YARDSTICK_WAGES, written.wages()), spec.projects());
        progress.accept("审计账簿 auditing the books");
        boolean clean = Audit.clean(engine.bean(Audit.class).run(bank.bank()));
        int paid =
            engine
                .bean(JdbcClient.class)
                .sql("SELECT count(*) FROM payment")
                .query(Integer.class)
                .single();
        if (paid != written.wages()) {
          throw new IllegalStateException("paid " + paid + " of " + written.wages());
        }
        return result(spec, written, payday, statusLeg, plain, meter, engine, clean);
      }
    }
  }

  private static Result result(
      ProvinceSpec spec,
      Province.Written written,
      Stages.Total payday,
      Stages.Total statusLeg,
      double plain,
      Meter meter,
      Engine engine,
      boolean clean) {
    double rate = written.wages() / payday.seconds();
    var cpu = new LinkedHashMap<String, Double>();
    payday.stages().forEach((name, s) -> cpu.put(name, s.micros() / written.wages()));
    cpu.put("java", payday.javaMicros() / written.wages());
    cpu.put("postgres", payday.postgresMicros() / written.wages());
    cpu.put("total", (payday.javaMicros() + payday.postgresMicros()) / written.wages());
    cpu.put("statusLeg", (statusLeg.javaMicros() + statusLeg.postgresMicros()) / written.wages());
    var seconds = new LinkedHashMap<String, Double>();
    payday.stages().forEach((name, s) -> seconds.put(name, s.seconds()));
    // Of steps with two workers the longer; the job repository keeps them anyway.
    engine
        .bean(JdbcClient.class)
        .sql(
            """
            SELECT regexp_replace(step_name, ' [0-9]$', '') AS step,
                   extract(epoch FROM max(end_time) - min(start_time))::float8 AS seconds
              FROM batch.batch_step_execution WHERE step_name <> 'set aside'
             GROUP BY 1 ORDER BY min(start_time)
            """)
        .query(
            row -> {
              seconds.put("step " + row.getString(1), row.getDouble(2));
            });
    seconds.put("total", payday.seconds());
    seconds.put("statusLeg", statusLeg.seconds());
    return new Result(
        spec.projects(),
        written.files(),
        written.wages(),
        rate,
        written.wages() / statusLeg.seconds(),
        plain,
        rate / plain,
        cpu,
        seconds,
        Map.of("jvm", Meter.peakJvmMib(), "postgres", meter.peakPostgresMib()),
        payday.walBytes() / written.wages(),
        engine.bean(Journal.class).longestLock().toNanos() / 1e6,
        clean);
  }

  private static List<Path> files(Path folder, String suffix) {
    Predicate<Path> wanted = f -> f.toString().endsWith(suffix);
    try (var found = Files.list(folder)) {
      return found.filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
