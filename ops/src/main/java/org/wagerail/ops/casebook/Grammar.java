package org.wagerail.ops.casebook;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
  static final String[] RELEASE = {"file", "by"};
  static final String[] ANSWER = {
    "worker", "file", "payment", "transaction", "says", "reason", "amount"
  };
  static final String[] CONFIRM = {"worker", "amount", "project", "period", "run", "source"};
  static final String[] DECIDE = {"worker", "file", "ground", "by"};
  static final String[] ACCOUNT = {"worker", "account", "account-of", "source"};
  static final String[] REPAY = {"worker", "file", "payment", "by"};
  static final String[] CREDIT = {"project", "account", "amount", "document"};
  static final String[] DEBIT = {"project", "account", "kind", "amount"};
  static final String[] THEN = {
    "files",
    "lines",
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
  static final String[] REPORT = {"file", "status", "reason", "lines"};

  private Grammar() {}

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
            REPORT)
        .flatMap(Arrays::stream)
        .distinct()
        .toList();
  }
}
