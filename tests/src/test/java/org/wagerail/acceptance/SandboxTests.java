package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.province.Province;

/**
 * A served sandbox from the file to the settled wage, by what its users can do and nothing else.
 */
class SandboxTests {
  @TempDir static Path folder;
  private static ServedBank bank;

  @BeforeAll
  static void open() throws Exception {
    bank = ServedBank.sandbox(folder);
  }

  @AfterAll
  static void close() {
    if (bank != null) {
      bank.close();
    }
  }

  @Test
  void paysOnTheCutOffOfItsOwnClock() throws Exception {
    var path =
        bank.submit(bank.person(1), bank.payroll(0).getBytes(StandardCharsets.UTF_8))
            .header("location");
    bank.round();
    for (int nth = 1; nth <= 2; nth++) {
      var read = bank.get(path, bank.person(nth));
      var signed =
          bank.post(
              path + "/releases",
              bank.person(nth),
              Map.of("If-Match", read.header("etag"), "Content-Type", "application/json"),
              bank.signature(read.body(), nth));
      assertThat(signed.status()).as(signed.text()).isEqualTo(200);
    }
    bank.round();
    assertThat(bank.count("SELECT count(*) FROM pay_run")).isZero();

    assertThat(bank.counter("clock", "to=2026-10-15T18:00:00%2B08:00").status()).isEqualTo(200);
    assertThat(bank.counter("clock", "to=2026-10-14T18:00:00%2B08:00").code())
        .isEqualTo("STATE_CONFLICT");
    assertThat(bank.counter("clock", "to=yesterday").code()).isEqualTo("REQUEST_INVALID");
    bank.round();

    var run = bank.get("/v1/runs", bank.token("auditor")).body().path("items").get(0);
    assertThat(run.path("outcome").asString()).isEqualTo("FULL");
    // The clearing house's first word, its second, and its reports: of the payday and, empty, of
    // the
    // two days that the clock passed over.
    until(() -> settled(path) > 0);
    bank.counter("clock", "to=2026-10-16T09:00:00%2B08:00");
    until(() -> bank.count("SELECT count(*) FROM settlement_compared") == 3);
    assertThat(Audit.clean(bank.engine.bean(Audit.class).run(null))).isTrue();
  }

  private static long settled(String path) throws Exception {
    var lines = bank.get(path + "/lines", bank.person(1)).body().path("items");
    return lines.valueStream().filter(l -> l.path("result").asString("").equals("SETTLED")).count();
  }

  @Test
  void creditsAWageBookWhenSomebodyAsksTheCoreSystem() throws Exception {
    var code = bank.jdbc.sql("SELECT min(code) FROM project").query(String.class).single();
    var account =
        bank.jdbc
            .sql(
                """
                SELECT s.number FROM wage_book w
                  JOIN project p ON p.bank = w.bank AND p.project = w.project
                  JOIN special_account s ON s.bank = w.bank AND s.special_account = w.special_account
                 WHERE p.code = ?
                """)
            .param(code)
            .query(String.class)
            .single();
    var form = "bank=" + Province.BANK + "&account=" + account + "&project=" + code;
    assertThat(bank.counter("credits", form + "&amount=1.005").code()).isEqualTo("REQUEST_INVALID");
    assertThat(bank.counter("credits", form + "&amount=1234.50").status()).isEqualTo(200);
    until(
        () ->
            bank.count(
                    "SELECT count(*) FROM posting JOIN journal_entry USING (bank, book_month,"
                        + " entry) WHERE amount = 123450 AND kind = 'LABOUR_COST'")
                == 1);
  }

  private static void until(Callable<Boolean> holds) throws Exception {
    var end = Instant.now().plusSeconds(30);
    while (!holds.call()) {
      assertThat(Instant.now()).isBefore(end);
      bank.round();
      Thread.sleep(100);
    }
  }
}
