package org.wagerail.payment;

/** Why a payment is asked back: the ISO cancellation reasons that fit a wage. */
public enum RecallReason {
  DUPL("paid twice", "重复支付"),
  TECH("a technical fault made the payment", "技术故障所致"),
  FRAD("fraud", "欺诈"),
  CUST("the payer asks for it", "付款人要求"),
  AM09("wrong amount", "金额有误"),
  AC03("wrong account", "收款账户有误");

  private final String english;
  private final String chinese;

  RecallReason(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  public String english() {
    return english;
  }

  public String chinese() {
    return chinese;
  }
}
