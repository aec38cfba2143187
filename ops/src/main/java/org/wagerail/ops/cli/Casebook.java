package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.Engine;
import org.wagerail.ops.casebook.Case;
import org.wagerail.ops.casebook.GrammarFault;
import org.wagerail.ops.casebook.Verdict;
import org.wagerail.ops.home.ThrowAway;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Plays worked cases in a throw-away home: 0 all as expected, 1 differences, 2 not understood. A
 * file that is not understood is told of first and keeps no other from being played.
 */
@CommandLine.Command(
    footer = {
      "",
      "退出码：0 全部相符；1 有差异；2 用法错误或有文件不合语法（其余照常演算）。语法见 CASEBOOK.md。",
      "Exit code: 0 all as expected; 1 differences; 2 usage, or a file breaks the grammar (the"
          + " others are played). Grammar: CASEBOOK.md."
    })
final class Casebook implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = {"案例文件", "Files of cases"})
  private List<String> names = List.of();

  @Option(
      names = "--json",
      description = {"每个案例输出一行 JSON", "Print one JSON object a line for each case"})
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var line = Objects.requireNonNull(spec).commandLine();
    var cases = new ArrayList<Case>();
    boolean understood = true;
    for (var name : names) {
      if (Files.isDirectory(Path.of(name)) || !Files.isReadable(Path.of(name))) {
        line.getErr().println("没有可读的文件：" + name);
        line.getErr().println("There is no such file to read: " + name);
        tell(line.getOut(), name, 0, "没有可读的文件 / there is no such file to read");
        understood = false;
        continue;
      }
      try {
        cases.addAll(org.wagerail.ops.casebook.Casebook.read(Path.of(name)));
      } catch (GrammarFault fault) {
        line.getErr().println(fault.getMessage());
        tell(line.getOut(), name, fault.line(), fault.chinese() + " / " + fault.english());
        understood = false;
      }
    }
    line.getErr().flush();
    boolean ok = cases.isEmpty() || play(cases, line.getOut());
    return !understood ? Terminal.USAGE : ok ? Terminal.YES : Terminal.NO;
  }

  /** Whoever reads objects only learns of a file without cases by an object of the same form. */
  private void tell(PrintWriter out, String file, int line, String why) {
    if (json) {
      var difference = new Verdict.Compared(line, "grammar", "CASEBOOK.md", why, false);
      out.println(Json.line(members(new Verdict(file, file, List.of(difference)))));
      out.flush();
    }
  }

  private boolean play(List<Case> cases, PrintWriter out) throws IOException {
    boolean ok = true;
    try (var place = ThrowAway.open("casebook-" + ProcessHandle.current().pid(), null, false);
        var engine = Engine.apart(place.home())) {
      var casebook = new org.wagerail.ops.casebook.Casebook(engine);
      for (var each : cases) {
        var verdict = casebook.play(each);
        // Of a case that a signal cut short nothing is known.
        if (Engine.isStopping()) {
          return false;
        }
        ok &= verdict.ok();
        if (json) {
          out.println(Json.line(members(verdict)));
        } else {
          print(out, verdict);
        }
        out.flush();
      }
    }
    return ok;
  }

  private static SequencedMap<String, @Nullable Object> members(Verdict verdict) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("case", verdict.name());
    members.put("ok", verdict.ok());
    members.put(
        "differences",
        verdict.differences().stream()
            .map(
                difference -> {
                  var each = new LinkedHashMap<String, @Nullable Object>();
                  each.put("line", difference.line());
                  each.put("what", difference.what());
                  each.put("expected", difference.expected());
                  each.put("actual", difference.actual());
                  return each;
                })
            .toList());
    return members;
  }

  private static void print(PrintWriter out, Verdict verdict) {
    out.println(
        (verdict.ok() ? "相符 ok     " : "不符 not ok ")
            + verdict.name()
            + "  ("
            + verdict.file()
            + ")");
    out.printf("      %5s  %-34s %-34s %s%n", "行 line", "项目 what", "预期 expected", "实际 actual");
    for (var each : verdict.compared()) {
      out.printf(
          "    %s %5d  %-34s %-34s %s%n",
          each.ok() ? " " : "≠", each.line(), each.what(), each.expected(), each.actual());
    }
  }
}
