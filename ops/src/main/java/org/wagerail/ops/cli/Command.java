package org.wagerail.ops.cli;

import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * The commands, in the order in which the help lists them. One is created, and its class loaded,
 * only when it is called.
 */
enum Command {
  DEMO("用模拟的合作方演示一个发薪日", "Play a payday with simulated partners"),
  VALIDATE("按语法校验报文文件，无需数据库", "Check message files against their grammar, with no database"),
  TEMPLATE("写出工资表模板（xlsx或csv）", "Write an empty payroll sheet, as xlsx or csv"),
  IMPORT("导入参考数据", "Import reference data"),
  INTAKE("接收工资文件并应答", "Take payroll files in and answer them"),
  CLEARING(
      "接收清算所文件，查询逾期未答复者，列出异常", "Take clearing's files in, ask what is overdue, list exceptions"),
  CREDIT("接收入账通知，列出待查款项", "Take notifications of credits in and list what is in suspense"),
  SCREEN("登记收款人筛查名单", "Record the list that payees are screened against"),
  DAILY("每日检查：人工费用是否按期足额到账", "The daily round: is labour cost late or short"),
  RECONCILE(
      "核对一个营业日：我方账簿、核心系统对账单、清算结算报告",
      "Compare a business day: our books, the core system's statements, clearing's report"),
  WATCH("监视总包的文件夹", "Watch the contractors' folders"),
  SERVE("提供 REST 服务并值守", "Serve REST and keep the days' rounds"),
  SUBMIT("向服务器提交工资文件", "Hand a payroll in to a server"),
  STATUS("查询工资表状态", "Ask a server how payrolls stand"),
  RELEASE("签署工资表", "Sign a payroll on a server"),
  WORK("列出并处理待办事项：暂缓明细与清算异常", "List what waits for a person, hand it over, propose and agree"),
  EXPLAIN(
      "逐步说明一名工人、一笔支付、一行明细、一个发放批或一份工资表的来龙去脉",
      "Tell everything that happened to a worker, payment, line, run or payroll"),
  RECEIPT("出具加印鉴的工资回单，或核验一份回单", "Issue the sealed receipt of a wage, or judge one"),
  AUDIT("从数据行与报文字节核对全部账务规则", "Prove the books from the rows and the bytes of the messages"),
  GENERATE("生成一个虚构的省", "Generate a province that does not exist"),
  CASEBOOK("用真实引擎演算案例并核对结果", "Play worked cases against the engine and compare"),
  BENCH("测量", "Measure"),
  REHEARSE("为启动器录制类缓存", "Record classes for the launcher");

  private final String chinese;
  private final String english;

  Command(String chinese, String english) {
    this.chinese = chinese;
    this.english = english;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Both languages as one text: of several, the list of commands would show the first only. */
  String description() {
    return chinese + "%n" + english;
  }

  /** Called by the launcher alone. */
  boolean hidden() {
    return this == REHEARSE;
  }

  /** A picocli command whose result is the exit code. */
  Callable<Integer> create() {
    return switch (this) {
      case DEMO -> new Demo();
      case VALIDATE -> new Validate();
      case TEMPLATE -> new Template();
      case IMPORT -> new Import();
      case INTAKE -> new Intake();
      case CLEARING -> new ClearingDesk();
      case WATCH -> new Watch();
      case SERVE -> new Serve();
      case SUBMIT -> new Submit();
      case STATUS -> new Status();
      case RELEASE -> new Release();
      case WORK -> new Work();
      case EXPLAIN -> new Explain();
      case RECEIPT -> new Receipt();
      case AUDIT -> new AuditBooks();
      case GENERATE -> new Generate();
      case CASEBOOK -> new Casebook();
      case CREDIT -> new Credit();
      case SCREEN -> new Screen();
      case DAILY -> new Daily();
      case RECONCILE -> new Reconcile();
      case BENCH -> new Bench();
      case REHEARSE -> new Rehearse();
    };
  }
}
