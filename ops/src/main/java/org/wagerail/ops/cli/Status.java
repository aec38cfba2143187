package org.wagerail.ops.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Asks a running server how payrolls stand. */
@CommandLine.Command
final class Status implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "工资表编号，缺省列出最近的 The payroll; without it, the latest ones")
  private @Nullable String id;

  @Option(names = "--json", description = "输出服务器的JSON Print the server's JSON")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var line = Objects.requireNonNull(command).commandLine();
    var server = Server.ofEnvironment(System.getenv());
    return server.ask(
        line.getErr(),
        () -> {
          var answer =
              server.get(
                  id == null
                      ? "/v1/payrolls"
                      : "/v1/payrolls/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
          if (json) {
            line.getOut().println(answer.body());
          }
          if (!answer.good()) {
            return Server.refused(line.getErr(), answer);
          }
          if (!json) {
            print(line.getOut(), answer.body());
          }
          return Terminal.YES;
        });
  }

  private void print(PrintWriter out, JsonNode body) {
    if (id == null) {
      body.path("items").forEach(payroll -> row(out, payroll));
      return;
    }
    row(out, body);
    for (var verdict : body.path("verdicts")) {
      out.printf(
          "  %-8s %,8d %18s%n",
          verdict.path("verdict").asString(""),
          verdict.path("lines").asInt(0),
          verdict.path("sum").asString(""));
    }
    var waiting = body.path("waiting");
    if (waiting.path("lines").asInt(0) > 0) {
      out.printf(
          "  待人工处理 waiting for a person: %,d; 逾期 overdue: %,d%n",
          waiting.path("lines").asInt(0), waiting.path("overdue").asInt(0));
    }
    for (var finding : body.path("findings")) {
      out.printf(
          "  %d %s %s%n",
          finding.path("row").asInt(0),
          finding.path("code").asString(""),
          finding.path("message").asString(""));
    }
    if (!body.path("contentHash").isNull()) {
      out.println("  " + body.path("contentHash").asString(""));
    }
  }

  private static void row(PrintWriter out, JsonNode payroll) {
    out.printf(
        "%-16s %-9s %,8d %18s  %s%n",
        payroll.path("id").asString(""),
        payroll.path("state").asString(""),
        payroll.path("lines").asInt(0),
        payroll.path("total").asString(""),
        payroll.path("file").asString(""));
  }
}
