package org.wagerail.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FormatTests {
  /** {@code mvn verify -Dwagerail.format=apply} writes instead of complaining. */
  private static final boolean APPLY = "apply".equals(System.getProperty("wagerail.format"));

  @Test
  void everySourceIsAsTheFormatterWouldWriteIt() throws Exception {
    var arguments = new ArrayList<String>();
    arguments.add(APPLY ? "--replace" : "--dry-run");
    for (var source : Repository.files("src", ".java")) {
      arguments.add(source.toString());
    }
    var changed = new StringWriter();
    var problems = new StringWriter();
    new Main(
            new PrintWriter(changed, true),
            new PrintWriter(problems, true),
            InputStream.nullInputStream())
        .format(arguments.toArray(String[]::new));
    assertThat(problems.toString()).as("what the formatter cannot read").isEmpty();
    assertThat(changed.toString())
        .as("not formatted; -Dwagerail.format=apply formats them")
        .isEmpty();
  }
}
