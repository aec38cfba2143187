package org.wagerail.ops.sandbox;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.payment.ClearingDecision;
import org.wagerail.payment.Exceptions;
import org.wagerail.payroll.Releases;
import org.wagerail.project.Banks;
import org.wagerail.project.ReferenceData;

/**
 * Plays a payday of three projects with simulated partners: the engine itself, on its own
 * PostgreSQL, and nothing of it replaced but the time.
 */
public final class Demonstration {
  private static final int STEPS = 11;
  private static final LocalDate PAY_DATE = DemoProvince.PAY_DATE;
  private static final Instant ARRIVAL = at(PAY_DATE.minusDays(2), "09:00");
  private static final Instant READ = at(PAY_DATE.minusDays(2), "09:30");
  private static final Instant FIRST_SIGNS = at(PAY_DATE.minusDays(1), "14:00");
  private static final Instant SECOND_SIGNS = at(PAY_DATE.minusDays(1), "15:20");
  private static final Instant CUT_OFF = at(PAY_DATE, "10:00");
  private static final Instant FIRST_ROUND = at(PAY_DATE, "16:00");
  private static final Instant SECOND_ROUND = at(PAY_DATE.plusDays(1), "16:00");
  private static final Instant QUESTIONS = at(PAY_DATE.plusDays(1), "17:00");
  private static final Instant LAST_ANSWERS = at(PAY_DATE.plusDays(1), "18:00");
  private static final Instant REPORT = at(PAY_DATE.plusDays(1), "20:00");

  private static final long PATIENCE_SECONDS = 60;

  private final Home home;
  private final Path province;
  private final Path messages;
  private final PrintWriter out;
  private final Narrator narrator;
  private final SimulatedClock clock = new SimulatedClock(ARRIVAL);

  private Demonstration(Home home, Path messages, PrintWriter out, boolean terminal) {
    this.home = home;
    this.province = home.root().resolve("province");
    this.messages = messages;
    this.out = out;
    this.narrator = new Narrator(out, terminal, STEPS);
  }

  private static Instant at(LocalDate day, String time) {
    return OffsetDateTime.parse(day + "T" + time + ":00+08:00").toInstant();
  }

  /**
   * Plays it, and stops everything that it started.
   *
   * @param home an empty one
   * @param messages the folder that will hold every message
   * @param terminal whether {@code out} is one
   * @return whether the books are proved and every wage is accounted for
   * @throws CannotStart if the home is not empty
   */
  public static boolean play(Home home, Path messages, PrintWriter out, boolean terminal) {
    return new Demonstration(home, messages, out, terminal).play();
  }

  private boolean play() {
    narrator.begin("启动引擎与 PostgreSQL", "Starting the engine and its PostgreSQL");
    var payrolls = home.in().resolve("contractor");
    try (var engine =
        Engine.apart(home, Map.of("wagerail.contractor.folder", payrolls.toString()), clock)) {
      if (!engine.bean(Banks.class).all().isEmpty()) {
        throw new CannotStart(
            "演示需要一个空的数据目录和数据库。", "The demonstration needs an empty home and database.");
      }
      narrator.end("引擎已启动，数据目录 " + home, "The engine is up, with its home at " + home);
      return new Day(engine).play();
    }
  }

  /** The day itself, once the engine is up. */
  private final class Day {
    private final Engine engine;
    private final PayDay payDay;
    private final Delivery delivery;
    private int bank;

    private Day(Engine engine) {
      this.engine = engine;
      payDay = engine.bean(PayDay.class);
      delivery = engine.bean(Delivery.class);
    }

    private boolean play() {
      var payrolls = prepare();
      var results = new Results(engine.bean(JdbcClient.class), bank);
      var before = results.projects();
      arrive(payrolls);
      intake(results);
      sign();
      cutOff(results);
      var house =
          new ClearingHouse(
              home.out().resolve("clearing").resolve(Province.BANK),
              home.in().resolve("clearing").resolve(Province.BANK));
      round(house, 1, FIRST_ROUND);
      round(house, 2, SECOND_ROUND);
      silence(house);
      report(house);
      narrator.begin("核对账簿", "Proving the books");
      var proofs = engine.bean(Audit.class).run(bank);
      boolean clean = Audit.clean(proofs);
      narrator.end(
          "审计：" + proofs.size() + " 条规则，" + (clean ? "全部成立" : "有不符"),
          "Audit: " + proofs.size() + " rules, " + (clean ? "every one holds" : "some are broken"));
      proofs.stream()
          .filter(proof -> !proof.ok())
          .forEach(
              proof ->
                  narrator.detail(
                      proof.chinese() + " " + proof.rows(), proof.english() + " " + proof.rows()));
      collect();
      boolean accounted =
          new Summary(
                  results, before, house.taken(), engine.bean(Exceptions.class).open(bank, 10_000))
              .print(out);
      return clean && accounted;
    }

