package org.wagerail.ops.sandbox;

/**
 * What the simulated clearing house does with a transfer: a choice made by the two digits in front
 * of the last character of the payee's account, which no check digit disturbs.
 */
public enum Answer {
  SETTLE("", "当日结清", "settled at once"),
  REJECT("10", "拒绝（RJCT，AC04）", "rejected: RJCT, AC04"),
  RETURN("20", "结清后次轮退汇（pacs.004，AC04）", "settled, then returned in the second round: AC04"),
  LATE("30", "次轮才答复结清", "settled, but answered in the second round only"),
  TWICE("40", "同一结果答复两次", "settled, and told twice in two files"),
  CONTRADICT("50", "先结清，次轮又称拒绝", "settled, then called rejected in the second round"),
  RECALL_REFUSED("60", "当日结清；撤回被拒（camt.029 RJCR，CUST）", "settled; a recall is refused: RJCR, CUST"),
  RECALL_BOTH(
      "61",
      "当日结清；撤回先被拒绝，随后仍退回",
      "settled; a recall is refused, and the money given back all the same"),
  NEVER("90", "永不答复", "never answered"),
  ASKED_SETTLE("91", "经查询（pacs.028）才答复结清", "settled, but answered only when asked by pacs.028"),
  ASKED_REJECT("92", "经查询才答复拒绝（RJCT，AC04）", "rejected, but answered only when asked"),
  REPORTED("93", "永不答复，仅见于当日结算报告", "never answered, but settled by the report of the day");

  private final String digits;
  private final String chinese;
  private final String english;

  Answer(String digits, String chinese, String english) {
    this.digits = digits;
    this.chinese = chinese;
    this.english = english;
  }

  /** The two digits; empty for all that no other answer names. */
  public String digits() {
    return digits;
  }

  public String chinese() {
    return chinese;
  }

  public String english() {
    return english;
  }

  /** The answer that an account gets. */
  public static Answer of(String account) {
    int last = account.length() - 1;
    var told = last < 2 ? "" : account.substring(last - 2, last);
    for (var answer : values()) {
      if (answer != SETTLE && answer.digits.equals(told)) {
        return answer;
      }
    }
    return SETTLE;
  }
}
