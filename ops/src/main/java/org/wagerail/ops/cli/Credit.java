package org.wagerail.ops.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.funding.Advices;
import org.wagerail.mailbox.Sender;
import org.wagerail.money.Money;
import org.wagerail.ops.payday.MoneyIn;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes notifications of credits in, and lists what waits in suspense. */
@CommandLine.Command
final class Credit implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "CODE",
      description = "开户银行12位行号 The operating bank's 12-digit code")
  private String code = "";

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "camt.054文件 camt.054 files")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(command).commandLine();
    try (var desk = Desk.open(line, code, files)) {
      int bank = desk.bank();
      int fresh = desk.bean(CoreFiles.class).receive(bank, files, desk.now());
      desk.run(() -> desk.bean(MoneyIn.class).take(bank, desk.now()));
      line.getOut().printf("收到 received %d, 其中新文件 new %d%n", files.size(), fresh);
      desk.tellSetAside(Sender.CORE);
      var suspended = desk.bean(Advices.class).suspended(bank);
      for (var each : suspended) {
        line.getOut()
            .printf(
                "待查 in suspense %d: %s %s %s %s %s%n",
                each.advice(),
                each.since(),
                each.account(),
                each.reference(),
                each.project().isEmpty() ? "-" : each.project(),
                Money.format(each.amount(), 2));
      }
      return suspended.isEmpty() && desk.isClean() ? Terminal.YES : Terminal.NO;
    }
  }
}