    private List<Path> prepare() {
      narrator.begin("生成并导入参考数据", "Making and importing reference data");
      var payrolls = DemoProvince.write(province);
      var report =
          engine.bean(ReferenceData.class).importDirectory(province, "demo", clock.instant());
      if (!report.accepted()) {
        throw new IllegalStateException("the demonstration's own data: " + report.findings());
      }
      bank = engine.bean(Banks.class).all().getFirst().bank();
      long workers =
          report.files().stream()
              .filter(file -> file.file().equals("workers.csv"))
              .mapToLong(file -> file.added())
              .sum();
      narrator.end(
          "参考数据已导入：3 个项目，" + workers + " 名工人，2 个工资专户",
          "Reference data imported: 3 projects, " + workers + " workers, 2 special accounts");
      return payrolls;
    }

    private void arrive(List<Path> payrolls) {
      narrator.begin("工资文件进入监视目录", "Payrolls arrive in the watched folder");
      var taken =
          new NotifyBuilder(engine.bean(CamelContext.class)).whenDone(payrolls.size()).create();
      var folder = home.in().resolve("contractor").resolve(Province.BANK);
      for (var payroll : payrolls) {
        DroppedFile.leave(folder, payroll.getFileName().toString(), to -> Files.copy(payroll, to));
      }
      if (!taken.matches(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the watched folder was not emptied: " + folder);
      }
      narrator.end(
          payrolls.size() + " 个 pain.001 文件（.03、.09、.11）已接收",
          payrolls.size() + " pain.001 files (.03, .09 and .11) received");
    }

    private void intake(Results results) {
      narrator.begin("读取并逐行检查", "Reading and checking every line");
      clock.set(READ);
      payDay.intake(bank, READ);
      int told = delivery.drain(READ);
      var read = results.projects();
      long lines = total(read, Results.Measure.ASKED);
      long refused = total(read, Results.Measure.REFUSED);
      long held = total(read, Results.Measure.HELD);
      narrator.end(
          "检查 %,d 行：拒绝 %d，暂缓 %d；发出 pain.002 回执 %d 份".formatted(lines, refused, held, told),
          "%,d lines checked: %d refused, %d held; %d pain.002 sent"
              .formatted(lines, refused, held, told));
      int repeated = results.repeated();
      int whole = results.refusedFiles().size();
      narrator.detail(
          "重复送达、只收一次的文件：%d；整份拒绝的文件：%d".formatted(repeated, whole),
          "Files that came twice and count once: %d; files refused as a whole: %d"
              .formatted(repeated, whole));
    }

    private void sign() {
      narrator.begin("总包两人签署", "Two persons of the contractor sign");
      var persons = engine.bean(SigningDesk.class).signatories(bank, province);
      clock.set(FIRST_SIGNS);
      var first = sign(persons, 0, FIRST_SIGNS);
      var again = sign(persons, 0, FIRST_SIGNS.plusSeconds(60));
      clock.set(SECOND_SIGNS);
      var second = sign(persons, 1, SECOND_SIGNS);
      var refusal = again.getFirst();
      if (first.stream().anyMatch(Objects::nonNull)
          || again.stream().anyMatch(Objects::isNull)
          || second.stream().anyMatch(Objects::nonNull)
          || refusal == null) {
        throw new IllegalStateException("signatures: " + first + again + second);
      }
      narrator.end(
          first.size() + " 份工资表由两人先后签署（Ed25519）",
          first.size() + " payrolls signed by two persons each (Ed25519)");
      narrator.detail("同一人再次签署被拒绝", "The same person signing again is refused: " + refusal);
    }

    /** Lets one person of each contractor sign every payroll that is not released yet. */
    private List<Releases.@Nullable Refusal> sign(
        Map<Long, List<SigningDesk.Signatory>> persons, int nth, Instant at) {
      var releases = engine.bean(Releases.class);
      return releases.release(
          bank,
          at.atZone(engine.bean(Banks.class).zone(bank)).toLocalDate(),
          at,
          releases.open(bank).stream()
              .map(
                  payroll ->
                      SigningDesk.sign(
                          Province.BANK,
                          payroll,
                          Objects.requireNonNull(persons.get(payroll.contractor())).get(nth)))
              .toList());
    }

    private void cutOff(Results results) {
      narrator.begin("截止时点：决定并支付", "Cut-off: deciding and paying");
      clock.set(CUT_OFF);
      payDay.run(bank, CUT_OFF);
      int sent = delivery.drain(CUT_OFF);
      var paid = results.projects();
      narrator.end(
          "支付 %,d 笔，合计 %s 元；发出 %d 份报文"
              .formatted(total(paid, Results.Measure.PAID), amount(paid), sent),
          "%,d wages paid, CNY %s in all; %d messages sent"
              .formatted(total(paid, Results.Measure.PAID), amount(paid), sent));
      for (var run : results.runs()) {
        if (!run.outcome().equals("FULL")) {
          narrator.detail(
              "项目 %s 资金不足：应付 %s，可用 %s，缺 %s；按协议比例支付"
                  .formatted(
                      run.project(),
                      Summary.yuan(run.needed()),
                      Summary.yuan(run.available()),
                      Summary.yuan(run.needed() - run.paid())),
              "Project %s is short: needed %s, available %s, missing %s; %s by agreement"
                  .formatted(
                      run.project(),
                      Summary.yuan(run.needed()),
                      Summary.yuan(run.available()),
                      Summary.yuan(run.needed() - run.paid()),
                      run.outcome()));
        }
      }
    }

    private void round(ClearingHouse house, int round, Instant at) {
      narrator.begin("清算第 " + round + " 轮答复", "Clearing answers, round " + round);
      clock.set(at);
      var answers = house.answer(round, local(at));
      int told = take(answers, at);
      var files = counted(answers);
      narrator.end(
          "清算第 %d 轮：收到 %s；通知总包 %d 份".formatted(round, files, told),
          "Clearing, round %d: %s received; %d messages to contractors"
              .formatted(round, files, told));
    }

    private String counted(List<Path> answers) {
      return Stream.of("pacs.002", "pacs.004")
          .map(
              kind ->
                  answers.stream().filter(file -> file.toString().contains("-" + kind)).count()
                      + " "
                      + kind)
          .collect(Collectors.joining(", "));
    }

    private void silence(ClearingHouse house) {
      narrator.begin("查询未答复的支付（pacs.028）", "Asking about payments without an answer (pacs.028)");
      clock.set(QUESTIONS);
      payDay.ask(bank, QUESTIONS);
      int asked = delivery.drain(QUESTIONS);
      clock.set(LAST_ANSWERS);
      var answers = house.answerQuestions(local(LAST_ANSWERS));
      take(answers, LAST_ANSWERS);
      int silent = open(ClearingDecision.Kind.NO_ANSWER);
      narrator.end(
          "发出查询 " + asked + " 份，收到答复 " + answers.size() + " 份；仍未答复 " + silent + " 笔，状态未知，不作猜测",
          asked
              + " questions sent, "
              + answers.size()
              + " answered; still silent: "
              + silent
              + ", unknown and not guessed");
    }

    private void report(ClearingHouse house) {
      narrator.begin("核对清算所当日结算报告（camt.053）", "Comparing clearing's report of the day (camt.053)");
      clock.set(REPORT);
      int before = open(ClearingDecision.Kind.NO_ANSWER);
      var report = house.report(PAY_DATE, local(REPORT));
      take(report == null ? List.of() : List.of(report), REPORT);
      int after = open(ClearingDecision.Kind.NO_ANSWER);
      int differ = open(ClearingDecision.Kind.NOT_REPORTED);
      narrator.end(
          "凭报告结清 " + (before - after) + " 笔；报告未列 " + differ + " 笔，交人处理",
          (before - after)
              + " settled by the report; not in the report: "
              + differ
              + ", a person must look");
    }

    private int open(ClearingDecision.Kind kind) {
      return (int)
          engine.bean(Exceptions.class).open(bank, 10_000).stream()
              .filter(exception -> exception.kind() == kind)
              .count();
    }

    private OffsetDateTime local(Instant at) {
      return at.atZone(engine.bean(Banks.class).zone(bank)).toOffsetDateTime();
    }

    private int take(List<Path> documents, Instant at) {
      engine.bean(ClearingFiles.class).receive(bank, documents, at);
      payDay.answers(bank, at);
      return delivery.drain(at);
    }

    private long total(List<Results.OfProject> projects, Results.Measure measure) {
      return projects.stream().mapToLong(p -> p.sum(measure).count()).sum();
    }

    private String amount(List<Results.OfProject> projects) {
      return Summary.yuan(
          projects.stream().mapToLong(p -> p.sum(Results.Measure.PAID).amount()).sum());
    }

    private void collect() {
      copy(province.resolve("payrolls"), "contractor-in");
      copy(home.out().resolve("contractor").resolve(Province.BANK), "contractor-out");
      copy(home.out().resolve("clearing").resolve(Province.BANK), "clearing-out");
      copy(home.in().resolve("clearing").resolve(Province.BANK), "clearing-in");
    }

    private void copy(Path from, String name) {
      try (var files = Files.list(from)) {
        var folder = Files.createDirectories(messages.resolve(name));
        for (var file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
