package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wagerail.acceptance.SheetFiles.ACCOUNT;
import static org.wagerail.acceptance.SheetFiles.AMOUNT;
import static org.wagerail.acceptance.SheetFiles.NAME;
import static org.wagerail.acceptance.SheetFiles.PAYROLL_NUMBER;
import static org.wagerail.acceptance.SheetFiles.PAY_DATE;
import static org.wagerail.acceptance.SheetFiles.REFERENCE;
import static org.wagerail.acceptance.SheetFiles.inline;
import static org.wagerail.acceptance.SheetFiles.parts;
import static org.wagerail.acceptance.SheetFiles.sheetData;
import static org.wagerail.acceptance.SheetFiles.with;
import static org.wagerail.acceptance.SheetFiles.zip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.adapter.sheet.SheetRule;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.project.Parameters;
import org.wagerail.project.ReferenceData;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every way a payroll sheet can be bad that we know of, and the one right answer to it: the file
 * refused by name of rule, or its line by name of check. All of them come in at once, and once
 * more.
 */
class BadSheetTests {
  private static final Instant IMPORTED = Instant.parse("2026-10-12T02:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2026-10-13T02:00:00Z");
  private static final Instant AGAIN = Instant.parse("2026-10-13T03:00:00Z");
  private static final LocalDate PAY_DAY = LocalDate.of(2026, 10, 15);
  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LINE = 0;

  /**
   * @param status HTTP status of a request with such a file; 0 where a line is answered, not the
   *     file
   * @param code rule of the file's first finding, or the line's first failed check; PAY for none
   */
  record Bad(int no, String name, byte[] bytes, int status, String code) {
    @Override
    public String toString() {
      return no + " " + name + " " + code;
    }
  }

  @TempDir static Path folder;
  private static final List<Bad> ALL = new ArrayList<>();
  private static final Map<String, String> FINDINGS = new HashMap<>();
  private static final Map<String, String> LINES = new HashMap<>();
  private static Engine engine;
  private static JdbcClient jdbc;
  private static int bank;
  private static List<Map<String, String>> wages;

