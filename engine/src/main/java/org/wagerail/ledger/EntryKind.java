package org.wagerail.ledger;

/**
 * Why money moves. What may leave a wage book is a closed list (Regulation 724, articles 26 and 33;
 * measures of 2021 on special accounts, article 7); a kind outside it is known only so that it can
 * be refused by its name.
 */
public enum EntryKind {
  OPENING(false),
  LABOUR_COST(false),
  /** Money that came in for a project that is not known. */
  UNASSIGNED(false),
  /** Such money on its way back. */
  SENT_BACK(false),
  /** To the project's own workers. */
  WAGES(true),
  WAGES_SETTLED(false),
  WAGES_REJECTED(false),
  WAGES_RETURNED(false),
  COURT_TRANSFER_OF_WAGES(true),
  COURT_EXCESS(true),
  CREDIT_REVERSAL(true),
  CLOSING_BALANCE(true),
  CORRECTION(true),
  FEE(false),
  LOAN_REPAYMENT(false),
  SWEEP(false),
  OWNER_REFUND(false);

  private final boolean leavesWageBook;

  EntryKind(boolean leavesWageBook) {
    this.leavesWageBook = leavesWageBook;
  }

  /** Whether a debit of this kind may leave a wage book. */
  public boolean leavesWageBook() {
    return leavesWageBook;
  }
}
