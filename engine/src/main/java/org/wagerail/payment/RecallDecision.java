package org.wagerail.payment;

import org.jspecify.annotations.Nullable;

/**
 * Whether a payment may be asked back, and what an answer makes of the recall. No answer to a
 * recall moves money: what comes back comes by a rejection before settlement or a return after it,
 * and those are {@link ClearingDecision}'s.
 */
public final class RecallDecision {
  private RecallDecision() {}

  /** Before settlement a recall cancels, after it a recall only asks. */
  public enum Stage {
    BEFORE_SETTLEMENT,
    AFTER_SETTLEMENT
  }

  /** What the other side says. */
  public enum Word {
    /** The money will come back (camt.029 CNCL, ACCR). */
    AGREED,
    /** It will not (camt.029 RJCR). */
    REFUSED,
    /** Not decided yet (camt.029 PDCR). */
    PENDING
  }

  /** Where a recall stands. That its money came back is the payment's own state. */
  public enum Fate {
    OPEN,
    AGREED,
    REFUSED
  }

  /** Why a payment is not asked back. */
  public enum Refusal {
    NO_SUCH_PAYMENT("there is no such payment", "无此付款"),
    NOT_SENT("the payment has not been sent to clearing yet", "该笔付款尚未发往清算"),
    CAME_BACK_ALREADY("the payment was rejected or returned already", "该笔付款已被拒绝或退回"),
    RECALLED_ALREADY("the payment has been recalled already", "该笔付款已申请撤回"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_EVIDENCE("it must be said where the evidence lies", "须注明凭证所在");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    public String english() {
      return english;
    }

    public String chinese() {
      return chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  /** What is decided when a payment is to be asked back. */
  public sealed interface Asking {}

  /** The recall goes out. */
  public record Ask(Stage stage) implements Asking {}

  /** It does not. */
  public record Refuse(Refusal why) implements Asking {}

  /** What is decided when a word on a recall comes in. */
  public sealed interface Answering {}

  /** A first final word: it is noted. */
  public record Note(Fate fate) implements Answering {}

  /** Nothing new. */
  public record Unchanged() implements Answering {}

  /** An exception is opened. */
  public record Exception(ClearingDecision.Kind kind) implements Answering {}

  /** The other side says that the money is back already. */
  private static final String ALREADY_RETURNED = "ARDT";

  /**
   * Decides whether a payment may be asked back.
   *
   * @param state null when there is no such payment
   * @param sent whether a message carries it
   * @param recalled whether it was asked back before: once for ever, whatever was answered
   */
  public static Asking ask(@Nullable PaymentState state, boolean sent, boolean recalled) {
    return switch (state) {
      case null -> new Refuse(Refusal.NO_SUCH_PAYMENT);
      case REJECTED, RETURNED -> new Refuse(Refusal.CAME_BACK_ALREADY);
      case IN_CLEARING, UNKNOWN -> ask(sent, recalled, Stage.BEFORE_SETTLEMENT);
      case SETTLED -> ask(sent, recalled, Stage.AFTER_SETTLEMENT);
    };
  }

  private static Asking ask(boolean sent, boolean recalled, Stage stage) {
    if (!sent) {
      return new Refuse(Refusal.NOT_SENT);
    }
    return recalled ? new Refuse(Refusal.RECALLED_ALREADY) : new Ask(stage);
  }

  /**
   * Decides what the other side's word makes of a recall. The first final word stands.
   *
   * @param state the payment's; null when there is no such payment
   * @param fate the recall's so far; null when the payment was never asked back
   * @param reason ISO rejection reason of a refusal
   */
  public static Answering answer(
      @Nullable PaymentState state, @Nullable Fate fate, Word word, @Nullable String reason) {
    if (state == null) {
      return new Exception(ClearingDecision.Kind.UNKNOWN_PAYMENT);
    }
    if (fate == null) {
      return new Exception(ClearingDecision.Kind.NEVER_RECALLED);
    }
    boolean back = state == PaymentState.REJECTED || state == PaymentState.RETURNED;
    return switch (word) {
      case PENDING -> new Unchanged();
      case AGREED ->
          switch (fate) {
            // That it came back says more than that it will.
            case OPEN -> back ? new Unchanged() : new Note(Fate.AGREED);
            case AGREED -> new Unchanged();
            case REFUSED ->
                back ? new Unchanged() : new Exception(ClearingDecision.Kind.CONTRADICTION);
          };
      case REFUSED -> {
        boolean saysBack = ALREADY_RETURNED.equals(reason);
        yield switch (fate) {
          // To refuse what one gave back already, or to have given back what never came, is a
          // contradiction; that it is back and was given back already is none.
          case OPEN, AGREED ->
              back && saysBack
                  ? new Unchanged()
                  : back || saysBack || fate == Fate.AGREED
                      ? new Exception(ClearingDecision.Kind.CONTRADICTION)
                      : new Note(Fate.REFUSED);
          case REFUSED -> new Unchanged();
        };
      }
    };
  }
}
