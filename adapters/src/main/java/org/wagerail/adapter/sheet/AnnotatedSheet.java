package org.wagerail.adapter.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contractor's own sheet with two columns more: how a row stands, and why. Rows pass from one
 * file to the other as they come; only their cells are copied, no formula, no style, nothing that
 * is hidden. Without a note a row has nothing against it so far.
 */
public final class AnnotatedSheet implements AutoCloseable {
  private final Rows rows;
  private final SheetWriter writer;
  private int width;
  private int written;
  private @Nullable Headings headings;
  private @Nullable SheetRow waiting;
  private boolean broken;

  private AnnotatedSheet(Rows rows, SheetWriter writer) {
    this.rows = rows;
    this.writer = writer;
  }

  /**
   * Begins a copy; {@link #close} writes its rest and leaves the stream open.
   *
   * @return null when the file has no rows that can be read
   */
  public static @Nullable AnnotatedSheet open(
      PayrollSheet.Source source, String name, SheetLimits limits, OutputStream out)
      throws IOException {
    DocumentKind kind;
    try (var head = source.open()) {
      kind = DocumentKind.of(head, name);
    }
    try {
      var rows = PayrollSheet.rows(source, kind, limits);
      return new AnnotatedSheet(rows, SheetWriter.open(kind, out));
    } catch (SheetFault unreadable) {
      return null;
    }
  }

  /**
   * Writes the rows up to one, and a note beside it.
   *
   * @param row as the spreadsheet counts, from 1; notes come in this order
   */
  public void note(int row, String result, String text) {
    try {
      while (true) {
        var next = peek();
        if (next == null || next.number() > row) {
          // A row that could not be read: its note stands where it would stand.
          write(new SheetRow(row, List.of(), false), result, text);
          return;
        }
        waiting = null;
        if (next.number() == row) {
          write(next, result, text);
          return;
        }
        write(next, "", "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable SheetRow peek() throws IOException {
    if (waiting == null && !broken) {
      try {
        waiting = rows.next();
      } catch (SheetFault fault) {
        broken = true;
      }
    }
    return waiting;
  }

  private void write(SheetRow row, String result, String text) throws IOException {
    boolean isHeading = false;
    if (headings == null) {
      headings = Headings.of(row);
      isHeading = headings != null;
      width = Math.max(width, row.cells().size());
    }
    var cells = new ArrayList<Cell>(width + 2);
    for (int i = 0; i < row.cells().size() && i < width; i++) {
      cells.add(copied(i, row.cell(i)));
    }
    boolean noted = isHeading || !result.isEmpty() || !text.isEmpty();
    while (noted && cells.size() < width) {
      cells.add(Cell.NOTHING);
    }
    if (isHeading && result.isEmpty()) {
      cells.add(Cell.text("处理结果/Result"));
      cells.add(Cell.text("说明/Reason"));
    } else if (noted) {
      cells.add(Cell.text(result));
      cells.add(Cell.text(text));
    }
    // Rows keep their numbers: a file need not have those that are empty.
    while (written + 1 < row.number()) {
      writer.write(List.of());
      written++;
    }
    writer.write(cells);
    written = row.number();
  }

  /** A number stays one where its digits survive that; what means a day is written as one. */
  private Cell copied(int place, Cell cell) {
    if (cell.kind() == Cell.Kind.NUMBER) {
      var number = PayrollSheet.finite(cell.text());
      if (number == null) {
        return Cell.text(cell.text());
      }
      if (place(Column.PAY_DATE, place) && PayrollSheet.isDay(number)) {
        return Cell.text(rows.day(number).toString());
      }
      return place(Column.WAGE_MONTH, place) && PayrollSheet.isDay(number)
          ? Cell.text(rows.day(number).toString().substring(0, 7))
          : cell;
    }
    return cell.kind() == Cell.Kind.EMPTY ? cell : Cell.text(cell.text());
  }

  private boolean place(Column column, int place) {
    return headings != null && Integer.valueOf(place).equals(headings.places().get(column));
  }

  @Override
  public void close() {
    try {
      for (var row = peek(); row != null; row = peek()) {
        waiting = null;
        write(row, "", "");
      }
      writer.close();
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
