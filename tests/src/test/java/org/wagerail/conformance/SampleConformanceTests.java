package org.wagerail.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wagerail.iso.Report;
import org.wagerail.iso.Validation;
import org.wagerail.iso.Verdict;

/** Real files of many banks: our verdict on the schema agrees with the schema's own. */
class SampleConformanceTests {
  @Test
  void theVerdictOnEverySampleIsTheSchemas() throws IOException {
    Oracle oracle = Oracle.open();
    int judged = 0;
    List<String> differences = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(oracle.samples())) {
      files = walk.filter(each -> each.toString().endsWith(".xml")).sorted().toList();
    }
    for (Path file : files) {
      byte[] xml = Files.readAllBytes(file);
      Report report = Validation.of(new ByteArrayInputStream(xml));
      if (report.message() == null || !Oracle.MESSAGES.contains(report.message())) {
        assertThat(report.verdict()).as(file.toString()).isNotEqualTo(Verdict.VALID);
        continue;
      }
      judged++;
      List<String> errors = oracle.errorsInside(report.message(), xml);
      if (errors.isEmpty() != (report.schemaVerdict() == Verdict.VALID)) {
        differences.add(file.getFileName() + " " + errors + " " + report.findings());
      }
    }
    assertThat(differences).isEmpty();
    assertThat(judged).isGreaterThan(100);
  }
}
