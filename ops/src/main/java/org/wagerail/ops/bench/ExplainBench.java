package org.wagerail.ops.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.ops.province.Troubles;
import org.wagerail.ops.sandbox.ClearingHouse;
import org.wagerail.payroll.Releases;
import org.wagerail.project.Banks;
import org.wagerail.project.ReferenceData;
import org.wagerail.trail.Trails;

/**
 * How long it takes to tell what happened, when there is a year to look through. The paydays of a
 * generated province are played month by month, with lines that are held and refused and wages that
 * come back; then some workers, lines, payments, runs and payrolls of every month are asked for,
 * each found by its name first.
 */
public final class ExplainBench {
  /**
   * What was measured.
   *
   * @param payments how many there are to look through
   * @param seconds by kind of question: the slowest answer
   * @param meanSeconds by kind of question
   * @param steps by kind of question: the longest answer
   */
  public record Result(
      int months,
      int workers,
      long payments,
      Map<String, Double> seconds,
      Map<String, Double> meanSeconds,
      Map<String, Integer> steps) {
    /** The slowest answer of all. */
    public double slowest() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  /** The calendar of this year is published to its end. */
  private static final int YEAR = 2026;

  private static final int MOST_MONTHS = 12;
  private static final int PAY_DAY = 15;
  private static final int RECEIVED_BEFORE = 3;
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  /** A few of everything that can go wrong, in thousandths. */
  private static final Troubles TROUBLES =
      new Troubles(
          5,
          2,
          1,
          1,
          1,
          2,
          2,
          List.of(
              new Troubles.Answer("10", 3),
              new Troubles.Answer("20", 3),
              new Troubles.Answer("90", 1)));

  /** What is asked for, as texts that name it: some of each month and kind. */
  private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

  static {
    QUESTIONS.put(
        "worker",
        """
        SELECT 'worker ' || party FROM (
          SELECT DISTINCT ON (pay_month, n) party
            FROM (SELECT pay_month, party, ntile(3) OVER (PARTITION BY pay_month ORDER BY payment) AS n
                    FROM payment) x ORDER BY pay_month, n) y
        """);
    QUESTIONS.put(
        "payment",
        """
        SELECT lpad(pay_month::text || lpad(payment::text, 10, '0'), 16, '0') FROM (
          SELECT DISTINCT ON (pay_month, kind) pay_month, payment FROM payment_result
           ORDER BY pay_month, kind, payment DESC) x
        """);
    QUESTIONS.put(
        "line",
        """
        SELECT 'line ' || pay_month || '/' || payroll || '/' || line FROM (
          SELECT DISTINCT ON (pay_month, verdict) pay_month, payroll, line FROM payroll_line
           ORDER BY pay_month, verdict, payroll DESC, line DESC) x
        """);
    QUESTIONS.put(
        "run",
        """
        SELECT 'run ' || pay_month || '/' || run FROM (
          SELECT DISTINCT ON (pay_month) pay_month, run FROM pay_run
           ORDER BY pay_month, lines DESC) x
        """);
    QUESTIONS.put(
        "payroll",
        """
        SELECT msg_id FROM (
          SELECT DISTINCT ON (pay_month) msg_id FROM payroll ORDER BY pay_month, lines DESC) x
        """);
  }

  private final Consumer<String> progress;

  /**
   * @param progress hears a line for each stage as it begins
   */
  public ExplainBench(Consumer<String> progress) {
    this.progress = progress;
  }

  /**
   * Plays and measures in an empty home.
   *
   * @param months from 1 to 12
   */
  public Result measure(Home home, int months, long seed, int projects, int workers)
      throws IOException {
    if (months < 1 || months > MOST_MONTHS) {
      throw new IllegalArgumentException("from 1 to 12 months");
    }
    try (var engine = Engine.open(home)) {
      if (!engine.bean(Banks.class).all().isEmpty()) {
        throw new CannotStart(
            "测量须用空数据库；此库中已有银行。",
            "The bench measures in an empty database, and there are banks in this one.");
      }
      for (int month = 1; month <= months; month++) {
        var payDate = LocalDate.of(YEAR, month, PAY_DAY);
        var spec =
            new ProvinceSpec(
                seed,
                projects,
                workers,
                1,
                payDate,
                YearMonth.from(payDate),
                120 * months,
                0,
                "",
                TROUBLES);
        progress.accept("发薪 payday " + spec.period() + " (" + month + "/" + months + ")");
        play(engine, home.root().resolve("province-" + month), spec, month == 1);
      }
      return ask(engine, months, workers);
    }
  }

  private static void play(Engine engine, Path province, ProvinceSpec spec, boolean first)
      throws IOException {
    Province.generate(spec, province);
    var received = spec.payDate().minusDays(RECEIVED_BEFORE).atTime(LocalTime.NOON);
    var cutOff = spec.payDate().atTime(16, 0).toInstant(ZONE);
    var at = received.toInstant(ZONE);
    var data = province;
    if (!first) {
      // The register is there: what is new is what the workers confirmed.
      data = Files.createDirectory(province.resolve("new"));
      Files.move(province.resolve("confirmations.csv"), data.resolve("confirmations.csv"));
    }
    var report = engine.bean(ReferenceData.class).importDirectory(data, "bench", at);
    if (!report.accepted()) {
      throw new IllegalStateException("the generated province was refused: " + report.findings());
    }
    var bank = engine.bean(Banks.class).all().getFirst();
    var day = engine.bean(PayDay.class);
    engine
        .bean(PayrollFiles.class)
        .receive(bank.bank(), files(province.resolve("payrolls"), ".xml"), at);
    day.intake(bank.bank(), at);
    var releases = engine.bean(Releases.class);
    var refused =
        releases.release(
            bank.bank(),
            received.toLocalDate(),
            at,
            SigningDesk.signTwice(
                bank.code(),
                releases.open(bank.bank()),
                engine.bean(SigningDesk.class).signatories(bank.bank(), province)));
    if (refused.stream().anyMatch(Objects::nonNull)) {
      throw new IllegalStateException("a release was refused");
    }
    day.run(bank.bank(), cutOff);
    answer(engine, bank, day, cutOff);
    remove(province);
  }

  private static void answer(Engine engine, Banks.Bank bank, PayDay day, Instant cutOff)
      throws IOException {
    engine.bean(Delivery.class).drain(cutOff);
    var home = engine.bean(Home.class);
    var out = home.out().resolve("clearing").resolve(bank.code());
    var in = home.in().resolve("clearing").resolve(bank.code());
    var house = new ClearingHouse(out, in);
    for (int round = 1; round <= ClearingHouse.ROUNDS; round++) {
      var answered = cutOff.plusSeconds(3_600L * round);
      house.answer(round, answered.atOffset(ZONE));
      engine.bean(ClearingFiles.class).receive(bank.bank(), files(in, ".xml"), answered);
      day.answers(bank.bank(), answered);
      remove(in);
    }
    engine.bean(Delivery.class).drain(cutOff);
    // What the house has answered it need not read again next month.
    remove(home.out());
  }

  private Result ask(Engine engine, int months, int workers) {
    var jdbc = engine.bean(JdbcClient.class);
    var trails = engine.bean(Trails.class);
    int bank = engine.bean(Banks.class).all().getFirst().bank();
    jdbc.sql("ANALYZE").update();
    var seconds = new LinkedHashMap<String, Double>();
    var means = new LinkedHashMap<String, Double>();
    var steps = new LinkedHashMap<String, Integer>();
    QUESTIONS.forEach(
        (kind, question) -> {
          var names = jdbc.sql(question).query(String.class).list();
          progress.accept("询问 asking for " + names.size() + " × " + kind);
          double sum = 0;
          for (var name : names) {
            long begun = System.nanoTime();
            var found = trails.find(bank, name);
            if (found.size() != 1) {
              throw new IllegalStateException(name + " names " + found);
            }
            var trail = trails.follow(found.getFirst()).orElseThrow();
            double took = (System.nanoTime() - begun) / 1e9;
            sum += took;
            seconds.merge(kind, took, Math::max);
            steps.merge(kind, trail.steps().size(), Math::max);
          }
          means.put(kind, sum / names.size());
        });
    long payments = jdbc.sql("SELECT count(*) FROM payment").query(Long.class).single();
    return new Result(months, workers, payments, seconds, means, steps);
  }

  private static List<Path> files(Path folder, String suffix) {
    try (var found = Files.list(folder)) {
      return found.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        Files.delete(path);
      }
    }
  }
}
