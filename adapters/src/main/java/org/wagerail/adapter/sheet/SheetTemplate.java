package org.wagerail.adapter.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;

/**
 * The sheet that contractors begin with: the headings in both languages, and one row that shows how
 * a wage is said. The example cannot be paid, should anybody leave it in.
 */
public final class SheetTemplate {
  /** Rows whose cells are prepared as text, so that no spreadsheet makes numbers of accounts. */
  private static final int PREPARED = 1_000;

  private SheetTemplate() {}

  /**
   * Writes the template; the stream stays open.
   *
   * @param kind xlsx or csv
   */
  public static void write(DocumentKind kind, OutputStream out) throws IOException {
    if (kind == DocumentKind.XLSX) {
      workbook(out);
      return;
    }
    try (var writer = SheetWriter.open(kind, out)) {
      writer.write(Arrays.stream(Column.values()).map(c -> Cell.text(c.heading())).toList());
      writer.write(Arrays.stream(Column.values()).map(c -> Cell.text(example(c))).toList());
    }
  }

  private static void workbook(OutputStream out) throws IOException {
    try (var workbook = new Workbook(new SheetWriter.Lent(out), "Wagerail", null)) {
      var sheet = workbook.newWorksheet("工资表 Payroll");
      var columns = Column.values();
      for (int i = 0; i < columns.length; i++) {
        sheet.value(0, i, columns[i].heading());
        sheet.width(i, 26);
        sheet.range(1, i, PREPARED, i).style().format("@").set();
        sheet.value(1, i, example(columns[i]));
      }
      sheet.range(0, 0, 0, columns.length - 1).style().bold().set();
      sheet.freezePane(0, 1);
      var notes = workbook.newWorksheet("说明 Notes");
      notes.width(0, 32);
      notes.width(1, 90);
      for (int i = 0; i < columns.length; i++) {
        notes.value(i, 0, columns[i].heading());
        notes.value(i, 1, note(columns[i]));
      }
    }
  }

  private static String example(Column column) {
    return switch (column) {
      case PAYROLL_NUMBER -> "EXAMPLE-202610-1";
      case CONTRACTOR, EMPLOYER -> "91330100000000000X";
      case WAGE_ACCOUNT -> "0000000000000000";
      case PROJECT -> "330100-2026-000000";
      case PAY_DATE -> "2026-10-15";
      case WAGE_MONTH -> "2026-10";
      case RUN_TYPE -> "REG";
      case NAME -> "示例（请删除）";
      case ID_TYPE -> "居民身份证";
      case ID_NUMBER -> "11010519491231002X";
      case ACCOUNT -> "6200000000000000005";
      case BANK_CODE -> "000000000000";
      case AMOUNT -> "6500.00";
      case CURRENCY -> "CNY";
      case REFERENCE -> "202610-1";
    };
  }

  private static String note(Column column) {
    return switch (column) {
      case PAYROLL_NUMBER ->
          "选填，全表一致；不填则由内容生成 Optional, the same in all rows; drawn from the content if empty";
      case CONTRACTOR -> "选填，全表一致 Optional, the same in all rows";
      case WAGE_ACCOUNT -> "总包单位在本行的农民工工资专用账户 The special wage account at the bank";
      case PROJECT -> "登记的项目编码 The project's registered code";
      case EMPLOYER -> "18位统一社会信用代码 Unified social credit code of who employs the worker";
      case PAY_DATE -> "2026-10-15";
      case WAGE_MONTH -> "2026-10";
      case RUN_TYPE -> "REG 常规 regular · LEAVER 离场 on leaving · SUPP 补发 supplement";
      case NAME -> "与实名制登记一致 As registered";
      case ID_TYPE ->
          "选填：居民身份证、护照、港澳居民来往内地通行证、台湾居民来往大陆通行证"
              + " Optional: RESIDENT_ID, PASSPORT, HK_MACAU_PERMIT, TAIWAN_PERMIT";
      case ID_NUMBER, ACCOUNT -> "以文本格式录入 Enter as text";
      case BANK_CODE -> "收款行12位行号 Twelve digits of the payee's bank";
      case AMOUNT -> "元，最多两位小数，不带千分位，不用公式 Yuan, at most two decimals, no separators, no formula";
      case CURRENCY -> "选填：CNY Optional: CNY";
      case REFERENCE -> "选填，表内不得重复 Optional, once in a file";
    };
  }

  /** The headings in their order, as findings name them. */
  public static List<String> headings() {
    return Arrays.stream(Column.values()).map(Column::heading).toList();
  }
}
