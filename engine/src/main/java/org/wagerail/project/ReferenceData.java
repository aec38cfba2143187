package org.wagerail.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.secrecy.Vault;

/**
 * Takes in reference data from a directory of csv files, whole or not at all.
 *
 * <p>Files are UTF-8 with a header of English words, in any order of columns; a file may be
 * missing. They are {@code banks, calendars, calendar_days, parameters, participants, firms,
 * workers, signatories, projects, special_accounts, wage_books, agreements, subcontracts,
 * employments, confirmations}, each with the ending {@code .csv}. All but banks, calendars and
 * calendar_days have a column {@code bank}: the bank's 12-digit code.
 *
 * <p>The same row again changes nothing. A row with a known key and other content is a finding:
 * what is new about something dated is another row with a later {@code from_date}, what is new
 * about a confirmation is a later confirmation.
 */
@Component
public final class ReferenceData {
  private static final int IMPORT_LOCK = 7246;

  private final JdbcClient jdbc;
  private final DataSource database;
  private final TransactionTemplate transaction;
  private final TransactionTemplate ownTransaction;
  private final Numbers numbers;
  private final Vault vault;
  private final EventLog log;

  ReferenceData(
      JdbcClient jdbc,
      DataSource database,
      PlatformTransactionManager transactions,
      Numbers numbers,
      Vault vault,
      EventLog log) {
    this.jdbc = jdbc;
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.numbers = numbers;
    this.vault = vault;
    this.log = log;
  }

  /**
   * Imports a directory.
   *
   * @param actor who imports, by number or role, never by name
   * @param at the instant it is booked at
   * @throws UncheckedIOException when a file cannot be read
   */
  public ImportReport importDirectory(Path directory, String actor, Instant at) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              try {
                var report = take(directory, actor, at);
                if (!report.accepted()) {
                  status.setRollbackOnly();
                }
                return report;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (SQLException e) {
                throw new IllegalStateException("cannot copy reference data", e);
              }
            }));
  }

  private ImportReport take(Path directory, String actor, Instant at)
      throws IOException, SQLException {
    jdbc.sql("SELECT pg_advisory_xact_lock(?)").param(IMPORT_LOCK).query(_ -> {});
    // Room for the joins of a province; it is given back at the end of the transaction.
    jdbc.sql("SET LOCAL work_mem = '128MB'").update();
    var connection = DataSourceUtils.getConnection(database);
    try {
      var intake = new Intake(jdbc, connection, ownTransaction, numbers, vault, at);
      var sheets =
          Stream.of(SettingSheets.all(), PartySheets.all(), ProjectSheets.all(), RosterSheets.all())
              .flatMap(List::stream)
              .toList();
      refuseStrangers(directory, sheets, intake);
      for (var sheet : sheets) {
        intake.take(sheet, directory.resolve(sheet.file()));
      }
      var report = intake.report();
      if (report.accepted()) {
        record(report, intake, actor, at);
      }
      return report;
    } finally {
      DataSourceUtils.releaseConnection(connection, database);
    }
  }

  /** A misspelt file name would otherwise be a file that is silently not there. */
  private static void refuseStrangers(Path directory, List<Sheet> sheets, Intake intake)
      throws IOException {
    var known = sheets.stream().map(Sheet::file).collect(Collectors.toSet());
    try (var entries = Files.list(directory)) {
      entries
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".csv") && !known.contains(name))
          .sorted()
          .forEach(name -> intake.findings().add(Flaw.UNKNOWN_FILE.at(name, 0, "")));
    }
  }

  private void record(ImportReport report, Intake intake, String actor, Instant at) {
    long added = report.files().stream().mapToLong(ImportReport.FileCount::added).sum();
    if (added == 0) {
      return;
    }
    for (int bank : new TreeSet<>(intake.touched())) {
      log.command(bank, at, actor, "IMPORT_REFERENCE_DATA", "reference data", intake.canonical());
      log.append(
          bank,
          at,
          List.of(
              new EventLog.Event(
                  "REFERENCE_DATA_IMPORTED", "bank " + bank, added + " rows added")));
    }
  }
}
