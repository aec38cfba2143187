package org.wagerail.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.wagerail.adapter.sheet.SheetRule;
import org.wagerail.payroll.Check;
import org.wagerail.reconciliation.BreakKind;

class HandbookTests {
  @Test
  void ladderOfChecksIsTheOneInTheProgram() throws IOException {
    var rows =
        Files.readAllLines(Repository.root().resolve("ops/handbook/CHECKS.md")).stream()
            .filter(line -> line.matches("\\| [A-Z_]+ \\| (refuse|hold|pay and tell) .*"))
            .toList();
    var expected = Arrays.stream(Check.values()).map(HandbookTests::row).toList();
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void rulesOfSheetsAreThoseInTheProgram() throws IOException {
    var rows =
        Files.readAllLines(Repository.root().resolve("ops/handbook/SHEETS.md")).stream()
            .filter(line -> line.matches("\\| [A-Z_]+ \\| [A-Z0-9]{4} \\| [0-9]{3} \\| .*"))
            .toList();
    var expected =
        Arrays.stream(SheetRule.values())
            .map(
                rule ->
                    "| %s | %s | %d | %s |"
                        .formatted(rule, rule.code(), rule.status(), rule.sentence("…")))
            .toList();
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void kindsOfBreaksAreThoseInTheProgram() throws IOException {
    var rows =
        Files.readAllLines(Repository.root().resolve("ops/handbook/RECONCILIATION.md")).stream()
            .filter(line -> line.matches("\\| [A-Z_]+ \\| [a-z, ]+ \\| (yes|no) \\| .*"))
            .map(line -> line.replaceFirst("\\| [a-z, ]+ \\|", "|"))
            .toList();
    var expected =
        Arrays.stream(BreakKind.values())
            .map(
                kind ->
                    "| %s | %s | %s / %s |"
                        .formatted(
                            kind,
                            kind.concernsMoney() ? "yes" : "no",
                            kind.english(),
                            kind.chinese()))
            .toList();
    assertThat(rows).isEqualTo(expected);
  }

  private static String row(Check check) {
    var what =
        switch (check.outcome()) {
          case REFUSE -> "refuse 拒绝";
          case HOLD -> "hold 暂缓";
          case TELL -> "pay and tell 支付并告知";
        };
    return "| %s | %s | %s | %s | %s / %s |"
        .formatted(
            check.name(),
            what,
            check.state(),
            check.code().isEmpty() ? "–" : check.code(),
            check.english(),
            check.chinese());
  }
}
