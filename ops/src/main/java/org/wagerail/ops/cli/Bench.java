package org.wagerail.ops.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.bench.ExplainBench;
import org.wagerail.ops.bench.PaydayBench;
import org.wagerail.ops.bench.ReconcileBench;
import org.wagerail.ops.home.ThrowAway;
import org.wagerail.ops.province.ProvinceSpec;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures. */
@CommandLine.Command(subcommands = {Bench.Payday.class, Bench.Trail.class, Bench.ThreeTruths.class})
final class Bench implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(command).commandLine(),
        "请指明测量什么 say what to measure: bench payday …, bench explain …," + " bench reconcile …");
  }

  /** A payday, beside a plain ledger. */
  @CommandLine.Command(
      name = "payday",
      description = "测量一个发薪日 Measure a payday beside a row-at-a-time ledger")
  static final class Payday implements Callable<Integer> {
    @Spec private @Nullable CommandSpec command;

    @Option(
        names = "--projects",
        defaultValue = "1400",
        description = "项目数，默认 ${DEFAULT-VALUE} How many projects, each with a payroll file")
    private int projects;

    @Option(
        names = "--workers",
        defaultValue = "501600",
        description = "工人数，默认 ${DEFAULT-VALUE} How many workers")
    private int workers;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "种子，默认 ${DEFAULT-VALUE} The same seed makes the same province")
    private long seed;

    @Option(
        names = "--heap",
        paramLabel = "SIZE",
        description = "Java堆上限，例如1g；由启动脚本设定 The most heap, set by the launcher")
    private @Nullable String heap;

    @Option(
        names = "--home",
        paramLabel = "DIR",
        description = "保留在此目录 Work in this empty directory and keep it")
    private @Nullable Path home;

    @Option(names = "--json", description = "输出JSON Print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      var line = java.util.Objects.requireNonNull(command).commandLine();
      ProvinceSpec province;
      try {
        province = ProvinceSpec.of(seed, projects, workers, LocalDate.of(2026, 10, 15));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(line, String.valueOf(e.getMessage()), e);
      }
      try (var place =
          ThrowAway.open("bench-" + ProcessHandle.current().pid(), home, home != null)) {
        var result =
            new PaydayBench(text -> line.getErr().println(text)).measure(place.home(), province);
        line.getOut().println(json ? asJson(result) : asText(result));
        return result.auditClean() ? Terminal.YES : Terminal.NO;
      }
    }

    private static String asJson(PaydayBench.Result result) {
      var object = new LinkedHashMap<String, Object>();
      object.put("projects", result.projects());
      object.put("files", result.files());
      object.put("wages", result.wages());
      object.put("wagesPerSecond", rounded(result.wagesPerSecond()));
      object.put("statusLegPerSecond", rounded(result.statusLegPerSecond()));
      object.put("rowAtATimePerSecond", rounded(result.rowAtATimePerSecond()));
      object.put("ratioToRowAtATime", rounded(result.ratioToRowAtATime()));
      object.put("cpuMicrosPerWage", rounded(result.cpuMicrosPerWage()));
      object.put("seconds", rounded(result.seconds()));
      var memory = new LinkedHashMap<String, Object>(result.peakRssMiB());
      object.put("peakRssMiB", memory);
      object.put("walBytesPerWage", rounded(result.walBytesPerWage()));
      object.put("longestLockMillis", rounded(result.longestLockMillis()));
      object.put("auditClean", result.auditClean());
      return Json.line(object);
    }

    private static String asText(PaydayBench.Result r) {
      var text = new StringBuilder();
      text.append(
          "%,d 笔工资 wages, %,d 个文件 files, %,d 个项目 projects, 堆上限 heap %,d MiB%n"
              .formatted(
                  r.wages(), r.files(), r.projects(), Runtime.getRuntime().maxMemory() >> 20));
      text.append("每秒工资 wages per second            %,12.0f%n".formatted(r.wagesPerSecond()));
      text.append("状态回程每秒 status leg per second     %,12.0f%n".formatted(r.statusLegPerSecond()));
      text.append("逐笔记账每秒 row at a time per second  %,12.0f%n".formatted(r.rowAtATimePerSecond()));
      text.append("倍数 ratio                           %,12.1f%n".formatted(r.ratioToRowAtATime()));
      r.cpuMicrosPerWage()
          .forEach(
              (stage, micros) ->
                  text.append("CPU µs/工资 wage: %-18s %,12.1f%n".formatted(stage, micros)));
      r.seconds()
          .forEach(
              (stage, seconds) ->
                  text.append("秒 seconds: %-24s %,12.1f%n".formatted(stage, seconds)));
      text.append("WAL 字节/工资 bytes per wage          %,12.0f%n".formatted(r.walBytesPerWage()));
      text.append("最长账户锁 longest lock, ms          %,12.1f%n".formatted(r.longestLockMillis()));
      r.peakRssMiB()
          .forEach(
              (process, mebibytes) ->
                  text.append("内存峰值 peak RSS, MiB: %-13s %,12d%n".formatted(process, mebibytes)));
      return text.append(
              r.auditClean() ? "账簿审计无误 the books are right" : "账簿有误 THE AUDIT FOUND ERRORS")
          .toString();
    }
  }

  /** How long it takes to explain something out of a year. */
  @CommandLine.Command(
      name = "explain",
      description = "测量从一年数据中查明来龙去脉的用时 Measure explain on a year of data")
  static final class Trail implements Callable<Integer> {
    /** Nobody waits longer for an answer. */
    private static final double MOST_SECONDS = 10;

    @Spec private @Nullable CommandSpec command;

    @Option(
        names = "--months",
        defaultValue = "12",
        description = "月数，1至12，默认 ${DEFAULT-VALUE} How many months are played")
    private int months;

    @Option(
        names = "--projects",
        defaultValue = "1400",
        description = "项目数，默认 ${DEFAULT-VALUE} How many projects, each with a payroll a month")
    private int projects;

    @Option(
        names = "--workers",
        defaultValue = "501600",
        description = "工人数，默认 ${DEFAULT-VALUE} How many workers")
    private int workers;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "种子，默认 ${DEFAULT-VALUE} The same seed makes the same province")
    private long seed;

    @Option(
        names = "--home",
        paramLabel = "DIR",
        description = "保留在此目录 Work in this empty directory and keep it")
    private @Nullable Path home;

    @Option(names = "--json", description = "输出JSON Print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      var line = java.util.Objects.requireNonNull(command).commandLine();
      if (months < 1 || months > 12) {
        throw new ParameterException(line, "--months 1 … 12");
      }
      try (var place =
          ThrowAway.open("bench-" + ProcessHandle.current().pid(), home, home != null)) {
        var result =
            new ExplainBench(text -> line.getErr().println(text))
                .measure(place.home(), months, seed, projects, workers);
        line.getOut().println(json ? asJson(result) : asText(result));
        return result.slowest() < MOST_SECONDS ? Terminal.YES : Terminal.NO;
      }
    }

    private static String asJson(ExplainBench.Result result) {
      var object = new LinkedHashMap<String, Object>();
      object.put("months", result.months());
      object.put("workers", result.workers());
      object.put("payments", result.payments());
      object.put("slowestSeconds", rounded(result.seconds()));
      object.put("meanSeconds", rounded(result.meanSeconds()));
      object.put("steps", new LinkedHashMap<String, Object>(result.steps()));
      return Json.line(object);
    }

    private static String asText(ExplainBench.Result r) {
      var text = new StringBuilder();
      text.append(
          "%d 个月 months, %,d 名工人 workers, %,d 笔支付 payments%n"
              .formatted(r.months(), r.workers(), r.payments()));
      r.seconds()
          .forEach(
              (kind, seconds) ->
                  text.append(
                      "%-8s 最慢 slowest %6.2f s   平均 mean %6.2f s   最多步骤 most steps %,d%n"
                          .formatted(
                              kind,
                              seconds,
                              java.util.Objects.requireNonNull(r.meanSeconds().get(kind)),
                              java.util.Objects.requireNonNull(r.steps().get(kind)))));
      return text.toString().stripTrailing();
    }
  }

  /** How long it takes to compare a payday's three truths. */
  @CommandLine.Command(
      name = "reconcile",
      description = "测量一个发薪日的三方对账 Measure the comparison of a payday's three truths")
  static final class ThreeTruths implements Callable<Integer> {
    @Spec private @Nullable CommandSpec command;

    @Option(
        names = "--projects",
        defaultValue = "1400",
        description = "项目数，默认 ${DEFAULT-VALUE} How many projects, each with an account")
    private int projects;

    @Option(
        names = "--workers",
        defaultValue = "501600",
        description = "工人数，默认 ${DEFAULT-VALUE} How many workers")
    private int workers;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "种子，默认 ${DEFAULT-VALUE} The same seed makes the same province")
    private long seed;

    @Option(
        names = "--heap",
        paramLabel = "SIZE",
        description = "Java堆上限，例如1g；由启动脚本设定 The most heap, set by the launcher")
    private @Nullable String heap;

    @Option(
        names = "--home",
        paramLabel = "DIR",
        description = "保留在此目录 Work in this empty directory and keep it")
    private @Nullable Path home;

    @Option(names = "--json", description = "输出JSON Print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      var line = java.util.Objects.requireNonNull(command).commandLine();
      ProvinceSpec province;
      try {
        province = ProvinceSpec.of(seed, projects, workers, LocalDate.of(2026, 10, 15));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(line, String.valueOf(e.getMessage()), e);
      }
      try (var place =
          ThrowAway.open("bench-" + ProcessHandle.current().pid(), home, home != null)) {
        var result =
            new ReconcileBench(text -> line.getErr().println(text)).measure(place.home(), province);
        line.getOut().println(json ? asJson(result) : asText(result));
        return result.closed() ? Terminal.YES : Terminal.NO;
      }
    }

    private static String asJson(ReconcileBench.Result result) {
      var object = new LinkedHashMap<String, Object>();
      object.put("projects", result.projects());
      object.put("payments", result.payments());
      object.put("movements", result.movements());
      object.put("seconds", rounded(result.seconds()));
      object.put("paymentsPerSecond", rounded(result.paymentsPerSecond()));
      object.put("cpuMicrosPerPayment", rounded(result.cpuMicrosPerPayment()));
      object.put("peakRssMiB", new LinkedHashMap<String, Object>(result.peakRssMiB()));
      object.put("breaks", result.breaks());
      object.put("closed", result.closed());
      return Json.line(object);
    }

    private static String asText(ReconcileBench.Result r) {
      var text = new StringBuilder();
      text.append(
          "%,d 笔支付 payments, %,d 笔专户发生额 movements, %,d 个项目 projects%n"
              .formatted(r.payments(), r.movements(), r.projects()));
      r.seconds()
          .forEach(
              (stage, seconds) ->
                  text.append("秒 seconds: %-24s %,12.1f%n".formatted(stage, seconds)));
      text.append("每秒支付 payments per second         %,12.0f%n".formatted(r.paymentsPerSecond()));
      text.append(
          "CPU µs/支付 payment                  %,12.1f%n".formatted(r.cpuMicrosPerPayment()));
      r.peakRssMiB()
          .forEach(
              (process, mebibytes) ->
                  text.append("内存峰值 peak RSS, MiB: %-13s %,12d%n".formatted(process, mebibytes)));
      return text.append(
              r.closed()
                  ? "三方相符，营业日已关闭 the three agree, and the day is closed"
                  : "差异 BREAKS: " + r.breaks())
          .toString();
    }
  }

  private static LinkedHashMap<String, Object> rounded(Map<String, Double> figures) {
    var map = new LinkedHashMap<String, Object>();
    figures.forEach((name, value) -> map.put(name, rounded(value)));
    return map;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
