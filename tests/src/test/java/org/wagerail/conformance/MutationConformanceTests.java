package org.wagerail.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wagerail.iso.Report;
import org.wagerail.iso.Validation;
import org.wagerail.iso.Verdict;

/**
 * Two thousand broken or merely rewritten messages of every version, grown from the schema and from
 * samples: the verdict agrees with the schema's in at least 99.9 %, and nothing crashes.
 */
class MutationConformanceTests {
  private static final int MUTATIONS = 2000;
  private static final int GROWN = 50;
  private static final long SEED = 20261110;
  private static final long LARGEST_SAMPLE = 12_000;

  private static Oracle oracle;

  @BeforeAll
  static void open() {
    oracle = Oracle.open();
  }

  static Stream<String> messages() {
    return Oracle.MESSAGES.stream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void mutationsAreJudgedAsTheSchemaJudgesThem(String message) throws IOException {
    List<Tree> seeds = seeds(message);
    Mutations mutations = new Mutations(SEED ^ message.hashCode());
    List<String> differences = new ArrayList<>();
    int valid = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] xml = mutations.mutate(seeds.get(i % seeds.size())).getBytes(StandardCharsets.UTF_8);
      List<String> errors = oracle.errors(message, xml);
      Report report = Validation.of(new ByteArrayInputStream(xml));
      valid += errors.isEmpty() ? 1 : 0;
      if (errors.isEmpty() != (report.schemaVerdict() == Verdict.VALID)) {
        differences.add("mutation " + i + ": " + errors + " / " + report.findings());
      }
    }
    assertThat(differences.size()).as(differences.toString()).isLessThanOrEqualTo(MUTATIONS / 1000);
    assertThat(valid).as("both verdicts occur").isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
  }

  /** Grown messages, and the valid samples of this version; each first proved valid by both. */
  private static List<Tree> seeds(String message) throws IOException {
    Seeds grower = new Seeds(oracle.schemaFile(message), SEED);
    List<Tree> seeds = new ArrayList<>(grower.grow(GROWN));
    assertThat(grower.missing()).as("places of the schema never shown").isLessThan(20);
    seeds.addAll(samples(message));
    for (Tree seed : seeds) {
      byte[] xml = seed.xml().getBytes(StandardCharsets.UTF_8);
      assertThat(oracle.errors(message, xml)).as(seed.xml()).isEmpty();
      assertThat(Validation.of(new ByteArrayInputStream(xml)).schemaVerdict())
          .as(seed.xml())
          .isEqualTo(Verdict.VALID);
    }
    return seeds;
  }

  private static List<Tree> samples(String message) throws IOException {
    List<Tree> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(oracle.samples())) {
      for (Path file : walk.filter(each -> each.toString().endsWith(".xml")).sorted().toList()) {
        byte[] xml = Files.readAllBytes(file);
        Report report = Validation.of(new ByteArrayInputStream(xml));
        if (xml.length < LARGEST_SAMPLE
            && message.equals(report.message())
            && report.schemaVerdict() == Verdict.VALID) {
          Tree tree = Tree.parse(xml);
          if (tree.name.equals("Document")) {
            found.add(tree);
          }
        }
      }
    }
    return found;
  }
}
