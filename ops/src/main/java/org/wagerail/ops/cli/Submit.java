package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands a payroll in to a running server. */
@CommandLine.Command
final class Submit implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "工资文件 The payroll")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "幂等键，重试时沿用；默认随机",
        "The request's key, to be kept on a retry; random by default"
      })
  private String key = UUID.randomUUID().toString();

  @Option(names = "--json", description = "输出服务器的JSON Print the server's JSON")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var line = Objects.requireNonNull(command).commandLine();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ParameterException(line, "不可读 cannot be read: " + file);
    }
    var server = Server.ofEnvironment(System.getenv());
    return server.ask(
        line.getErr(),
        () -> {
          var answer =
              server.post(
                  "/v1/payrolls",
                  Map.of(
                      "Content-Type",
                      type(String.valueOf(file.getFileName())),
                      "Content-Disposition",
                      ContentDisposition.attachment()
                          .filename(String.valueOf(file.getFileName()), StandardCharsets.UTF_8)
                          .build()
                          .toString(),
                      "Idempotency-Key",
                      key),
                  body());
          if (json) {
            line.getOut().println(answer.body());
          }
          if (!answer.good()) {
            return Server.refused(line.getErr(), answer);
          }
          if (!json) {
            line.getOut().println(answer.text("id") + " " + answer.text("note"));
          }
          return Terminal.YES;
        });
  }

  /** What the name claims; the server holds the bytes to it. */
  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "xlsx" -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      case "csv" -> "text/csv";
      default -> "application/xml";
    };
  }

  /** With a bar on a terminal only. */
  private HttpRequest.BodyPublisher body() throws IOException {
    var console = System.console();
    if (console == null || !console.isTerminal() || json) {
      return HttpRequest.BodyPublishers.ofFile(file);
    }
    var bar =
        new ProgressBarBuilder()
            .setTaskName("上传 Upload")
            .setInitialMax(Files.size(file))
            .setUnit("KB", 1024);
    return HttpRequest.BodyPublishers.ofInputStream(() -> open(bar));
  }

  private InputStream open(ProgressBarBuilder bar) {
    try {
      return ProgressBar.wrap(Files.newInputStream(file), bar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
