package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wagerail.funding.Closings;
import org.wagerail.ledger.EntryKind;
import org.wagerail.payment.RecallReason;
import org.wagerail.payroll.Screening;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Confirmations;

/** Something that happens. Amounts are minor units. */
sealed interface Step {
  /** Line of the file that says it. */
  int at();

  /** Time passes. */
  record ClockMoves(int at, LocalDateTime to) implements Step {}

  /**
   * A contractor's file arrives.
   *
   * @param like the file whose content it repeats, if it does
   * @param xml its text, if it is not to be built
   * @param replace texts to be replaced in it once it is built
   * @param count number of transactions it declares, if not the right one
   * @param sum sum it declares, if not the right one
   */
  record FileArrives(
      int at,
      String key,
      String message,
      String version,
      List<Batch> batches,
      @Nullable String like,
      @Nullable String xml,
      List<Replacement> replace,
      @Nullable String count,
      @Nullable String sum)
      implements Step {}

  /** One text for another. */
  record Replacement(int at, String old, String by) {}

  /** A batch of a file. */
  record Batch(
      String project,
      String account,
      String firm,
      @Nullable String firmCode,
      LocalDate payDate,
      String method,
      String purpose,
      List<Line> lines) {}

  /**
   * A line of a file; what is null is as the register has it.
   *
   * @param amount as it is to be written, even where that is no amount
   */
  record Line(
      String worker,
      String amount,
      String currency,
      String remittance,
      @Nullable String name,
      @Nullable String scheme,
      @Nullable String id,
      @Nullable String account,
      @Nullable String accountOf,
      @Nullable String member,
      @Nullable String endToEnd) {}

  /** The very same bytes arrive once more. */
  record FileAgain(int at, String key) implements Step {}

  /**
   * Persons sign a file's content for the contractor.
   *
   * @param signed the file whose content they signed: the same, unless the author says otherwise
   */
  record Release(int at, String key, List<String> by, String signed) implements Step {}

  /** Runs are decided and paid. */
  record CutOff(int at, LocalDateTime moment) implements Step {}

  /** Leavers and supplements are paid without waiting for the cut-off. */
  record AtOnce(int at, LocalDateTime moment) implements Step {}

  /** Clearing answers, in this order. */
  record ClearingSays(int at, List<Answer> answers) implements Step {}

  /**
   * An answer about one payment.
   *
   * @param worker whose payment; null when the transaction is named
   * @param nth which of the worker's payments, from 1; 0 the last
   * @param amount what it says came back, if not the payment's amount
   */
  record Answer(
      int at,
      @Nullable String worker,
      @Nullable String file,
      @Nullable String transaction,
      int nth,
      Says says,
      @Nullable String reason,
      @Nullable Long amount) {}

  /** What clearing can say. */
  enum Says {
    SETTLED,
    REJECTED,
    RETURNED,
    ACCEPTED,
    PENDING,
    /** These are of a recall, in a camt.029. */
    RECALL_AGREED,
    RECALL_REFUSED,
    RECALL_PENDING
  }

  /**
   * A worker confirms a wage.
   *
   * @param claimed what he says he is owed, if it is more
   */
  record Confirms(
      int at,
      String worker,
      String project,
      YearMonth period,
      String runType,
      long amount,
      Confirmations.Source source,
      @Nullable Long claimed)
      implements Step {}

  /** A dispute about a wage ends; what of it is given, minor units. */
  record Settle(
      int at,
      String worker,
      String project,
      YearMonth period,
      String runType,
      long agreed,
      List<String> by)
      implements Step {}

  /**
   * Two persons of the bank decide about a held line.
   *
   * @param line its number in the file; 0 for the worker's first
   */
  record Decides(
      int at, boolean accept, String file, String worker, int line, String ground, List<String> by)
      implements Step {}

  /** An edition of the bank's screening list. */
  record ListRecorded(int at, LocalDate from, String source, List<Listed> entries)
      implements Step {}

  /**
   * An entry of it.
   *
   * @param worker whose name or identifier it has; empty where a name is given
   */
  record Listed(String worker, String name, Screening.Match match, String reason) {}

  /**
   * A held line becomes somebody's.
   *
   * @param line its number in the file; 0 for the worker's first
   */
  record Gives(int at, String file, String worker, int line, String to, String by)
      implements Step {}

  /** One person proposes what to do about a held line. */
  record Proposes(
      int at,
      String file,
      String worker,
      int line,
      WorkItems.Action action,
      String ground,
      String by)
      implements Step {}

  /** Somebody answers what is proposed about a held line. */
  record SaysToProposal(
      int at, String file, String worker, int line, boolean agree, String reason, String by)
      implements Step {}

