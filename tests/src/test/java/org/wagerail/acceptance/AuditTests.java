package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.audit.Proof;
import org.wagerail.ops.audit.Audit;

/** A clean day is found clean; one planted error of every kind is named, and nothing else is. */
class AuditTests {
  @TempDir static Path folder;
  private static SmallDay day;
  private static Audit audit;

  @BeforeAll
  static void playTheDay() throws Exception {
    day = SmallDay.play(folder);
    audit = day.engine.bean(Audit.class);
  }

  @AfterAll
  static void close() {
    if (day != null) {
      day.close();
    }
  }

  @Test
  void aCleanDayIsFoundClean() {
    var proofs = audit.run(null);
    assertThat(proofs).allSatisfy(proof -> assertThat(proof.rows()).as(proof.rule()).isEmpty());
    assertThat(Audit.clean(proofs)).isTrue();
    assertThat(proofs).extracting(Proof::rule).doesNotHaveDuplicates();
    assertThat(audit.run(day.bank)).isEqualTo(proofs);
  }

  @Test
  void theDayHoldsOneOfEveryKind() {
    assertThat(strings("SELECT DISTINCT outcome FROM pay_run"))
        .containsExactlyInAnyOrder("FULL", "NOTHING", "PRO_RATA");
    assertThat(strings("SELECT DISTINCT verdict FROM payroll_line"))
        .containsExactlyInAnyOrder("PAY", "HOLD", "REFUSE");
    assertThat(strings("SELECT DISTINCT kind FROM payment_result"))
        .containsExactlyInAnyOrder("SETTLED", "REJECTED", "RETURNED");
    assertThat(
            strings(
                "SELECT DISTINCT d.verdict FROM line_decision d JOIN payment p"
                    + " USING (bank, pay_month, payroll, line, decision)"))
        .containsExactlyInAnyOrder("PAY", "REPAY");
    assertThat(strings("SELECT DISTINCT kind FROM outbound_message"))
        .contains("pacs.028.001.03", "camt.056.001.08", "camt.054.001.08");
    assertThat(strings("SELECT DISTINCT kind FROM clearing_exception"))
        .containsExactlyInAnyOrder("NO_ANSWER", "NOT_REPORTED", "UNKNOWN_PAYMENT");
  }

  @Test
  void everyRuleHasAnErrorPlantedAgainstIt() {
    var planted = PlantedErrors.ALL.stream().flatMap(p -> p.named().stream()).toList();
    assertThat(audit.run(null)).extracting(Proof::rule).isSubsetOf(new HashSet<>(planted));
  }

  @TestFactory
  Stream<DynamicTest> namesEachPlantedError() {
    return PlantedErrors.ALL.stream()
        .map(planted -> dynamicTest(planted.name(), () -> names(planted)));
  }

  private static void names(PlantedErrors.Planted planted) {
    var found =
        day.transaction.execute(
            status -> {
              status.setRollbackOnly();
              day.jdbc.sql("SET LOCAL session_replication_role = replica").update();
              planted.plant().accept(day);
              return broken(audit.run(day.bank));
            });
    assertThat(found).containsExactlyInAnyOrderElementsOf(planted.named());
  }

  @Test
  void namesBytesThatWereChangedInTheStore() throws Exception {
    var hash =
        day.jdbc
            .sql(
                "SELECT encode(hash, 'hex') FROM outbound_message WHERE kind LIKE 'pain.002%'"
                    + " ORDER BY message LIMIT 1")
            .query(String.class)
            .single();
    var file = day.place(hash);
    var bytes = Files.readAllBytes(file);
    var changed = bytes.clone();
    changed[changed.length / 2] ^= 1;
    try {
      Files.write(file, changed);
      assertThat(broken(audit.run(null))).containsExactly("SENT_BYTES");
    } finally {
      Files.write(file, bytes);
    }
  }

  @Test
  void aBankThatLeftTheDirectoryIsStillReachedByItsPackages() {
    var found =
        day.transaction.execute(
            status -> {
              status.setRollbackOnly();
              day.jdbc.sql("SET LOCAL session_replication_role = replica").update();
              // Gone before the payday, and back later by another participant.
              day.jdbc.sql("UPDATE participant SET until_date = '2026-10-10'").update();
              day.jdbc
                  .sql(
                      "INSERT INTO participant SELECT bank, member, name, '999999999999',"
                          + " '2026-11-01', NULL, source FROM participant")
                  .update();
              return broken(audit.run(day.bank));
            });
    assertThat(found).containsExactly("REGISTER_SEALED");
  }

  @Test
  void aTableWithoutItsTriggerIsNamed() {
    var found =
        day.transaction.execute(
            status -> {
              status.setRollbackOnly();
              day.jdbc.sql("CREATE TABLE unguarded (bank integer)").update();
              return audit.run(day.bank).stream().filter(proof -> !proof.ok()).toList();
            });
    assertThat(found).singleElement().extracting(Proof::rule).isEqualTo("APPEND_ONLY");
    assertThat(found.getFirst().rows().getFirst()).containsEntry("table", "unguarded");
  }

  @Test
  void aRowThatNoRuleCanReckonWithIsAFinding() {
    var found =
        day.transaction.execute(
            status -> {
              status.setRollbackOnly();
              day.jdbc.sql("SET LOCAL session_replication_role = replica").update();
              day.jdbc
                  .sql(
                      "UPDATE package SET last_payment = 9223372036854775807, package = -1 WHERE"
                          + " package = (SELECT min(package) FROM package)")
                  .update();
              return audit.run(day.bank).stream().filter(proof -> !proof.ok()).toList();
            });
    assertThat(found)
        .filteredOn(proof -> proof.rows().stream().anyMatch(row -> row.containsKey("not_computed")))
        .isNotEmpty();
  }

  @Test
  void survivesATransferMessageThatWasChangedInTheStore() throws Exception {
    var hash =
        day.jdbc
            .sql(
                "SELECT encode(hash, 'hex') FROM outbound_message WHERE kind LIKE 'pacs.008%'"
                    + " ORDER BY message LIMIT 1")
            .query(String.class)
            .single();
    var file = day.place(hash);
    var bytes = Files.readAllBytes(file);
    try {
      for (int at : List.of(3, 20, bytes.length / 2, bytes.length - 1)) {
        var changed = bytes.clone();
        changed[at] ^= 1;
        Files.write(file, changed);
        assertThat(broken(audit.run(null))).as("byte %d", at).contains("SENT_BYTES");
      }
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      assertThat(broken(audit.run(null))).contains("SENT_BYTES");
    } finally {
      Files.write(file, bytes);
    }
  }

  @Test
  void survivesAPayrollThatWasChangedInTheStore() throws Exception {
    var hash =
        day.jdbc
            .sql(
                "SELECT encode(d.hash, 'hex') FROM payroll p JOIN inbound_document d USING (bank,"
                    + " document) WHERE p.verdict = 'READ' ORDER BY p.payroll LIMIT 1")
            .query(String.class)
            .single();
    var file = day.place(hash);
    var bytes = Files.readAllBytes(file);
    var changed = bytes.clone();
    changed[changed.length / 2] ^= 1;
    try {
      Files.write(file, changed);
      assertThat(broken(audit.run(null))).containsExactly("PAYROLL_AS_SAID", "RECEIVED_BYTES");
    } finally {
      Files.write(file, bytes);
    }
  }

  private static Set<String> broken(List<Proof> proofs) {
    return proofs.stream()
        .filter(proof -> !proof.ok())
        .map(Proof::rule)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> strings(String sql) {
    return day.jdbc.sql(sql).query(String.class).list();
  }
}
