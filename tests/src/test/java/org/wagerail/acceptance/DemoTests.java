package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.wagerail.iso.Validation;
import org.wagerail.iso.Verdict;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.cli.Terminal;
import org.wagerail.ops.home.Home;

class DemoTests {
  @TempDir Path folder;

  private final StringWriter said = new StringWriter();
  private final StringWriter complained = new StringWriter();

  private int demo(String... options) {
    var words = new String[options.length + 1];
    words[0] = "demo";
    System.arraycopy(options, 0, words, 1, options.length);
    return Terminal.run(new PrintWriter(said), new PrintWriter(complained), words);
  }

  @Test
  void playsAPaydayWhoseTableIsWhatTheDatabaseSays() throws Exception {
    var home = folder.resolve("home");
    assertThat(demo("--keep", "--home", home.toString())).as(said + "\n" + complained).isZero();
    var text = said.toString();
    assertThat(text).doesNotContain("\r", "\u001b");

    try (var engine = Engine.open(Home.at(home))) {
      assertThat(Audit.clean(engine.bean(Audit.class).run(null))).isTrue();
      var jdbc = engine.bean(JdbcClient.class);
      row(text, "In the payrolls", jdbc, "payroll_line");
      row(text, "Refused", jdbc, "payroll_line WHERE verdict = 'REFUSE'");
      row(text, "Held", jdbc, "payroll_line WHERE verdict = 'HOLD'");
      row(text, "Paid, some in part", jdbc, "payment");
      row(
          text,
          "Settled",
          jdbc,
          "payment JOIN payment_result s USING (bank, pay_month, payment) WHERE s.kind = 'SETTLED'"
              + " AND payment NOT IN (SELECT payment FROM payment_result WHERE kind = 'RETURNED')");
      row(text, "Rejected by clearing", jdbc, results("REJECTED"));
      row(text, "Returned", jdbc, results("RETURNED"));
      row(
          text,
          "Not answered",
          jdbc,
          "payment WHERE payment NOT IN (SELECT payment FROM payment_result)");
      assertThat(line(text, "Wage book after"))
          .endsWith(
              yuan(
                  jdbc.sql(
                          "SELECT sum(balance)::bigint FROM account_balance b"
                              + " JOIN wage_book w ON w.bank = b.bank AND w.wage_book = b.account")
                      .query(Long.class)
                      .single()));
      everythingHappened(jdbc);
    }
    assertThat(home.resolve("data/postmaster.pid")).doesNotExist();
    everyMessageIsThere(text);
  }

  /** A table's row ends in the count and the sum of the whole payday. */
  private static void row(String text, String name, JdbcClient jdbc, String from) {
    var sum =
        jdbc.sql("SELECT count(*), coalesce(sum(amount), 0)::bigint FROM " + from)
            .query((found, _) -> List.of(found.getLong(1), found.getLong(2)))
            .single();
    assertThat(sum.getFirst()).as(name).isPositive();
    assertThat(line(text, name).replaceAll(" +", " "))
        .endsWith(" " + sum.getFirst() + " " + yuan(sum.getLast()));
  }

  private static String results(String kind) {
    return "payment JOIN payment_result r USING (bank, pay_month, payment) WHERE r.kind = '"
        + kind
        + "'";
  }

  private static String line(String text, String name) {
    var table = text.substring(text.indexOf("Wages / CNY"));
    return table.lines().filter(line -> line.contains(" " + name + " ")).findFirst().orElseThrow();
  }

  private static String yuan(long fen) {
    return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(fen, 2));
  }

  /** Were one kind of trouble missing, the demonstration would show less than it says. */
  private static void everythingHappened(JdbcClient jdbc) {
    assertThat(
            names(jdbc, "SELECT DISTINCT unnest(string_to_array(checks, ',')) FROM payroll_line"))
        .contains(
            "DATE_PAST",
            "AMOUNT_ZERO",
            "ACCOUNT_INVALID",
            "ID_INVALID",
            "END_TO_END_REPEATED",
            "UNCONFIRMED",
            "CONFIRMED_OTHER_AMOUNT",
            "NAME_DIFFERS",
            "NOT_EMPLOYED",
            "DUPLICATE_WAGE");
    assertThat(names(jdbc, "SELECT outcome FROM pay_run")).contains("FULL", "PRO_RATA");
    assertThat(names(jdbc, "SELECT kind FROM clearing_exception"))
        .contains("CONTRADICTION", "NO_ANSWER");
    assertThat(names(jdbc, "SELECT verdict FROM payroll")).contains("READ", "REFUSED");
    assertThat(names(jdbc, "SELECT DISTINCT message FROM inbound_document"))
        .contains("pain.001.001.03", "pain.001.001.09", "pain.001.001.11");
    assertThat(names(jdbc, "SELECT split_part(subject, ' ', 1) FROM outbound_message"))
        .contains("received", "package", "short", "answered");
    assertThat(names(jdbc, "SELECT name FROM inbound_repeat")).hasSize(1);
  }

  private static List<String> names(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  private static void everyMessageIsThere(String text) throws Exception {
    var named = text.substring(text.indexOf("Every message: ") + "Every message: ".length());
    var messages = Path.of(named.lines().findFirst().orElseThrow());
    for (var name : List.of("contractor-in", "contractor-out", "clearing-in", "clearing-out")) {
      try (var found = Files.list(messages.resolve(name))) {
        var files = found.toList();
        assertThat(files).isNotEmpty();
        for (var file : files) {
          assertThat(Validation.of(Files.newInputStream(file)).verdict())
              .as(file.toString())
              .isEqualTo(file.toString().endsWith("-broken.xml") ? Verdict.INVALID : Verdict.VALID);
        }
      }
    }
    FileSystemUtils.deleteRecursively(messages.getParent());
  }

  @Test
  void touchesNoHomeThatHoldsSomething() throws Exception {
    var precious = Files.writeString(folder.resolve("precious"), "1");
    assertThat(demo("--home", folder.toString())).isEqualTo(Terminal.FAILED);
    assertThat(complained.toString()).contains("空目录").contains("empty directory");
    assertThat(precious).exists();
    assertThat(said.toString()).isEmpty();
  }
}
