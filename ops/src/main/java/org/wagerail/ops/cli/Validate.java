package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.PayrollSheet;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.iso.Finding;
import org.wagerail.iso.Report;
import org.wagerail.iso.Validation;
import org.wagerail.iso.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Judges message files and payroll sheets without a database: 0 all valid, 1 findings or
 * unsupported, 2 usage.
 */
@CommandLine.Command(
    footer = {
      "",
      "合计不符（AM16 至 AM20）同样判为无效，虽然报文本身符合语法。",
      "A wrong total (AM16 to AM20) makes a file invalid too, though its grammar holds.",
      "退出码：0 全部有效；1 有问题、版本不支持或读取失败；2 用法错误，或有文件不存在（其余照常校验）。",
      "Exit code: 0 all valid; 1 findings, an unsupported version or a broken file; 2 usage, or a"
          + " file is not there (the others are judged)."
    })
final class Validate implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = {"报文文件，或 xlsx、csv 工资表", "Message files, or payrolls as xlsx or csv"})
  private List<String> names = List.of();

  @Option(
      names = "--json",
      description = {"每个文件输出一行 JSON", "Print one JSON object a line for each file"})
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec).commandLine();
    var allValid = true;
    var allThere = true;
    for (var name : names) {
      if (!readable(name)) {
        line.getErr().println("没有可读的文件：" + name);
        line.getErr().println("There is no such file to read: " + name);
        allThere = false;
        continue;
      }
      Report report;
      try {
        report = judge(Path.of(name));
      } catch (IOException | UncheckedIOException e) {
        // The disk's fault, not the message's: there is no verdict, and the other files go on.
        line.getErr().println("文件读取失败：" + name);
        line.getErr().println("The file could not be read: " + name + ": " + e.getMessage());
        allValid = false;
        continue;
      }
      allValid &= report.verdict() == Verdict.VALID;
      if (json) {
        line.getOut().println(Json.line(members(name, report)));
      } else {
        print(line.getOut(), name, report);
      }
      line.getOut().flush();
    }
    line.getErr().flush();
    return !allThere ? Terminal.USAGE : allValid ? Terminal.YES : Terminal.NO;
  }

  /** By the bytes: a message by its grammar, a sheet by what a sheet must be. */
  private static Report judge(Path file) throws IOException {
    var name = file.getFileName().toString();
    try (var head = Files.newInputStream(file)) {
      if (DocumentKind.of(head, name) != DocumentKind.XML) {
        return PayrollSheet.judge(() -> Files.newInputStream(file), name, SheetLimits.DEFAULT);
      }
    }
    return Validation.of(Files.newInputStream(file));
  }

  private static boolean readable(String name) {
    try {
      var path = Path.of(name);
      return !Files.isDirectory(path) && Files.isReadable(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static SequencedMap<String, @Nullable Object> members(String name, Report report) {
    var findings = new ArrayList<SequencedMap<String, @Nullable Object>>();
    for (var finding : report.findings()) {
      findings.add(members(finding));
    }
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("file", name);
    members.put("message", report.message());
    members.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
    members.put("findings", findings);
    return members;
  }

  private static SequencedMap<String, @Nullable Object> members(Finding finding) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("line", finding.line());
    members.put("path", finding.path());
    members.put("rule", finding.rule());
    members.put("code", finding.code());
    members.put("message", finding.message());
    return members;
  }

  private static void print(PrintWriter out, String name, Report report) {
    var verdict =
        switch (report.verdict()) {
          case VALID -> "有效 valid";
          case INVALID -> "无效 invalid";
          case UNSUPPORTED -> "不支持 unsupported";
        };
    var message = report.message() == null ? "" : " (" + report.message() + ")";
    out.println(name + ": " + verdict + message);
    for (var finding : report.findings()) {
      out.println(
          "  "
              + finding.line()
              + ": "
              + finding.path()
              + " ["
              + finding.rule()
              + ", "
              + finding.code()
              + "]");
      out.println("      " + finding.message());
    }
    var unlisted = report.findingsTotal() - report.findings().size();
    if (unlisted > 0) {
      out.println("  另有 " + unlisted + " 处未列出 / " + unlisted + " more are not listed");
    }
  }
}
