package org.wagerail.ops.province;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A csv file being written. No value of ours needs quotes. */
final class CsvFile implements AutoCloseable {
  private final Writer out;

  CsvFile(Path directory, String name, String... header) throws IOException {
    out =
        new BufferedWriter(
            new OutputStreamWriter(
                Files.newOutputStream(directory.resolve(name)), StandardCharsets.UTF_8),
            1 << 18);
    row((Object[]) header);
  }

  void row(Object... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(values[i].toString());
    }
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
