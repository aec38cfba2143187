package org.wagerail.adapter.sheet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wagerail.iso.Finding;
import org.wagerail.iso.Pain001;
import org.wagerail.iso.Report;
import org.wagerail.iso.Verdict;

/**
 * A payroll as xlsx or csv, read as a stream into what a pain.001 would say: rows in their order,
 * before each run of rows that share account, project, employer and pay date a batch, and last the
 * group, because what identifies the file may be drawn from all of it. As with the message, what
 * the grammar of a sheet forbids is a finding, and everything else is left to the checks of lines.
 *
 * <p>The canonical form is, for each row, its fields in the order of the template's columns, in one
 * spelling each, the number of its bytes before it, and without the payroll's number. It does not
 * depend on headings, order of columns, format, blank rows, titles or total: the same wages as xlsx
 * and as csv are the same content.
 */
public final class PayrollSheet implements AutoCloseable {
  /** Opens a file's bytes; they are opened more than once. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  private static final Pattern DAY =
      Pattern.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?");
  private static final Pattern COMPACT_DAY = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})");
  private static final Pattern MONTH = Pattern.compile("([0-9]{4})[-/.年]([0-9]{1,2})月?");
  private static final Pattern COMPACT_MONTH = Pattern.compile("([0-9]{4})([0-9]{2})");

  /** As spreadsheets write it: an identifier may hold an E of its own. */
  private static final Pattern SCIENTIFIC = Pattern.compile("[0-9](\\.[0-9]+)?[Ee]\\+[0-9]{1,2}");

  /** A spreadsheet keeps so many digits of a number. */
  private static final int EXACT_DIGITS = 15;

  /** Days that a number may mean: from 1982 to 2119. */
  private static final double FIRST_DAY = 30_000;

  private static final double LAST_DAY = 80_000;

  private static final Map<String, String> RUN_TYPES =
      Map.of(
          "常规",
          "REG",
          "正常",
          "REG",
          "regular",
          "REG",
          "离场",
          "LEAVER",
          "退场",
          "LEAVER",
          "leaver",
          "LEAVER",
          "补发",
          "SUPP",
          "supplement",
          "SUPP");

  private static final Map<String, String> ID_TYPES =
      Map.of(
          "", "NIDN",
          "居民身份证", "NIDN",
          "身份证", "NIDN",
          "resident_id", "NIDN",
          "护照", "CCPT",
          "passport", "CCPT",
          "港澳居民来往内地通行证", "HK_MACAU_PERMIT",
          "台湾居民来往大陆通行证", "TAIWAN_PERMIT");

  private final Source source;
  private final DocumentKind kind;
  private final SheetLimits limits;
  private final Deque<Pain001.Event> ready = new ArrayDeque<>(4);
  private final List<Finding> findings = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
  private final Map<Column, String> once = new EnumMap<>(Column.class);
  private long findingsTotal;
  private boolean unsupported;
  private @Nullable Rows rows;
  private @Nullable Headings headings;
  private int looked;
  private long count;
  private BigDecimal sum = BigDecimal.ZERO;
  private boolean sumComplete = true;
  private int batches;
  private @Nullable List<String> batch;
  private boolean totalled;
  private boolean ended;
  private @Nullable String contentHash;

  private PayrollSheet(Source source, DocumentKind kind, SheetLimits limits) {
    this.source = source;
    this.kind = kind;
    this.limits = limits;
  }

  /**
   * Opens a file. What it is, its bytes tell; a file that is no sheet gives a finding.
   *
   * @param name as the sender called it
   * @throws IOException when the bytes cannot be had
   */
  public static PayrollSheet open(Source source, String name, SheetLimits limits)
      throws IOException {
    try (var head = source.open()) {
      return new PayrollSheet(source, DocumentKind.of(head, name), limits);
    }
  }

  /** Reads a file to its end for its verdict alone. */
  public static Report judge(Source source, String name, SheetLimits limits) throws IOException {
    try (var sheet = open(source, name, limits)) {
      while (sheet.next() != null) {
        // Only the verdict at the end counts.
      }
      return sheet.report();
    }
  }

