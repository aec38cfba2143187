package org.wagerail.ops.casebook;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.wagerail.evidence.Proposals;
import org.wagerail.funding.Advices;
import org.wagerail.funding.Closings;
import org.wagerail.funding.Openings;
import org.wagerail.payment.Exceptions;
import org.wagerail.payment.RecallDecision;
import org.wagerail.payroll.LineDecisions;
import org.wagerail.payroll.Releases;
import org.wagerail.payroll.ScreeningLists;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Confirmations;
import org.wagerail.project.Corrections;
import org.wagerail.project.Disputes;
import org.wagerail.project.Movements;
import org.wagerail.project.WorkerAccounts;
import org.wagerail.reconciliation.Breaks;
import org.wagerail.reconciliation.BusinessDays;

/** The words that may stand in each place of a case. The handbook explains every one. */
public final class Grammar {
  static final String[] CASE = {"case", "given", "when", "then"};
  static final String[] GIVEN = {
    "clock",
    "period",
    "run",
    "calendar",
    "parameters",
    "firms",
    "projects",
    "workers",
    "confirmations",
    "signatories"
  };
  static final String[] CALENDAR = {"year", "state", "holidays", "workdays"};

  /** Names of parameters: what the engine reads, and no author's own. */
  static final String[] PARAMETERS = {
    "wage-line-limit",
    "pay-days-ahead",
    "wage-months-back",
    "cut-off",
    "closing-notice-days",
    "projects-in-one-account",
    "findings-listed",
    "payroll-bytes-folder",
    "package-size",
    "answer-days",
    "calendar",
    "sheet-bytes",
    "sheet-rows",
    "sheet-inflated-bytes",
    "sheet-entries",
    "sheet-ratio",
    "sheet-cell",
    "payroll-bytes-rest",
    "request-bytes",
    "uploads-at-once",
    "upload-bytes-a-second",
    "upload-patience",
    "daily-round",
    "office-opens",
    "office-closes",
    "held-line-hours",
    "exception-hours",
    "proposal-hours",
    "webhook-events",
    "webhook-patience",
    "webhook-first-pause",
    "webhook-longest-pause",
    "webhook-failures",
    "evidence-bytes"
  };

  static final String[] FIRM = {"firm", "code"};
  static final String[] PROJECT = {
    "project",
    "account",
    "balance",
    "short-money",
    "pay-day",
    "agreement",
    "firms",
    "labour-cost",
    "opened"
  };
  static final String[] TERM = {"amount", "share", "cycle", "day", "from", "progress"};
  static final String[] WORKER = {
    "worker",
    "name",
    "scheme",
    "id",
    "account",
    "account-of",
    "bank",
    "second-account",
    "registered",
    "projects",
    "firm",
    "from",
    "until",
    "contract",
    "confirmed"
  };
  static final String[] JOB = {"project", "from", "until"};
  static final String[] CONFIRMATION = {
    "worker", "amount", "project", "period", "run", "source", "at"
  };
  static final String[] STEP = {
    "clock",
    "file",
    "again",
    "release",
    "cut-off",
    "at-once",
    "clearing",
    "confirm",
    "settle",
    "accept",
    "refuse",
    "screening-list",
    "give",
    "propose",
    "answer",
    "account",
    "repay",
    "credit",
    "debit",
    "correct",
    "silence",
    "recall",
    "settlement-report",
    "repair",
    "daily",
    "advice",
    "assign",
    "send-back",
    "open-account",
    "closing",
    "close-exception",
    "close-account",
    "core-statement",
    "reconcile",
    "explain-break",
    "agree-break",
    "then"
  };
  static final String[] FILE = {
    "name",
    "message",
    "version",
    "like",
    "xml",
    "replace",
    "count",
    "sum",
    "batches",
    "project",
    "account",
    "firm",
    "firm-code",
    "pay-date",
    "method",
    "purpose",
    "period",
    "run",
    "lines"
  };
  static final String[] BATCH = {
    "project",
    "account",
    "firm",
    "firm-code",
    "pay-date",
    "method",
    "purpose",
    "period",
    "run",
    "lines"
  };
  static final String[] LINE = {
    "worker",
    "amount",
    "currency",
    "period",
    "run",
    "remittance",
    "name",
    "scheme",
    "id",
    "account",
    "account-of",
    "bank",
    "end-to-end"
  };
  static final String[] REPLACE = {"old", "by"};
  static final String[] RELEASE = {"file", "by", "signed"};
  static final String[] ANSWER = {
    "worker", "file", "payment", "transaction", "says", "reason", "amount"
  };
  static final String[] CONFIRM = {
    "worker", "amount", "project", "period", "run", "source", "claims"
  };
  static final String[] SETTLE = {"worker", "project", "period", "run", "agreed", "by"};
  static final String[] DECIDE = {"worker", "file", "line", "ground", "by"};
  static final String[] SCREENING_LIST = {"from", "source", "entries"};
  static final String[] LISTED = {"worker", "name", "match", "reason"};
  static final String[] GIVE = {"worker", "file", "line", "to", "by"};
  static final String[] PROPOSE = {"worker", "file", "line", "action", "ground", "by"};
  static final String[] WORD = {"worker", "file", "line", "agree", "reason", "by"};
  static final String[] ACCOUNT = {"worker", "account", "account-of", "source"};
  static final String[] REPAY = {"worker", "file", "payment", "by"};
  static final String[] RECALL = {"worker", "file", "payment", "reason", "by"};
  static final String[] SETTLEMENT = {"day", "settled", "returned", "closing"};
  static final String[] ITEM = {"worker", "file", "payment", "transaction", "amount"};
  static final String[] REPAIR = {
    "worker", "file", "payment", "account", "account-of", "id-of", "source", "by"
  };
  static final String[] CLOSE_EXCEPTION = {"exception", "reason", "by"};
  static final String[] CREDIT = {"project", "account", "amount", "document"};
  static final String[] DEBIT = {"project", "account", "kind", "amount"};
  static final String[] CORRECT = {
    "debited", "credited", "amount", "corrects", "document", "reason", "by"
  };
  static final String[] ADVICE = {
    "reference", "project", "account", "amount", "remittance", "booked-on", "status"
  };
  static final String[] ASSIGN = {"reference", "project", "by", "reason"};
  static final String[] SEND_BACK = {"reference", "by", "reason"};
  static final String[] OPEN_ACCOUNT = {
    "project", "account", "signed", "agreement", "calendar", "by"
  };
  static final String[] CLOSING = {"project", "step", "ground", "by"};
  static final String[] CLOSE_ACCOUNT = {"project", "payee", "by"};
  static final String[] CORE_STATEMENT = {
    "day", "account", "leaves-out", "twice", "adds", "closing"
  };
  static final String[] ADDED = {"reference", "amount"};
  static final String[] EXPLAIN_BREAK = {"break", "reason", "by"};
  static final String[] AGREE_BREAK = {"break", "by"};
  static final String[] THEN = {
    "files",
    "lines",
    "checks",
    "payments",
    "totals",
    "paid",
    "unpaid",
    "due",
    "pay-dates",
    "disputes",
    "books",
    "debits",
    "in-clearing",
    "runs",
    "exceptions",
    "open-exceptions",
    "refused",
    "pacs.008",
    "pacs.028",
    "camt.056",
    "camt.054",
    "pain.002",
    "labour-cost",
    "suspense",
    "advices",
    "marks",
    "earliest-closing",
    "notices",
    "breaks",
    "open-breaks",
    "closed-days",
    "work",
    "audit"
  };
  static final String[] INQUIRY = {"asks"};
  static final String[] ASKED_BACK = {"worker", "reason"};
  static final String[] RETURN_ADVICE = {"file", "returns", "reason"};
  static final String[] LABOUR = {"due", "amount", "credited", "outstanding", "days", "state"};
  static final String[] NOTICE = {"to", "kind", "facts"};
  static final String[] WORK = {"owner", "state", "action", "due", "overdue"};
  static final String[] PACKAGE = {"count", "sum", "pays"};
  static final String[] REPORT = {"file", "status", "reason", "batches", "count", "lines"};
  static final String[] PAYMENT = {"amount", "state", "reason", "on", "replaces"};
  static final String[] TOTALS = {
    "said",
    "refused",
    "held",
    "unpaid",
    "paid-out",
    "repaid",
    "in-clearing",
    "settled",
    "rejected",
    "returned"
  };

