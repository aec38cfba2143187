package org.wagerail.adapter.sheet;

import org.wagerail.iso.Finding;

/**
 * The rules that a payroll sheet can break, by stable name: each with its ISO reason code, the HTTP
 * status that suits it, and its sentence in both languages. {@code %s} in a sentence is the value,
 * name or limit at hand.
 */
public enum SheetRule {
  FILE_EMPTY("FF01", 400, "The file is empty.", "文件为空。"),
  FILE_TOO_LARGE("FF01", 413, "The file is larger than %s bytes.", "文件超过 %s 字节。"),
  FILE_TYPE_MISMATCH("FF01", 415, "The file is not what its name says: %s.", "文件内容与其名称或类型不符：%s。"),
  FILE_FORMAT_UNSUPPORTED(
      "FF01",
      415,
      "This kind of file is not taken (%s): save it as .xlsx without a password, or as .csv in"
          + " UTF-8.",
      "不接受此类文件（%s）：请另存为不加密的 .xlsx，或 UTF-8 编码的 .csv。"),
  FILE_ACTIVE_CONTENT(
      "FF01",
      422,
      "The workbook holds macros, embedded objects or links to other files: %s.",
      "工作簿含有宏、嵌入对象或外部链接：%s。"),
  FILE_EXPANDS_TOO_MUCH(
      "FF01", 422, "The workbook expands beyond its limits: %s.", "工作簿解压后超出限制：%s。"),
  FILE_TOO_MANY_ENTRIES(
      "FF01",
      422,
      "The workbook holds too many parts, or archives within it: %s.",
      "工作簿内部件过多或含有嵌套压缩包：%s。"),
  FILE_BAD_ENTRY_NAME(
      "FF01", 422, "A part of the workbook has a forbidden name: %s.", "工作簿部件名称不允许：%s。"),
  FILE_DAMAGED("FF01", 422, "The workbook is damaged: %s.", "工作簿已损坏：%s。"),
  XML_DTD_FORBIDDEN(
      "FF01", 400, "A document type declaration is not allowed.", "不允许出现文档类型声明（DTD）。"),
  XML_TOO_DEEP("FF01", 400, "Elements are nested deeper than %s.", "元素嵌套超过 %s 层。"),
  XML_NOT_WELL_FORMED("FF01", 400, "The XML is not well-formed: %s.", "XML 格式不正确：%s。"),
  CSV_CHARSET_CHOOSE(
      "FF01",
      422,
      "The characters can be read in more than one way, or in none: save the file as UTF-8 with a"
          + " byte order mark, or as .xlsx.",
      "无法确定字符编码：请另存为带 BOM 的 UTF-8，或 .xlsx。"),
  CSV_SYNTAX("FF01", 422, "The row is not proper CSV: %s.", "CSV 格式不正确：%s。"),
  HEADINGS_MISSING(
      "FF01",
      422,
      "No row of headings was found in the first %s rows; the template shows them.",
      "前 %s 行内未找到表头，请参照模板。"),
  HEADING_MISSING("FF01", 422, "The column %s is missing.", "缺少列“%s”。"),
  HEADING_REPEATED("FF01", 422, "The column %s stands twice.", "列“%s”重复。"),
  ROWS_MISSING("FF01", 422, "The sheet holds no wage.", "表中没有工资明细。"),
  ROWS_LIMIT("FF01", 422, "The sheet holds more than %s wages.", "工资明细超过 %s 行。"),
  ROWS_AFTER_TOTAL("FF01", 422, "Rows follow the total.", "合计行之后仍有数据。"),
  SHEET_HIDDEN_DATA(
      "FF01",
      422,
      "Data stands where nobody sees it: %s. Unhide it or remove it.",
      "存在隐藏数据：%s。请取消隐藏或删除。"),
  VALUES_DIFFER("FF01", 422, "One file says this once: %s.", "同一文件中此项须一致：%s。"),
  CELL_MISSING("FF01", 422, "The cell is empty.", "单元格为空。"),
  CELL_FORMULA("FF01", 422, "The cell holds a formula; put in the value.", "单元格为公式，请改为数值。"),
  CELL_ERROR("FF01", 422, "The cell holds an error or a truth value: %s.", "单元格为错误值或逻辑值：%s。"),
  CELL_TOO_LONG("FF01", 422, "A cell is longer than %s characters.", "单元格内容超过 %s 个字符。"),
  CELL_CHARACTER("FF01", 422, "The cell holds characters that nobody can see.", "单元格含有不可见字符。"),
  AMOUNT_FORMAT(
      "AM12",
      422,
      "'%s' is no amount: digits, a point and at most two decimals, nothing else.",
      "“%s”不是有效金额：只允许数字、小数点和最多两位小数。"),
  AMOUNT_LIMIT("AM02", 422, "'%s' is too large to be an amount.", "“%s”金额过大。"),
  ACCOUNT_PRECISION_LOST(
      "AC03",
      422,
      "'%s' was kept as a number and has lost digits; enter it as text.",
      "“%s”按数值保存已丢失位数，请以文本格式重新录入。"),
  DATE_FORMAT("DT01", 422, "'%s' is not a valid date.", "“%s”不是有效日期。"),
  TOTALS_GROUP_SUM("AM16", 422, "The total differs from the sum of the rows: %s.", "合计与各行之和不符：%s。");

  /** A quoted value longer than this is cut, so that a report stays readable. */
  private static final int QUOTED = 80;

  private final String code;
  private final int status;
  private final String english;
  private final String chinese;

  SheetRule(String code, int status, String english, String chinese) {
    this.code = code;
    this.status = status;
    this.english = english;
    this.chinese = chinese;
  }

  /** ISO 20022 status reason code that usually goes with this rule. */
  public String code() {
    return code;
  }

  /** The HTTP status for a request that sent such a file. */
  public int status() {
    return status;
  }

  /** The sentence in English, " / ", the same in Chinese. */
  public String sentence(String detail) {
    var shown = quoted(detail);
    return english.replace("%s", shown) + " / " + chinese.replace("%s", shown);
  }

  /**
   * The HTTP status for a finding of any payroll, sheet or message, by the name of its rule: what
   * is no XML is a bad request, what says something wrong cannot be processed.
   */
  public static int status(String rule) {
    for (var known : values()) {
      if (known.name().equals(rule)) {
        return known.status;
      }
    }
    return switch (rule) {
      case "MESSAGE_ID_REUSED" -> 409;
      case "MESSAGE_UNSUPPORTED", "MESSAGE_OTHER" -> 415;
      default -> rule.startsWith("XML_") ? 400 : 422;
    };
  }

  Finding at(int row, String path, String code, String detail) {
    return new Finding(row, path, name(), code, sentence(detail));
  }

  private static String quoted(String detail) {
    var out = new StringBuilder();
    int characters = 0;
    for (int i = 0; i < detail.length(); i += Character.charCount(detail.codePointAt(i))) {
      if (++characters > QUOTED) {
        return out.append('…').toString();
      }
      int c = detail.codePointAt(i);
      boolean shown =
          switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            default -> true;
          };
      out.appendCodePoint(shown ? c : ' ');
    }
    return out.toString();
  }
}
