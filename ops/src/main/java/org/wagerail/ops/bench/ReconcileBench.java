package org.wagerail.ops.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Database;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.DayEnd;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.ops.sandbox.ClearingHouse;
import org.wagerail.ops.sandbox.CoreBank;
import org.wagerail.payroll.Releases;
import org.wagerail.project.Banks;
import org.wagerail.project.ReferenceData;
import org.wagerail.reconciliation.BusinessDays;

/**
 * How long it takes to compare the three truths of a generated province's payday. The day is played
 * to its last answer first; then clearing's report and the core system's statements lie on disk,
 * and the clock starts: each is read, kept and compared, and the day is closed.
 */
public final class ReconcileBench {
  /**
   * What was measured.
   *
   * @param payments of the day, each an item of the report
   * @param movements on special wage accounts, each an entry of a statement
   * @param seconds by stage, and in all
   * @param cpuMicrosPerPayment of the program and of PostgreSQL together
   * @param breaks that were found, where there are none
   * @param closed whether the day is closed
   */
  public record Result(
      int projects,
      int payments,
      int movements,
      Map<String, Double> seconds,
      double paymentsPerSecond,
      double cpuMicrosPerPayment,
      Map<String, Long> peakRssMiB,
      int breaks,
      boolean closed) {}

  private static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);
  private static final Instant RECEIVED = Instant.parse("2026-10-14T02:00:00Z");
  private static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  private static final Instant ANSWERED = Instant.parse("2026-10-15T10:00:00Z");
  private static final Instant NEXT_MORNING = Instant.parse("2026-10-16T00:00:00Z");
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private final Consumer<String> progress;

  /**
   * @param progress hears a line for each stage as it begins
   */
  public ReconcileBench(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Measures in a home that must be empty. */
  public Result measure(Home home, ProvinceSpec spec) throws IOException {
    try (var engine = Engine.open(home)) {
      if (!engine.bean(Banks.class).all().isEmpty()) {
        throw new CannotStart(
            "测量须用空数据库；此库中已有银行。",
            "The bench measures in an empty database, and there are banks in this one.");
      }
      play(engine, home, spec);
      var bank = engine.bean(Banks.class).all().getFirst();
      var in = home.in().resolve("clearing").resolve(bank.code());
      var report =
          Objects.requireNonNull(
              new ClearingHouse(home.out().resolve("clearing").resolve(bank.code()), in)
                  .report(PAY_DATE, NEXT_MORNING.atOffset(ZONE)));
      var days = engine.bean(BusinessDays.class);
      var today = PAY_DATE.plusDays(1);
      var statements =
          CoreBank.write(
              home.in().resolve("core").resolve(bank.code()),
              "statements.xml",
              "CB1",
              NEXT_MORNING.atOffset(ZONE),
              CoreBank.statements(
                  PAY_DATE,
                  1,
                  days.openings(bank.bank(), today, PAY_DATE),
                  days.movements(bank.bank(), today, PAY_DATE)));
      return measure(engine, spec, bank.bank(), report, statements);
    }
  }

  private Result measure(Engine engine, ProvinceSpec spec, int bank, Path report, Path statements) {
    var server = engine.bean(Database.class).server();
    try (var meter = new Meter(server == null ? null : server.process().pid())) {
      progress.accept("计时开始 the clock starts");
      var stages = new Stages(meter, engine.bean(JdbcClient.class));
      stages.measure(
          "report",
          () -> {
            engine.bean(ClearingFiles.class).receive(bank, List.of(report), NEXT_MORNING);
            engine.bean(PayDay.class).answers(bank, NEXT_MORNING);
          });
      stages.measure(
          "statements",
          () -> {
            engine.bean(CoreFiles.class).receive(bank, List.of(statements), NEXT_MORNING);
            engine.bean(DayEnd.class).read(bank, NEXT_MORNING);
          });
      stages.measure("compare", () -> compare(engine, bank));
      var total = stages.stop();
      progress.accept("计时结束 the clock has stopped");
      var standing = engine.bean(BusinessDays.class).standing(bank, PAY_DATE).orElseThrow();
      var seconds = new LinkedHashMap<String, Double>();
      total.stages().forEach((name, stage) -> seconds.put(name, stage.seconds()));
      seconds.put("total", total.seconds());
      return new Result(
          spec.projects(),
          standing.items(),
          standing.ours(),
          seconds,
          standing.items() / total.seconds(),
          (total.javaMicros() + total.postgresMicros()) / standing.items(),
          Map.of("jvm", Meter.peakJvmMib(), "postgres", meter.peakPostgresMib()),
          standing.breaks(),
          standing.closedBy() != null);
    }
  }

  private static void compare(Engine engine, int bank) {
    var refusal = engine.bean(DayEnd.class).compare(bank, NEXT_MORNING, PAY_DATE);
    if (refusal != null) {
      throw new IllegalStateException("the day was not compared: " + refusal);
    }
  }

  private void play(Engine engine, Home home, ProvinceSpec spec) throws IOException {
    var province = home.root().resolve("province");
    progress.accept(
        "生成数据 generating: %,d 个项目 projects, %,d 名工人 workers"
            .formatted(spec.projects(), spec.workers()));
    Province.generate(spec, province);
    progress.accept("导入 importing the register");
    var imported = engine.bean(ReferenceData.class).importDirectory(province, "bench", RECEIVED);
    if (!imported.accepted()) {
      throw new IllegalStateException("the generated province was refused: " + imported.findings());
    }
    var bank = engine.bean(Banks.class).all().getFirst();
    var day = engine.bean(PayDay.class);
    progress.accept("发薪 the payday");
    engine
        .bean(PayrollFiles.class)
        .receive(bank.bank(), files(province.resolve("payrolls")), RECEIVED);
    day.intake(bank.bank(), RECEIVED);
    var releases = engine.bean(Releases.class);
    var refused =
        releases.release(
            bank.bank(),
            PAY_DATE,
            RECEIVED,
            SigningDesk.signTwice(
                bank.code(),
                releases.open(bank.bank()),
                engine.bean(SigningDesk.class).signatories(bank.bank(), province)));
    if (refused.stream().anyMatch(Objects::nonNull)) {
      throw new IllegalStateException("a release was refused");
    }
    day.run(bank.bank(), CUT_OFF);
    engine.bean(Delivery.class).drain(CUT_OFF);
    progress.accept("清算应答 clearing's answers");
    var in = home.in().resolve("clearing").resolve(bank.code());
    new ClearingHouse(home.out().resolve("clearing").resolve(bank.code()), in)
        .answer(1, ANSWERED.atOffset(ZONE));
    engine.bean(ClearingFiles.class).receive(bank.bank(), files(in), ANSWERED);
    day.answers(bank.bank(), ANSWERED);
  }

  private static List<Path> files(Path folder) {
    try (var found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
