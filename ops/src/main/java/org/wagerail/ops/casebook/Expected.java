package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What must hold; null is not asked for. Amounts are minor units. Lines are named by a worker, a
 * file and worker, or {@code others}.
 *
 * @param lines states, or all failed checks of a line, by its name
 * @param checks all failed checks of a line, by its name
 * @param payments a line's payments in their order, by its name
 * @param totals a file's totals by their words, by its key
 * @param payDates the pay dates of months by project
 * @param disputes what is in dispute of workers' wages
 * @param refused codes of the steps refused since the last expectation
 * @param packages pacs.008 delivered since the last expectation
 * @param inquiries the workers that each pacs.028 since then asks about
 * @param recalls camt.056 delivered since then
 * @param returnAdvices camt.054 delivered since then
 * @param reports pain.002 delivered since the last expectation
 * @param labourCost what was due of labour cost, by project
 * @param suspense the money in suspense
 * @param advices what became of movements that the core system told, by reference
 * @param marks whether special accounts are marked, by account
 * @param earliestClosing the first day on which a project's wage book may be closed
 * @param notices delivered since the last expectation
 * @param breaks the kinds of all breaks so far
 * @param openBreaks the kinds of those that are not closed
 * @param closedDays the business days that are closed
 * @param work what waits for a person, by the name of its line
 */
record Expected(
    @Nullable SequencedMap<String, String> files,
    @Nullable SequencedMap<String, List<String>> lines,
    @Nullable SequencedMap<String, List<String>> checks,
    @Nullable SequencedMap<String, List<Payment>> payments,
    @Nullable SequencedMap<String, SequencedMap<String, Long>> totals,
    @Nullable SequencedMap<String, Long> paid,
    @Nullable SequencedMap<String, Long> unpaid,
    @Nullable SequencedMap<String, LocalDate> due,
    @Nullable SequencedMap<String, SequencedMap<YearMonth, LocalDate>> payDates,
    @Nullable SequencedMap<String, Long> disputes,
    @Nullable SequencedMap<String, Long> books,
    @Nullable SequencedMap<String, Long> debits,
    @Nullable Long inClearing,
    @Nullable List<String> runs,
    @Nullable List<String> exceptions,
    @Nullable List<String> openExceptions,
    List<String> refused,
    @Nullable List<Package> packages,
    @Nullable List<List<String>> inquiries,
    @Nullable List<AskedBack> recalls,
    @Nullable List<ReturnAdvice> returnAdvices,
    @Nullable List<Report> reports,
    @Nullable SequencedMap<String, List<Labour>> labourCost,
    @Nullable Long suspense,
    @Nullable SequencedMap<String, String> advices,
    @Nullable SequencedMap<String, Boolean> marks,
    @Nullable SequencedMap<String, LocalDate> earliestClosing,
    @Nullable List<Told> notices,
    @Nullable List<String> breaks,
    @Nullable List<String> openBreaks,
    @Nullable List<String> closedDays,
    @Nullable SequencedMap<String, Work> work,
    boolean audited) {
  /**
   * A held line in the work list; what is null is not asked for.
   *
   * @param state OPEN, PROPOSED, or NONE when nobody has to look at it
   * @param action what is proposed
   */
  record Work(
      @Nullable String owner,
      @Nullable String state,
      @Nullable String action,
      @Nullable LocalDateTime due,
      @Nullable Boolean overdue) {}

  /** Labour cost that was due; what is null is not asked for. Amounts in minor units. */
  record Labour(
      @Nullable LocalDate due,
      @Nullable Long amount,
      @Nullable Long credited,
      @Nullable Long outstanding,
      @Nullable Long days,
      @Nullable String state) {}

  /**
   * A notice.
   *
   * @param facts those that are asked for, by name
   */
  record Told(String to, String kind, Map<String, String> facts) {}

  /**
   * A package on its way to clearing.
   *
   * @param pays what it pays each worker, when that is asked for
   */
  record Package(@Nullable Long count, @Nullable Long sum, @Nullable Map<String, Long> pays) {}

  /** A recall on its way to clearing. */
  record AskedBack(String worker, @Nullable String reason) {}

  /**
   * A contractor's advice of what came back.
   *
   * @param returns amounts by worker
   * @param reason of all of them
   */
  record ReturnAdvice(String file, @Nullable Map<String, Long> returns, @Nullable String reason) {}

  /**
   * A report to the contractor.
   *
   * @param batches status and reason of batches by their place, from 1
   * @param count how many lines it lists
   * @param lines status and reason of lines, as in {@code PDNG NARR}
   */
  record Report(
      String file,
      @Nullable String status,
      @Nullable String reason,
      @Nullable Map<String, String> batches,
      @Nullable Long count,
      @Nullable Map<String, String> lines) {}

  /**
   * A payment; what is null is not asked for.
   *
   * @param on the day it was to settle
   * @param replaces which payment of the same list it was sent for again, from 1; 0 for none
   */
  record Payment(
      @Nullable Long amount,
      @Nullable String state,
      @Nullable String reason,
      @Nullable LocalDate on,
      @Nullable Integer replaces) {}
}
