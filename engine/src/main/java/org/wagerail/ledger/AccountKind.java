package org.wagerail.ledger;

/** What an account is for. */
public enum AccountKind {
  /** One project's money inside a special wage account. */
  WAGE_BOOK(true),
  WAGE_DEPOSIT(true),
  BASIC(true),
  GUARANTEE_MARGIN(true),
  LOAN(false),
  LOAN_SERVICE(true),
  /** Control account over the payments that clearing has not answered. */
  IN_CLEARING(true),
  /** Our position with clearing and other banks; negative when they owe us. */
  SETTLEMENT(false),
  COURT_REMITTANCE(true),
  SUSPENSE(true),
  EMERGENCY_FUND(true),
  WORKER(true);

  private final boolean keepsWhatIsHeld;

  AccountKind(boolean keepsWhatIsHeld) {
    this.keepsWhatIsHeld = keepsWhatIsHeld;
  }

  /** Whether the balance may never fall below what is held, and so never below zero. */
  public boolean keepsWhatIsHeld() {
    return keepsWhatIsHeld;
  }
}
