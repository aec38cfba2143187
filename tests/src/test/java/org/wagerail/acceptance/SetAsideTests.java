package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.adapter.outbox.Undelivered;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.payday.SetAside;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.SigningDesk;
import org.wagerail.payroll.Releases;
import org.wagerail.project.ReferenceData;

/** One damaged file, one run that cannot be booked: all others are paid, and it is said aloud. */
class SetAsideTests {
  private static final Instant IMPORTED = Instant.parse("2026-10-12T02:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2026-10-13T02:00:00Z");
  private static final Instant AGAIN = Instant.parse("2026-10-13T05:00:00Z");
  private static final Instant RELEASED = Instant.parse("2026-10-14T02:00:00Z");
  private static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  private static final int FILES = 5;

  @TempDir Path folder;
  private Engine engine;
  private JdbcClient jdbc;
  private PayDay payDay;
  private int bank;
  private List<Path> payrolls;

  @BeforeEach
  void open() throws IOException {
    engine = Engine.open(Home.at(folder.resolve("home")));
    jdbc = engine.bean(JdbcClient.class);
    payDay = engine.bean(PayDay.class);
    var province = folder.resolve("province");
    Province.generate(ProvinceSpec.of(7, FILES, 30, LocalDate.of(2026, 10, 15)), province);
    engine.bean(ReferenceData.class).importDirectory(province, "tests", IMPORTED);
    bank = jdbc.sql("SELECT bank FROM bank").query(Integer.class).single();
    try (var files = Files.list(province.resolve("payrolls"))) {
      payrolls = files.filter(f -> f.toString().endsWith(".xml")).sorted().toList();
    }
    engine.bean(PayrollFiles.class).receive(bank, payrolls, RECEIVED);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aDamagedDocumentWaitsUntilItComesAgain() throws IOException {
    var damaged = kept("inbound_document", "name = '" + payrolls.get(2).getFileName() + "'");
    var bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);

    var aside = setAside(() -> payDay.intake(bank, RECEIVED));

    assertThat(aside.items()).singleElement();
    assertThat(aside.getMessage())
        .contains("read", payrolls.get(2).getFileName().toString(), "a kept message was changed");
    assertThat(count("SELECT count(*) FROM payroll")).isEqualTo(FILES - 1);
    assertThat(engine.bean(PayrollFiles.class).receive(bank, payrolls, AGAIN)).isZero();
    payDay.intake(bank, AGAIN);
    assertThat(count("SELECT count(*) FROM payroll")).isEqualTo(FILES);
    assertThat(Audit.clean(engine.bean(Audit.class).run(bank))).isTrue();
  }

  @Test
  void aRunThatCannotBeBookedKeepsNoOtherFromBeingPaid() throws Exception {
    payDay.intake(bank, RECEIVED);
    release();
    long book = count("SELECT wage_book FROM wage_book ORDER BY wage_book OFFSET 3 LIMIT 1");
    jdbc.sql("ALTER TABLE pay_run ADD CONSTRAINT planted CHECK (wage_book <> " + book + ")")
        .update();

    var aside = setAside(() -> payDay.run(bank, CUT_OFF));

    assertThat(aside.items()).singleElement();
    assertThat(aside.getMessage()).contains("decide", "wageBook=" + book, "planted");
    assertThat(count("SELECT count(*) FROM run_paid")).isEqualTo(FILES - 1);
    assertThat(count("SELECT count(*) FROM outbound_message WHERE kind LIKE 'pacs.008%'"))
        .isPositive();
    assertThat(Audit.clean(engine.bean(Audit.class).run(bank))).isTrue();

    jdbc.sql("ALTER TABLE pay_run DROP CONSTRAINT planted").update();
    payDay.run(bank, CUT_OFF);

    assertThat(count("SELECT count(*) FROM run_paid")).isEqualTo(FILES);
    assertThat(count("SELECT count(*) FROM payment")).isEqualTo(30);
    assertThat(Audit.clean(engine.bean(Audit.class).run(bank))).isTrue();
  }

  @Test
  void aMessageThatCannotBeReadKeepsNoOtherFromGoingOut() throws IOException {
    payDay.intake(bank, RECEIVED);
    var kept = kept("outbound_message", "message = (SELECT min(message) FROM outbound_message)");
    var bytes = Files.readAllBytes(kept);
    Files.delete(kept);
    var delivery = engine.bean(Delivery.class);

    var told = catchThrowableOfType(Undelivered.class, () -> delivery.drain(RECEIVED));

    assertThat(told.delivered()).isEqualTo(FILES - 1);
    assertThat(told.getMessage()).contains(kept.getFileName().toString());
    Files.write(kept, bytes);
    assertThat(delivery.drain(AGAIN)).isEqualTo(1);
    assertThat(delivery.drain(AGAIN)).isZero();
  }

  private static SetAside setAside(Runnable job) {
    return catchThrowableOfType(SetAside.class, job::run);
  }

  private void release() throws Exception {
    var releases = engine.bean(Releases.class);
    var signatories = engine.bean(SigningDesk.class).signatories(bank, folder.resolve("province"));
    assertThat(
            releases.release(
                bank,
                LocalDate.of(2026, 10, 14),
                RELEASED,
                SigningDesk.signTwice(Province.BANK, releases.open(bank), signatories)))
        .containsOnlyNulls();
  }

  private Path kept(String table, String which) {
    var hash =
        HexFormat.of()
            .formatHex(
                jdbc.sql("SELECT hash FROM " + table + " WHERE " + which)
                    .query(byte[].class)
                    .single());
    return folder.resolve("home/store").resolve(hash.substring(0, 2)).resolve(hash);
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
