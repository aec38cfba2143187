package org.wagerail.payroll;

/**
 * The ladder of checks on a line: all refusals, then all holds, then what is only told. The order
 * of the constants is the order of precedence; the first that fails gives the ISO reason. Codes are
 * of ISO 20022's external status reason set.
 */
public enum Check {
  DEBTOR_ACCOUNT_UNKNOWN(
      Outcome.REFUSE, "AC02", "the debtor account is no special wage account here", "付款账户不是本行工资专户"),
  PROJECT_NOT_IN_ACCOUNT(
      Outcome.REFUSE, "BE16", "the project has no wage book in this account", "该项目未在此专户设立工资分账"),
  PROJECT_OF_LINE_DIFFERS(
      Outcome.REFUSE,
      "BE16",
      "the line names another project or firm than its batch",
      "明细所载项目或单位与批次不符"),
  OTHER_CONTRACTOR(
      Outcome.REFUSE,
      "AG01",
      "the account belongs to another contractor than the file's first batch",
      "账户不属于本文件首批次的总包单位"),
  FIRM_CODE_INVALID(
      Outcome.REFUSE,
      "BE16",
      "the unified social credit code is missing or its check character is wrong",
      "统一社会信用代码缺失或校验位错误"),
  PAYMENT_METHOD(
      Outcome.REFUSE,
      "FF03",
      "wages are paid by transfer only, never by cheque or cash",
      "工资只能转账支付"),
  CATEGORY_PURPOSE(
      Outcome.REFUSE, "FF06", "the batch's category purpose must be SALA", "批次业务种类须为SALA"),
  DATE_PAST(Outcome.REFUSE, "CH04", "the execution date has passed", "执行日期已过"),
  DATE_TOO_FAR(Outcome.REFUSE, "CH03", "the execution date is too far ahead", "执行日期过远"),
  PERIOD_UNREADABLE(
      Outcome.REFUSE,
      "RR07",
      "the remittance must say /PERIOD/yyyy-MM/RUN/REG, LEAVER or SUPP, of a plausible month",
      "附言须为/PERIOD/年-月/RUN/类型且月份合理"),
  CURRENCY(Outcome.REFUSE, "AM03", "wages here are paid in CNY", "工资币种须为人民币"),
  AMOUNT_ZERO(Outcome.REFUSE, "AM01", "the amount is zero", "金额为零"),
  AMOUNT_DECIMALS(Outcome.REFUSE, "CH20", "CNY has two decimals", "金额最多两位小数"),
  AMOUNT_OVER_LIMIT(
      Outcome.REFUSE, "AM02", "the amount is over the limit of one wage", "金额超过单笔工资上限"),
  END_TO_END_REPEATED(
      Outcome.REFUSE,
      "DU04",
      "the end-to-end identification stands twice in the file",
      "端到端标识在文件内重复"),
  NAME_MISSING(Outcome.REFUSE, "BE22", "the worker's name is missing", "缺少收款人姓名"),
  NAME_BAD_CHARACTER(
      Outcome.REFUSE,
      "BE21",
      "the name holds invisible or direction-changing characters",
      "姓名含不可见或方向控制字符"),
  ID_MISSING(Outcome.REFUSE, "BE17", "the worker's identifier is missing", "缺少证件号码"),
  ID_INVALID(
      Outcome.REFUSE,
      "BE17",
      "the worker's identifier is malformed or its check digit is wrong",
      "证件号码格式或校验位错误"),
  ACCOUNT_MISSING(Outcome.REFUSE, "AC03", "the worker's account is missing", "缺少收款账号"),
  ACCOUNT_INVALID(Outcome.REFUSE, "AC03", "the worker's account number cannot be right", "收款账号无效"),
  BANK_CODE_INVALID(
      Outcome.REFUSE, "RC10", "the payee bank's code is not 12 digits", "收款行行号须为12位数字"),
  BANK_NOT_A_PARTICIPANT(
      Outcome.REFUSE, "RC10", "the payee's bank is not in the participant directory", "收款行不在参与者名录"),

  CALENDAR_UNPUBLISHED(
      Outcome.HOLD, "DT01", "the calendar of that year is not yet published", "该年度日历尚未公布"),
  NO_AGREEMENT(
      Outcome.HOLD, "RC15", "no tripartite agreement is on file for the project", "项目无三方协议"),
  FIRM_NOT_ON_PROJECT(
      Outcome.HOLD, "BE16", "the firm is not registered on the project", "该单位未在项目登记"),
  NOT_ON_REGISTER(Outcome.HOLD, "BE06", "no such person is on the real-name register", "实名制名册无此人"),
  NOT_EMPLOYED(
      Outcome.HOLD, "BE06", "the person was not on this project in that period", "此人该期间不在本项目"),
  NAME_DIFFERS(Outcome.HOLD, "BE01", "the name is not the registered one", "姓名与登记不符"),
  ACCOUNT_DIFFERS(
      Outcome.HOLD, "BE01", "the account is not the one registered for the worker", "账号与登记不符"),
  PERSON_WITH_TWO_ACCOUNTS(
      Outcome.HOLD, "BE01", "the person has more than one registered account", "一人登记多个账户"),
  ACCOUNT_WITH_TWO_PERSONS(
      Outcome.HOLD, "BE01", "the account is registered for more than one person", "一个账户登记多人"),
  UNCONFIRMED(Outcome.HOLD, "NARR", "the worker has not confirmed this wage", "工人未确认工资"),
  CONFIRMED_OTHER_AMOUNT(Outcome.HOLD, "AM09", "the worker confirmed another amount", "工人确认金额不一致"),
  DUPLICATE_WAGE(
      Outcome.HOLD,
      "AM05",
      "a wage of this worker, project, period and kind is there already",
      "同一工人同项目同期间同类型工资已存在"),
  /** A neutral word to the contractor: why the payee is looked at is the bank's to know. */
  SCREENING(Outcome.HOLD, "MS03", "the bank is looking at this line", "本行正在核查该明细"),

  NO_CONTRACT(Outcome.TELL, "", "no labour contract is on file", "未登记劳动合同");

  /** What a failed check does to its line. */
  public enum Outcome {
    REFUSE,
    HOLD,
    /** The line is paid; the supervisor hears of it. */
    TELL
  }

  private final Outcome outcome;
  private final String code;
  private final String english;
  private final String chinese;

  Check(Outcome outcome, String code, String english, String chinese) {
    this.outcome = outcome;
    this.code = code;
    this.english = english;
    this.chinese = chinese;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** ISO 20022 external status reason code; empty for what is only told. */
  public String code() {
    return code;
  }

  /** The reason in English. */
  public String english() {
    return english;
  }

  /** The reason in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** The state a held line shows, for example HELD_UNCONFIRMED. */
  public String state() {
    return switch (outcome) {
      case REFUSE -> "REFUSED_" + name();
      case HOLD -> "HELD_" + name();
      case TELL -> "PAID_" + name();
    };
  }
}
