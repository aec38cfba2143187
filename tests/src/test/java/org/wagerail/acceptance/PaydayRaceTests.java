package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Reason;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.payroll.PayRuns;
import org.wagerail.project.IdScheme;
import org.wagerail.project.WorkerAccounts;

/** What two paydays at once, and answers that are not meant for us, must not do. */
class PaydayRaceTests {
  private static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);

  private static final OffsetDateTime AT = SmallDay.ANSWERED.atOffset(ZoneOffset.ofHours(8));

  @TempDir Path folder;

  @Test
  void decidesOnceAndTakesNoAnswerThatNamesNoPayment() throws Exception {
    try (var day = SmallDay.released(folder)) {
      decideTwiceAtOnce(day);
      assertThat(count(day, "SELECT count(*) FROM pay_run"))
          .isEqualTo(3)
          .isEqualTo(count(day, "SELECT count(DISTINCT (wage_book, pay_date)) FROM pay_run"));
      long moved = replaceAnAccount(day);
      day.engine.bean(PayDay.class).run(day.bank, SmallDay.CUT_OFF.plusSeconds(2));
      assertThat(
              day.jdbc
                  .sql(
                      """
                      SELECT p.worker_account <> l.worker_account AND a.until_date IS NULL
                        FROM payment p
                        JOIN payroll_line l USING (bank, pay_month, payroll, line)
                        JOIN worker_account a ON a.bank = p.bank
                             AND a.worker_account = p.worker_account
                       WHERE l.worker_account = ?
                      """)
                  .param(moved)
                  .query(Boolean.class)
                  .list())
          .as("the wage follows its worker")
          .containsOnly(true);
      assertThat(count(day, "SELECT count(*) FROM payment")).isPositive();
      answersThatMoveNothing(day);
      assertThat(Audit.clean(day.engine.bean(Audit.class).run(day.bank))).isTrue();
    }
  }

  /**
   * Both have made their sums when both wait for the accounts, which a third holds: who comes
   * second must see that the first has decided.
   */
  private static void decideTwiceAtOnce(SmallDay day) throws Exception {
    var runs = day.engine.bean(PayRuns.class);
    var due = runs.due(day.bank, PAY_DATE, SmallDay.CUT_OFF);
    assertThat(due).hasSize(3);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var both =
          day.transaction.execute(
              _ -> {
                day.jdbc
                    .sql("SELECT account FROM account_balance WHERE bank = ? FOR UPDATE")
                    .param(day.bank)
                    .query(Long.class)
                    .list();
                Callable<PayRuns.Tally> first =
                    () -> runs.decide(day.bank, PAY_DATE, SmallDay.CUT_OFF, due);
                Callable<PayRuns.Tally> second =
                    () -> runs.decide(day.bank, PAY_DATE, SmallDay.CUT_OFF.plusSeconds(1), due);
                var started = List.of(threads.submit(first), threads.submit(second));
                while (waiting(day) < 2 && started.stream().noneMatch(Future::isDone)) {
                  Thread.onSpinWait();
                }
                return started;
              });
      int decided = 0;
      for (var each : java.util.Objects.requireNonNull(both)) {
        var tally = each.get();
        decided += tally.full() + tally.proRata() + tally.nothing();
      }
      assertThat(decided).isEqualTo(3);
    }
  }

  /**
   * After its file was read and signed.
   *
   * @return the account that ended
   */
  private long replaceAnAccount(SmallDay day) throws Exception {
    record Due(long party, long workerAccount) {}
    var due =
        day.jdbc
            .sql(
                """
                SELECT l.party, l.worker_account
                  FROM payroll_line l JOIN payroll_batch b USING (bank, pay_month, payroll, batch)
                  JOIN pay_run r ON r.bank = b.bank AND r.wage_book = b.wage_book
                       AND r.outcome = 'FULL'
                 WHERE l.verdict = 'PAY' LIMIT 1
                """)
            .query(Due.class)
            .single();
    var accounts = day.engine.bean(WorkerAccounts.class);
    for (var row : Files.readAllLines(folder.resolve("province/workers.csv"))) {
      var worker = row.split(",");
      var party = accounts.person(day.bank, IdScheme.RESIDENT_ID, worker[1]);
      if (party != null && party == due.party()) {
        assertThat(
                accounts.replace(
                    day.bank,
                    SmallDay.CUT_OFF,
                    "clerk",
                    new WorkerAccounts.Replacement(
                        IdScheme.RESIDENT_ID,
                        worker[1],
                        "6228480402564890018",
                        worker[4],
                        PAY_DATE,
                        "card and identity card seen")))
            .isNull();
        return due.workerAccount();
      }
    }
    throw new AssertionError("no such worker");
  }

  /** Who waits for a lock; not from the activity view, which stands still in a transaction. */
  private static long waiting(SmallDay day) {
    return count(day, "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted");
  }

  /**
   * Of a whole package without its payments; of another bank; of another message; a return that
   * does not add up: each is set aside. One that names another package is an exception.
   */
  private static void answersThatMoveNothing(SmallDay day) throws Exception {
    var first =
        day.jdbc
            .sql(
                "SELECT pay_month || lpad(min(payment)::text, 10, '0') FROM payment GROUP BY"
                    + " pay_month")
            .query(String.class)
            .single();
    var files =
        List.of(
            day.file("whole.xml"),
            day.file("elsewhere.xml"),
            day.file("other.xml"),
            day.file("sum.xml"),
            day.file("package.xml"));
    Files.write(
        files.get(0), status("1", Province.BANK, "P202610-1", Pacs008.VERSION, "ACSC", null));
    Files.write(
        files.get(1), status("2", "102331000099", "P202610-1", Pacs008.VERSION, null, first));
    Files.write(
        files.get(2), status("3", Province.BANK, "P202610-1", "pacs.003.001.08", null, first));
    Files.write(files.get(3), returned(first));
    Files.write(
        files.get(4), status("5", Province.BANK, "P202610-9", Pacs008.VERSION, null, first));
    day.engine.bean(ClearingFiles.class).receive(day.bank, files, SmallDay.ANSWERED);
    day.engine.bean(PayDay.class).answers(day.bank, SmallDay.ANSWERED);
    assertThat(count(day, "SELECT count(*) FROM payment_result")).isZero();
    assertThat(
            day.jdbc
                .sql(
                    "SELECT outcome FROM inbound_done JOIN inbound_document USING (bank, month,"
                        + " document) WHERE sender = 'CLEARING' ORDER BY document")
                .query(String.class)
                .list())
        .containsExactly("SET_ASIDE", "SET_ASIDE", "SET_ASIDE", "SET_ASIDE", "READ");
    assertThat(count(day, "SELECT count(*) FROM event WHERE kind = 'CLEARING_UNREADABLE'"))
        .isEqualTo(4);
    assertThat(day.jdbc.sql("SELECT kind FROM clearing_exception").query(String.class).list())
        .containsExactly("REFERENCE_DIFFERS");
  }

  private static byte[] status(
      String msgId,
      String receiver,
      String original,
      String kind,
      @Nullable String whole,
      @Nullable String settled) {
    var report = new ByteArrayOutputStream();
    try (var writer =
        Pacs002.writer(
            report, new Pacs002.Header(msgId, AT, null, receiver, original, kind, whole, null))) {
      if (settled != null) {
        writer.status(null, null, settled, "ACSC", null, null, null);
      }
    }
    return report.toByteArray();
  }

  /** One return, and two declared. */
  private static byte[] returned(String payment) {
    var report = new ByteArrayOutputStream();
    try (var writer =
        Pacs004.writer(
            report,
            new Pacs004.Header(
                "4", AT, 2, 100, PAY_DATE, null, Province.BANK, "P202610-1", Pacs008.VERSION))) {
      writer.returned("R-1", null, null, payment, 100, new Reason("AC04", null));
    }
    return report.toByteArray();
  }

  private static long count(SmallDay day, String sql) {
    return day.jdbc.sql(sql).query(Long.class).single();
  }
}
