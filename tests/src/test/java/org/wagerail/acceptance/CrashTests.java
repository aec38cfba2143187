package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;

/**
 * A payday killed with SIGKILL at every step: with all rows of the step's first transaction sent
 * and none kept, and with them kept; and inside the bulk loads. Each start finds right books and
 * goes on from where it died; nothing is lost, and nothing is paid twice.
 */
class CrashTests {
  private static final int KILLED = 137;

  /** Large enough that each file is read in two blocks; a block is a transaction. */
  private static final ProvinceSpec SPEC =
      ProvinceSpec.of(5, 2, 22_000, LocalDate.of(2026, 10, 15));

  /** In the order of the day: each start lives until the next of them. */
  private static final List<String> DEATHS =
      List.of(
          "receive AFTER",
          "wage_claim COPYING",
          "read BEFORE",
          "payroll_line COPYING",
          "read AFTER",
          "weigh lines BEFORE",
          "acknowledge BEFORE",
          "acknowledge AFTER",
          "release BEFORE",
          "release AFTER",
          "decide BEFORE",
          "decide AFTER",
          "debit BEFORE",
          "debit AFTER",
          "payment COPYING",
          "pay BEFORE",
          "pay AFTER",
          "weigh payments BEFORE",
          "pack BEFORE",
          "pack AFTER",
          "deliver AFTER",
          "receive answers AFTER",
          "payment_result COPYING",
          "replies BEFORE",
          "replies AFTER",
          "weigh results BEFORE",
          "report BEFORE",
          "report AFTER",
          "deliver reports AFTER");

  @Test
  void paydayKilledAtEveryStepStillPaysEveryWageOnce(@TempDir Path folder) throws Exception {
    var province = folder.resolve("province");
    var written = Province.generate(SPEC, province);
    var home = folder.resolve("home");
    for (var death : DEATHS) {
      int cut = death.lastIndexOf(' ');
      assertThat(start(home, province, death.substring(0, cut), death.substring(cut + 1)))
          .as("exit of the start that dies at: " + death)
          .isEqualTo(KILLED);
    }
    assertThat(start(home, province)).isZero();
    try (var engine = Engine.open(Home.at(home))) {
      assertThat(Audit.clean(engine.bean(Audit.class).run(null))).isTrue();
      var jdbc = engine.bean(JdbcClient.class);
      assertThat(jdbc.sql("SELECT count(*) FROM payment").query(Integer.class).single())
          .isEqualTo(written.wages());
      assertThat(jdbc.sql("SELECT sum(amount)::bigint FROM payment").query(Long.class).single())
          .isEqualTo(written.total());
      assertThat(
              jdbc.sql("SELECT count(*) FROM payment_result WHERE kind = 'SETTLED'")
                  .query(Integer.class)
                  .single())
          .isEqualTo(written.wages());
    }
  }

  private static int start(Path home, Path province, String... death)
      throws IOException, InterruptedException {
    var log = home.resolveSibling("day.log");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingDay.class.getName(),
                home.toString(),
                province.toString()));
    command.addAll(List.of(death));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ends in time").isTrue();
    int exit = process.exitValue();
    if (exit != 0 && exit != KILLED) {
      throw new AssertionError("exit " + exit + ": " + Files.readString(log));
    }
    return exit;
  }
}
