package org.wagerail.ops.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.payment.Exceptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    try (var desk = Desk.open(line, code, files)) {
      int bank = desk.bank();
      var now = desk.now();
      int fresh = desk.bean(ClearingFiles.class).receive(bank, files, now);
      desk.run(() -> desk.bean(PayDay.class).answers(bank, now));
      desk.tellSetAside(Sender.CLEARING);
      desk.run(() -> desk.bean(PayDay.class).ask(bank, now));
      int sent = desk.deliver();
      var open = desk.bean(Exceptions.class).open(bank, LISTED);
      if (!json) {
        line.getOut()
            .printf(
                "收到 received %d, 其中新文件 new %d, 发出 messages sent %d, 未了结异常 open exceptions %d%n",
                files.size(), fresh, sent, open.size());
      }
      open.forEach(each -> line.getOut().println(json ? asJson(each, now) : asText(each, now)));
      return open.isEmpty() && desk.isClean() ? Terminal.YES : Terminal.NO;
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