  /** The next event, or null at the end. */
  public Pain001.@Nullable Event next() {
    while (ready.isEmpty() && !ended) {
      try {
        advance();
      } catch (SheetFault fault) {
        var path = fault.row() == 0 ? "" : "row " + fault.row();
        find(fault.rule().at(fault.row(), path, fault.rule().code(), fault.detail()));
        unsupported |= fault.rule() == SheetRule.FILE_FORMAT_UNSUPPORTED;
        ended = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ready.poll();
  }

  /** The judgement; complete once {@link #next} has given null. */
  public Report report() {
    var verdict =
        unsupported ? Verdict.UNSUPPORTED : findingsTotal > 0 ? Verdict.INVALID : Verdict.VALID;
    return new Report(
        kind.message().isEmpty() ? null : kind.message(),
        verdict,
        verdict,
        findings,
        findingsTotal);
  }

  /** SHA-256 of the canonical form, in hexadecimal. To be asked after the end. */
  public String contentHash() {
    if (contentHash == null) {
      contentHash = HexFormat.of().formatHex(digest.digest());
    }
    return contentHash;
  }

  @Override
  public void close() {
    try {
      if (rows != null) {
        rows.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void advance() throws IOException {
    if (rows == null) {
      rows = rows(source, kind, limits);
    }
    var row = rows.next();
    if (row == null) {
      end();
    } else if (headings == null) {
      headings = Headings.of(row);
      if (headings != null) {
        headings.findings().forEach(this::find);
        refuseHidden(row, headings, rows);
      } else if (++looked == Headings.LOOK) {
        throw new SheetFault(SheetRule.HEADINGS_MISSING, String.valueOf(Headings.LOOK));
      }
    } else if (!row.isBlank()) {
      take(row, headings);
    }
  }

  /** Who signs a sheet must have seen what it says. */
  private void refuseHidden(SheetRow row, Headings at, Rows from) {
    at.places()
        .forEach(
            (column, place) -> {
              if (from.hides(place)) {
                find(row, column, SheetRule.SHEET_HIDDEN_DATA, column.heading());
              }
            });
  }

  /** Opens the rows of a file of this kind. */
  static Rows rows(Source source, DocumentKind kind, SheetLimits limits) throws IOException {
    return switch (kind) {
      case XLSX -> new XlsxRows(source::open, limits);
      case CSV -> new CsvRows(CsvText.open(source::open, limits), limits);
      case OLE -> throw new SheetFault(SheetRule.FILE_FORMAT_UNSUPPORTED, ".xls");
      case WIDE_TEXT -> throw new SheetFault(SheetRule.FILE_FORMAT_UNSUPPORTED, "UTF-16");
      case XML, FOREIGN -> throw mismatch(source);
    };
  }

  private static SheetFault mismatch(Source source) throws IOException {
    try (var in = new BufferedInputStream(source.open())) {
      var head = in.readNBytes(8);
      return head.length == 0
          ? new SheetFault(SheetRule.FILE_EMPTY, "")
          : new SheetFault(
              SheetRule.FILE_TYPE_MISMATCH, HexFormat.ofDelimiter(" ").formatHex(head));
    }
  }

  private void end() {
    ended = true;
    if (headings == null) {
      throw new SheetFault(SheetRule.HEADINGS_MISSING, String.valueOf(Headings.LOOK));
    }
    if (count == 0 && findingsTotal == 0) {
      throw new SheetFault(SheetRule.ROWS_MISSING, "");
    }
    var number = once.getOrDefault(Column.PAYROLL_NUMBER, "");
    var contractor = once.getOrDefault(Column.CONTRACTOR, "");
    ready.add(
        new Pain001.Group(
            number.isEmpty() ? "S-" + contentHash().substring(0, 32) : number,
            null,
            count,
            sumComplete ? sum : null,
            null,
            contractor.isEmpty() ? null : contractor));
  }

  // ------------------------------------------------------------------ rows

  private void take(SheetRow row, Headings at) {
    if (row.hidden()) {
      throw new SheetFault(SheetRule.SHEET_HIDDEN_DATA, row.number(), "row " + row.number());
    }
    if (row.cells().size() > at.width()
        && kind == DocumentKind.CSV
        && !row.cells().subList(at.width(), row.cells().size()).stream().allMatch(Cell::isBlank)) {
      throw new SheetFault(
          SheetRule.CSV_SYNTAX, row.number(), row.cells().size() + " > " + at.width());
    }
    if (totalled) {
      throw new SheetFault(SheetRule.ROWS_AFTER_TOTAL, row.number(), "");
    }
    if (isTotal(row)) {
      total(row, at);
    } else if (count == limits.rows()) {
      throw new SheetFault(SheetRule.ROWS_LIMIT, row.number(), String.valueOf(limits.rows()));
    } else {
      wage(row, at);
    }
  }

  private static boolean isTotal(SheetRow row) {
    var first = row.cells().stream().filter(cell -> !cell.isBlank()).findFirst();
    var text = first.map(cell -> cell.text().strip()).orElse("");
    return text.equals("合计") || text.equals("总计") || text.equalsIgnoreCase("total");
  }

  /** A total that a formula makes is the spreadsheet's word, not a second one. */
  private void total(SheetRow row, Headings at) {
    totalled = true;
    var cell = at.cell(row, Column.AMOUNT);
    if (cell.isBlank() || cell.kind() == Cell.Kind.FORMULA) {
      return;
    }
    var read = Amounts.of(cell);
    if (read.value() == null) {
      find(row, Column.AMOUNT, Objects.requireNonNull(read.flaw()), cell.text());
    } else if (sumComplete && read.value().compareTo(sum) != 0) {
      find(
          row,
          Column.AMOUNT,
          SheetRule.TOTALS_GROUP_SUM,
          read.value().toPlainString() + " ≠ " + sum.toPlainString());
    }
  }

  private void wage(SheetRow row, Headings at) {
    count++;
    var said = new EnumMap<Column, String>(Column.class);
    for (var column : Column.values()) {
      said.put(column, column == Column.AMOUNT ? "" : text(row, column, at.cell(row, column)));
    }
    once(row, said, Column.PAYROLL_NUMBER);
    once(row, said, Column.CONTRACTOR);
    var amount = amount(row, at.cell(row, Column.AMOUNT));
    said.put(Column.AMOUNT, amount == null ? "" : amount.toPlainString());
    hash(said);
    beginBatch(row, said);
    ready.add(
        new Pain001.Transaction(
            count,
            row.number(),
            String.valueOf(row.number()),
            filled(said, Column.REFERENCE),
            null,
            amount,
            said.get(Column.CURRENCY),
            filled(said, Column.BANK_CODE),
            null,
            filled(said, Column.NAME),
            filled(said, Column.ID_NUMBER),
            said.get(Column.ID_TYPE),
            filled(said, Column.ACCOUNT),
            "/PERIOD/" + said.get(Column.WAGE_MONTH) + "/RUN/" + said.get(Column.RUN_TYPE),
            null,
            null,
            null));
  }

  private void beginBatch(SheetRow row, Map<Column, String> said) {
    var shared =
        List.of(
            Objects.requireNonNull(said.get(Column.WAGE_ACCOUNT)),
            Objects.requireNonNull(said.get(Column.PROJECT)),
            Objects.requireNonNull(said.get(Column.EMPLOYER)),
            Objects.requireNonNull(said.get(Column.PAY_DATE)));
    if (shared.equals(batch)) {
      return;
    }
    batch = shared;
    batches++;
    var day = filled(said, Column.PAY_DATE);
    ready.add(
        new Pain001.Batch(
            batches,
            row.number(),
            "B" + batches,
            "TRF",
            null,
            null,
            "SALA",
            day == null ? null : LocalDate.parse(day),
            null,
            filled(said, Column.WAGE_ACCOUNT),
            null,
            null,
            filled(said, Column.PROJECT),
            filled(said, Column.EMPLOYER)));
  }

  private static @Nullable String filled(Map<Column, String> said, Column column) {
    var text = said.get(column);
    return text == null || text.isEmpty() ? null : text;
  }

  /** What one file says once may stand in the first row only, or in every row. */
  private void once(SheetRow row, Map<Column, String> said, Column column) {
    var text = Objects.requireNonNull(said.get(column));
    if (text.isEmpty()) {
      return;
    }
    var before = once.putIfAbsent(column, text);
    if (before != null && !before.equals(text)) {
      find(row, column, SheetRule.VALUES_DIFFER, before + " ≠ " + text);
    }
  }

  private @Nullable BigDecimal amount(SheetRow row, Cell cell) {
    if (cell.isBlank()) {
      sumComplete = false;
      find(row, Column.AMOUNT, SheetRule.CELL_MISSING, "");
      return null;
    }
    var read = Amounts.of(cell);
    if (read.value() == null) {
      sumComplete = false;
      find(row, Column.AMOUNT, Objects.requireNonNull(read.flaw()), cell.text());
    } else {
      sum = sum.add(read.value());
    }
    return read.value();
  }

  /** A cell's text in the one spelling that its column has; empty for none, or one with a flaw. */
  private String text(SheetRow row, Column column, Cell cell) {
    return switch (cell.kind()) {
      case EMPTY -> spelled(row, column, "");
      case TEXT -> spelled(row, column, cell.text().strip());
      case NUMBER -> spelled(row, column, number(row, column, cell.text()));
      case FORMULA -> flawed(row, column, SheetRule.CELL_FORMULA, "");
      case OTHER -> flawed(row, column, SheetRule.CELL_ERROR, cell.text());
    };
  }

  private String flawed(SheetRow row, Column column, SheetRule rule, String detail) {
    find(row, column, rule, detail);
    return "";
  }

  private String spelled(SheetRow row, Column column, String text) {
    return switch (column) {
      case PAY_DATE -> day(row, text);
      case WAGE_MONTH -> limited(row, column, month(text));
      case RUN_TYPE ->
          limited(
              row,
              column,
              RUN_TYPES.getOrDefault(folded(text), folded(text).toUpperCase(Locale.ROOT)));
      case ID_TYPE -> limited(row, column, ID_TYPES.getOrDefault(folded(text), text));
      case CURRENCY -> limited(row, column, text.isEmpty() || text.equals("人民币") ? "CNY" : text);
      case ACCOUNT, ID_NUMBER, WAGE_ACCOUNT, BANK_CODE ->
          SCIENTIFIC.matcher(text).matches() ? lost(row, column, text) : limited(row, column, text);
      default -> limited(row, column, text);
    };
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private String limited(SheetRow row, Column column, String text) {
    if (text.codePointCount(0, text.length()) > column.longest()) {
      return flawed(row, column, SheetRule.CELL_TOO_LONG, String.valueOf(column.longest()));
    }
    // A name's own check tells the line; elsewhere no message could carry them.
    return column != Column.NAME && hasControl(text)
        ? flawed(row, column, SheetRule.CELL_CHARACTER, "")
        : text;
  }

  private static boolean hasControl(String text) {
    return text.codePoints()
        .anyMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
                  default -> false;
                });
  }

  /** A number where a text belongs: exact as long as a spreadsheet keeps all its digits. */
  private String number(SheetRow row, Column column, String raw) {
    var number = finite(raw);
    if (number == null) {
      return flawed(row, column, SheetRule.CELL_ERROR, raw);
    }
    if (column == Column.PAY_DATE && isDay(number)) {
      return Objects.requireNonNull(rows).day(number).toString();
    }
    if (column == Column.WAGE_MONTH && isDay(number)) {
      return Objects.requireNonNull(rows).day(number).toString().substring(0, 7);
    }
    if (number != Math.rint(number) || Math.abs(number) >= Math.pow(10, EXACT_DIGITS)) {
      return lost(row, column, raw);
    }
    return new BigDecimal(number).toPlainString();
  }

  static @Nullable Double finite(String raw) {
    try {
      double number = Double.parseDouble(raw);
      return Double.isFinite(number) ? (Double) number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static boolean isDay(double number) {
    return number >= FIRST_DAY && number <= LAST_DAY;
  }

  private String lost(SheetRow row, Column column, String raw) {
    var code =
        switch (column) {
          case ID_NUMBER -> "BE17";
          case WAGE_ACCOUNT -> "AC02";
          case BANK_CODE -> "RC10";
          default -> SheetRule.ACCOUNT_PRECISION_LOST.code();
        };
    find(SheetRule.ACCOUNT_PRECISION_LOST.at(row.number(), column.at(row.number()), code, raw));
    return "";
  }

  private String day(SheetRow row, String text) {
    if (text.isEmpty()) {
      return flawed(row, Column.PAY_DATE, SheetRule.CELL_MISSING, "");
    }
    for (var form : new Pattern[] {DAY, COMPACT_DAY}) {
      var match = form.matcher(text);
      if (match.matches()) {
        try {
          return LocalDate.of(
                  Integer.parseInt(match.group(1)),
                  Integer.parseInt(match.group(2)),
                  Integer.parseInt(match.group(3)))
              .toString();
        } catch (DateTimeException e) {
          break;
        }
      }
    }
    return flawed(row, Column.PAY_DATE, SheetRule.DATE_FORMAT, text);
  }

  /** As the remittance says it, where it is a month; else as it stands, for the line's check. */
  private static String month(String text) {
    for (var form : new Pattern[] {MONTH, COMPACT_MONTH}) {
      var match = form.matcher(text);
      if (match.matches()) {
        return match.group(1) + (match.group(2).length() == 1 ? "-0" : "-") + match.group(2);
      }
    }
    return text;
  }

  private void hash(Map<Column, String> said) {
    said.forEach(
        (column, text) -> {
          if (column != Column.PAYROLL_NUMBER) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(length.putInt(0, bytes.length).array());
            digest.update(bytes);
          }
        });
  }

  private void find(SheetRow row, Column column, SheetRule rule, String detail) {
    find(rule.at(row.number(), column.at(row.number()), rule.code(), detail));
  }

  private void find(Finding finding) {
    findingsTotal++;
    if (findings.size() < Report.LISTED) {
      findings.add(finding);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