  @BeforeAll
  static void receiveThemAll() throws Exception {
    var province = folder.resolve("province");
    Province.generate(ProvinceSpec.of(3, 1, 40, PAY_DAY).withVersion("pain.001.001.09"), province);
    try (var files = Files.list(province.resolve("payrolls"))) {
      sayThemAll(files.filter(f -> f.toString().endsWith(".xml")).findFirst().get());
    }
    engine = Engine.open(Home.at(folder.resolve("home")));
    jdbc = engine.bean(JdbcClient.class);
    assertThat(
            engine
                .bean(ReferenceData.class)
                .importDirectory(province, "tests", IMPORTED)
                .findings())
        .isEmpty();
    bank = jdbc.sql("SELECT bank FROM bank").query(Integer.class).single();
    var files = new ArrayList<Path>();
    var drop = Files.createDirectories(folder.resolve("drop"));
    for (var bad : ALL) {
      files.add(Files.write(drop.resolve(bad.name()), bad.bytes()));
    }
    engine.bean(PayrollFiles.class).receive(bank, files, RECEIVED);
    engine.bean(PayDay.class).intake(bank, RECEIVED);
    jdbc.sql(
            "SELECT d.name, p.findings FROM payroll p JOIN inbound_document d"
                + " ON d.bank = p.bank AND d.month = p.doc_month AND d.document = p.document")
        .query(
            row -> {
              FINDINGS.put(row.getString(1), row.getString(2));
            });
    jdbc.sql(
            """
            SELECT d.name, string_agg(split_part(coalesce(l.checks, 'PAY'), ',', 1), ' ' ORDER BY l.line)
              FROM payroll p
              JOIN inbound_document d ON d.bank = p.bank AND d.month = p.doc_month
                   AND d.document = p.document
              JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                   AND l.payroll = p.payroll
             GROUP BY 1
            """)
        .query(
            row -> {
              LINES.put(row.getString(1), row.getString(2));
            });
    // The same again makes nothing new.
    assertThat(engine.bean(PayrollFiles.class).receive(bank, files, AGAIN)).isZero();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static List<Bad> all() {
    return ALL;
  }

  /** The parameters are known only once the files are. */
  @ParameterizedTest
  @MethodSource("all")
  void answers(Bad bad) throws IOException {
    if (bad.status() == LINE) {
      var shown = bad.name().replaceAll("\\p{Cntrl}", "\uFFFD");
      assertThat(FINDINGS.get(shown)).isEmpty();
      assertThat(LINES.get(shown)).isEqualTo(bad.code());
      return;
    }
    var first = JSON.readTree(FINDINGS.get(bad.name())).get(0);
    assertThat(first.get("rule").asString()).isEqualTo(bad.code());
    assertThat(SheetRule.status(bad.code())).isEqualTo(bad.status());
    assertThat(first.get("message").asString()).matches("(?s).+\\. / .+。");
    assertThat(first.get("code").asString()).matches("[A-Z0-9]{4}");
  }

  @Test
  void everyFileWasAnsweredOnceAndNoneTwice() {
    assertThat(
            jdbc.sql(
                    "SELECT count(*) FROM outbound_message WHERE kind LIKE 'pain.002%'"
                        + " AND answers IS NOT NULL")
                .query(Integer.class)
                .single())
        .isEqualTo(ALL.size());
    assertThat(jdbc.sql("SELECT count(*) FROM payroll").query(Integer.class).single())
        .isEqualTo(ALL.size());
    assertThat(jdbc.sql("SELECT count(*) FROM inbound_repeat").query(Integer.class).single())
        .isEqualTo(ALL.size());
  }

  @Test
  void aFindingNamesRowAndColumn() {
    var finding = JSON.readTree(FINDINGS.get("18-thousands.csv")).get(0);
    assertThat(finding.get("line").asInt()).isEqualTo(3);
    assertThat(finding.get("path").asString()).isEqualTo("row 3, column 金额/Amount");
    assertThat(finding.get("code").asString()).isEqualTo("AM12");
  }

  @Test
  void aFormulaInAnAnnotatedCopyIsText() throws IOException {
    var copy = annotated("17-command.csv");
    assertThat(copy).contains(",'=cmd|' /C calc'!A0,").contains("[BE01] NAME_DIFFERS");
  }

  @Test
  void anAnnotatedCopyHoldsTheFindingsOfItsRows() throws IOException {
    assertThat(annotated("18-thousands.csv").lines().toList().get(2))
        .contains("\"1,234.5\"", "拒绝 Refused,\"金额/Amount [AMOUNT_FORMAT, AM12] ");
    assertThat(annotated("16-quote.csv")).contains("[CSV_SYNTAX, FF01]");
  }

  private static String annotated(String name) throws IOException {
    var hash =
        jdbc.sql(
                "SELECT m.hash FROM outbound_message m JOIN inbound_document d ON d.bank = m.bank"
                    + " AND d.document = m.answers WHERE d.name = ? AND m.kind = 'payroll.csv'")
            .param(name)
            .query(byte[].class)
            .single();
    try (var in = engine.bean(MessageStore.class).read(hash)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void rareCharactersAndUnmarkedGb18030AreRead() {
    assertThat(LINES.get("15-gb18030.csv")).isEqualTo("NAME_DIFFERS");
    // What a held line said is sealed as it was read.
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM payroll p
                      JOIN inbound_document d ON d.bank = p.bank AND d.document = p.document
                      JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                           AND l.payroll = p.payroll
                     WHERE d.name = '15-gb18030.csv' AND l.said IS NOT NULL
                    """)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void anInstallationBeginsWithTheLimitsThatAreKnownWithoutOne() {
    assertThat(SheetLimits.of(engine.bean(Parameters.class).of(bank, ""), PAY_DAY))
        .isEqualTo(SheetLimits.DEFAULT);
  }

  // ------------------------------------------------------------------ the table

  /** The table of all, made of the wages of a payroll of at least thirty lines. */
  static List<Bad> sayThemAll(Path payroll) throws IOException {
    ALL.clear();
    wages = SheetFiles.rows(payroll);
    files();
    archives();
    xml();
    texts();
    cells();
    lines();
    return List.copyOf(ALL);
  }

  private static void files() {
    bad(1, "empty.xlsx", new byte[0], 400, "FILE_EMPTY");
    bad(2, "large.csv", large("姓名,".getBytes(UTF_8)), 413, "FILE_TOO_LARGE");
    bad(2, "large.xlsx", large(new byte[] {'P', 'K', 3, 4}), 413, "FILE_TOO_LARGE");
    bad(3, "program.xlsx", new byte[] {'M', 'Z', 0, 3, 0, 0, 0, 4}, 415, "FILE_TYPE_MISMATCH");
    bad(3, "text.xlsx", csvOf(0).getBytes(UTF_8), 415, "FILE_TYPE_MISMATCH");
    bad(3, "workbook.csv", zip(parts(data(0))), 415, "FILE_TYPE_MISMATCH");
    bad(3, "document.xlsx", zip(Map.of("word/document.xml", "<a/>")), 415, "FILE_TYPE_MISMATCH");
    var ole = new byte[1024];
    System.arraycopy(
        new byte[] {
          (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
        },
        0,
        ole,
        0,
        8);
    bad(4, "old.xls", ole.clone(), 415, "FILE_FORMAT_UNSUPPORTED");
    ole[1000] = 1;
    bad(4, "password.xlsx", ole, 415, "FILE_FORMAT_UNSUPPORTED");
    bad(
        4,
        "wide.csv",
        ("\uFEFF" + csvOf(0)).getBytes(StandardCharsets.UTF_16LE),
        415,
        "FILE_FORMAT_UNSUPPORTED");
  }

  private static byte[] large(byte[] head) {
    var bytes = new byte[21 << 20];
    java.util.Arrays.fill(bytes, (byte) 'a');
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  private static void archives() throws IOException {
    bad(
        5,
        "macro.xlsm",
        zip(and(parts(data(1)), "xl/vbaProject.bin", "x")),
        422,
        "FILE_ACTIVE_CONTENT");
    bad(
        5,
        "typed.xlsm",
        zip(
            changed(
                data(1),
                "[Content_Types].xml",
                "openxmlformats-officedocument.spreadsheetml.sheet.main",
                "ms-excel.sheet.macroEnabled.main")),
        422,
        "FILE_ACTIVE_CONTENT");
    bad(
        5,
        "linked.xlsx",
        zip(and(parts(data(1)), "xl/externalLinks/externalLink1.xml", "<externalLink/>")),
        422,
        "FILE_ACTIVE_CONTENT");
    bad(6, "bomb.xlsx", raw(zeros(120), 120L * TEN_MEGABYTES), 422, "FILE_EXPANDS_TOO_MUCH");
    bad(7, "entries.xlsx", manyEntries(), 422, "FILE_TOO_MANY_ENTRIES");
    bad(
        7,
        "nested.xlsx",
        zip(and(parts(data(1)), "xl/media/a.png", "PK\u0003\u0004nothing")),
        422,
        "FILE_TOO_MANY_ENTRIES");
    bad(8, "liar.xlsx", raw(zeros(1), 100), 422, "FILE_EXPANDS_TOO_MUCH");
    bad(
        9,
        "climbing.xlsx",
        zip(and(parts(data(1)), "../../etc/x", "x")),
        422,
        "FILE_BAD_ENTRY_NAME");
    bad(9, "absolute.xlsx", zip(and(parts(data(1)), "/etc/x", "x")), 422, "FILE_BAD_ENTRY_NAME");
    bad(9, "symlink.xlsx", symlink(), 422, "FILE_BAD_ENTRY_NAME");
    bad(
        9,
        "twice.xlsx",
        zip(and(parts(data(1)), "XL/WorkBook.xml", "<a/>")),
        422,
        "FILE_BAD_ENTRY_NAME");
    var cut = zip(parts(data(1)));
    bad(3, "cut.xlsx", java.util.Arrays.copyOf(cut, cut.length / 2), 422, "FILE_DAMAGED");
  }

  private static void xml() {
    var dtd = "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]>";
    var laughs = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    bad(
        10,
        "shared.xlsx",
        zip(changed(data(2), "xl/sharedStrings.xml", "<sst", dtd + "<sst")),
        400,
        "XML_DTD_FORBIDDEN");
    bad(10, "message.xml", (dtd + "<Document/>").getBytes(UTF_8), 400, "XML_DTD_FORBIDDEN");
    bad(
        11,
        "laughs.xlsx",
        zip(changed(data(2), "xl/worksheets/sheet1.xml", "<worksheet", laughs + "<worksheet")),
        400,
        "XML_DTD_FORBIDDEN");
    bad(12, "deep.xlsx", zip(parts(data(2) + deep())), 400, "XML_TOO_DEEP");
    bad(12, "broken.xlsx", zip(parts(data(2) + "<a>")), 400, "XML_NOT_WELL_FORMED");
    bad(
        13,
        "cell.xlsx",
        zip(parts(data(2) + "<row r=\"9\">" + inline("x".repeat(32_768)) + "</row>")),
        422,
        "CELL_TOO_LONG");
    bad(
        13,
        "attribute.xlsx",
        zip(parts(data(2) + "<row r=\"9\" a=\"" + noise(600_000) + "\"></row>")),
        422,
        "CELL_TOO_LONG");
    // What the reader behind the guard would answer with all the memory there is.
    bad(
        13,
        "place.xlsx",
        zip(parts(data(2) + "<row r=\"9\"><c r=\"ZZZZZZ9\"><v>1</v></c></row>")),
        422,
        "FILE_DAMAGED");
    bad(
        13,
        "index.xlsx",
        zip(parts(data(2) + "<row r=\"9\"><c t=\"s\"><v>2000000000</v></c></row>")),
        422,
        "FILE_DAMAGED");
    bad(
        13,
        "back.xlsx",
        zip(parts(data(2) + "<row r=\"1\"><c><v>1</v></c></row>")),
        422,
        "FILE_DAMAGED");
  }

  /** Each with a name of its own, or the file would be refused for what it expands to. */
  private static String deep() {
    var text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("<a").append(i).append('>');
    }
    return text.toString();
  }

  private static String noise(int length) {
    var random = new java.util.Random(1);
    var text = new StringBuilder(length);
    while (text.length() < length) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static void texts() {
    var rare = with(row(3), NAME, "\u4DAE𫖯\uD86D\uDC4A");
    bad(
        15,
        "gb18030.csv",
        SheetFiles.csv(List.of(rare)).getBytes(SheetFiles.GB18030),
        LINE,
        "NAME_DIFFERS");
    bad(
        15,
        "ambiguous.csv",
        english(with(row(3), NAME, "你好你好")).getBytes(UTF_8),
        422,
        "CSV_CHARSET_CHOOSE");
    bad(
        15,
        "neither.csv",
        english(with(row(3), NAME, "é")).getBytes(StandardCharsets.ISO_8859_1),
        422,
        "CSV_CHARSET_CHOOSE");
    bad(16, "nul.csv", (csvOf(4) + "a\0b\r\n").getBytes(UTF_8), 422, "CSV_SYNTAX");
    bad(16, "quote.csv", (csvOf(4) + "\"never closed\r\n").getBytes(UTF_8), 422, "CSV_SYNTAX");
    bad(16, "long.csv", (csvOf(4) + "x".repeat(2 << 20)).getBytes(UTF_8), 422, "CSV_SYNTAX");
    bad(
        16,
        "shifted.csv",
        (csvOf(4) + "a,".repeat(40) + "\r\n").getBytes(UTF_8),
        422,
        "CSV_SYNTAX");
    bad(
        16,
        "prose.csv",
        "this is no payroll\n".repeat(30).getBytes(UTF_8),
        422,
        "HEADINGS_MISSING");
    bad(
        16,
        "headings.csv",
        csvOf(4).replace("姓名/Name", "").getBytes(UTF_8),
        422,
        "HEADING_MISSING");
    bad(16, "bare.csv", csvOf(4).lines().findFirst().get().getBytes(UTF_8), 422, "ROWS_MISSING");
  }

  private static String english(Map<String, String> row) {
    var other = new LinkedHashMap<String, String>();
    row.forEach((heading, value) -> other.put(heading.substring(heading.indexOf('/') + 1), value));
    return SheetFiles.csv(List.of(other));
  }

  private static void cells() {
    var at = List.copyOf(row(0).keySet()).indexOf(AMOUNT);
    cell(17, "formula", at, "<c><f>A1*2</f><v>100</v></c>", "CELL_FORMULA");
    amount(17, "formula", "=1+1", "CELL_FORMULA");
    cell(18, "tail", at, "<c><v>0.30000000000000004</v></c>", "AMOUNT_FORMAT");
    cell(18, "minus", at, "<c><v>-5</v></c>", "AMOUNT_FORMAT");
    cell(18, "nan", at, "<c><v>NaN</v></c>", "AMOUNT_FORMAT");
    cell(18, "decimals", at, "<c><v>1.005</v></c>", "AMOUNT_FORMAT");
    cell(18, "error", at, "<c t=\"e\"><v>#DIV/0!</v></c>", "AMOUNT_FORMAT");
    cell(18, "missing", at, "<c/>", "CELL_MISSING");
    amount(18, "exponent", "1e3", "AMOUNT_FORMAT");
    amount(18, "thousands", "1,234.5", "AMOUNT_FORMAT");
    amount(18, "wide", "１２３", "AMOUNT_FORMAT");
    amount(18, "minus", "-5", "AMOUNT_FORMAT");
    amount(18, "plus", "+5", "AMOUNT_FORMAT");
    amount(18, "decimals", "1.005", "AMOUNT_FORMAT");
    amount(18, "nan", "NaN", "AMOUNT_FORMAT");
    amount(18, "point", "5.", "AMOUNT_FORMAT");
    amount(19, "overflow", "9000000000000000000", "AMOUNT_LIMIT");
    cell(19, "overflow", at, "<c><v>9E+18</v></c>", "AMOUNT_LIMIT");
    var account = List.copyOf(row(0).keySet()).indexOf(ACCOUNT);
    cell(20, "number", account, "<c><v>6.22202E+18</v></c>", "ACCOUNT_PRECISION_LOST");
    cell(20, "digits", account, "<c><v>6222021234567890123</v></c>", "ACCOUNT_PRECISION_LOST");
    bad(
        20,
        "text.csv",
        SheetFiles.csv(List.of(with(row(5), ACCOUNT, "6.22202E+18"))).getBytes(UTF_8),
        422,
        "ACCOUNT_PRECISION_LOST");
    bad(
        26,
        "date.csv",
        SheetFiles.csv(List.of(with(row(5), PAY_DATE, "2026-02-30"))).getBytes(UTF_8),
        422,
        "DATE_FORMAT");
    bad(
        23,
        "total.csv",
        (csvOf(5) + "合计" + ",".repeat(13) + "1.00\r\n").getBytes(UTF_8),
        422,
        "TOTALS_GROUP_SUM");
    bad(23, "after.csv", (csvOf(5) + "Total\r\nmore\r\n").getBytes(UTF_8), 422, "ROWS_AFTER_TOTAL");
    var small = new LinkedHashMap<>(row(5));
    small.replaceAll((heading, value) -> value.length() > 12 ? "" : value);
    var many = new StringBuilder(SheetFiles.csv(List.of(small)));
    many.repeat(many.substring(many.indexOf("\r\n") + 2), 100_000);
    bad(25, "rows.csv", many.toString().getBytes(UTF_8), 422, "ROWS_LIMIT");
    var hidden = parts(data(5));
    hidden.put("xl/worksheets/sheet2.xml", hidden.get("xl/worksheets/sheet1.xml"));
    hidden.computeIfPresent(
        "xl/workbook.xml",
        (_, xml) ->
            xml.replace(
                "</sheets>",
                "<sheet name=\"b\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/></sheets>"));
    bad(25, "sheet.xlsx", zip(hidden), 422, "SHEET_HIDDEN_DATA");
    bad(
        25,
        "hiddencolumn.xlsx",
        zip(
            changed(
                data(5),
                "xl/worksheets/sheet1.xml",
                "<sheetData>",
                "<cols><col min=\"12\" max=\"12\" hidden=\"1\"/></cols><sheetData>")),
        422,
        "SHEET_HIDDEN_DATA");
    bad(
        9,
        "otherbook.xlsx",
        zip(changed(data(5), "[Content_Types].xml", "/xl/workbook.xml", "/xl/other.xml")),
        422,
        "FILE_DAMAGED");
    bad(
        25,
        "hiddenrow.xlsx",
        zip(parts(data(5).replace("<row r=\"2\"", "<row r=\"2\" hidden=\"1\""))),
        422,
        "SHEET_HIDDEN_DATA");
  }

  /** Lines that can be read and are wrong: their file is taken. Each has a worker of its own. */
  private static void lines() {
    line(17, "command", with(row(10), NAME, "=cmd|' /C calc'!A0"), "NAME_DIFFERS");
    line(19, "limit", with(row(11), AMOUNT, "50000.01"), "AMOUNT_OVER_LIMIT");
    line(19, "zero", with(row(12), AMOUNT, "0"), "AMOUNT_ZERO");
    var card = row(13).get(ACCOUNT);
    var wrong = card.substring(0, card.length() - 1) + (card.endsWith("1") ? "2" : "1");
    line(21, "luhn", with(row(13), ACCOUNT, wrong), "ACCOUNT_INVALID");
    line(21, "invisible", with(row(14), NAME, row(14).get(NAME) + "\u200b"), "NAME_BAD_CHARACTER");
    line(21, "reversed", with(row(15), NAME, "\u202e" + row(15).get(NAME)), "NAME_BAD_CHARACTER");
    bad(
        22,
        "twice.csv",
        SheetFiles.csv(
                List.of(
                    with(row(16), PAYROLL_NUMBER, "T16"),
                    with(with(row(16), PAYROLL_NUMBER, "T16"), REFERENCE, "again")))
            .getBytes(UTF_8),
        LINE,
        "PAY DUPLICATE_WAGE");
    line(26, "past", with(row(17), PAY_DATE, "2026-10-01"), "DATE_PAST");
    line(27, "<script>alert(1)\r\n" + "n".repeat(200), row(18), "PAY");
  }

  // ------------------------------------------------------------------ how they are made

  private static Map<String, String> row(int worker) {
    return with(wages.get(worker), PAYROLL_NUMBER, "");
  }

  private static String csvOf(int worker) {
    return SheetFiles.csv(List.of(row(worker)));
  }

  private static String data(int worker) {
    return sheetData(List.of(row(worker)));
  }

  private static void bad(int no, String name, byte[] bytes, int status, String code) {
    ALL.add(new Bad(no, no + "-" + name, bytes, status, code));
  }

  private static void line(int no, String name, Map<String, String> row, String check) {
    var bytes = ("\uFEFF" + SheetFiles.csv(List.of(row))).getBytes(UTF_8);
    bad(no, name + ".csv", bytes, LINE, check);
  }

  private static void amount(int no, String name, String amount, String rule) {
    var rows = List.of(row(6), with(row(7), AMOUNT, amount));
    bad(no, name + ".csv", SheetFiles.csv(rows).getBytes(UTF_8), 422, rule);
  }

  /** A workbook with one cell, in the row of the second wage, as given. */
  private static void cell(int no, String name, int column, String cell, String rule) {
    var rows = List.of(row(6), row(7));
    var text = sheetData(rows);
    int at = text.indexOf("<row r=\"3\">");
    for (int i = 0; i <= column; i++) {
      at = text.indexOf("<c ", at + 1);
    }
    int end = text.indexOf("</c>", at) + 4;
    bad(
        no,
        name + ".xlsx",
        zip(parts(text.substring(0, at) + cell + text.substring(end))),
        422,
        rule);
  }

  private static Map<String, String> and(Map<String, String> parts, String name, String content) {
    parts.put(name, content);
    return parts;
  }

  private static Map<String, String> changed(
      String data, String part, String old, String replacement) {
    var parts = parts(data);
    assertThat(parts.get(part)).contains(old);
    parts.computeIfPresent(part, (_, text) -> text.replace(old, replacement));
    return parts;
  }

  private static final int TEN_MEGABYTES = 10 << 20;

  /** Deflated zeros, ten million at a time: one piece is made, and then repeated. */
  private static byte[] zeros(int pieces) {
    var deflater = new Deflater(9, true);
    deflater.setInput(new byte[TEN_MEGABYTES]);
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1 << 16];
    int length;
    do {
      length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
      out.write(buffer, 0, length);
    } while (length == buffer.length);
    deflater.end();
    var piece = out.toByteArray();
    var all = new ByteArrayOutputStream();
    Stream.generate(() -> piece).limit(pieces).forEach(all::writeBytes);
    all.writeBytes(new byte[] {3, 0});
    return all.toByteArray();
  }

  /** A workbook whose sheet is these deflated bytes, and whose directory says they are so many. */
  private static byte[] raw(byte[] deflated, long size) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(out)) {
      var parts = parts("");
      parts.remove("xl/worksheets/sheet1.xml");
      put(zip, parts);
      var entry = new ZipArchiveEntry("xl/worksheets/sheet1.xml");
      entry.setMethod(ZipArchiveEntry.DEFLATED);
      entry.setSize(size);
      entry.setCompressedSize(deflated.length);
      entry.setCrc(0);
      zip.addRawArchiveEntry(entry, new ByteArrayInputStream(deflated));
    }
    return out.toByteArray();
  }

  private static byte[] symlink() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(out)) {
      put(zip, parts(data(1)));
      var entry = new ZipArchiveEntry("xl/link");
      entry.setUnixMode(0120777);
      zip.putArchiveEntry(entry);
      zip.write("/etc/passwd".getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  private static byte[] manyEntries() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(out)) {
      put(zip, parts(data(1)));
      for (int i = 0; i < 20_000; i++) {
        zip.putArchiveEntry(new ZipArchiveEntry("xl/media/" + i));
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static void put(ZipArchiveOutputStream zip, Map<String, String> parts)
      throws IOException {
    for (var part : parts.entrySet()) {
      zip.putArchiveEntry(new ZipArchiveEntry(part.getKey()));
      zip.write(part.getValue().getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
  }
}
