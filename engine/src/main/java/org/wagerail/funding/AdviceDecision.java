package org.wagerail.funding;

import org.jspecify.annotations.Nullable;
import org.wagerail.project.WageBooks;

/**
 * What becomes of a movement that the core system told of. Money that names its project goes to
 * that project's wage book; money that does not waits for two persons; what is no money that has
 * come in is only noted.
 *
 * @param reason why it was not credited; null when it was
 * @param wageBook what it is credited to, if it is
 */
record AdviceDecision(Outcome outcome, @Nullable Reason reason, @Nullable Long wageBook) {
  /** What becomes of it. */
  enum Outcome {
    CREDITED,
    SUSPENDED,
    NOTED
  }

  /** Why it was not credited, in order of precedence. */
  enum Reason {
    NOT_BOOKED(Outcome.NOTED),
    NOT_A_CREDIT(Outcome.NOTED),
    AMOUNT_UNREADABLE(Outcome.NOTED),
    UNKNOWN_ACCOUNT(Outcome.NOTED),
    PROJECT_NOT_NAMED(Outcome.SUSPENDED),
    PROJECT_NOT_IN_ACCOUNT(Outcome.SUSPENDED);

    private final Outcome outcome;

    Reason(Outcome outcome) {
      this.outcome = outcome;
    }
  }

  /**
   * Decides.
   *
   * @param found what stands behind the account and project that it names
   */
  static AdviceDecision decide(Advices.Advice said, WageBooks.Found found) {
    var reason = reason(said, found);
    return reason == null
        ? new AdviceDecision(Outcome.CREDITED, null, found.wageBook())
        : new AdviceDecision(reason.outcome, reason, null);
  }

  /** Why a movement is no booked credit; empty when it is one. */
  static String nature(Advices.Advice said) {
    var reason = unlike(said);
    return reason == null ? "" : reason.name();
  }

  private static @Nullable Reason unlike(Advices.Advice said) {
    if (!said.booked()) {
      return Reason.NOT_BOOKED;
    }
    return said.credit() ? null : Reason.NOT_A_CREDIT;
  }

  private static @Nullable Reason reason(Advices.Advice said, WageBooks.Found found) {
    var unlike = unlike(said);
    if (unlike != null) {
      return unlike;
    }
    if (said.amount() <= 0) {
      return Reason.AMOUNT_UNREADABLE;
    }
    if (found.special() == null) {
      return Reason.UNKNOWN_ACCOUNT;
    }
    if (said.project().isEmpty()) {
      return Reason.PROJECT_NOT_NAMED;
    }
    return found.wageBook() == null ? Reason.PROJECT_NOT_IN_ACCOUNT : null;
  }
}
