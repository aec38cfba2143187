package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs008;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.payroll.PayRuns;

/** What two paydays at once, and an answer that names no payment, must not do. */
class PaydayRaceTests {
  private static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);

  @TempDir Path folder;

  @Test
  void decidesOnceAndTakesNoAnswerThatNamesNoPayment() throws Exception {
    try (var day = SmallDay.released(folder)) {
      decideTwiceAtOnce(day);
      assertThat(count(day, "SELECT count(*) FROM pay_run"))
          .isEqualTo(3)
          .isEqualTo(count(day, "SELECT count(DISTINCT (wage_book, pay_date)) FROM pay_run"));
      day.engine.bean(PayDay.class).run(day.bank, SmallDay.CUT_OFF.plusSeconds(2));
      assertThat(count(day, "SELECT count(*) FROM payment")).isPositive();
      answerOfAWholePackage(day);
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

  /** Who waits for a lock; not from the activity view, which stands still in a transaction. */
  private static long waiting(SmallDay day) {
    return count(day, "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted");
  }

  private static void answerOfAWholePackage(SmallDay day) throws Exception {
    var report = new ByteArrayOutputStream();
    try (var _ =
        Pacs002.writer(
            report,
            new Pacs002.Header(
                "WHOLE",
                SmallDay.ANSWERED.atOffset(ZoneOffset.ofHours(8)),
                null,
                Province.BANK,
                "P202610-1",
                Pacs008.VERSION,
                "ACSC",
                null))) {
      // It says nothing of any payment.
    }
    var file = Files.write(day.file("whole.xml"), report.toByteArray());
    day.engine.bean(ClearingFiles.class).receive(day.bank, List.of(file), SmallDay.ANSWERED);
    day.engine.bean(PayDay.class).answers(day.bank, SmallDay.ANSWERED);
    assertThat(count(day, "SELECT count(*) FROM payment_result")).isZero();
    assertThat(
            day.jdbc
                .sql(
                    "SELECT outcome FROM inbound_done JOIN inbound_document USING (bank, month,"
                        + " document) WHERE sender = 'CLEARING'")
                .query(String.class)
                .list())
        .containsExactly("UNREADABLE");
    assertThat(count(day, "SELECT count(*) FROM event WHERE kind = 'CLEARING_UNREADABLE'")).isOne();
  }

  private static long count(SmallDay day, String sql) {
    return day.jdbc.sql(sql).query(Long.class).single();
  }
}
