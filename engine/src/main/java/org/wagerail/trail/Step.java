package org.wagerail.trail;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param at when; of what is known by its day only, when that day began at the bank
 * @param says what happened
 * @param grounds by which rules, the first decides
 * @param who decided or did it, null when nobody is on record
 * @param amount minor units, null when no money is spoken of
 * @param document what was received or sent
 * @param entry what was booked
 */
public record Step(
    Instant at,
    Kind kind,
    Words says,
    List<Ground> grounds,
    @Nullable Words who,
    @Nullable Long amount,
    @Nullable Document document,
    @Nullable Entry entry) {
  /** By time; what happened at one moment, in the order in which it must have happened. */
  static final Comparator<Step> ORDER = Comparator.comparing(Step::at).thenComparing(Step::kind);

  /** Kinds of steps, in the order in which they happen to a wage. */
  public enum Kind {
    REGISTERED("登记", "registered"),
    EMPLOYED("入场", "employed"),
    LEFT("离场", "left"),
    ACCOUNT_BEGUN("账户启用", "account begun"),
    ACCOUNT_ENDED("账户停用", "account ended"),
    RECEIVED("收到", "received"),
    REPEATED("重复收到", "received again"),
    READ("读取", "read"),
    FILE_REFUSED("整份拒绝", "file refused"),
    DATE_MOVED("付款日提前", "pay date moved"),
    ACCEPTED("通过检查", "accepted"),
    SCREENED("名单筛查", "found by screening"),
    HELD("暂扣", "held"),
    REFUSED("拒绝", "refused"),
    CONFIRMED("工人确认", "confirmed"),
    DISPUTED("工人主张更多", "disputed"),
    DISPUTE_ENDED("争议了结", "dispute ended"),
    TOLD("告知总包", "contractor told"),
    SIGNED("签署放行", "signed"),
    GIVEN("交办", "given to somebody"),
    PROPOSED("提出处理意见", "proposed"),
    NOT_AGREED("复核不同意", "not agreed"),
    DECIDED("人工处理", "decided by persons"),
    RUN_DECIDED("发放决定", "run decided"),
    RESERVED("资金预留", "money reserved"),
    DEBITED("分账扣款", "wage book debited"),
    PAID("生成支付", "payment made"),
    SENT("发往清算", "sent to clearing"),
    SETTLED("结清", "settled"),
    REJECTED("清算拒绝", "rejected"),
    RETURNED("退汇", "returned"),
    ASKED("未答复，已查询", "silent, asked about"),
    RECALLED("申请撤回", "recalled"),
    RECALL_ANSWERED("撤回答复", "recall answered"),
    REPORTED("结算报告", "reported as settled"),
    EXCEPTION_OPENED("异常开立", "exception opened"),
    EXCEPTION_GIVEN("异常移交", "exception handed over"),
    EXCEPTION_CLOSED("异常关闭", "exception closed"),
    RETURN_TOLD("退汇通知", "return told"),
    RECEIPT_ISSUED("出具回单", "receipt issued"),
    MORE("其余", "more");

    private final Words words;

    Kind(String chinese, String english) {
      words = new Words(chinese, english);
    }

    public Words words() {
      return words;
    }
  }

  static Step of(Instant at, Kind kind, Words says, Ground... grounds) {
    return new Step(at, kind, says, List.of(grounds), null, null, null, null);
  }

  Step by(@Nullable Words person) {
    return new Step(at, kind, says, grounds, person, amount, document, entry);
  }

  Step by(String person) {
    return by(new Words(person, person));
  }

  Step amounting(long minor) {
    return new Step(at, kind, says, grounds, who, minor, document, entry);
  }

  Step on(@Nullable Document paper) {
    return new Step(at, kind, says, grounds, who, amount, paper, entry);
  }

  Step booked(@Nullable Entry booking) {
    return new Step(at, kind, says, grounds, who, amount, document, booking);
  }

  Step under(List<Ground> rules) {
    return new Step(at, kind, says, rules, who, amount, document, entry);
  }
}
