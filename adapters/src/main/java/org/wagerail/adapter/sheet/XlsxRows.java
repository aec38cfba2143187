package org.wagerail.adapter.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a workbook's first sheet. The guard has looked at every part before the library that
 * reads them, which trusts a file in whatever it says. In memory are the file as it came and the
 * texts that its cells share; rows pass as a stream.
 */
final class XlsxRows implements Rows {
  private final BitSet hiddenColumns;
  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private int last;

  XlsxRows(Rows.Source source, SheetLimits limits) throws IOException {
    var bytes = whole(source, limits);
    hiddenColumns = XlsxGuard.check(bytes, limits);
    try {
      workbook =
          new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(false, true));
      var sheet = workbook.getFirstSheet();
      if (sheet.getVisibility() != SheetVisibility.VISIBLE) {
        throw new SheetFault(SheetRule.SHEET_HIDDEN_DATA, sheet.getName());
      }
      for (var other : workbook.getSheets().skip(1).toList()) {
        if (other.getVisibility() != SheetVisibility.VISIBLE && holdsData(other)) {
          throw new SheetFault(SheetRule.SHEET_HIDDEN_DATA, other.getName());
        }
      }
      stream = sheet.openStream();
      rows = stream.iterator();
    } catch (SheetFault fault) {
      throw fault;
    } catch (RuntimeException e) {
      throw damaged(0, e);
    }
  }

  private static byte[] whole(Rows.Source source, SheetLimits limits) throws IOException {
    try (var in = source.open()) {
      var bytes = in.readNBytes(Math.toIntExact(limits.bytes() + 1));
      if (bytes.length > limits.bytes()) {
        throw new SheetFault(SheetRule.FILE_TOO_LARGE, String.valueOf(limits.bytes()));
      }
      return bytes;
    }
  }

  private static boolean holdsData(Sheet sheet) throws IOException {
    try (var rows = sheet.openStream()) {
      return rows.anyMatch(row -> row.stream().anyMatch(cell -> !cell(cell).isBlank()));
    }
  }

  @Override
  public @Nullable SheetRow next() throws IOException {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      var row = rows.next();
      var cells = new ArrayList<Cell>(row.getCellCount());
      for (int i = 0; i < row.getCellCount(); i++) {
        cells.add(cell(row.getCell(i)));
      }
      // A file need not number its rows; one that does never goes back.
      last = Math.max(last + 1, row.getRowNum());
      return new SheetRow(last, cells, row.isHidden());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw damaged(last + 1, e);
    }
  }

  /** The library says by whatever exception it happens on that a file is not what it expects. */
  private static SheetFault damaged(int row, RuntimeException e) {
    return new SheetFault(
        SheetRule.FILE_DAMAGED, row, e.getMessage() == null ? "" : e.getMessage());
  }

  private static Cell cell(org.dhatim.fastexcel.reader.@Nullable Cell cell) {
    if (cell == null) {
      return Cell.NOTHING;
    }
    var raw = cell.getRawValue() == null ? "" : cell.getRawValue();
    return switch (cell.getType()) {
      case EMPTY -> Cell.NOTHING;
      case STRING -> Cell.text(raw);
      case NUMBER -> new Cell(Cell.Kind.NUMBER, raw);
      // The library calls a text that a program wrote a formula too.
      case FORMULA -> cell.getFormula() == null ? Cell.text(raw) : new Cell(Cell.Kind.FORMULA, raw);
      case ERROR, BOOLEAN -> new Cell(Cell.Kind.OTHER, raw);
    };
  }

  @Override
  public boolean hides(int column) {
    return hiddenColumns.get(column);
  }

  @Override
  public LocalDate day(double number) {
    return workbook.isDate1904()
        ? LocalDate.of(1904, 1, 1).plusDays((long) number)
        : LocalDate.of(1899, 12, 30).plusDays((long) number);
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
