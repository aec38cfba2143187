package org.wagerail.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.wagerail.adapter.sheet.PayrollSheet;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.adapter.sheet.SheetTemplate;
import org.wagerail.iso.Pain001;
import org.wagerail.iso.Verdict;
import org.xml.sax.InputSource;

/** What is read of a workbook is what another library, written by others, would show a person. */
class SheetOracleTests {
  private static final int ROWS = 300;

  @Test
  void readsWhatAPersonSees() throws Exception {
    var file = workbook(new Random(7));
    var shown = shown(file);
    var said = new ArrayList<List<String>>();
    try (var sheet =
        PayrollSheet.open(() -> new ByteArrayInputStream(file), "x.xlsx", SheetLimits.DEFAULT)) {
      var day = "";
      for (var event = sheet.next(); event != null; event = sheet.next()) {
        switch (event) {
          case Pain001.Batch batch -> day = String.valueOf(batch.reqdExctnDt());
          case Pain001.Transaction line ->
              said.add(
                  List.of(
                      String.valueOf(line.xmlLine()),
                      day,
                      line.remittance().substring(8, 15),
                      line.cdtrName(),
                      line.cdtrPersonId(),
                      line.cdtrAcct(),
                      line.cdtrAgtMember(),
                      line.amount().toPlainString()));
          case Pain001.Group group -> assertThat(group.nbOfTxs()).isEqualTo(ROWS);
        }
      }
      assertThat(sheet.report().findings()).isEmpty();
      assertThat(sheet.report().verdict()).isEqualTo(Verdict.VALID);
    }
    assertThat(said).hasSize(ROWS).isEqualTo(shown);
  }

  /** Dates and months as a spreadsheet makes them of what is typed, amounts as binary fractions. */
  private static byte[] workbook(Random random) throws Exception {
    var headings = SheetTemplate.headings();
    try (var workbook = new XSSFWorkbook();
        var out = new ByteArrayOutputStream()) {
      var format = workbook.createDataFormat();
      var day = workbook.createCellStyle();
      day.setDataFormat(format.getFormat("yyyy-mm-dd"));
      var month = workbook.createCellStyle();
      month.setDataFormat(format.getFormat("yyyy-mm"));
      var money = workbook.createCellStyle();
      money.setDataFormat(format.getFormat("0.00"));
      var whole = workbook.createCellStyle();
      whole.setDataFormat(format.getFormat("0"));
      var sheet = workbook.createSheet();
      var head = sheet.createRow(1);
      for (int i = 0; i < headings.size(); i++) {
        head.createCell(i).setCellValue(headings.get(i));
      }
      int at = 2;
      for (int n = 0; n < ROWS; n++) {
        at += random.nextInt(10) == 0 ? 2 : 1;
        var row = sheet.createRow(at);
        row.createCell(2).setCellValue("330019000000000001");
        row.createCell(3).setCellValue("330100-2026-000001");
        row.createCell(4).setCellValue("91330100000000000X");
        var date = row.createCell(5);
        date.setCellValue(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365)));
        date.setCellStyle(day);
        var period = row.createCell(6);
        period.setCellValue(LocalDate.of(2026, 1 + random.nextInt(12), 1));
        period.setCellStyle(month);
        row.createCell(7).setCellValue("常规");
        row.createCell(8).setCellValue(random.nextBoolean() ? "王\u4DAE" + n : "欧阳 & <𫖯>·" + n);
        row.createCell(10).setCellValue("11010519491231002X");
        row.createCell(11).setCellValue("62" + random.nextLong(100_000_000_000_000L));
        var bank = row.createCell(12);
        bank.setCellValue(102_331_000_000d + random.nextInt(1_000));
        bank.setCellStyle(whole);
        var amount = row.createCell(13);
        amount.setCellValue(random.nextInt(5_000_000) / 100.0);
        amount.setCellStyle(money);
      }
      workbook.write(out);
      return out.toByteArray();
    }
  }

  private static List<List<String>> shown(byte[] file) throws Exception {
    var rows = new ArrayList<List<String>>();
    try (var opc = OPCPackage.open(new ByteArrayInputStream(file))) {
      var reader = new XSSFReader(opc);
      var xml = XMLHelper.newXMLReader();
      var handler =
          new XSSFSheetXMLHandler.SheetContentsHandler() {
            private Map<String, String> cells = new TreeMap<>();

            @Override
            public void startRow(int row) {
              cells = new TreeMap<>();
            }

            @Override
            public void endRow(int row) {
              if (row > 1) {
                rows.add(
                    List.of(
                        String.valueOf(row + 1),
                        cells.get("F"),
                        cells.get("G"),
                        cells.get("I"),
                        cells.get("K"),
                        cells.get("L"),
                        cells.get("M"),
                        cells.get("N")));
              }
            }

            @Override
            public void cell(String reference, String value, XSSFComment comment) {
              cells.put(reference.replaceAll("[0-9]", ""), value);
            }
          };
      xml.setContentHandler(
          new XSSFSheetXMLHandler(
              reader.getStylesTable(), new ReadOnlySharedStringsTable(opc), handler, false));
      xml.parse(new InputSource(reader.getSheetsData().next()));
    }
    return rows;
  }
}
