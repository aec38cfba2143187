package org.wagerail.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HouseTests {
  private static final Pattern CLOCK_OF_THE_SERVER =
      Pattern.compile(
          "\\b(now\\s*\\(|(clock|statement|transaction)_timestamp\\s*\\(|timeofday\\s*\\("
              + "|current_(date|time|timestamp)\\b|localtime(stamp)?\\b)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TEST_METHOD =
      Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b");
  private static final Pattern LEFT_UNDONE =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled\\b");

  @Test
  void theTopLevelHoldsTheFiveHousesAndNothingElse() throws IOException {
    try (var entries = Files.list(Repository.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("."))
          .isSubsetOf(
              "engine",
              "iso-messages",
              "adapters",
              "ops",
              "tests",
              "pom.xml",
              "README.md",
              // Maven's own, known to Git as not ours.
              "target");
    }
  }

  @Test
  void everyMainPackageSaysWhatItDecidesAndIsNullMarked() {
    var folders =
        Repository.files("src/main/java", ".java").stream().map(Path::getParent).distinct();
    assertThat(folders)
        .allSatisfy(
            folder -> {
              var info = folder.resolve("package-info.java");
              assertThat(info).isRegularFile();
              assertThat(Repository.text(info)).startsWith("/**").contains("@NullMarked");
            });
  }

  @Test
  void noStatementAsksTheServerForTheTime() {
    var scripts = Repository.files("src/main/resources", ".sql");
    var programs = Repository.files("engine", "src/main/java", ".java");
    assertThat(List.of(scripts, programs))
        .allSatisfy(
            files ->
                assertThat(files)
                    .allSatisfy(
                        file ->
                            assertThat(
                                    CLOCK_OF_THE_SERVER
                                        .matcher(withoutComments(Repository.text(file)))
                                        .results()
                                        .map(found -> found.group()))
                                .as(file.toString())
                                .isEmpty()));
  }

  @Test
  void testClassesEndInTests() {
    assertThat(Repository.files("src/test/java", ".java"))
        .filteredOn(file -> TEST_METHOD.matcher(Repository.text(file)).find())
        .allSatisfy(file -> assertThat(file.toString()).endsWith("Tests.java"));
  }

  @Test
  void nothingIsLeftUndone() {
    assertThat(Repository.files("src", ".java"))
        .allSatisfy(
            file ->
                assertThat(LEFT_UNDONE.matcher(Repository.text(file)).results())
                    .as(file.toString())
                    .isEmpty());
  }

  /** SQL's and Java's, line by line; good enough for a search of words. */
  private static String withoutComments(String text) {
    return text.replaceAll("(?m)--.*$|//.*$|^\\s*/?\\*.*$", "");
  }
}
