package org.wagerail.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.ledger.EntryKind;
import org.wagerail.ledger.Journal;
import org.wagerail.ledger.JournalEntry;
import org.wagerail.secrecy.Vault;

/**
 * Takes in reference data from a directory of csv files, whole or not at all.
 *
 * <p>Files are UTF-8 with a header of English words, in any order of columns; a file may be
 * missing. They are {@code banks, calendars, calendar_days, parameters, participants, firms,
 * workers, signatories, users, projects, special_accounts, wage_books, agreements, subcontracts,
 * labour_terms, certified_progress, employments, confirmations}, each with the ending {@code .csv}.
 * All but banks, calendars and calendar_days have a column {@code bank}: the bank's 12-digit code.
 *
 * <p>The same row again changes nothing. A row with a known key and other content is a finding:
 * what is new about something dated is another row with a later {@code from_date}, what is new
 * about a confirmation is a later confirmation. The opening balance of a wage book counts when the
 * book is opened, and never again.
 */
@Component
public final class ReferenceData {
  /** Imports come one after another. */
  private static final int IMPORT_LOCK = 7246;

  /** What lookups of a payday go to, and PostgreSQL must know the size of at once. */
  private static final List<String> LOADED =
      List.of(
          "party",
          "party_identifier",
          "worker_account",
          "employment",
          "confirmation",
          "account",
          "account_balance",
          "special_account",
          "project",
          "wage_book",
          "agreement",
          "participant");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final BulkCopy bulk;
  private final Months months;
  private final Accounts accounts;
  private final Journal journal;
  private final Numbers numbers;
  private final Vault vault;
  private final EventLog log;

  ReferenceData(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      BulkCopy bulk,
      Months months,
      Accounts accounts,
      Journal journal,
      Numbers numbers,
      Vault vault,
      EventLog log) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.bulk = bulk;
    this.months = months;
    this.accounts = accounts;
    this.journal = journal;
    this.numbers = numbers;
    this.vault = vault;
    this.log = log;
  }

  /**
   * Imports a directory.
   *
   * @param actor who imports, by number or role, never by name
   * @param at the instant it is booked at
   * @throws UncheckedIOException when the directory cannot be read
   */
  public ImportReport importDirectory(Path directory, String actor, Instant at) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              var report = take(directory, actor, at);
              if (!report.accepted()) {
                status.setRollbackOnly();
              } else {
                LOADED.forEach(table -> jdbc.sql("ANALYZE " + table).update());
              }
              return report;
            }));
  }

  private ImportReport take(Path directory, String actor, Instant at) {
    jdbc.sql("SELECT pg_advisory_xact_lock(?)").param(IMPORT_LOCK).query(_ -> {});
    // Room for the joins of a province; it is given back at the end of the transaction.
    jdbc.sql("SET LOCAL work_mem = '128MB'").update();
    var intake = new Intake(jdbc, bulk, months, accounts, numbers, vault, at);
    var sheets =
        Stream.of(
                SettingSheets.all(),
                PartySheets.all(),
                ProjectSheets.all(),
                FundingSheets.all(),
                RosterSheets.all())
            .flatMap(List::stream)
            .toList();
    refuseStrangers(directory, sheets, intake);
    for (var sheet : sheets) {
      intake.take(sheet, directory.resolve(sheet.file()));
    }
    var report = intake.report();
    long added = report.files().stream().mapToLong(ImportReport.FileCount::added).sum();
    if (report.accepted() && added > 0) {
      for (int bank : intake.touched()) {
        bookOpenings(bank, intake, at);
        log.command(bank, at, actor, "IMPORT_REFERENCE_DATA", "reference data", intake.canonical());
        log.append(
            bank,
            at,
            List.of(
                new EventLog.Event(
                    "REFERENCE_DATA_IMPORTED", "bank " + bank, added + " rows added")));
      }
    }
    if (report.accepted()) {
      intake.sealed().forEach((bank, told) -> log.append(bank, at, told));
    }
    return report;
  }

  /** A misspelt file name would otherwise be a file that is silently not there. */
  private static void refuseStrangers(Path directory, List<Sheet> sheets, Intake intake) {
    var known = sheets.stream().map(Sheet::file).collect(Collectors.toSet());
    try (var entries = Files.list(directory)) {
      var csv =
          entries
              .filter(Files::isRegularFile)
              .map(path -> String.valueOf(path.getFileName()))
              .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".csv"))
              .sorted()
              .toList();
      csv.stream()
          .filter(name -> !known.contains(name))
          .forEach(name -> intake.findings().add(Flaw.UNKNOWN_FILE.at(name, 0, "")));
      if (csv.isEmpty()) {
        intake.findings().add(Flaw.NO_FILES.at(String.valueOf(directory.getFileName()), 0, ""));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The money that was in the wage books before they were kept here. */
  private void bookOpenings(int bank, Intake intake, Instant at) {
    if (bank == 0) {
      return;
    }
    record Opening(long wageBook, long amount) {}
    var openings =
        jdbc.sql(
                """
                SELECT w.wage_book, s.opening FROM stage_wage_books s
                  JOIN wage_book w ON (w.bank, w.wage_book) = (s.bank, s.wage_book)
                 WHERE s.bank = ? AND s.opening > 0 ORDER BY 1
                """)
            .param(bank)
            .query((row, _) -> new Opening(row.getLong(1), row.getLong(2)))
            .list();
    if (openings.isEmpty()) {
      return;
    }
    long settlement = accounts.own(bank, AccountKind.SETTLEMENT);
    journal.post(
        bank,
        intake.today(bank),
        at,
        openings.stream()
            .map(
                opening ->
                    JournalEntry.move(
                        EntryKind.OPENING,
                        "wage book " + opening.wageBook(),
                        settlement,
                        opening.wageBook(),
                        opening.amount()))
            .toList(),
        List.of());
  }
}
