package org.wagerail.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a reply makes of a payment. The first final answer stands: what repeats it changes nothing,
 * what contradicts it is a person's to look at, and neither moves money.
 */
public sealed interface ClearingDecision {
  /**
   * The payment's next state, and the way its amount moves.
   *
   * @param debited where the money comes from
   */
  record Move(PaymentState next, From debited) implements ClearingDecision {}

  /** Nothing new. */
  record Unchanged() implements ClearingDecision {}

  /** An exception is opened. */
  record Exception(Kind kind) implements ClearingDecision {}

  /** Where a payment's money is. */
  enum From {
    IN_CLEARING,
    SETTLEMENT
  }

  /** What is wrong with a reply. */
  enum Kind {
    CONTRADICTION,
    UNKNOWN_PAYMENT,
    AMOUNT_DIFFERS,
    /** It names a package that the payment did not go out in. */
    REFERENCE_DIFFERS,
    NO_ANSWER,
    /** A word on a recall that nobody made. */
    NEVER_RECALLED,
    /** Settled or unknown with us, and not in clearing's report of its day. */
    NOT_REPORTED,
    /** Settled twice by clearing's reports. */
    REPORTED_TWICE,
    /** Returned by clearing's report, and no return has come. */
    RETURN_NOT_TOLD
  }

  /**
   * Decides.
   *
   * @param state the payment's state; null when there is no such payment
   * @param amount the payment's amount in minor units
   */
  static ClearingDecision decide(@Nullable PaymentState state, long amount, ClearingReply reply) {
    if (state == null) {
      return new Exception(Kind.UNKNOWN_PAYMENT);
    }
    if (reply instanceof ClearingReply.Return back && back.amount() != amount) {
      return new Exception(Kind.AMOUNT_DIFFERS);
    }
    return switch (reply) {
      // A word on a recall is RecallDecision's.
      case ClearingReply.Progress _, ClearingReply.RecallWord _ -> new Unchanged();
      case ClearingReply.Settlement _ ->
          switch (state) {
            case IN_CLEARING, UNKNOWN -> new Move(PaymentState.SETTLED, From.IN_CLEARING);
            // A return came first and implied it.
            case SETTLED, RETURNED -> new Unchanged();
            case REJECTED -> new Exception(Kind.CONTRADICTION);
          };
      case ClearingReply.Rejection _ ->
          switch (state) {
            case IN_CLEARING, UNKNOWN -> new Move(PaymentState.REJECTED, From.IN_CLEARING);
            case REJECTED -> new Unchanged();
            case SETTLED, RETURNED -> new Exception(Kind.CONTRADICTION);
          };
      case ClearingReply.Return _ ->
          switch (state) {
            case IN_CLEARING, UNKNOWN -> new Move(PaymentState.RETURNED, From.IN_CLEARING);
            case SETTLED -> new Move(PaymentState.RETURNED, From.SETTLEMENT);
            case RETURNED -> new Unchanged();
            case REJECTED -> new Exception(Kind.CONTRADICTION);
          };
    };
  }
}
