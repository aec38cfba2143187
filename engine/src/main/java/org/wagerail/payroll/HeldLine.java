package org.wagerail.payroll;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known today of a line that was read some time ago, and whether what held it still does.
 *
 * @param failed the checks it failed when it was read
 * @param decided whether somebody has decided about it already
 * @param amount minor units
 * @param confirmed what the worker last confirmed; null when nothing
 * @param claimed whether a line claims this wage that has not been refused
 * @param payDateStands whether the calendar is published by now, and the pay date a working day
 * @param openAccounts the worker's registered accounts that are in use
 * @param shared whether another person has one of them
 */
record HeldLine(
    Check.Outcome verdict,
    Set<Check> failed,
    boolean decided,
    long amount,
    @Nullable Long confirmed,
    boolean employed,
    boolean claimed,
    boolean agreed,
    boolean firmOnProject,
    boolean payDateStands,
    List<Long> openAccounts,
    boolean shared) {
  private static final Set<Check> OF_CONFIRMATION =
      EnumSet.of(Check.UNCONFIRMED, Check.CONFIRMED_OTHER_AMOUNT);

  /** The checks that hold the line still: what can be looked up again is looked up again. */
  Set<Check> stillFailing() {
    var still = EnumSet.noneOf(Check.class);
    for (var check : failed) {
      if (check.outcome() != Check.Outcome.TELL && holds(check)) {
        still.add(check);
      }
    }
    return still;
  }

  private boolean holds(Check check) {
    return switch (check) {
      case UNCONFIRMED -> confirmed == null || confirmed != amount;
      case CONFIRMED_OTHER_AMOUNT -> confirmed == null || confirmed != amount;
      case NOT_EMPLOYED -> !employed;
      case NO_AGREEMENT -> !agreed;
      case FIRM_NOT_ON_PROJECT -> !firmOnProject;
      case CALENDAR_UNPUBLISHED -> !payDateStands;
      case PERSON_WITH_TWO_ACCOUNTS -> openAccounts.size() != 1;
      case ACCOUNT_WITH_TWO_PERSONS -> shared;
      // Two persons looked, and say where that is written.
      case SCREENING -> false;
      // A person looks at these; the money goes to the registered account whatever the line said.
      case NAME_DIFFERS, ACCOUNT_DIFFERS -> openAccounts.size() != 1 || shared;
      // The register must name the person first; then the wage is listed anew.
      case NOT_ON_REGISTER -> true;
      // What is really a second wage is listed as a supplement; what was listed wrongly before, and
      // refused, is no first one.
      case DUPLICATE_WAGE -> claimed;
      case NO_CONTRACT -> false;
      case DEBTOR_ACCOUNT_UNKNOWN,
          PROJECT_NOT_IN_ACCOUNT,
          PROJECT_OF_LINE_DIFFERS,
          OTHER_CONTRACTOR,
          FIRM_CODE_INVALID,
          PAYMENT_METHOD,
          CATEGORY_PURPOSE,
          DATE_PAST,
          DATE_TOO_FAR,
          PERIOD_UNREADABLE,
          CURRENCY,
          AMOUNT_ZERO,
          AMOUNT_DECIMALS,
          AMOUNT_OVER_LIMIT,
          END_TO_END_REPEATED,
          NAME_MISSING,
          NAME_BAD_CHARACTER,
          ID_MISSING,
          ID_INVALID,
          ACCOUNT_MISSING,
          ACCOUNT_INVALID,
          BANK_CODE_INVALID,
          BANK_NOT_A_PARTICIPANT ->
          true;
    };
  }

  /** Whether nothing but the worker's confirmation was missing. */
  boolean heldForConfirmationOnly() {
    return failed.stream()
        .filter(check -> check.outcome() != Check.Outcome.TELL)
        .allMatch(OF_CONFIRMATION::contains);
  }
}
