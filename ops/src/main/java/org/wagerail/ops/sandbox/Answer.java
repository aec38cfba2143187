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
  NEVER("90", "永不答复", "never answered");

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
