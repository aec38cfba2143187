package org.wagerail.ledger;

/** A debit that the books refuse. Nothing of its transaction is booked. */
public final class ForbiddenDebit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Ground {
    NOT_ON_THE_CLOSED_LIST("this kind of debit may not leave a wage book", "该类支出不得从工资专户列支"),
    MORE_THAN_AVAILABLE("more than is available on the account", "超过账户可用余额");

    private final String english;
    private final String chinese;

    Ground(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }
  }

  private final Ground ground;

  ForbiddenDebit(Ground ground, String entry, long account) {
    super(ground.english + " / " + ground.chinese + ": " + entry + ", account " + account);
    this.ground = ground;
  }

  public Ground ground() {
    return ground;
  }
}
