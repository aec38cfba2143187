package org.wagerail.evidence;

/**
 * What events tell, in the words of those who read a bank's feed. A kind never changes its name.
 */
public enum EventKind {
  ACCOUNT_MARKED("专户已标识", "a special account was marked"),
  ACCOUNT_MARK_LIFTED("专户标识已解除", "a special account's mark was lifted"),
  ADVICE_ASSIGNED("待查款项已划入项目", "money in suspense was assigned to a project"),
  ADVICE_CONTRADICTED("入账通知前后矛盾", "a credit was told again and otherwise"),
  ADVICE_CREDITED("入账通知已记入分账", "a credit went to its wage book"),
  ADVICE_NOTED("入账通知仅作记录", "a movement was noted only"),
  ADVICE_SENT_BACK("待查款项已退回", "money in suspense was sent back"),
  ADVICE_SET_ASIDE("入账通知无法处理", "a credit could not be taken in"),
  ADVICE_SUSPENDED("入账款项待查", "a credit waits in suspense"),
  BOOKED("已记账", "an entry was booked"),
  BREAK_CLOSED("差异已关闭", "a break of the reconciliation was closed"),
  CLEARING_ANSWERED("清算已答复", "clearing answered"),
  CLEARING_SILENT("清算未答复", "clearing is silent"),
  CLEARING_UNREADABLE("清算报文不可读", "a message of clearing cannot be read"),
  CLOSING_CASE_ENDED("欠薪案件已结", "a case about wages has ended"),
  CLOSING_CASE_OPENED("欠薪案件已立", "a case about wages was opened"),
  CLOSING_CLOSED("分账已关闭", "a wage book was closed"),
  CLOSING_NOTICE("无拖欠公示", "notice that nothing is owed"),
  CLOSING_PROMISE("总包书面承诺", "the contractor's written promise"),
  CLOSING_SUPERVISOR_WORD("监管部门通知", "the supervisor's word"),
  CORRECTION_ANSWERED("更正已答复", "a correction was answered"),
  CORRECTION_ASKED_FOR("申请更正", "a correction was asked for"),
  CORRECTION_NOT_BOOKED("更正未能入账", "a correction could not be booked"),
  BREAK_OPENED("发现差异", "a break of the reconciliation was found"),
  DAY_CLOSED("营业日已关闭", "a business day was closed"),
  DAY_COMPARED("营业日已核对", "a business day was compared"),
  DEBIT_REFUSED("拒绝自分账支出", "a debit of a wage book was refused"),
  DISPUTE_ENDED("工资争议了结", "a dispute about a wage has ended"),
  DOCUMENT_RECEIVED("收到文件", "a document was received"),
  EXCEPTION_CLOSED("异常已关闭", "an exception was closed"),
  EXCEPTION_OPENED("异常已开立", "an exception was opened"),
  LABOUR_COST_LATE("人工费用逾期", "labour cost is late"),
  LABOUR_COST_MET("人工费用已足额", "labour cost was met"),
  LABOUR_COST_SHORT("人工费用不足", "labour cost is short"),
  LINES_SEALED("工资表明细已封存", "lines of a payroll were sealed"),
  LINE_DECIDED("明细已有处理决定", "a line was decided"),
  LINE_GIVEN("暂缓明细已移交", "a held line was given to somebody"),
  MESSAGE_DELIVERED("报文已送达", "a message was delivered"),
  MESSAGE_PUT("报文待发", "a message was put out"),
  PAYROLL_READ("工资表已读取", "a payroll was read"),
  PAYROLL_SEALED("工资表已封存", "a payroll was sealed"),
  PAYROLL_SIGNED("工资表已签署", "a person signed a payroll"),
  PAY_DATE_MOVED("付款日提前", "a pay date was moved before a rest day"),
  PROPOSAL_ANSWERED("处理意见已答复", "a proposal was answered"),
  PROPOSED("提出处理意见", "something was proposed"),
  RECALL_ANSWERED("撤回已答复", "a recall was answered"),
  RECALL_ASKED("申请撤回", "a payment was asked back"),
  REFERENCE_DATA_IMPORTED("参考数据已导入", "reference data was imported"),
  ROWS_SEALED("登记簿已封存", "additions to a register were sealed"),
  RUN_DECIDED("发放批已决定", "a run was decided"),
  SCREENING_HIT("名单筛查相符", "screening found a payee on a list"),
  SCREENING_LIST_RECORDED("筛查名单已登记", "an edition of a screening list was recorded"),
  SETTLEMENT_COMPARED("结算报告已核对", "a settlement report was compared"),
  SETTLEMENT_REPORTED("收到结算报告", "clearing reported a day"),
  STATEMENTS_READ("核心对账单已读取", "the core system's statements were read"),
  STATEMENTS_SET_ASIDE("核心对账单已搁置", "the core system's statements were set aside"),
  WAGE_BOOK_OPENED("分账已开立", "a wage book was opened"),
  WAGE_CONFIRMED("工人已确认工资", "a worker confirmed a wage"),
  WAGE_DISPUTED("工人主张更多", "a worker claims more"),
  WEBHOOK_ASKED_FOR("申请推送地址", "a webhook was asked for"),
  WEBHOOK_CONFIRMED("推送地址已启用", "a webhook was confirmed"),
  WEBHOOK_ENDED("推送地址已停用", "a webhook has ended"),
  WEBHOOK_PAUSED("推送中断待处理", "a webhook was paused: its endpoint is dead"),
  WEBHOOK_RESUMED("推送已恢复", "a webhook goes on"),
  WORKER_ACCOUNT_REPLACED("工人账户已更换", "a worker's account was replaced");

  private final String chinese;
  private final String english;

  EventKind(String chinese, String english) {
    this.chinese = chinese;
    this.english = english;
  }

  public String chinese() {
    return chinese;
  }

  public String english() {
    return english;
  }
}
