package org.wagerail.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.funding.Advices;
import org.wagerail.money.Money;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.MoneyIn;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    for (var file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new ParameterException(line, "不可读 cannot be read: " + file);
      }
    }
    try (var engine = Engine.open(Home.ofEnvironment(System.getenv()))) {
      var bank =
          engine.bean(Banks.class).all().stream()
              .filter(b -> b.code().equals(code))
              .findFirst()
              .orElseThrow(() -> new ParameterException(line, "无此银行 no such bank: " + code));
      var now = Clock.systemUTC().instant();
      int fresh = engine.bean(CoreFiles.class).receive(bank.bank(), files, now);
      int aside = engine.bean(MoneyIn.class).take(bank.bank(), now);
      line.getOut()
          .printf("收到 received %d, 其中新文件 new %d, 不可读 set aside %d%n", files.size(), fresh, aside);
      var suspended = engine.bean(Advices.class).suspended(bank.bank());
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
      return aside == 0 && suspended.isEmpty() ? Terminal.YES : Terminal.NO;
    }
  }
}
