package org.wagerail.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.payment.Exceptions;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Takes clearing's files in, asks about what is overdue, and lists what needs a person. Exit code 1
 * while something does.
 */
@CommandLine.Command
final class ClearingDesk implements Callable<Integer> {
  /** As many as a person would read. */
  private static final int LISTED = 1_000;

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "CODE",
      description = "开户银行12位行号 The operating bank's 12-digit code")
  private String code = "";

  @Option(names = "--json", description = "每项异常输出一行JSON Print one object an exception")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "pacs.002、pacs.004、camt.029、camt.053文件 files of clearing")
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
      int fresh = engine.bean(ClearingFiles.class).receive(bank.bank(), files, now);
      engine.bean(PayDay.class).answers(bank.bank(), now);
      engine.bean(PayDay.class).ask(bank.bank(), now);
      int sent = engine.bean(Delivery.class).drain(now);
      var open = engine.bean(Exceptions.class).open(bank.bank(), LISTED);
      if (!json) {
        line.getOut()
            .printf(
                "收到 received %d, 其中新文件 new %d, 发出 messages sent %d, 未了结异常 open exceptions %d%n",
                files.size(), fresh, sent, open.size());
      }
      open.forEach(each -> line.getOut().println(json ? asJson(each, now) : asText(each, now)));
      return open.isEmpty() ? Terminal.YES : Terminal.NO;
    }
  }

  private static String asText(Exceptions.Open open, Instant now) {
    return "  %6d %-16s %s %-16s %-5s %-12s %d h"
        .formatted(
            open.exception(),
            open.kind(),
            open.txId(),
            open.said(),
            open.reason() == null ? "" : open.reason(),
            open.owner(),
            open.age(now).toHours());
  }

  private static String asJson(Exceptions.Open open, Instant now) {
    var object = new LinkedHashMap<String, Object>();
    object.put("exception", open.exception());
    object.put("kind", open.kind().name());
    object.put("transaction", open.txId());
    object.put("said", open.said());
    object.put("reason", open.reason() == null ? "" : open.reason());
    object.put("owner", open.owner());
    object.put("opened", open.openedAt().toString());
    object.put("hours", open.age(now).toHours());
    return Json.line(object);
  }
}
