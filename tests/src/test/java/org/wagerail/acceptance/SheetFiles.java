package org.wagerail.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.wagerail.adapter.sheet.SheetTemplate;
import org.wagerail.iso.Pain001;

/** Payroll sheets for tests: what a message says as rows, and rows as files. */
final class SheetFiles {
  static final Charset GB18030 = Charset.forName("GB18030");
  static final String AMOUNT = "金额/Amount";
  static final String ACCOUNT = "收款账号/Account";
  static final String NAME = "姓名/Name";
  static final String PAY_DATE = "发放日期/Pay date";
  static final String PAYROLL_NUMBER = "工资表编号/Payroll number";
  static final String REFERENCE = "明细编号/Reference";

  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private SheetFiles() {}

  /** The wages of a pain.001, a row each, by heading. */
  static List<Map<String, String>> rows(Path message) throws IOException {
    var rows = new ArrayList<Map<String, String>>();
    Pain001.Group group = null;
    Pain001.Batch batch = null;
    try (var pain = Pain001.open(Files.newInputStream(message))) {
      for (var event = pain.next(); event != null; event = pain.next()) {
        switch (event) {
          case Pain001.Group said -> group = said;
          case Pain001.Batch said -> batch = said;
          case Pain001.Transaction said -> rows.add(row(group, batch, said));
        }
      }
    }
    return rows;
  }

  private static Map<String, String> row(
      Pain001.Group group, Pain001.Batch batch, Pain001.Transaction said) {
    var values =
        new String[] {
          group.msgId(),
          group.initgPtyId(),
          batch.dbtrAcct(),
          batch.project(),
          batch.uscc(),
          batch.reqdExctnDt().toString(),
          said.remittance().substring(8, 15),
          said.remittance().substring(20),
          said.cdtrName(),
          "",
          said.cdtrPersonId(),
          said.cdtrAcct(),
          said.cdtrAgtMember(),
          said.amount().toPlainString(),
          said.currency(),
          said.endToEndId()
        };
    var row = new LinkedHashMap<String, String>();
    var headings = SheetTemplate.headings();
    for (int i = 0; i < values.length; i++) {
      row.put(headings.get(i), Objects.requireNonNull(values[i]));
    }
    return row;
  }

  /** The same row with one cell otherwise. */
  static Map<String, String> with(Map<String, String> row, String heading, String value) {
    var other = new LinkedHashMap<>(row);
    other.put(heading, value);
    return other;
  }

  static String csv(List<Map<String, String>> rows) {
    var text = new StringBuilder();
    text.append(String.join(",", rows.getFirst().keySet())).append("\r\n");
    for (var row : rows) {
      text.append(
              row.values().stream()
                  .map(v -> v.matches(".*[,\"\r\n].*") ? '"' + v.replace("\"", "\"\"") + '"' : v)
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return text.toString();
  }

  /** As a person would keep it: a title, dates as dates, amounts as numbers, a total. */
  static byte[] xlsx(List<Map<String, String>> rows) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var workbook = new Workbook(out, "tests", null)) {
      var sheet = workbook.newWorksheet("十月");
      sheet.value(0, 0, "农民工工资表");
      var headings = List.copyOf(rows.getFirst().keySet());
      for (int i = 0; i < headings.size(); i++) {
        sheet.value(2, i, headings.get(i));
      }
      int at = 3;
      var total = BigDecimal.ZERO;
      for (var row : rows) {
        for (int i = 0; i < headings.size(); i++) {
          var value = row.get(headings.get(i));
          switch (headings.get(i)) {
            case AMOUNT -> sheet.value(at, i, Double.valueOf(value));
            case PAY_DATE -> {
              sheet.value(at, i, LocalDate.parse(value));
              sheet.style(at, i).format("yyyy-mm-dd").set();
            }
            default -> sheet.value(at, i, value);
          }
        }
        total = total.add(new BigDecimal(row.get(AMOUNT)));
        at++;
      }
      sheet.value(at, 0, "合计");
      sheet.value(at, headings.indexOf(AMOUNT), total.doubleValue());
    }
    return out.toByteArray();
  }

  /** The parts of the smallest workbook there is, with these rows as they stand. */
  static Map<String, String> parts(String sheetData) {
    var parts = new LinkedHashMap<String, String>();
    parts.put(
        "[Content_Types].xml",
        """
        <?xml version="1.0" encoding="UTF-8"?><Types \
        xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Default Extension="xml" ContentType="application/xml"/>\
        <Default Extension="rels" \
        ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Override PartName="/xl/workbook.xml" ContentType=\
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
        <Override PartName="/xl/sharedStrings.xml" ContentType=\
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>\
        """);
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            .formatted(MAIN, OFFICE));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
        <Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>\
        <Relationship Id="r2" Type="%s/worksheet" Target="worksheets/sheet2.xml"/>\
        </Relationships>\
        """
            .formatted(OFFICE, OFFICE));
    parts.put("xl/sharedStrings.xml", "<sst xmlns=\"%s\"><si><t>a</t></si></sst>".formatted(MAIN));
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, sheetData));
    return parts;
  }

  /** Rows of texts, the first of them the headings. */
  static String sheetData(List<Map<String, String>> rows) {
    var text = new StringBuilder("<row r=\"1\">");
    rows.getFirst().keySet().forEach(heading -> text.append(inline(heading)));
    text.append("</row>");
    int number = 2;
    for (var row : rows) {
      text.append("<row r=\"").append(number++).append("\">");
      row.values().forEach(value -> text.append(inline(value)));
      text.append("</row>");
    }
    return text.toString();
  }

  static String inline(String text) {
    var escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return "<c t=\"inlineStr\"><is><t>" + escaped + "</t></is></c>";
  }

  static byte[] zip(Map<String, String> parts) {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
