package org.wagerail.project;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.wagerail.bulk.BulkCopy;

/** Where the rows of one file's stage go. */
final class StageRows {
  private final BulkCopy.Rows rows;

  StageRows(BulkCopy.Rows rows) {
    this.rows = rows;
  }

  /** One row, its fields in the order of the stage's columns and of exactly their types. */
  void row(@Nullable Object... fields) {
    rows.row(
        row -> {
          for (var field : fields) {
            switch (field) {
              case null -> row.nothing();
              case String text -> row.text(text);
              case Long number -> row.bigint(number.longValue());
              case Integer number -> row.integer(number);
              case Boolean truth -> row.flag(truth);
              case byte[] bytes -> row.bytea(bytes);
              case LocalDate date -> row.date(date);
              case Instant instant -> row.timestamp(instant);
              default -> throw new IllegalArgumentException("no column takes " + field.getClass());
            }
          }
        });
  }
}
