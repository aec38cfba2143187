package org.wagerail.trail;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wagerail.payroll.Check;

/** The rules that steps rest on, each with the place where it stands. */
final class Grounds {
  private static final Words BANK = new Words("本行规则", "the bank's own rule");
  private static final Words ISO = new Words("ISO 20022 外部代码集", "ISO 20022 external code sets");

  static final Ground LADDER =
      ground(
          "ALL_CHECKS_PASSED",
          "检查阶梯各项均通过",
          "every check of the ladder was passed",
          new Words("检查阶梯", "the ladder of checks"));
  static final Ground GRAMMAR =
      ground(
          "FILE_FIRST",
          "报文须合语法、合计相符、标识不重复，否则整份拒绝",
          "a file must keep its grammar, its totals and its own identification, or is refused"
              + " whole",
          ISO);
  static final Ground ONCE =
      ground(
          "SAME_BYTES_ONCE",
          "同一发送方的同一文件只收一次",
          "the same bytes of the same sender count once",
          BANK);
  static final Ground REST_DAY =
      ground(
          "PAID_BEFORE_REST_DAYS",
          "付款日逢休息日或节假日须提前支付",
          "a pay date on a rest day or holiday is paid before it",
          regulation("14"));
  static final Ground CONFIRMED =
      ground(
          "CONFIRMED_BY_WORKER",
          "工资须经工人本人确认",
          "a wage is confirmed by its worker",
          regulation("31"));
  static final Ground DISPUTED =
      ground(
          "DISPUTE_HOLDS_NOTHING",
          "工人认可的部分照付，争议部分另行处理",
          "what the worker accepts is paid; what he claims beyond it is recorded",
          BANK);
  static final Ground TWO_SIGNATURES =
      ground(
          "TWO_SIGNATURES",
          "总包两人签署同一内容后方可放行",
          "two persons of the contractor sign one content before it is paid",
          BANK);
  static final Ground FOUR_EYES =
      ground("FOUR_EYES", "由两人处理并注明依据", "two persons decide, and say on what ground", BANK);
  static final Ground SCREENED =
      ground(
          "SCREENED_BEFORE_RELEASE",
          "收款人须与名单比对，相符者由两人处理",
          "payees are compared with a list before the release; two persons decide about a hit",
          BANK);
  static final Ground OWNED =
      ground("HELD_LINE_HAS_OWNER", "暂缓明细须有责任人与时限", "a held line is somebody's, and due", BANK);
  static final Ground OWN_BOOK =
      ground(
          "OWN_WAGE_BOOK_ONLY",
          "工资只从本项目分账支付，并先行预留",
          "wages come out of their own project's wage book, and are reserved first",
          regulation("26"));
  static final Ground CLOSED_LIST =
      ground(
          "CLOSED_LIST",
          "工资分账的款项只能用于本项目工人工资等法定用途",
          "money leaves a wage book for its own project's wages, and for a closed list beside",
          regulation("26, 33"));
  static final Ground TO_THE_WORKER =
      ground(
          "TO_THE_WORKERS_OWN_ACCOUNT",
          "工资直接付至工人本人银行账户",
          "a wage goes to the worker's own bank account",
          regulation("31"));
  static final Ground NEVER_AGAIN =
      ground("SENT_ONCE", "每一交易标识只发送一次", "a transaction identification is sent once, ever", BANK);
  static final Ground FIRST_ANSWER =
      ground(
          "FIRST_FINAL_ANSWER",
          "首个终局答复为准，款项只动一次",
          "the first final answer stands, and its money moves once",
          BANK);
  static final Ground BACK_IN_BOOK =
      ground(
          "BACK_TO_ITS_WAGE_BOOK",
          "退回的工资记回原分账，仍应支付",
          "a wage that came back is credited to its wage book and is due again",
          regulation("26"));
  static final Ground SILENCE =
      ground(
          "SILENCE_IS_NO_VERDICT",
          "逾期未答复只查询一次，不作猜测，不再发送",
          "silence is asked about once; nothing is guessed and nothing sent again",
          new Words("参数 answer-days", "parameter answer-days"));
  static final Ground RECALL =
      ground(
          "RECALL_BY_TWO",
          "由两人决定撤回一次；答话不动账",
          "two persons ask a payment back, once; a word on it moves no money",
          BANK);
  static final Ground REPORT =
      ground(
          "COMPARED_AS_SETS",
          "当日结算报告与本行付款逐项核对",
          "clearing's report of the day is compared with our payments as sets",
          BANK);
  static final Ground EXCEPTION =
      ground(
          "EXCEPTION_HAS_AN_OWNER",
          "异常有责任人，由两人注明理由后关闭；异常不动账",
          "an exception has an owner and is closed by two persons; it moves no money",
          BANK);
  static final Ground TOLD =
      ground("EVERY_FILE_IS_ANSWERED", "每份工资表均有应答", "every payroll is answered", ISO);
  static final Ground RECEIPT =
      ground(
          "SEALED_RECEIPT",
          "已结清的工资可出具加印鉴的回单，出具记录在案",
          "a settled wage has a sealed receipt, and issuing it is on record",
          regulation("15"));
  static final Ground REGISTER =
      ground(
          "REAL_NAME_REGISTER",
          "实名登记并订立劳动合同后方可进场",
          "who works on a project is on its real-name register",
          regulation("28"));

