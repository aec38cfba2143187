package org.wagerail.adapter.sheet;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a payroll sheet. Their order is that of the template and of the canonical form.
 */
enum Column {
  PAYROLL_NUMBER("工资表编号", "Payroll number", false, 35),
  CONTRACTOR("总包单位信用代码", "Contractor code", false, 35),
  WAGE_ACCOUNT("工资专户账号", "Wage account", true, 34, "专户账号"),
  PROJECT("项目编码", "Project code", true, 35, "项目编号"),
  EMPLOYER("用工单位信用代码", "Employer code", true, 35, "分包单位信用代码"),
  PAY_DATE("发放日期", "Pay date", true, 10),
  WAGE_MONTH("工资月份", "Wage month", true, 35, "工资所属期"),
  RUN_TYPE("发放类型", "Run type", true, 35),
  NAME("姓名", "Name", true, 140, "工人姓名"),
  ID_TYPE("证件类型", "ID type", false, 35),
  ID_NUMBER("证件号码", "ID number", true, 35, "身份证号", "身份证号码"),
  ACCOUNT("收款账号", "Account", true, 34, "银行账号", "银行卡号"),
  BANK_CODE("开户行行号", "Bank code", true, 35, "联行号"),
  AMOUNT("金额", "Amount", true, 18, "实发金额", "实发工资"),
  CURRENCY("币种", "Currency", false, 35),
  REFERENCE("明细编号", "Reference", false, 35);

  private static final Map<String, Column> BY_HEADING = new HashMap<>();

  static {
    for (var column : values()) {
      column.headings().forEach(heading -> BY_HEADING.put(fold(heading), column));
    }
  }

  private final String chinese;
  private final String english;
  private final boolean required;
  private final int longest;
  private final List<String> others;

  Column(String chinese, String english, boolean required, int longest, String... others) {
    this.chinese = chinese;
    this.english = english;
    this.required = required;
    this.longest = longest;
    this.others = List.of(others);
  }

  /** The column that a heading names in Chinese, English or both; null for any other. */
  static @Nullable Column of(String heading) {
    return BY_HEADING.get(fold(heading));
  }

  /** The heading of the template, and what findings call the column. */
  String heading() {
    return chinese + "/" + english;
  }

  /** Whether the sheet must have the column; its cells may still be empty. */
  boolean required() {
    return required;
  }

  /** As many characters as the message's field has. */
  int longest() {
    return longest;
  }

  String at(int row) {
    return "row " + row + ", column " + heading();
  }

  private List<String> headings() {
    var all = new ArrayList<>(others);
    all.add(chinese);
    all.add(english);
    all.add(heading());
    return all;
  }

  /** Width, case, blanks and what stands between the languages say nothing. */
  private static String fold(String heading) {
    var normal = Normalizer.normalize(heading, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var folded = new StringBuilder();
    normal.codePoints().filter(Character::isLetterOrDigit).forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
