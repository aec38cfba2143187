package org.wagerail.ops.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wagerail.audit.Books;
import org.wagerail.audit.Proof;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Proves the books, or lists the rows that are wrong: those of a running server where the
 * environment names one, else those of the home.
 */
@CommandLine.Command
final class AuditBooks implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--bank",
      paramLabel = "CODE",
      description = "只审计此行号的银行 One bank only, by its code")
  private @Nullable String code;

  @Option(names = "--json", description = "每条规则输出一行JSON Print one object a rule")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var line = Objects.requireNonNull(command).commandLine();
    if (System.getenv(Server.URL) != null) {
      return ask(line);
    }
    List<Proof> proofs;
    try (var engine = Engine.open(Home.existing(System.getenv()))) {
      var bank = code == null ? null : engine.bean(Books.class).bank(code);
      if (code != null && bank == null) {
        throw new ParameterException(line, "没有这家银行 no such bank: " + code);
      }
      proofs = engine.bean(Audit.class).run(bank);
    }
    return tell(line, proofs);
  }

  private int ask(CommandLine line) throws InterruptedException {
    if (code != null) {
      throw new ParameterException(
          line, "服务器只审计令牌所属银行 a server proves the books of the token's bank only: --bank");
    }
    var server = Server.ofEnvironment(System.getenv());
    return server.ask(
        line.getErr(),
        () -> {
          var answer = server.get("/v1/proofs");
          return answer.good()
              ? tell(line, answer.items(Proof.class))
              : Server.refused(line.getErr(), answer);
        });
  }

  private int tell(CommandLine line, List<Proof> proofs) {
    line.getOut().print(json ? asJson(proofs) : asText(proofs));
    return Audit.clean(proofs) ? Terminal.YES : Terminal.NO;
  }

  static String asJson(List<Proof> proofs) {
    return proofs.stream()
        .map(
            proof -> {
              var object = new LinkedHashMap<String, Object>();
              object.put("rule", proof.rule());
              object.put("ok", proof.ok());
              object.put("violations", proof.violations());
              object.put("rows", proof.rows());
              return Json.line(object) + System.lineSeparator();
            })
        .collect(Collectors.joining());
  }

  static String asText(List<Proof> proofs) {
    var text = new StringBuilder();
    for (var proof : proofs) {
      text.append(
          "%s %-26s %s %s%n"
              .formatted(proof.ok() ? "✓" : "✗", proof.rule(), proof.chinese(), proof.english()));
      for (var row : proof.rows()) {
        text.append(
            row.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .collect(Collectors.joining(" ", "    ", System.lineSeparator())));
      }
      long more = proof.violations() - proof.rows().size();
      if (more > 0) {
        text.append("    另有 %,d 行 and %,d more rows%n".formatted(more, more));
      }
    }
    long broken = proofs.stream().filter(proof -> !proof.ok()).count();
    return text.append(
            broken == 0
                ? "%,d 条规则全部成立，账务无误。 All %,d rules hold: the books are right.%n"
                    .formatted(proofs.size(), proofs.size())
                : "%,d 条规则中有 %,d 条不成立。 Of %,d rules %,d do not hold.%n"
                    .formatted(proofs.size(), broken, proofs.size(), broken))
        .toString();
  }
}