  private Grounds() {}

  /** Which of a run's outcomes the agreement asks for. */
  static Ground shortMoney(String outcome) {
    return switch (outcome) {
      case "FULL" -> OWN_BOOK;
      case "PRO_RATA" ->
          ground(
              "SHORT_MONEY_PRO_RATA",
              "资金不足：离场工人优先，其余按比例分配至分",
              "money short: leavers first, the others pro rata to the cent",
              new Words("三方协议", "the tripartite agreement"));
      default ->
          ground(
              "SHORT_MONEY_NOTHING",
              "资金不足且协议未约定按比例支付：本次不付",
              "money short, and no agreement to pay a part: nothing of the run is paid",
              new Words("三方协议", "the tripartite agreement"));
    };
  }

  /** A reason that the other side gave by an ISO code. */
  static Ground reason(Ground rule, @Nullable String code) {
    return new Ground(rule.name(), code == null ? "" : code, rule.says(), rule.source());
  }

  static List<Ground> of(Set<Check> checks) {
    return checks.stream().map(Grounds::of).toList();
  }

  private static Ground of(Check check) {
    return new Ground(
        check.state(), check.code(), new Words(check.chinese(), check.english()), source(check));
  }

  private static Words source(Check check) {
    return switch (check) {
      case DEBTOR_ACCOUNT_UNKNOWN, PROJECT_NOT_IN_ACCOUNT, PROJECT_OF_LINE_DIFFERS ->
          regulation("26");
      case OTHER_CONTRACTOR -> regulation("26, 31");
      case PAYMENT_METHOD,
          NAME_DIFFERS,
          ACCOUNT_DIFFERS,
          PERSON_WITH_TWO_ACCOUNTS,
          ACCOUNT_WITH_TWO_PERSONS ->
          regulation("31");
      case UNCONFIRMED, CONFIRMED_OTHER_AMOUNT -> regulation("31");
      case FIRM_NOT_ON_PROJECT, NOT_ON_REGISTER, NOT_EMPLOYED, NO_CONTRACT -> regulation("28");
      case DATE_PAST, DATE_TOO_FAR, CALENDAR_UNPUBLISHED -> regulation("14");
      case NO_AGREEMENT -> new Words("人社部发〔2021〕53号", "measures of 2021 on special accounts");
      case AMOUNT_OVER_LIMIT -> new Words("参数 wage-line-limit", "parameter wage-line-limit");
      case DUPLICATE_WAGE, PERIOD_UNREADABLE, SCREENING -> BANK;
      case BANK_NOT_A_PARTICIPANT -> new Words("清算参与者名录", "clearing's participant directory");
      case FIRM_CODE_INVALID -> new Words("GB 32100", "GB 32100");
      case ID_INVALID -> new Words("GB 11643", "GB 11643");
      case CATEGORY_PURPOSE,
          CURRENCY,
          AMOUNT_ZERO,
          AMOUNT_DECIMALS,
          END_TO_END_REPEATED,
          NAME_MISSING,
          NAME_BAD_CHARACTER,
          ID_MISSING,
          ACCOUNT_MISSING,
          ACCOUNT_INVALID,
          BANK_CODE_INVALID ->
          ISO;
    };
  }

  private static Ground ground(String name, String chinese, String english, Words source) {
    return new Ground(name, "", new Words(chinese, english), source);
  }

  private static Words regulation(String articles) {
    return new Words(
        "《保障农民工工资支付条例》第" + articles.replace(", ", "、") + "条",
        (articles.contains(",") ? "Regulation 724, articles " : "Regulation 724, article ")
            + articles);
  }
}
