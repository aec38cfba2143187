package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pain002;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.ops.province.Troubles;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.Releases;
import org.wagerail.project.ReferenceData;

/**
 * One payroll three times, at three banks that are alike: as pain.001, as xlsx and as csv. What
 * becomes of it is the same.
 */
class SheetPaydayTests {
  private static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);
  private static final Instant IMPORTED = Instant.parse("2026-10-12T02:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2026-10-13T02:00:00Z");
  private static final Instant AGAIN = Instant.parse("2026-10-13T05:00:00Z");
  private static final Instant RELEASED = Instant.parse("2026-10-14T02:00:00Z");
  private static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  private static final Instant ANSWERED = Instant.parse("2026-10-15T12:00:00Z");

  @TempDir static Path folder;
  private static Engine engine;
  private static JdbcClient jdbc;
  private static int message;
  private static int xlsx;
  private static int csv;

  @BeforeAll
  static void play() throws Exception {
    engine = Engine.open(Home.at(folder.resolve("home")));
    jdbc = engine.bean(JdbcClient.class);
    message = play("message", Province.BANK);
    xlsx = play("xlsx", "999331000011");
    csv = play("csv", "999331000022");
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /** The same province under another bank's code. */
  private static int play(String form, String code) throws Exception {
    var province = folder.resolve(form);
    Province.generate(
        ProvinceSpec.of(7, 2, 60, PAY_DATE)
            .withVersion("pain.001.001.09")
            .withFilesPerProject(2)
            .with(new Troubles(60, 60, 20, 40, 40, 60, 40, List.of())),
        province);
    try (var files = Files.walk(province)) {
      for (var file : files.filter(f -> f.toString().matches(".*\\.(csv|xml)")).toList()) {
        Files.writeString(file, Files.readString(file).replace(Province.BANK, code));
      }
    }
    var report = engine.bean(ReferenceData.class).importDirectory(province, "tests", IMPORTED);
    assertThat(report.findings()).isEmpty();
    int bank =
        jdbc.sql("SELECT bank FROM bank WHERE code = ?").param(code).query(Integer.class).single();
    var payrolls = new ArrayList<Path>();
    try (var files = Files.list(province.resolve("payrolls"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
        payrolls.add(
            switch (form) {
              case "xlsx" ->
                  Files.write(ending(file, ".xlsx"), SheetFiles.xlsx(SheetFiles.rows(file)));
              case "csv" ->
                  Files.write(
                      ending(file, ".csv"),
                      SheetFiles.csv(SheetFiles.rows(file)).getBytes(SheetFiles.GB18030));
              default -> file;
            });
      }
    }
    var payDay = engine.bean(PayDay.class);
    engine.bean(PayrollFiles.class).receive(bank, payrolls, RECEIVED);
    payDay.intake(bank, RECEIVED);
    var releases = engine.bean(Releases.class);
    var signatures =
        SigningDesk.signTwice(
            code, releases.open(bank), engine.bean(SigningDesk.class).signatories(bank, province));
    assertThat(releases.release(bank, LocalDate.of(2026, 10, 14), RELEASED, signatures))
        .isNotEmpty()
        .containsOnlyNulls();
    payDay.run(bank, CUT_OFF);
    return bank;
  }

  private static Path ending(Path file, String ending) {
    var name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }

  @Test
  void theSameLinesRefusalsAndPayments() {
    var lines =
        """
        SELECT p.msg_id, p.initiator, p.verdict AS file, p.lines, p.total, l.line, l.batch,
               b.firm_code, b.pay_date, l.period, l.run_type, l.amount, l.verdict, l.checks,
               l.end_to_end, x.amount AS paid, x.stands
          FROM payroll p
          JOIN payroll_batch b USING (bank, pay_month, payroll)
          JOIN payroll_line l USING (bank, pay_month, payroll, batch)
          LEFT JOIN LATERAL (SELECT sum(y.amount) AS amount, count(*) AS stands FROM payment y
                              WHERE (y.bank, y.pay_month, y.payroll, y.line)
                                  = (l.bank, l.pay_month, l.payroll, l.line)) x ON true
         WHERE p.bank = ? AND p.msg_id NOT LIKE 'T-%' ORDER BY p.msg_id, l.line
        """;
    var said = rows(lines, message);
    assertThat(said).hasSize(60);
    assertThat(said).extracting(row -> row.get("verdict")).contains("PAY", "HOLD", "REFUSE");
    assertThat(rows(lines, xlsx)).isEqualTo(said);
    assertThat(rows(lines, csv)).isEqualTo(said);
  }

  private static List<Map<String, Object>> rows(String sql, int bank) {
    return jdbc.sql(sql).param(bank).query().listOfRows();
  }

  private record Told(String file, String status, List<String> lines) {}

  @Test
  void theSameAnswers() throws IOException {
    var told = told(message);
    assertThat(told).hasSize(4);
    assertThat(told(xlsx)).isEqualTo(told);
    assertThat(told(csv)).isEqualTo(told);
  }

  private static List<Told> told(int bank) throws IOException {
    var all = new ArrayList<Told>();
    for (var bytes : sent(bank, "pain.002.001.10", "received")) {
      String file = null;
      String status = null;
      var lines = new ArrayList<String>();
      try (var report = Pain002.open(new ByteArrayInputStream(bytes))) {
        for (var event = report.next(); event != null; event = report.next()) {
          switch (event) {
            case Pain002.Original original -> {
              file = original.orgnlMsgId();
              status = original.grpSts();
            }
            case Pain002.BatchStatus batch ->
                lines.add(batch.pmtInfSts() + " " + batch.reasonCode());
            case Pain002.LineStatus line ->
                lines.add(line.orgnlEndToEndId() + line.txSts() + line.reasonCode());
          }
        }
        assertThat(report.report().verdict()).isEqualTo(Verdict.VALID);
      }
      // Another test's file is refused whole.
      if (!"RJCT".equals(status)) {
        all.add(new Told(file, status, lines));
      }
    }
    all.sort(java.util.Comparator.comparing(Told::file));
    return all;
  }

  private static List<byte[]> sent(int bank, String kind, String occasion) throws IOException {
    var hashes =
        jdbc.sql(
                "SELECT hash FROM outbound_message WHERE bank = ? AND kind LIKE ? AND subject LIKE"
                    + " ? ORDER BY message")
            .params(bank, kind, occasion + "%")
            .query(byte[].class)
            .list();
    var all = new ArrayList<byte[]>();
    for (var hash : hashes) {
      try (var in = engine.bean(MessageStore.class).read(hash)) {
        all.add(in.readAllBytes());
      }
    }
    return all;
  }

  @Test
  void theContractorsSheetComesBackWithWhatIsWrong() throws IOException {
    var copies = sent(xlsx, "payroll.xlsx", "received");
    assertThat(copies).hasSize(4);
    int noted = 0;
    for (var copy : copies) {
      try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(copy))) {
        var sheet = workbook.getSheetAt(0);
        var headings = sheet.getRow(2);
        int result = SheetFiles.rows(firstMessage()).getFirst().size();
        assertThat(headings.getCell(result).getStringCellValue()).isEqualTo("处理结果/Result");
        assertThat(new DataFormatter().formatCellValue(sheet.getRow(3).getCell(5)))
            .isEqualTo(PAY_DATE.toString());
        for (var row : sheet) {
          var note = row.getCell(result + 1);
          if (row.getRowNum() > 2 && note != null && !note.getStringCellValue().isEmpty()) {
            assertThat(row.getCell(result).getStringCellValue()).isIn("拒绝 Rejected", "待处理 Pending");
            assertThat(note.getStringCellValue()).matches("(?s)\\[[A-Z0-9]{4}] [A-Z_]+: .* / .*");
            noted++;
          }
        }
      }
    }
    var wrong =
        jdbc.sql("SELECT count(*) FROM payroll_line WHERE bank = ? AND verdict <> 'PAY'")
            .param(xlsx)
            .query(Integer.class)
            .single();
    assertThat(noted).isEqualTo(wrong).isPositive();
    var text = new String(sent(csv, "payroll.csv", "received").getFirst(), StandardCharsets.UTF_8);
    assertThat(text).startsWith("\uFEFF").contains("处理结果/Result,说明/Reason\r\n", "拒绝 Rejected,[");
  }

  private static Path firstMessage() throws IOException {
    try (var files = Files.list(folder.resolve("xlsx/payrolls"))) {
      return files.filter(f -> f.toString().endsWith(".xml")).sorted().findFirst().orElseThrow();
    }
  }

  @Test
  void theSameWagesInTheOtherFormatAreTheSameFile() throws Exception {
    var file = ending(firstMessage(), ".csv");
    var rows = SheetFiles.rows(firstMessage());
    Files.write(file, ("\uFEFF" + SheetFiles.csv(rows)).getBytes(StandardCharsets.UTF_8));
    var files = count("SELECT count(*) FROM payroll WHERE bank = ?", xlsx);
    jdbc.sql("DELETE FROM outbound_due WHERE bank = ?").param(xlsx).update();

    assertThat(engine.bean(PayrollFiles.class).receive(xlsx, List.of(file), AGAIN)).isEqualTo(1);
    engine.bean(PayDay.class).intake(xlsx, AGAIN);

    assertThat(count("SELECT count(*) FROM payroll WHERE bank = ?", xlsx)).isEqualTo(files);
    assertThat(
            count(
                "SELECT count(*) FROM inbound_done WHERE bank = ? AND outcome = 'REPEATED'", xlsx))
        .isEqualTo(1);
    // The first answer goes out again: the report and the sheet.
    assertThat(count("SELECT count(*) FROM outbound_due WHERE bank = ?", xlsx)).isEqualTo(2);
  }

  @Test
  void theSameNumberForOtherWagesIsRefused() throws Exception {
    var rows = new ArrayList<>(SheetFiles.rows(folder.resolve("csv/payrolls").resolve(name())));
    rows.removeLast();
    var file = Files.writeString(folder.resolve("other.csv"), "\uFEFF" + SheetFiles.csv(rows));
    engine.bean(PayrollFiles.class).receive(csv, List.of(file), AGAIN);
    engine.bean(PayDay.class).intake(csv, AGAIN);

    assertThat(
            jdbc.sql("SELECT findings FROM payroll WHERE bank = ? AND verdict = 'REFUSED'")
                .param(csv)
                .query(String.class)
                .list())
        .singleElement()
        .asString()
        .contains("DU01");
  }

  private static String name() throws IOException {
    return firstMessage().getFileName().toString();
  }

  @Test
  void aWorkersResultStandsBesideHisRow() throws Exception {
    settle(message);
    settle(csv);
    var told = sent(csv, "pain.002.001.10", "answered");
    assertThat(told).hasSameSizeAs(sent(message, "pain.002.001.10", "answered")).isNotEmpty();
    var copies = sent(csv, "payroll.csv", "answered");
    assertThat(copies).hasSameSizeAs(told);
    int settled = 0;
    for (var copy : copies) {
      settled +=
          (int)
              new String(copy, StandardCharsets.UTF_8)
                  .lines()
                  .filter(line -> line.contains(",已结清 Settled,"))
                  .count();
    }
    assertThat(settled)
        .isEqualTo(count("SELECT count(*) FROM payment WHERE bank = ?", csv))
        .isPositive();
    assertThat(Audit.clean(engine.bean(Audit.class).run(null))).isTrue();
  }

  private record Paid(int month, long payment) {}

  private static void settle(int bank) throws IOException {
    var paid =
        jdbc.sql("SELECT pay_month AS month, payment FROM payment WHERE bank = ? ORDER BY payment")
            .param(bank)
            .query(Paid.class)
            .list();
    var out = new ByteArrayOutputStream();
    try (var writer =
        Pacs002.writer(
            out,
            new Pacs002.Header(
                "S" + bank,
                ANSWERED.atOffset(ZoneOffset.ofHours(8)),
                null,
                null,
                null,
                Pacs008.VERSION,
                null,
                null))) {
      for (var each : paid) {
        var id = new TxId(each.month(), each.payment()).toString();
        writer.status(null, null, id, "ACSC", null, null, PAY_DATE);
      }
    }
    var file = Files.write(folder.resolve("statuses-" + bank + ".xml"), out.toByteArray());
    engine.bean(ClearingFiles.class).receive(bank, List.of(file), ANSWERED);
    engine.bean(PayDay.class).answers(bank, ANSWERED);
  }

  /** Its bytes promise fewer wages than it holds, so it stands between others. */
  @Test
  void aPackedSheetOfMoreThanABlockIsTakenInBlocks() throws Exception {
    var blank = new LinkedHashMap<>(SheetFiles.rows(firstMessage()).getFirst());
    blank.replaceAll((heading, value) -> "");
    blank.put(SheetFiles.PAY_DATE, PAY_DATE.toString());
    blank.put(SheetFiles.AMOUNT, "1.00");
    var files = new ArrayList<Path>();
    for (var name : List.of("T-1", "T-2", "T-3")) {
      var rows =
          Collections.nCopies(
              name.equals("T-2") ? 10_500 : 3,
              SheetFiles.with(blank, SheetFiles.PAYROLL_NUMBER, name));
      files.add(
          Files.write(
              folder.resolve(name + ".xlsx"),
              SheetFiles.zip(SheetFiles.parts(SheetFiles.sheetData(rows)))));
    }
    assertThat(Files.size(files.get(1))).isLessThan(400_000);
    engine.bean(PayrollFiles.class).receive(message, files, AGAIN);
    engine.bean(PayDay.class).intake(message, AGAIN);

    assertThat(
            jdbc.sql(
                    "SELECT p.msg_id || ' ' || p.lines || ' ' || count(*) || ' ' ||"
                        + " count(DISTINCT l.line) FROM payroll p JOIN payroll_line l USING (bank,"
                        + " pay_month, payroll) WHERE p.msg_id LIKE 'T-%' GROUP BY p.msg_id,"
                        + " p.lines ORDER BY 1")
                .query(String.class)
                .list())
        .containsExactly("T-1 3 3 3", "T-2 10500 10500 10500", "T-3 3 3 3");
    assertThat(
            jdbc.sql(
                    "SELECT count(*) FROM payroll_block JOIN payroll USING (bank, pay_month,"
                        + " payroll) WHERE msg_id = 'T-2'")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  private static int count(String sql, int bank) {
    return jdbc.sql(sql).param(bank).query(Integer.class).single();
  }
}
