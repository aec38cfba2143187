package org.wagerail.reconciliation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Whether a business day may be closed. */
final class DayDecision {
  /**
   * What is known of a day.
   *
   * @param compared whether it was compared
   * @param closed whether it is closed
   * @param readSince whether something was read of it since
   * @param open breaks that are not closed
   * @param earlierOpen whether a day before it was compared and is not closed
   */
  record Known(
      LocalDate day,
      boolean compared,
      boolean closed,
      boolean readSince,
      int open,
      boolean earlierOpen) {}

  private DayDecision() {}

  /** Why not, the first reason of several; null when it may. */
  static BusinessDays.@Nullable Refusal close(Known known) {
    if (!known.compared()) {
      return BusinessDays.Refusal.NOT_COMPARED;
    }
    if (known.closed()) {
      return BusinessDays.Refusal.DAY_CLOSED;
    }
    if (known.readSince()) {
      return BusinessDays.Refusal.READ_SINCE;
    }
    if (known.open() > 0) {
      return BusinessDays.Refusal.BREAKS_OPEN;
    }
    return known.earlierOpen() ? BusinessDays.Refusal.EARLIER_DAY_OPEN : null;
  }
}
