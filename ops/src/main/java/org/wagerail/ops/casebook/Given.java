package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is before anything happens.
 *
 * @param clock the bank's clock at the beginning
 * @param period the month that wages are of, where nothing else is said
 * @param runType the kind of run, where nothing else is said
 * @param parameters values in force for the case's bank
 */
record Given(
    LocalDateTime clock,
    YearMonth period,
    String runType,
    @Nullable Calendar calendar,
    Map<String, String> parameters,
    List<Firm> firms,
    List<Project> projects,
    List<Worker> workers,
    List<Confirmation> confirmations,
    List<String> signatories) {
  /** Whether a worker is called so. */
  boolean isWorker(String key) {
    return workers.stream().anyMatch(worker -> worker.key().equals(key));
  }

  /** A year of a calendar of the case's own. */
  record Calendar(int year, String state, List<LocalDate> holidays, List<LocalDate> workdays) {}

  /** A subcontractor; its code is made up where none is given. */
  record Firm(String key, @Nullable String code) {}

  /**
   * A project with its wage book.
   *
   * @param account key of the special account it lies in
   * @param balance minor units
   * @param agreed whether there is a tripartite agreement
   * @param firms keys of the subcontractors registered on it
   * @param labourCost what its owner has to pay; null when nothing is agreed
   * @param opened whether its account is open
   */
  record Project(
      String key,
      String account,
      long balance,
      String shortMoney,
      int payDay,
      boolean agreed,
      List<String> firms,
      @Nullable Term labourCost,
      boolean opened) {}

  /**
   * What an owner has to pay for labour.
   *
   * @param amount minor units; null when a share is agreed
   * @param share in hundredths of a percent
   * @param progress what was certified, by day, minor units
   */
  record Term(
      @Nullable Long amount,
      @Nullable Integer share,
      String cycle,
      int day,
      LocalDate from,
      Map<LocalDate, Long> progress) {}

  /**
   * A worker; identifier, name and account are made up where none is given.
   *
   * @param accountOf another worker whose account is registered for this one too
   * @param second whether a second account is registered for this one
   * @param registered whether the real-name register names this one at all
   * @param jobs where this one works, and from which day to which
   */
  record Worker(
      String key,
      @Nullable String name,
      @Nullable String scheme,
      @Nullable String id,
      @Nullable String account,
      @Nullable String accountOf,
      @Nullable String member,
      boolean second,
      boolean registered,
      List<Job> jobs,
      String firm,
      boolean contract) {}

  /** A worker's time on a project; the last day is null while it lasts. */
  record Job(String project, LocalDate from, @Nullable LocalDate until) {}

  /** What a worker confirmed before the case begins. Amount in minor units. */
  record Confirmation(
      String worker,
      String project,
      YearMonth period,
      String runType,
      long amount,
      String source,
      LocalDateTime at) {}
}
