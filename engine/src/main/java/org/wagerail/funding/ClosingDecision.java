package org.wagerail.funding;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.BusinessCalendar;

/**
 * Whether a wage book may be closed. It may when the site has read for thirty days that nothing is
 * owed, the contractor has promised so, nobody is owed anything and no case is open, and the
 * supervisor has said that the mark may be lifted (measures of 2021 on special accounts, article
 * 9).
 */
final class ClosingDecision {
  private ClosingDecision() {}

  /**
   * How a wage book stands on the way to its end.
   *
   * @param noticed when the notice was put up; null when it was not
   * @param unpaid what is owed of wages that were released, minor units
   * @param heldLines lines that nobody has decided about
   * @param unanswered payments that clearing has not answered
   * @param held what is held on the book, minor units
   * @param cases arbitrations and suits that are open
   */
  record Standing(
      boolean closed,
      @Nullable LocalDate noticed,
      boolean promised,
      long unpaid,
      long heldLines,
      long unanswered,
      long held,
      int cases,
      boolean supervisorAgrees) {}

  /**
   * The first day on which a wage book may be closed. The day of the notice is not counted, a
   * period that ends on a rest day ends on the next working day, and a bank closes on working days.
   *
   * @param days how long the notice is up
   */
  static LocalDate earliest(LocalDate noticed, int days, BusinessCalendar calendar) {
    return calendar.next(calendar.endOfPeriod(noticed, days));
  }

  /**
   * Decides.
   *
   * @param earliest see {@link #earliest}; null when there is no notice
   * @return why not, the first in the order of precedence; or null
   */
  static Closings.@Nullable Refusal decide(
      Standing standing, @Nullable LocalDate earliest, LocalDate today) {
    if (standing.closed()) {
      return Closings.Refusal.CLOSED_ALREADY;
    }
    if (earliest == null) {
      return Closings.Refusal.NO_NOTICE;
    }
    if (today.isBefore(earliest)) {
      return Closings.Refusal.NOTICE_RUNNING;
    }
    if (!standing.promised()) {
      return Closings.Refusal.NO_PROMISE;
    }
    if (standing.unpaid() > 0) {
      return Closings.Refusal.ARREARS;
    }
    if (standing.heldLines() > 0) {
      return Closings.Refusal.LINES_HELD;
    }
    if (standing.unanswered() > 0) {
      return Closings.Refusal.IN_CLEARING;
    }
    if (standing.cases() > 0) {
      return Closings.Refusal.CASE_OPEN;
    }
    if (standing.held() > 0) {
      return Closings.Refusal.MONEY_HELD;
    }
    return standing.supervisorAgrees() ? null : Closings.Refusal.SUPERVISOR_WORD_MISSING;
  }
}