  /** A worker's registered account is replaced. */
  record AccountReplaced(
      int at, String worker, @Nullable String account, @Nullable String accountOf, String source)
      implements Step {}

  /** A payment that came back is sent again. */
  record Repay(int at, String worker, @Nullable String file, int nth, List<String> by)
      implements Step {}

  /** Labour cost arrives. */
  record Credit(int at, String project, String account, long amount, String document)
      implements Step {}

  /** Somebody tries to take money out of a wage book. */
  record Debit(int at, String project, String account, EntryKind kind, long amount)
      implements Step {}

  /**
   * Two persons correct what was booked wrongly.
   *
   * @param debited a project, or empty for the settlement position
   * @param credited the same
   * @param document what it says; empty when there is none
   */
  record Corrects(
      int at,
      String debited,
      String credited,
      long amount,
      String corrects,
      String document,
      String reason,
      List<String> by)
      implements Step {}

  /** The bank asks clearing what is due to be asked: about silent payments. */
  record Silence(int at, LocalDateTime moment) implements Step {}

  /** Two persons ask a payment back, and the recall goes out. */
  record Recall(
      int at, String worker, @Nullable String file, int nth, RecallReason reason, List<String> by)
      implements Step {}

  /**
   * Clearing reports what it settled of a day, and what went back on it.
   *
   * @param closing the balance that it states after the day, if not the right one
   */
  record SettlementReported(
      int at, LocalDate day, List<Item> settled, List<Item> returned, @Nullable Long closing)
      implements Step {}

  /**
   * One transaction of a report.
   *
   * @param worker whose payment; null when the transaction is named
   * @param amount as the report has it, if not the payment's
   */
  record Item(
      @Nullable String worker,
      @Nullable String file,
      @Nullable String transaction,
      int nth,
      @Nullable Long amount) {}

  /**
   * A wage that came back gets a new account and is paid again.
   *
   * @param idOf whose identifier is shown
   */
  record Repair(
      int at,
      String worker,
      @Nullable String file,
      int nth,
      @Nullable String account,
      @Nullable String accountOf,
      String idOf,
      String source,
      List<String> by)
      implements Step {}

  /**
   * Two persons close an exception.
   *
   * @param nth which of all exceptions so far, from 1
   */
  record CloseException(int at, int nth, String reason, List<String> by) implements Step {}

  /** The bank makes its daily round. */
  record Daily(int at, LocalDateTime moment) implements Step {}

  /**
   * The core system tells of a credit.
   *
   * @param reference the core system's own
   * @param project empty when it names none
   * @param status BOOK, or another that is no booking
   */
  record AdviceArrives(
      int at,
      String reference,
      String project,
      String account,
      long amount,
      @Nullable String remittance,
      @Nullable LocalDate bookedOn,
      String status)
      implements Step {}

  /** Two persons assign money in suspense to a project. */
  record Assign(int at, String reference, String project, List<String> by, String reason)
      implements Step {}

  /** Two persons send money in suspense back. */
  record SendBack(int at, String reference, List<String> by, String reason) implements Step {}

  /** A contractor asks for an account, and two persons decide. */
  record OpenAccount(
      int at,
      String project,
      String account,
      LocalDate signed,
      boolean agreement,
      int payDay,
      String shortMoney,
      @Nullable String calendar,
      List<String> by)
      implements Step {}

  /** A step on the way to a wage book's end. */
  record Closing(int at, String project, Closings.Step step, String ground, List<String> by)
      implements Step {}

  /** A wage book is to be closed. */
  record CloseAccount(int at, String project, @Nullable String payee, List<String> by)
      implements Step {}

  /**
   * The core system states a business day of every account, and of one account not as it should.
   *
   * @param leavesOut places of movements that it leaves out, from 1
   * @param twice places of movements that it has twice
   * @param adds movements of its own by reference, minor units
   * @param closing the balance that it states after the day, if not the right one
   */
  record CoreStates(
      int at,
      LocalDate day,
      String account,
      List<Integer> leavesOut,
      List<Integer> twice,
      Map<String, Long> adds,
      @Nullable Long closing)
      implements Step {}

  /** A business day is compared, and closed if it can be. */
  record Reconcile(int at, LocalDate day) implements Step {}

  /** Somebody says why a break is there. */
  record ExplainBreak(int at, int nth, String reason, String by) implements Step {}

  /** A second person agrees. */
  record AgreeBreak(int at, int nth, String by) implements Step {}

  /** Now this must hold. */
  record Then(int at, Expected expected) implements Step {}
}
