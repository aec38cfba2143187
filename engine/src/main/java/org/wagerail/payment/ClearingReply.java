package org.wagerail.payment;

import org.jspecify.annotations.Nullable;

/** What clearing says of one payment. */
public sealed interface ClearingReply {
  /** The payment it speaks of, as clearing repeated it. */
  String txId();

  /** The package that it says the payment went out in, by its MsgId; null when it names none. */
  @Nullable String original();

  /** Settled (pacs.002 ACSC or ACCC). */
  record Settlement(String txId, @Nullable String original) implements ClearingReply {}

  /**
   * Never settled (pacs.002 RJCT).
   *
   * @param reason ISO status reason code
   */
  record Rejection(String txId, @Nullable String original, @Nullable String reason)
      implements ClearingReply {}

  /**
   * Came back after it settled (pacs.004).
   *
   * @param amount what came back in minor units; -1 if it is none in cents of CNY
   * @param reason ISO return reason code
   */
  record Return(String txId, @Nullable String original, long amount, @Nullable String reason)
      implements ClearingReply {}

  /** On its way (pacs.002 ACTC, ACSP, PDNG): no answer yet. */
  record Progress(String txId, @Nullable String original, String status) implements ClearingReply {}

  /**
   * The other side's word on a recall (camt.029): no answer to the payment itself.
   *
   * @param reason ISO reason code of a refusal
   */
  record RecallWord(
      String txId, @Nullable String original, RecallDecision.Word word, @Nullable String reason)
      implements ClearingReply {}
}
