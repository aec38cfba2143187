package org.wagerail.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wagerail.evidence.EventKind;

/** Whoever reads a bank's feed is told what each kind of event means. */
class EventKindTests {
  private static final Pattern TOLD =
      Pattern.compile("EventLog\\.Event\\(\\s*\"([A-Z_]+[A-Z])\"|SELECT '([A-Z_]+)' AS kind, 'ex");

  @Test
  void everyEventThatTheProgramTellsHasAName() throws IOException {
    var told = new TreeSet<String>();
    try (var files = Files.walk(Repository.root().resolve("engine/src/main/java"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        TOLD.matcher(Files.readString(file))
            .results()
            .forEach(found -> told.add(found.group(1) != null ? found.group(1) : found.group(2)));
      }
    }
    assertThat(told).contains("BOOKED", "RUN_DECIDED", "EXCEPTION_OPENED", "LINES_SEALED");
    assertThat(Arrays.stream(EventKind.values()).map(Enum::name)).containsAll(told);
  }
}
