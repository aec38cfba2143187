package org.wagerail.iso;

import java.io.InputStream;

/** Judges any message that has a grammar; of a pain.001 the totals too. */
public final class Validation {
  private Validation() {}

  /**
   * Reads a stream to its end and closes it.
   *
   * @throws java.io.UncheckedIOException if the stream itself fails
   */
  public static Report of(InputStream in) {
    Totals totals = new Totals();
    try (Walker walker = new Walker(in, "", Totals.INTEREST, totals, null)) {
      totals.reportTo(walker);
      while (walker.advance()) {
        // The walker collects.
      }
      return walker.report();
    }
  }
}
