package org.wagerail.payroll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.wagerail.evidence.FourEyes;
import org.wagerail.payment.TxId;
import org.wagerail.project.WorkerAccounts;

/**
 * Repairs a wage that came back: its worker's new account, verified to the identifier, and the
 * decision to pay the wage again stand together or not at all. The next cut-off, of the same day if
 * there is one, pays it by a payment that replaces the old one.
 */
@Component
public class Repairs {
  /** What came of a repair. */
  public sealed interface Outcome {}

  /**
   * The wage goes out again.
   *
   * @param endToEnd the end-to-end identification of what will be paid
   */
  public record Repaired(String endToEnd) implements Outcome {}

  /** It may not be paid again. */
  public record NotPaidAgain(LineDecisions.Refusal why) implements Outcome {}

  /** The account may not take over. */
  public record NotReplaced(WorkerAccounts.Refusal why) implements Outcome {}

  private final JdbcClient jdbc;
  private final WorkerAccounts accounts;
  private final LineDecisions decisions;

  Repairs(JdbcClient jdbc, WorkerAccounts accounts, LineDecisions decisions) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.decisions = decisions;
  }

  /**
   * Repairs a payment that clearing rejected or returned, and whose money is booked back.
   *
   * @param account the new account, with the identifier that it was verified to and by whom
   */
  @Transactional
  public Outcome repair(
      int bank, Instant at, FourEyes by, TxId id, WorkerAccounts.Replacement account) {
    if (by.isOnePerson()) {
      return new NotPaidAgain(LineDecisions.Refusal.SAME_PERSON);
    }
    var payee = payee(bank, id);
    if (payee == null) {
      return new NotPaidAgain(LineDecisions.Refusal.NO_SUCH_PAYMENT);
    }
    var person = accounts.person(bank, account.scheme(), account.idNumber());
    if (person != null && !person.equals(payee)) {
      return new NotPaidAgain(LineDecisions.Refusal.NOT_THE_PAYEE);
    }
    var refusal = accounts.replace(bank, at, by.toString(), account);
    if (refusal != null) {
      return new NotReplaced(refusal);
    }
    return switch (decisions.repay(bank, at, by, id, account.source())) {
      case LineDecisions.Decided decided -> new Repaired(decided.endToEnd());
      case LineDecisions.Refused refused -> {
        // The account does not take over either.
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        yield new NotPaidAgain(refused.why());
      }
    };
  }

  private @Nullable Long payee(int bank, TxId id) {
    return jdbc.sql("SELECT party FROM payment WHERE bank = ? AND pay_month = ? AND payment = ?")
        .params(bank, id.month(), id.payment())
        .query(Long.class)
        .optional()
        .orElse(null);
  }
}