  private Grammar() {}

  /** Every code with which a step can be refused. */
  public static List<String> refusals() {
    return Stream.<Enum<?>[]>of(
            Releases.Refusal.values(),
            LineDecisions.Refusal.values(),
            WorkItems.Refusal.values(),
            ScreeningLists.Fault.values(),
            Proposals.Refusal.values(),
            Confirmations.Refusal.values(),
            Disputes.Refusal.values(),
            WorkerAccounts.Refusal.values(),
            RecallDecision.Refusal.values(),
            Exceptions.Refusal.values(),
            Movements.Refusal.values(),
            Corrections.Refusal.values(),
            Advices.Refusal.values(),
            Openings.Refusal.values(),
            Closings.Refusal.values(),
            Breaks.Refusal.values(),
            BusinessDays.Refusal.values())
        .flatMap(Arrays::stream)
        .map(Enum::name)
        .distinct()
        .toList();
  }

  /** Every parameter that can be given. */
  public static List<String> parameters() {
    return List.of(PARAMETERS);
  }

  /** Every word there is. */
  public static List<String> words() {
    return Stream.of(
            CASE,
            GIVEN,
            CALENDAR,
            FIRM,
            PROJECT,
            TERM,
            WORKER,
            JOB,
            CONFIRMATION,
            STEP,
            FILE,
            BATCH,
            LINE,
            REPLACE,
            RELEASE,
            ANSWER,
            CONFIRM,
            SETTLE,
            DECIDE,
            SCREENING_LIST,
            LISTED,
            GIVE,
            PROPOSE,
            WORD,
            ACCOUNT,
            REPAY,
            RECALL,
            SETTLEMENT,
            ITEM,
            REPAIR,
            CLOSE_EXCEPTION,
            CREDIT,
            DEBIT,
            CORRECT,
            ADVICE,
            ASSIGN,
            SEND_BACK,
            OPEN_ACCOUNT,
            CLOSING,
            CLOSE_ACCOUNT,
            CORE_STATEMENT,
            ADDED,
            EXPLAIN_BREAK,
            AGREE_BREAK,
            THEN,
            INQUIRY,
            ASKED_BACK,
            RETURN_ADVICE,
            LABOUR,
            NOTICE,
            WORK,
            PACKAGE,
            REPORT,
            PAYMENT,
            TOTALS)
        .flatMap(Arrays::stream)
        .distinct()
        .toList();
  }
}
