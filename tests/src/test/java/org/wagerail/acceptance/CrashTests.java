package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Order;
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
@Order(1) // it takes long: begun first, the others go beside it
class CrashTests {
  private static final int KILLED = 137;

  /** Wages of a block, which is a transaction. */
  private static final int BLOCK = 1_000;

  /** Large enough that each of the two files is read in two blocks. */
  private static final ProvinceSpec SPEC = ProvinceSpec.of(5, 2, 2_400, LocalDate.of(2026, 10, 15));

  /** Decision 9: classes come from the cache, never profiles. */
  private static final List<String> CACHE =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", "-XX:-AOTReplayTraining");

  /** In the order of the day. Two paydays share them; each start lives until its next. */
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

  private @TempDir Path folder;
  private String classes;

  @Test
  void paydayKilledAtEveryStepStillPaysEveryWageOnce() throws Exception {
    var province = folder.resolve("province");
    var written = Province.generate(SPEC, province);
    packClasses();
    assertThat(
            start("unharmed", province, List.of("-XX:AOTCacheOutput=" + cache(), "-Xlog:disable")))
        .as("exit of a payday that nothing kills")
        .isZero();
    try (var both = Executors.newFixedThreadPool(2)) {
      var paydays =
          both.invokeAll(
              List.of(
                  () -> killed("first", province, written, 0),
                  () -> killed("second", province, written, 1)));
      for (var payday : paydays) {
        payday.get();
      }
    }
  }

  /** Every second death, from the named one on; then the start that lives. */
  private Void killed(String home, Path province, Province.Written written, int from)
      throws Exception {
    var cached = List.of("-XX:AOTCache=" + cache());
    for (int i = from; i < DEATHS.size(); i += 2) {
      var death = DEATHS.get(i);
      int cut = death.lastIndexOf(' ');
      assertThat(start(home, province, cached, death.substring(0, cut), death.substring(cut + 1)))
          .as("exit of the start that dies at: " + death)
          .isEqualTo(KILLED);
    }
    assertThat(start(home, province, cached)).isZero();
    try (var engine = Engine.open(Home.at(folder.resolve(home)))) {
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
    return null;
  }

  private int start(String home, Path province, List<String> options, String... death)
      throws IOException, InterruptedException {
    var log = folder.resolve(home + ".log");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dwagerail.block=" + BLOCK));
    command.addAll(CACHE);
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            classes,
            CrashingDay.class.getName(),
            folder.resolve(home).toString(),
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

  private Path cache() {
    return folder.resolve("classes.aot");
  }

  /** A class cache takes no folders of classes: each becomes a jar. */
  private void packClasses() {
    var jar = ToolProvider.findFirst("jar").orElseThrow();
    var packed = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        var file = folder.resolve(packed.size() + ".jar").toString();
        assertThat(jar.run(System.out, System.err, "cf", file, "-C", entry, ".")).isZero();
        packed.add(file);
      } else {
        packed.add(entry);
      }
    }
    classes = String.join(File.pathSeparator, packed);
  }
}
