package org.wagerail.reconciliation;

/** How two of the three truths of a day can differ. */
public enum BreakKind {
  MISSING_IN_CORE(true, "in our books and not in the core system's statement", "我方已记，核心系统未记"),
  MISSING_IN_OURS(true, "in the statement or report and not in our books", "对方已记，我方未记"),
  AMOUNT_DIFFERS(true, "the same movement with another amount", "同一笔金额不符"),
  SIDE_DIFFERS(true, "the same movement on the other side", "同一笔借贷方向相反"),
  BOOKED_TWICE(true, "the other side has one movement more than once", "对方重复记账"),
  WRONG_ACCOUNT(true, "the core system has it on another account", "核心系统记入其他账户"),
  WRONG_DATE(
      false, "booked or valued on a day that the calendar does not explain", "记账日或起息日不符，日历不能解释"),
  OPENING_DIFFERS(true, "the day does not begin where the one before ended", "期初余额不等于上日期末余额"),
  CLOSING_DIFFERS(true, "the closing balance is not opening and entries", "期末余额不等于期初加发生额"),
  NOT_AT_CLEARING(true, "settled in our books and not in clearing's report", "我方已结清，清算未报告"),
  CONTRADICTION(
      true,
      "rejected or kept in our books, settled or returned at clearing",
      "我方与清算的结果相反（拒绝、退回与结清）"),
  SETTLED_BY_REPORT(false, "nobody had answered, and the report settled it", "未获答复，由结算报告结清"),
  STATEMENT_MISSING(true, "money moved, and there is no statement or report", "有发生额而无对账单或结算报告"),
  STATEMENT_INCOMPLETE(false, "pages or balances of the statement are missing", "对账单缺页或缺余额"),
  SEQUENCE_GAP(false, "the statement's number does not follow the one before", "对账单编号不连续");

  private final boolean money;
  private final String english;
  private final String chinese;

  BreakKind(boolean money, String english, String chinese) {
    this.money = money;
    this.english = english;
    this.chinese = chinese;
  }

  /** Whether two persons must explain it. */
  public boolean concernsMoney() {
    return money;
  }

  public String english() {
    return english;
  }

  public String chinese() {
    return chinese;
  }
}
