package org.wagerail.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.stereotype.Component;

/** Copies rows into a table on the caller's connection. */
@Component
public final class BulkCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final LocalDate POSTGRES_EPOCH = LocalDate.of(2000, 1, 1);
  private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;
  private static final int FLUSH_AT = 1 << 16;

  private final DataSource dataSource;

  BulkCopy(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Copies one row for each item.
   *
   * @param columns their names, in the order in which {@code row} writes them
   * @return how many rows were copied
   * @throws org.springframework.dao.DataAccessException when PostgreSQL refuses a row: none is in
   */
  public <T> long copy(String table, String columns, List<T> items, BiConsumer<T, Row> row) {
    return copy(table, columns, sink -> items.forEach(item -> sink.row(r -> row.accept(item, r))));
  }

  /** Copies the rows that {@code rows} writes, as a stream. */
  public long copy(String table, String columns, java.util.function.Consumer<Rows> rows) {
    var sql = "COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)";
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      try {
        var sink = new Rows(copy, columns.split(",").length);
        rows.accept(sink);
        return sink.end();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw translate(sql, e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** A SHA-256 to begin with, for {@link Rows#digestTo}. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RuntimeException translate(String sql, SQLException e) {
    var translated = new SQLExceptionSubclassTranslator().translate("copy", sql, e);
    return translated == null ? new IllegalStateException(sql, e) : translated;
  }

  /** Where rows go. */
  public static final class Rows {
    private final CopyIn copy;
    private final Row row = new Row();
    private final int columns;
    private @Nullable MessageDigest digest;

    private Rows(CopyIn copy, int columns) {
      this.copy = copy;
      this.columns = columns;
      row.bytes(SIGNATURE);
    }

    /**
     * Adds the rows that follow to a digest, byte for byte as they are copied: the number of
     * columns (2 bytes), then each column behind its length (4 bytes, -1 for null) as the
     * database's own send function writes it.
     */
    public void digestTo(MessageDigest digest) {
      this.digest = digest;
    }

    /** Writes one row: {@code fields} must write every column once, in order. */
    public void row(java.util.function.Consumer<Row> fields) {
      int start = row.size;
      row.begin(columns);
      fields.accept(row);
      row.finish(columns);
      if (digest != null) {
        digest.update(row.buffer, start, row.size - start);
      }
      if (row.size > FLUSH_AT) {
        flush();
      }
    }

    private void flush() {
      try {
        copy.writeToCopy(row.buffer, 0, row.size);
        row.size = 0;
      } catch (SQLException e) {
        throw translate("COPY", e);
      }
    }

    private long end() throws SQLException {
      row.int2(-1);
      flush();
      return copy.endCopy();
    }
  }

  /** One row being written, field by field. */
  public static final class Row {
    private byte[] buffer = new byte[FLUSH_AT * 2];
    private int size;
    private int fields;

    private Row() {}

    private void begin(int columns) {
      fields = 0;
      int2(columns);
    }

    private void finish(int columns) {
      if (fields != columns) {
        throw new IllegalStateException("wrote " + fields + " fields of " + columns);
      }
    }

    public Row nothing() {
      fields++;
      int4(-1);
      return this;
    }

    public Row smallint(int value) {
      fields++;
      int4(2);
      int2(value);
      return this;
    }

    public Row integer(int value) {
      fields++;
      int4(4);
      int4(value);
      return this;
    }

    public Row bigint(long value) {
      fields++;
      int4(8);
      int8(value);
      return this;
    }

    public Row bigint(@Nullable Long value) {
      return value == null ? nothing() : bigint(value.longValue());
    }

    public Row flag(boolean value) {
      fields++;
      int4(1);
      room(1);
      buffer[size++] = (byte) (value ? 1 : 0);
      return this;
    }

    public Row text(@Nullable String value) {
      return value == null ? nothing() : bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    public Row bytea(byte @Nullable [] value) {
      if (value == null) {
        return nothing();
      }
      fields++;
      int4(value.length);
      bytes(value);
      return this;
    }

    public Row date(@Nullable LocalDate value) {
      if (value == null) {
        return nothing();
      }
      fields++;
      int4(4);
      int4(Math.toIntExact(value.toEpochDay() - POSTGRES_EPOCH.toEpochDay()));
      return this;
    }

    public Row timestamp(@Nullable Instant value) {
      if (value == null) {
        return nothing();
      }
      fields++;
      int4(8);
      int8((value.getEpochSecond() - POSTGRES_EPOCH_SECOND) * 1_000_000L + value.getNano() / 1_000);
      return this;
    }

    private void bytes(byte[] value) {
      room(value.length);
      System.arraycopy(value, 0, buffer, size, value.length);
      size += value.length;
    }

    private void int2(int value) {
      room(2);
      buffer[size++] = (byte) (value >> 8);
      buffer[size++] = (byte) value;
    }

    private void int4(int value) {
      room(4);
      buffer[size++] = (byte) (value >> 24);
      buffer[size++] = (byte) (value >> 16);
      buffer[size++] = (byte) (value >> 8);
      buffer[size++] = (byte) value;
    }

    private void int8(long value) {
      int4((int) (value >> 32));
      int4((int) value);
    }

    private void room(int more) {
      if (size + more > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
      }
    }
  }
}
