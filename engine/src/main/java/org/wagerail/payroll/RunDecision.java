package org.wagerail.payroll;

import org.wagerail.money.Shares;

/**
 * What a wage book pays of what is due on it. Short money pays nothing of the run unless the
 * agreement says otherwise; then leavers come first, and the others share what is left pro rata.
 *
 * @param paid minor units, never more than is available or needed
 */
record RunDecision(Outcome outcome, long paid) {
  /** How a run ends. */
  enum Outcome {
    FULL,
    PRO_RATA,
    NOTHING
  }

  /** What the agreement says of short money. */
  enum ShortMoney {
    NOTHING,
    PRO_RATA
  }

  static RunDecision decide(long available, long needed, ShortMoney rule) {
    if (available >= needed) {
      return new RunDecision(Outcome.FULL, needed);
    }
    return switch (rule) {
      case NOTHING -> new RunDecision(Outcome.NOTHING, 0);
      case PRO_RATA ->
          available <= 0
              ? new RunDecision(Outcome.NOTHING, 0)
              : new RunDecision(Outcome.PRO_RATA, available);
    };
  }

  /**
   * Divides what is paid.
   *
   * @param leavers amounts due to leavers
   * @param others amounts due to the others
   * @return what each gets, leavers first, in the same order; the sum is {@code paid} exactly
   */
  static long[] divide(long paid, long[] leavers, long[] others) {
    long toLeavers = Math.min(paid, sum(leavers));
    var first = Shares.of(toLeavers, leavers);
    var rest = Shares.of(paid - toLeavers, others);
    var all = java.util.Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  private static long sum(long[] amounts) {
    long sum = 0;
    for (long amount : amounts) {
      sum = Math.addExact(sum, amount);
    }
    return sum;
  }
}
