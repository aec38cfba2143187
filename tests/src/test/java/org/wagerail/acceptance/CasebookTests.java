package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.ops.Engine;
import org.wagerail.ops.casebook.Case;
import org.wagerail.ops.casebook.Casebook;
import org.wagerail.ops.casebook.Grammar;
import org.wagerail.ops.casebook.GrammarFault;
import org.wagerail.ops.casebook.Verdict;
import org.wagerail.ops.cli.Terminal;
import org.wagerail.ops.home.Home;

@Order(2) // it takes long: begun first, the others go beside it
class CasebookTests {
  private static final Path CASES = Path.of("casebook");
  private static final Path HANDBOOK = Path.of("../ops/handbook/CASEBOOK.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^```yaml\\n(.*?)^```$", Pattern.DOTALL);

  private static final String SMALL =
      """
      case: X1 A wage is paid
      given:
        clock: 2026-11-13 09:00
        projects:
          - {project: A, balance: 6000.00}
        workers:
          - {worker: w1, confirmed: 6000.00}
      when:
        - file: {name: october, lines: [{worker: w1, amount: 6000.00}]}
        - release: october
        - cut-off: 16:00
      then:
        lines: {w1: SETTLED}
        books: {A: 0.01}
        pacs.008: [{count: 2, sum: 6000.00}]
        audit: clean
      """;

  @TempDir static Path folder;
  private static Engine engine;
  private static Casebook casebook;

