package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
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
 * A payday killed with SIGKILL again and again: inside the bulk load of a large file, between its
 * blocks, and around every kind of step. However often it dies, the next start finds right books
 * and goes on, nothing is lost, and nothing is paid twice.
 */
class CrashTests {
  private static final int KILLED = 137;

  /** Large enough that each file is read in two blocks; a block is a transaction. */
  private static final ProvinceSpec SPEC =
      ProvinceSpec.of(5, 2, 22_000, LocalDate.of(2026, 10, 15));

  @Test
  void paydayKilledAtManyCommitsStillPaysEveryWageOnce(@TempDir Path folder) throws Exception {
    var province = folder.resolve("province");
    var written = Province.generate(SPEC, province);
    var home = folder.resolve("home");
    int deaths = 0;
    boolean finished = false;
    // Each start gets further before it dies, before and after a commit in turn.
    for (int round = 1; !finished; round++) {
      assertThat(round).as("starts until the day is done").isLessThan(40);
      int exit = start(home, province, round % 2 == 0 ? "BEFORE" : "AFTER", 3 + round * 12);
      assertThat(exit).isIn(0, KILLED);
      finished = exit == 0;
      deaths += exit == KILLED ? 1 : 0;
    }
    assertThat(deaths).as("times it was killed").isGreaterThan(2);
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

  private static int start(Path home, Path province, String when, int commit)
      throws IOException, InterruptedException {
    var log = home.resolveSibling("day.log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingDay.class.getName(),
                home.toString(),
                province.toString(),
                when,
                Integer.toString(commit))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ends in time").isTrue();
    int exit = process.exitValue();
    if (exit != 0 && exit != KILLED) {
      throw new AssertionError(Map.of("exit", exit) + Files.readString(log));
    }
    return exit;
  }
}
