package org.wagerail.project;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Writes rows into one table by COPY, in its text format. Its memory is one buffer. */
final class CopyRows implements AutoCloseable {
  private static final int FLUSH_AT = 1 << 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final CopyIn copy;
  private byte[] buffer = new byte[FLUSH_AT + 8192];
  private int length;

  CopyRows(CopyManager manager, String table) throws SQLException {
    copy = manager.copyIn("COPY " + table + " FROM STDIN");
  }

  /** One row: strings, whole numbers, booleans, dates, byte arrays or nulls, in column order. */
  void row(@Nullable Object... fields) throws SQLException {
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        put((byte) '\t');
      }
      switch (fields[i]) {
        case null -> {
          put((byte) '\\');
          put((byte) 'N');
        }
        case byte[] bytes -> hex(bytes);
        case Boolean flag -> put((byte) (flag ? 't' : 'f'));
        case Object other -> text(other.toString());
      }
    }
    put((byte) '\n');
    if (length >= FLUSH_AT) {
      flush();
    }
  }

  /** Ends the COPY; without it the rows are dropped on {@link #close}. */
  long end() throws SQLException {
    flush();
    return copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void text(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      switch (b) {
        case '\\', '\t', '\n', '\r' -> {
          put((byte) '\\');
          put(
              switch (b) {
                case '\t' -> (byte) 't';
                case '\n' -> (byte) 'n';
                case '\r' -> (byte) 'r';
                default -> b;
              });
        }
        default -> put(b);
      }
    }
  }

  private void hex(byte[] bytes) {
    put((byte) '\\');
    put((byte) '\\');
    put((byte) 'x');
    for (byte b : bytes) {
      put(HEX[(b >> 4) & 15]);
      put(HEX[b & 15]);
    }
  }

  private void put(byte b) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    buffer[length++] = b;
  }

  private void flush() throws SQLException {
    if (length > 0) {
      copy.writeToCopy(buffer, 0, length);
      length = 0;
    }
  }
}
