package org.wagerail.adapter.sheet;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The rows of a file, as a stream. */
interface Rows extends AutoCloseable {
  /** Opens a file's bytes; each reading of them opens them anew. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * The next row that the file has, or null at the end.
   *
   * @throws SheetFault when it cannot be read on
   */
  @Nullable SheetRow next() throws IOException;

  /** Whether a spreadsheet does not show a column, counted from 0. */
  boolean hides(int column);

  /** The day that a number is a date of, in this file's count of days. */
  java.time.LocalDate day(double number);

  @Override
  void close() throws IOException;
}
