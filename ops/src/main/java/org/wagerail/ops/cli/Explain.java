package org.wagerail.ops.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.project.Banks;
import org.wagerail.trail.Subject;
import org.wagerail.trail.Trails;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Tells everything that happened to a worker, line, payment, run or payroll. Exit code 1 when
 * nothing has the name, or more than one thing has: then those are listed.
 */
@CommandLine.Command
final class Explain implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--bank",
      paramLabel = "CODE",
      description = "只在此银行查找（12位行号） Look at this bank only (12-digit code)")
  private @Nullable String code;

  @Option(
      names = "--lang",
      paramLabel = "zh|en",
      description = "只用一种语言，默认两种 One language only; both by default")
  private TrailText.@Nullable Language language;

  @Option(names = "--json", description = "每一步输出一行JSON Print one object a step")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = {
        "工人编号或证件号码、支付（交易标识）、明细（年月/工资表/行）、发放批（年月/编号）、工资表",
        "（年月/编号、服务器编号、报文标识、文件编号或散列值）；可在前面注明种类",
        "a worker's number or identifier, a payment (TxId), a line (month/payroll/line),",
        "a run (month/number), a payroll (month/number, the server's id, MsgId, document",
        "number or hash); worker, payment, line, run or payroll in front says which"
      })
  private List<String> words = List.of();

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(command).commandLine();
    var text = String.join(" ", words);
    try (var engine = Engine.open(Home.existing(System.getenv()))) {
      var banks =
          engine.bean(Banks.class).all().stream()
              .filter(b -> code == null || b.code().equals(code))
              .toList();
      if (code != null && banks.isEmpty()) {
        throw new ParameterException(line, "无此银行 no such bank: " + code);
      }
      var trails = engine.bean(Trails.class);
      var found = new ArrayList<Subject>();
      banks.forEach(bank -> found.addAll(trails.find(bank.bank(), text)));
      if (found.size() == 1) {
        var subject = found.getFirst();
        var bank = banks.stream().filter(b -> b.bank() == subject.bank()).findFirst().orElseThrow();
        new TrailText(line.getOut(), language, bank)
            .print(trails.follow(subject).orElseThrow(), json);
        return Terminal.YES;
      }
      return tell(line.getErr(), line.getOut(), text, found, banks);
    }
  }

  private int tell(
      PrintWriter err, PrintWriter out, String text, List<Subject> found, List<Banks.Bank> banks) {
    if (found.isEmpty()) {
      TrailText.say(
          err,
          language,
          "没有名为“" + text + "”的工人、支付、明细、发放批或工资表。",
          "No worker, payment, line, run or payroll is called \"" + text + "\".");
      return Terminal.NO;
    }
    TrailText.say(
        err,
        language,
        "“" + text + "”可能指以下之一，请注明：",
        "\"" + text + "\" may be one of these; say which:");
    for (var subject : found) {
      var bank = banks.stream().filter(b -> b.bank() == subject.bank()).findFirst().orElseThrow();
      out.println(TrailText.candidate(subject, bank, json));
    }
    return Terminal.NO;
  }
}
