package org.wagerail.adapter.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows as a stream. Closing it ends the document, not the stream. */
sealed interface SheetWriter extends AutoCloseable {
  void write(List<Cell> cells) throws IOException;

  @Override
  void close() throws IOException;

  static SheetWriter open(DocumentKind kind, OutputStream out) throws IOException {
    return switch (kind) {
      case XLSX -> new Xlsx(out);
      case CSV -> new Csv(out);
      case XML, OLE, WIDE_TEXT, FOREIGN -> throw new IllegalArgumentException(kind.name());
    };
  }

  /** A workbook of one sheet, with all that is text as text. */
  final class Xlsx implements SheetWriter {
    /** Rows kept until they are written. */
    private static final int TOGETHER = 500;

    private final Workbook workbook;
    private final Worksheet sheet;
    private int row;

    Xlsx(OutputStream out) {
      workbook = new Workbook(new Lent(out), "Wagerail", null);
      sheet = workbook.newWorksheet("工资表 Payroll");
    }

    @Override
    public void write(List<Cell> cells) throws IOException {
      for (int i = 0; i < cells.size(); i++) {
        var cell = cells.get(i);
        if (cell.kind() == Cell.Kind.NUMBER) {
          sheet.value(row, i, Double.valueOf(cell.text()));
        } else if (cell.kind() != Cell.Kind.EMPTY) {
          // Not shared: the table of shared texts would stay in memory.
          sheet.inlineString(row, i, Exported.text(cell.text()));
        }
      }
      if (++row % TOGETHER == 0) {
        sheet.flush();
      }
    }

    @Override
    public void close() throws IOException {
      workbook.close();
    }
  }

  /** UTF-8 with the mark by which spreadsheets know it. */
  final class Csv implements SheetWriter {
    private final CsvWriter writer;

    Csv(OutputStream out) throws IOException {
      var text = new OutputStreamWriter(new Lent(out), StandardCharsets.UTF_8);
      text.write('\uFEFF');
      writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    }

    @Override
    public void write(List<Cell> cells) {
      writer.writeRecord(cells.stream().map(cell -> Exported.text(cell.text())).toList());
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  /** Stays open when what writes into it ends. */
  final class Lent extends FilterOutputStream {
    Lent(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
