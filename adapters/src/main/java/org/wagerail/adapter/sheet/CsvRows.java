package org.wagerail.adapter.sheet;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The rows of a csv file: commas, double quotes, a record a row. */
final class CsvRows implements Rows {
  /** The longest record: what is longer is a quote that nobody closed. */
  private static final int LONGEST_ROW = 1 << 20;

  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final SheetLimits limits;
  private int row;

  CsvRows(Reader characters, SheetLimits limits) {
    this.limits = limits;
    reader =
        CsvReader.builder()
            .skipEmptyLines(false)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(LONGEST_ROW)
            .ofCsvRecord(characters);
    records = reader.iterator();
  }

  @Override
  public @Nullable SheetRow next() throws IOException {
    row++;
    try {
      if (!records.hasNext()) {
        return null;
      }
      return new SheetRow(row, records.next().getFields().stream().map(this::cell).toList(), false);
    } catch (CsvParseException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new SheetFault(SheetRule.CSV_SYNTAX, row, "characters");
      }
      throw syntax(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private SheetFault syntax(CsvParseException e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return new SheetFault(SheetRule.CSV_SYNTAX, row, String.valueOf(cause.getMessage()));
  }

  private Cell cell(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new SheetFault(SheetRule.CSV_SYNTAX, row, "NUL");
    }
    if (text.length() > limits.cell()) {
      throw new SheetFault(SheetRule.CELL_TOO_LONG, row, String.valueOf(limits.cell()));
    }
    return Cell.text(text);
  }

  @Override
  public boolean hides(int column) {
    return false;
  }

  /** As a spreadsheet would read it; nothing in this format is a number. */
  @Override
  public LocalDate day(double number) {
    return LocalDate.of(1899, 12, 30).plusDays((long) number);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
