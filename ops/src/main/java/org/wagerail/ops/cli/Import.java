package org.wagerail.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.project.Finding;
import org.wagerail.project.ImportReport;
import org.wagerail.project.ReferenceData;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a directory of reference data in, or lists everything that is wrong with it. */
@CommandLine.Command
final class Import implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "DIR", description = "CSV文件的目录 The directory of csv files")
  private Path directory = Path.of("");

  @Option(names = "--json", description = "输出JSON Print JSON")
  private boolean json;

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(command).commandLine();
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(line, "没有这个目录 not a directory: " + directory);
    }
    ImportReport report;
    try (var engine = Engine.open(Home.ofEnvironment(System.getenv()))) {
      report =
          engine
              .bean(ReferenceData.class)
              .importDirectory(directory, "command line", Clock.systemUTC().instant());
    }
    line.getOut().print(json ? asJson(report) : asText(report));
    return report.accepted() ? Terminal.YES : Terminal.NO;
  }

  private static String asJson(ImportReport report) {
    var object = new LinkedHashMap<String, Object>();
    object.put("accepted", report.accepted());
    object.put(
        "files",
        report.files().stream()
            .map(
                file -> {
                  var count = new LinkedHashMap<String, Object>();
                  count.put("file", file.file());
                  count.put("rows", file.rows());
                  count.put("added", report.accepted() ? file.added() : 0L);
                  return count;
                })
            .toList());
    object.put("findingCount", report.findingCount());
    object.put("findings", report.findings().stream().map(Import::asJson).toList());
    return Json.line(object) + System.lineSeparator();
  }

  private static LinkedHashMap<String, Object> asJson(Finding finding) {
    var object = new LinkedHashMap<String, Object>();
    object.put("file", finding.file());
    object.put("row", finding.row());
    object.put("column", finding.column());
    object.put("code", finding.code());
    object.put("zh", finding.zh());
    object.put("en", finding.en());
    return object;
  }

  private static String asText(ImportReport report) {
    var text = new StringBuilder();
    if (report.accepted()) {
      for (var file : report.files()) {
        text.append(
            "%-22s %,10d 行 rows  %,10d 新增 added%n"
                .formatted(file.file(), file.rows(), file.added()));
      }
      return text.append("已导入。 Imported.%n".formatted()).toString();
    }
    for (var finding : report.findings()) {
      text.append(
          "%s:%d %s %s%n    %s%n    %s%n"
              .formatted(
                  finding.file(),
                  finding.row(),
                  finding.column(),
                  finding.code(),
                  finding.zh(),
                  finding.en()));
    }
    long more = report.findingCount() - report.findings().size();
    if (more > 0) {
      text.append("另有 %,d 个问题 and %,d more%n".formatted(more, more));
    }
    return text.append(
            "共 %,d 个问题，未写入任何数据。 Findings: %,d; nothing was written.%n"
                .formatted(report.findingCount(), report.findingCount()))
        .toString();
  }
}