  @BeforeAll
  static void open() {
    engine = Engine.apart(Home.at(folder.resolve("home")));
    casebook = new Casebook(engine);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCaseComesAboutAsExpected() throws IOException, GrammarFault {
    var cases = new ArrayList<Case>();
    try (var files = Files.list(CASES)) {
      for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        cases.addAll(Casebook.read(file));
      }
    }
    assertThat(cases).extracting(c -> c.name().split(" ")[0]).contains("W1", "W5a", "W5b", "W5c");
    assertThat(cases).extracting(c -> c.name().split(" ")[0]).contains("W12", "W19", "W20", "W26");
    assertThat(cases)
        .extracting(c -> c.name().split(" ")[0])
        .contains("W2", "W3", "W4", "W15", "W17", "W18", "W24a", "W30", "X10");
    return played(cases);
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfTheHandbookComesAboutAsItSays()
      throws IOException, GrammarFault {
    var cases = new ArrayList<Case>();
    for (var example : examples()) {
      cases.addAll(Casebook.read("CASEBOOK.md", example));
    }
    assertThat(cases).hasSizeGreaterThan(3);
    return played(cases);
  }

  private static Stream<DynamicTest> played(List<Case> cases) {
    return cases.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(), () -> assertThat(differences(casebook.play(each))).isEmpty()));
  }

  private static List<String> differences(Verdict verdict) {
    return verdict.differences().stream().map(Verdict.Compared::toString).toList();
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(HANDBOOK))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void theHandbookExplainsAndUsesEveryWord() throws IOException {
    var handbook = Files.readString(HANDBOOK);
    var examples = String.join("\n", examples());
    assertThat(Grammar.words())
        .allSatisfy(
            word -> {
              assertThat(handbook).contains("`" + word + "`");
              assertThat(examples)
                  .containsPattern("(?m)(^|[ {\\[])" + Pattern.quote(word) + ":( |$)");
            });
  }

  @Test
  void aWrongExpectationIsNotOk() throws IOException, GrammarFault {
    var verdict = casebook.play(Casebook.read("wrong.yaml", SMALL).getFirst());
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.differences())
        .extracting(Verdict.Compared::what, Verdict.Compared::expected, Verdict.Compared::actual)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("lines october/w1", "SETTLED", "IN_CLEARING"),
            org.assertj.core.groups.Tuple.tuple("books A", "0.01", "0.00"),
            org.assertj.core.groups.Tuple.tuple("pacs.008 1 NbOfTxs", "2", "1"));
  }

  @Test
  void aRefusalThatNobodyExpectsIsNotOk() throws IOException, GrammarFault {
    var text =
        SMALL
            .replace("  - cut-off: 16:00\n", "  - repay: {worker: w1}\n")
            .replaceAll("(?s)then:.*", "then:\n  books: {A: 6000.00}\n");
    var refused =
        text.replace("  - repay: {worker: w1}", "  - accept: {file: october, worker: w1}");
    assertThat(casebook.play(Casebook.read("r.yaml", refused).getFirst()).differences())
        .extracting(Verdict.Compared::what, Verdict.Compared::actual)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("refused", "NOT_HELD"));
    // And a step that cannot be played at all.
    assertThat(casebook.play(Casebook.read("r.yaml", text).getFirst()).differences())
        .extracting(Verdict.Compared::what)
        .containsExactly("step");
  }

  @Test
  void wordsThatAreNotInTheGrammarAreToldWithTheirLine() {
    assertFault(SMALL.replace("balance:", "balanse:"), 5, "balanse");
    assertFault(SMALL.replace("6000.00}\n  workers", "6000}\n  workers"), 5, "two decimals");
    assertFault(SMALL.replace("  - release: october", "  - release: may"), 10, "may");
    assertFault(SMALL.replace("case: X1", "case: first"), 1, "number");
    assertFault(SMALL.replace("  clock:", "  run: REG\n  run: REG\n  clock:"), 4, "twice");
    assertFault(SMALL.replace("16:00", "four"), 11, "moment");
    assertFault(SMALL.replace("{w1: SETTLED}", "&a {w1: *a}"), 13, "alias");
    assertFault(SMALL.replace("then:", "then: &a"), 12, "&a");
    assertFault(SMALL.replace("then:", "then: !!java.util.Date"), 12, "tag");
    assertFault(SMALL.replace("then:", "then: " + "[".repeat(100_000)), 12, "levels");
    assertFault(SMALL.replace("w1, confirmed", "w1..w99999999999, confirmed"), 7, "range");
    assertFault(SMALL.replace("16:00", "08:00"), 11, "never goes back");
    assertFault(SMALL.replace("SETTLED", "SETLED"), 13, "SETLED");
    assertFault(SMALL.replace("{w1: S", "{w9: S"), 13, "w9");
    assertFault(SMALL.replace("books: {A", "books: {B"), 14, "B");
    assertFault(SMALL.replace("given:\n  clock", "given:\n  clok"), 3, "clok");
    assertFault(SMALL.replace("  projects:\n", "  projets:\n"), 4, "projets");
    assertFault(SMALL.replace("w1, confirmed", "w1, id: \"123\", confirmed"), 7, "123");
    assertFault(SMALL.replace("w1, confirmed", "w1, account-of: w2, confirmed"), 7, "w2");
    assertFault(SMALL.replace("audit: clean", "refused: [WHY]"), 16, "WHY");
    assertFault(SMALL.replace("given:", "given: ["), 4, "YAML");
    assertFault(SMALL.replaceAll("(?s)then:.*", ""), 1, "then");
    assertFault("", 1, "no case");
  }

  private static void assertFault(String text, int line, String word) {
    assertThatThrownBy(() -> Casebook.read("case.yaml", text))
        .isInstanceOf(GrammarFault.class)
        .hasMessageStartingWith("case.yaml:" + line + ":")
        .hasMessageContaining(word);
  }

  @Test
  void aFileThatNobodyCouldReadIsToldAndNotRead() throws IOException {
    var notUtf8 = Files.write(folder.resolve("gbk.yaml"), new byte[] {'#', '\n', (byte) 0xb9});
    var endless = Files.writeString(folder.resolve("endless.yaml"), "#".repeat((2 << 20) + 1));
    assertThatThrownBy(() -> Casebook.read(notUtf8)).hasMessageContaining("gbk.yaml:2: ");
    assertThatThrownBy(() -> Casebook.read(endless)).hasMessageContaining("larger");
  }

  @Test
  void aCaseWhoseGivenCannotBeSpoilsNoOther() throws IOException, GrammarFault {
    var nobody = SMALL.replace("{worker: w1, confirmed", "{worker: w1, name: \"\", confirmed");
    assertThat(casebook.play(Casebook.read("given.yaml", nobody).getFirst()).differences())
        .extracting(Verdict.Compared::what)
        .containsExactly("step");
    assertThat(casebook.play(Casebook.read("small.yaml", SMALL).getFirst()).differences())
        .extracting(Verdict.Compared::what)
        .doesNotContain("step");
  }

  @Test
  void everyParameterOfTheEngineCanBeGivenAndIsTold() throws IOException {
    var handbook = Files.readString(HANDBOOK);
    assertThat(Grammar.parameters())
        .containsExactlyInAnyOrderElementsOf(
            engine
                .bean(JdbcClient.class)
                .sql("SELECT name FROM parameter WHERE bank = 0")
                .query(String.class)
                .list())
        .allSatisfy(name -> assertThat(handbook).contains(name));
  }

  @Test
  void theHandbookTellsEveryCodeOfARefusal() throws IOException {
    var handbook = Files.readString(HANDBOOK);
    assertThat(Grammar.refusals()).allSatisfy(code -> assertThat(handbook).contains(code));
  }

  @Test
  void theCommandTellsItsVerdictByItsExitCode() throws IOException {
    var wrong = Files.writeString(folder.resolve("wrong.yaml"), SMALL);
    var right =
        Files.writeString(
            folder.resolve("right.yaml"),
            SMALL
                .replace("SETTLED", "IN_CLEARING")
                .replace("0.01", "0.00")
                .replace("count: 2", "count: 1"));
    var nonsense = Files.writeString(folder.resolve("nonsense.yaml"), "case: X1\nwenn: []\n");
    var out = new StringWriter();
    assertThat(run(out, "casebook", "--json", right.toString(), wrong.toString()))
        .isEqualTo(Terminal.NO);
    assertThat(out.toString().lines().collect(Collectors.toList()))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("{\"case\":\"X1 A wage is paid\",\"ok\":true,\"differences\":[]}"),
            line ->
                assertThat(line)
                    .contains("\"ok\":false")
                    .contains("\"expected\":\"0.01\",\"actual\":\"0.00\""));
    assertThat(run(new StringWriter(), "casebook", right.toString())).isEqualTo(Terminal.YES);
    assertThat(run(new StringWriter(), "casebook", nonsense.toString())).isEqualTo(Terminal.USAGE);
    // A file with a wrong word keeps no other from being played.
    var both = new StringWriter();
    assertThat(run(both, "casebook", "--json", nonsense.toString(), right.toString()))
        .isEqualTo(Terminal.USAGE);
    assertThat(both.toString().lines().collect(Collectors.toList()))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("nonsense.yaml\",\"ok\":false")
                    .contains("\"line\":2,\"what\":\"grammar\"")
                    .contains("wenn"),
            line -> assertThat(line).contains("\"ok\":true"));
    assertThat(run(new StringWriter(), "casebook", "no-such.yaml")).isEqualTo(Terminal.USAGE);
    assertThat(run(new StringWriter(), "casebook")).isEqualTo(Terminal.USAGE);
  }

  private static int run(StringWriter out, String... arguments) {
    return Terminal.run(new PrintWriter(out), new PrintWriter(new StringWriter()), arguments);
  }
}
