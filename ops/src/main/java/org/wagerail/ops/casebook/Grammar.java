package org.wagerail.ops.casebook;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.wagerail.payroll.LineDecisions;
import org.wagerail.payroll.Releases;
import org.wagerail.project.Confirmations;
import org.wagerail.project.Movements;
import org.wagerail.project.WorkerAccounts;

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
    "sheet-cell"
  };

  static final String[] FIRM = {"firm", "code"};
  static final String[] PROJECT = {
    "project", "account", "balance", "short-money", "pay-day", "agreement", "firms"
  };
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
  static final String[] CONFIRMATION = {
    "worker", "amount", "project", "period", "run", "source", "at"
  };
  static final String[] STEP = {
    "clock",
    "file",
    "again",
    "release",
    "cut-off",
    "clearing",
    "confirm",
    "accept",
    "refuse",
    "account",
    "repay",
    "credit",
    "debit",
    "unanswered",
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
  static final String[] CONFIRM = {"worker", "amount", "project", "period", "run", "source"};
  static final String[] DECIDE = {"worker", "file", "line", "ground", "by"};
  static final String[] ACCOUNT = {"worker", "account", "account-of", "source"};
  static final String[] REPAY = {"worker", "file", "payment", "by"};
  static final String[] CREDIT = {"project", "account", "amount", "document"};
  static final String[] DEBIT = {"project", "account", "kind", "amount"};
  static final String[] THEN = {
    "files",
    "lines",
    "checks",
    "payments",
    "totals",
    "paid",
    "unpaid",
    "due",
    "books",
    "debits",
    "in-clearing",
    "runs",
    "exceptions",
    "refused",
    "pacs.008",
    "pain.002",
    "audit"
  };
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
            Confirmations.Refusal.values(),
            WorkerAccounts.Refusal.values(),
            Movements.Refusal.values())
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
            WORKER,
            CONFIRMATION,
            STEP,
            FILE,
            BATCH,
            LINE,
            REPLACE,
            RELEASE,
            ANSWER,
            CONFIRM,
            DECIDE,
            ACCOUNT,
            REPAY,
            CREDIT,
            DEBIT,
            THEN,
            PACKAGE,
            REPORT,
            PAYMENT,
            TOTALS)
        .flatMap(Arrays::stream)
        .distinct()
        .toList();
  }
}
