package org.wagerail.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recall may be, and what becomes of it: the whole table, and what it can never do. */
class RecallDecisionTests {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          -,           true,  false, NO_SUCH_PAYMENT
          IN_CLEARING, true,  false, BEFORE_SETTLEMENT
          UNKNOWN,     true,  false, BEFORE_SETTLEMENT
          SETTLED,     true,  false, AFTER_SETTLEMENT
          REJECTED,    true,  false, CAME_BACK_ALREADY
          RETURNED,    true,  false, CAME_BACK_ALREADY
          IN_CLEARING, false, false, NOT_SENT
          IN_CLEARING, true,  true,  RECALLED_ALREADY
          UNKNOWN,     true,  true,  RECALLED_ALREADY
          SETTLED,     true,  true,  RECALLED_ALREADY
          RETURNED,    true,  true,  CAME_BACK_ALREADY
          """)
  void mayBeAsked(@Nullable PaymentState state, boolean sent, boolean recalled, String expected) {
    var said =
        switch (RecallDecision.ask(state, sent, recalled)) {
          case RecallDecision.Ask(var stage) -> stage.name();
          case RecallDecision.Refuse(var why) -> why.name();
        };
    assertThat(said).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # payment,   recall,  word,    reason, becomes
          -,           -,       AGREED,  -,      UNKNOWN_PAYMENT
          -,           -,       REFUSED, CUST,   UNKNOWN_PAYMENT
          SETTLED,     -,       AGREED,  -,      NEVER_RECALLED
          SETTLED,     -,       PENDING, -,      NEVER_RECALLED
          REJECTED,    -,       REFUSED, CUST,   NEVER_RECALLED

          IN_CLEARING, OPEN,    PENDING, -,      -
          SETTLED,     AGREED,  PENDING, -,      -
          RETURNED,    REFUSED, PENDING, -,      -

          IN_CLEARING, OPEN,    AGREED,  -,      AGREED
          UNKNOWN,     OPEN,    AGREED,  -,      AGREED
          SETTLED,     OPEN,    AGREED,  -,      AGREED
          REJECTED,    OPEN,    AGREED,  -,      -
          RETURNED,    OPEN,    AGREED,  -,      -
          SETTLED,     AGREED,  AGREED,  -,      -
          RETURNED,    AGREED,  AGREED,  -,      -
          SETTLED,     REFUSED, AGREED,  -,      CONTRADICTION
          RETURNED,    REFUSED, AGREED,  -,      -

          IN_CLEARING, OPEN,    REFUSED, CUST,   REFUSED
          UNKNOWN,     OPEN,    REFUSED, CUST,   REFUSED
          SETTLED,     OPEN,    REFUSED, CUST,   REFUSED
          SETTLED,     OPEN,    REFUSED, -,      REFUSED
          REJECTED,    OPEN,    REFUSED, CUST,   CONTRADICTION
          RETURNED,    OPEN,    REFUSED, CUST,   CONTRADICTION
          SETTLED,     AGREED,  REFUSED, CUST,   CONTRADICTION
          RETURNED,    AGREED,  REFUSED, CUST,   CONTRADICTION
          SETTLED,     REFUSED, REFUSED, CUST,   -
          RETURNED,    REFUSED, REFUSED, CUST,   -

          SETTLED,     OPEN,    REFUSED, ARDT,   CONTRADICTION
          IN_CLEARING, OPEN,    REFUSED, ARDT,   CONTRADICTION
          RETURNED,    OPEN,    REFUSED, ARDT,   -
          REJECTED,    OPEN,    REFUSED, ARDT,   -
          RETURNED,    AGREED,  REFUSED, ARDT,   -
          SETTLED,     AGREED,  REFUSED, ARDT,   CONTRADICTION
          """)
  void isAnswered(
      @Nullable PaymentState state,
      RecallDecision.@Nullable Fate fate,
      RecallDecision.Word word,
      @Nullable String reason,
      @Nullable String expected) {
    assertThat(said(RecallDecision.answer(state, fate, word, reason))).isEqualTo(expected);
  }

  private static @Nullable String said(RecallDecision.Answering decision) {
    return switch (decision) {
      case RecallDecision.Note(var fate) -> fate.name();
      case RecallDecision.Exception(var kind) -> kind.name();
      case RecallDecision.Unchanged _ -> null;
    };
  }

  /** A word said twice, in whatever state, notes nothing the second time. */
  @Test
  void theFirstFinalWordStands() {
    for (var state : PaymentState.values()) {
      for (var word : RecallDecision.Word.values()) {
        if (RecallDecision.answer(state, RecallDecision.Fate.OPEN, word, null)
            instanceof RecallDecision.Note(var fate)) {
          assertThat(RecallDecision.answer(state, fate, word, null))
              .isInstanceOf(RecallDecision.Unchanged.class);
          assertThat(
                  Stream.of(RecallDecision.Word.values())
                      .map(other -> RecallDecision.answer(state, fate, other, null)))
              .noneMatch(RecallDecision.Note.class::isInstance);
        }
      }
    }
  }

  /** Whatever is said in whatever order, a payment's money moves out once and back once at most. */
  @Test
  void moneyMovesOnceInEveryOrder() {
    var replies =
        java.util.List.of(
            new ClearingReply.Settlement("T", null),
            new ClearingReply.Rejection("T", null, "CUST"),
            new ClearingReply.Return("T", null, 100, "FOCR"),
            new ClearingReply.RecallWord("T", null, RecallDecision.Word.AGREED, null),
            new ClearingReply.RecallWord("T", null, RecallDecision.Word.REFUSED, "CUST"));
    int orders = 0;
    for (int n = 0; n < 5 * 5 * 5 * 5 * 5; n++) {
      var state = PaymentState.UNKNOWN;
      int back = 0;
      int settled = 0;
      for (int rest = n, i = 0; i < 5; i++, rest /= 5) {
        if (ClearingDecision.decide(state, 100, replies.get(rest % 5))
            instanceof ClearingDecision.Move(var next, var from)) {
          // What settled comes back from where it settled to, what did not from clearing.
          assertThat(from == ClearingDecision.From.SETTLEMENT)
              .isEqualTo(state == PaymentState.SETTLED);
          settled += next == PaymentState.SETTLED ? 1 : 0;
          back += next == PaymentState.SETTLED ? 0 : 1;
          state = next;
        }
      }
      assertThat(settled).isLessThanOrEqualTo(1);
      assertThat(back).isLessThanOrEqualTo(1);
      orders++;
    }
    assertThat(orders).isEqualTo(3125);
  }
}
