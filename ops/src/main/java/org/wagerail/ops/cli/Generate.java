package org.wagerail.ops.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.Money;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.Troubles;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a seeded province: reference data, payroll files, keys. Needs no database. */
@CommandLine.Command
final class Generate implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "DIR", description = "写入的目录 The directory to write to")
  private Path directory = Path.of("");

  @Option(names = "--projects", required = true, description = "项目数 How many projects")
  private int projects;

  @Option(names = "--workers", required = true, description = "工人数 How many workers")
  private int workers;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "种子，默认 ${DEFAULT-VALUE} The same seed makes the same bytes")
  private long seed;

  @Option(
      names = "--pay-date",
      defaultValue = "2026-10-15",
      description = "发薪日，默认 ${DEFAULT-VALUE} The pay date")
  private LocalDate payDate = LocalDate.EPOCH;

  @Option(
      names = "--period",
      description = "工资月份，默认发薪日所在月 The month paid for, else that of the pay date")
  private @Nullable YearMonth period;

  @Option(
      names = "--files-per-project",
      defaultValue = "1",
      description = "每个项目的工资文件数，默认 ${DEFAULT-VALUE} Payroll files of each project")
  private int filesPerProject;

  @Option(
      names = "--cover",
      defaultValue = "120",
      description = "期初余额占工资的百分比，默认 ${DEFAULT-VALUE} Opening balances in percent of the payroll")
  private int cover;

  @Option(
      names = "--on-us",
      defaultValue = "0",
      description = "本行账户的百分比，默认 ${DEFAULT-VALUE} Percent of workers with an account at this bank")
  private int onUs;

  @Option(
      names = "--version-of-files",
      paramLabel = "pain.001.001.NN",
      defaultValue = "",
      description = "只用一个报文版本 One version of pain.001 (03, 09 or 11), else a mixture")
  private String version = "";

  @Option(names = "--json", description = "输出JSON Print JSON")
  private boolean json;

  @Override
  public Integer call() {
    var spec = java.util.Objects.requireNonNull(command);
    ProvinceSpec wanted;
    try {
      wanted =
          new ProvinceSpec(
              seed,
              projects,
              workers,
              filesPerProject,
              payDate,
              period == null ? YearMonth.from(payDate) : period,
              cover,
              onUs,
              version,
              Troubles.NONE);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    var written = Province.generate(wanted, directory);
    var out = spec.commandLine().getOut();
    if (json) {
      var line = new LinkedHashMap<String, Object>();
      line.put("directory", directory.toString());
      line.put("files", written.files());
      line.put("wages", written.wages());
      line.put("total", Money.format(written.total(), 2));
      out.println(Json.line(line));
    } else {
      out.printf(
          "已写入 %s：%d 个工资文件，%d 笔工资，合计 %s 元%n",
          directory, written.files(), written.wages(), Money.format(written.total(), 2));
      out.printf(
          "Wrote %s: %d payroll files, %d wages, CNY %s in all%n",
          directory, written.files(), written.wages(), Money.format(written.total(), 2));
    }
    return Terminal.YES;
  }
}
