package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What waits for a person at a running server: lists it, hands it over, proposes, answers. */
@CommandLine.Command
final class Work implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "事项编号，缺省列出全部 The item; without it, all that wait")
  private @Nullable String id;

  @Option(
      names = "--owner",
      description = "仅列此责任人的，me为本人 Only what is this owner's; me for one's own")
  private @Nullable String owner;

  @Option(names = "--overdue", description = "仅列逾期的 Only what is overdue")
  private boolean overdue;

  @ArgGroup private @Nullable Deed deed;

  /** One thing that is done about an item. */
  static final class Deed {
    @Option(
        names = "--give",
        paramLabel = "OWNER",
        description = "交由此责任人，me为本人 Hand it over; me takes it")
    private @Nullable String give;

    @Option(
        names = "--propose",
        paramLabel = "ACTION",
        description = "提出处理意见：ACCEPT、AMEND、REFUSE、CLOSE Propose what to do")
    private @Nullable String propose;

    @Option(names = "--agree", paramLabel = "N", description = "同意第N号意见 Agree to proposal N")
    private @Nullable Long agree;

    @Option(
        names = "--reject",
        paramLabel = "N",
        description = "不同意第N号意见 Do not agree to proposal N")
    private @Nullable Long reject;
  }

  @Option(names = "--ground", description = "依据或理由 The ground, or the reason why not")
  private String ground = "";

  @Option(names = "--json", description = "输出服务器的JSON Print the server's JSON")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var line = Objects.requireNonNull(command).commandLine();
    if (deed != null && id == null) {
      throw new ParameterException(line, "须指明事项 name the item");
    }
    var server = Server.ofEnvironment(System.getenv());
    return server.ask(
        line.getErr(),
        () -> {
          var answer = deed == null ? server.get(path()) : act(server, deed);
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

  private String path() {
    if (id != null) {
      return "/v1/work/" + encoded(id);
    }
    return "/v1/work?limit=200"
        + (owner == null ? "" : "&owner=" + encoded(owner))
        + (overdue ? "&overdue=true" : "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Server.Answer act(Server server, Deed deed) throws IOException, InterruptedException {
    var body = new LinkedHashMap<String, Object>();
    String what;
    if (deed.give != null) {
      what = "/owners";
      body.put("owner", deed.give);
    } else if (deed.propose != null) {
      what = "/proposals";
      body.put("action", deed.propose);
      body.put("ground", ground);
    } else {
      what = "/answers";
      body.put("proposal", Objects.requireNonNull(deed.agree != null ? deed.agree : deed.reject));
      body.put("agreed", deed.agree != null);
      body.put("reason", ground);
    }
    return server.post(
        "/v1/work/" + encoded(Objects.requireNonNull(id)) + what,
        Map.of("Content-Type", "application/json", "Idempotency-Key", UUID.randomUUID().toString()),
        HttpRequest.BodyPublishers.ofString(Json.line(body)));
  }

  private static void print(PrintWriter out, JsonNode body) {
    if (body.has("items")) {
      body.path("items").forEach(item -> row(out, item));
    } else if (body.has("waits")) {
      if (body.path("waits").asBoolean()) {
        row(out, body.path("item"));
      } else {
        out.println(body.path("id").asString() + " 已处理 decided");
      }
    } else {
      row(out, body);
    }
  }

  private static void row(PrintWriter out, JsonNode item) {
    var proposal = item.path("proposal");
    out.printf(
        "%-24s %-12s %-20s %s %12s  %s%s%n",
        item.path("id").asString(""),
        item.path("owner").asString(""),
        item.path("dueAt").asString(""),
        item.path("overdue").asBoolean() ? "!" : " ",
        item.path("amount").asString(""),
        item.path("why").get(0).asString(""),
        proposal.isNull()
            ? ""
            : "  #"
                + proposal.path("proposal").asLong()
                + " "
                + proposal.path("action").asString("")
                + " "
                + proposal.path("maker").asString("")
                + ": "
                + proposal.path("ground").asString(""));
  }
}
