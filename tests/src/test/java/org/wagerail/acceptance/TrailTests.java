package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.evidence.FourEyes;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.Repairs;
import org.wagerail.project.IdScheme;
import org.wagerail.project.WorkerAccounts;
import org.wagerail.trail.Entry;
import org.wagerail.trail.Step;
import org.wagerail.trail.Step.Kind;
import org.wagerail.trail.Subject;
import org.wagerail.trail.Trail;
import org.wagerail.trail.Trails;

/** What happened on a small day is told in order, with rules, persons, documents and postings. */
class TrailTests {
  private static final Instant REPAIRED = Instant.parse("2026-10-17T02:00:00Z");
  private static final Instant LATER = Instant.parse("2026-10-19T08:00:00Z");
  private static final String NEW_ACCOUNT = "6228480000000000018";

  @TempDir static Path folder;
  private static SmallDay day;
  private static Trails trails;

  /** A worker as the register was given him: identifier, name, account, bank. */
  private record Given(String id, String name, String account, String member) {}

  private static List<Given> workers;

  @BeforeAll
  static void playTheDay() throws Exception {
    day = SmallDay.play(folder);
    trails = day.engine.bean(Trails.class);
    workers =
        Files.readAllLines(folder.resolve("province/workers.csv")).stream()
            .skip(1)
            .map(row -> row.split(","))
            .map(row -> new Given(row[1], row[2], row[3], row[4]))
            .toList();
    repair();
    var broken = Files.writeString(folder.resolve("broken.xml"), "<Document>");
    day.engine.bean(PayrollFiles.class).receive(day.bank, List.of(broken), LATER);
    day.engine.bean(PayDay.class).intake(day.bank, LATER);
  }

  @AfterAll
  static void close() {
    if (day != null) {
      day.close();
    }
  }

  /** A returned wage gets a new account, and is paid again. */
  private static void repair() {
    var returned = payment("r.kind = 'RETURNED'");
    var id =
        workers.stream()
            .filter(
                w ->
                    Objects.equals(
                        day.engine
                            .bean(WorkerAccounts.class)
                            .person(day.bank, IdScheme.RESIDENT_ID, w.id()),
                        party(returned)))
            .findFirst()
            .orElseThrow();
    var outcome =
        day.engine
            .bean(Repairs.class)
            .repair(
                day.bank,
                REPAIRED,
                new FourEyes("clerk", "head"),
                returned,
                new WorkerAccounts.Replacement(
                    IdScheme.RESIDENT_ID,
                    id.id(),
                    NEW_ACCOUNT,
                    id.member(),
                    LocalDate.of(2026, 10, 17),
                    "branch, card seen"));
    assertThat(outcome).isInstanceOf(Repairs.Repaired.class);
    day.engine.bean(PayDay.class).run(day.bank, LATER);
  }

  @Test
  void aReturnedAndRepairedWageIsToldFromItsFileToItsSecondPayment() {
    var returned = payment("r.kind = 'RETURNED'");
    var trail = told(returned.toString());
    assertThat(trail.subject()).isEqualTo(new Subject.Payment(day.bank, returned));
    assertThat(kinds(trail))
        .containsSubsequence(
            Kind.CONFIRMED,
            Kind.RECEIVED,
            Kind.READ,
            Kind.ACCEPTED,
            Kind.TOLD,
            Kind.SIGNED,
            Kind.SIGNED,
            Kind.RUN_DECIDED,
            Kind.RESERVED,
            Kind.DEBITED,
            Kind.PAID,
            Kind.SENT,
            Kind.SETTLED,
            Kind.RETURNED,
            Kind.RETURN_TOLD,
            Kind.DECIDED,
            Kind.RUN_DECIDED,
            Kind.DEBITED,
            Kind.PAID,
            Kind.SENT);
    var back = first(trail, Kind.RETURNED);
    assertThat(back.grounds().getFirst().code()).isEqualTo("AC06");
    assertThat(Objects.requireNonNull(back.document()).message()).isEqualTo("pacs.004.001.09");
    assertThat(Objects.requireNonNull(back.entry()).kind()).isEqualTo("WAGES_RETURNED");
    var decided = first(trail, Kind.DECIDED);
    assertThat(Objects.requireNonNull(decided.who()).english()).isEqualTo("clerk and head");
    assertThat(decided.says().english()).contains("branch, card seen", "*0018");
    assertThat(trail.steps().stream().filter(s -> s.kind() == Kind.PAID).toList().getLast().says())
        .satisfies(says -> assertThat(says.english()).contains("in place of " + returned));
  }

  @Test
  void everyStepOfEveryPaymentIsThereAndEveryEntryBalances() {
    for (var id : payments()) {
      var trail = told(id.toString());
      assertThat(kinds(trail)).as(id.toString()).contains(Kind.DEBITED, Kind.PAID, Kind.SENT);
      long results =
          trail.steps().stream()
              .filter(s -> Set.of(Kind.SETTLED, Kind.REJECTED, Kind.RETURNED).contains(s.kind()))
              .filter(s -> s.says().english().contains(id.toString()))
              .count();
      assertThat(results).isEqualTo(count("payment_result", id));
      assertThat(trail.steps())
          .allSatisfy(
              step -> {
                assertThat(step.grounds()).isNotEmpty();
                assertThat(step.says().chinese()).isNotBlank().doesNotContain("null");
                assertThat(step.says().english()).isNotBlank().doesNotContain("null");
                if (step.entry() != null) {
                  assertThat(step.entry().legs().stream().mapToLong(Entry.Leg::amount).sum())
                      .isZero();
                }
              });
      assertThat(trail.steps()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }
  }

  @Test
  void aRejectedWageIsBackAndSaysWhyItIsPaidAgain() {
    var rejected =
        tx(
            "SELECT d.pay_month, d.replaces FROM line_decision d JOIN payment_result r ON"
                + " r.payment = d.replaces AND r.kind = 'REJECTED' LIMIT 1");
    assertThat(kinds(told("payment " + rejected)))
        .containsSubsequence(Kind.REJECTED, Kind.DECIDED, Kind.PAID);
  }

  @Test
  void aHeldLineNamesItsRuleAndShowsMaskedWhatItSaid() {
    var line =
        line(
            "verdict = 'HOLD' AND checks = 'UNCONFIRMED' AND NOT EXISTS (SELECT 1 FROM"
                + " line_decision d WHERE d.payroll = payroll_line.payroll AND d.line ="
                + " payroll_line.line)");
    var trail = told(line);
    assertThat(kinds(trail)).doesNotContain(Kind.RUN_DECIDED, Kind.PAID, Kind.CONFIRMED);
    var held = first(trail, Kind.HELD);
    assertThat(held.grounds()).hasSize(1);
    assertThat(held.grounds().getFirst().name()).isEqualTo("HELD_UNCONFIRMED");
    assertThat(held.grounds().getFirst().code()).isEqualTo("NARR");
    assertThat(held.grounds().getFirst().source().english())
        .isEqualTo("Regulation 724, article 31");
    assertThat(held.says().english())
        .containsPattern(
            "said: .{1,2}\\*\\*, .*[0-9]{3}\\*{11}[0-9X]{4}, [0-9]{4}\\*{11}[0-9]{4} @ [0-9]{12}");
    assertThat(told(line.replace("line ", "payroll ").replaceFirst("/([0-9]+)$", " line $1")))
        .isEqualTo(trail);
  }

  @Test
  void aRefusedLineEndsWithItsRefusal() {
    var trail = told(line("verdict = 'REFUSE'"));
    assertThat(first(trail, Kind.REFUSED).grounds().getFirst().name())
        .isEqualTo("REFUSED_ID_INVALID");
    assertThat(kinds(trail)).doesNotContain(Kind.RUN_DECIDED, Kind.DEBITED, Kind.PAID);
  }

  @Test
  void aSilentPaymentAndARecalledOneSayWhoAskedWhat() {
    var silent = tx("SELECT pay_month, payment FROM payment_unknown ORDER BY payment LIMIT 1");
    var trail = told(silent.toString());
    assertThat(Objects.requireNonNull(first(trail, Kind.ASKED).document()).message())
        .isEqualTo("pacs.028.001.03");
    assertThat(kinds(trail))
        .containsSubsequence(Kind.ASKED, Kind.EXCEPTION_OPENED, Kind.EXCEPTION_GIVEN)
        .contains(Kind.REPORTED);
    var recalled = tx("SELECT pay_month, payment FROM recall_answer");
    var answered = told(recalled.toString());
    var asked = first(answered, Kind.RECALLED);
    assertThat(Objects.requireNonNull(asked.who()).english()).isEqualTo("clerk and head");
    assertThat(Objects.requireNonNull(asked.document()).message()).isEqualTo("camt.056.001.08");
    assertThat(first(answered, Kind.RECALL_ANSWERED).grounds().getFirst().code()).isEqualTo("CUST");
  }

  @Test
  void aRunTellsWhatItDecidedAndWhereItsMoneyWent() {
    day.jdbc
        .sql("SELECT pay_month || '/' || run AS id, outcome, paid FROM pay_run")
        .query(
            row -> {
              var trail = told("run " + row.getString(1));
              var decided = first(trail, Kind.RUN_DECIDED);
              assertThat(decided.amount()).isEqualTo(row.getLong(3));
              assertThat(decided.grounds().getFirst().name())
                  .isEqualTo(
                      switch (row.getString(2)) {
                        case "FULL" -> "OWN_WAGE_BOOK_ONLY";
                        case "PRO_RATA" -> "SHORT_MONEY_PRO_RATA";
                        default -> "SHORT_MONEY_NOTHING";
                      });
              assertThat(sum(trail, Kind.SENT)).isEqualTo(row.getLong(3));
              assertThat(sum(trail, Kind.DEBITED)).isEqualTo(row.getLong(3));
              assertThat(kinds(trail)).contains(Kind.SIGNED);
            });
  }

  @Test
  void aPayrollIsFoundByEachOfItsNames() {
    var names =
        day.jdbc
            .sql(
                """
                SELECT 'payroll ' || p.pay_month || '/' || p.payroll AS own, p.msg_id,
                       'file ' || encode(d.hash, 'hex') AS hash
                  FROM payroll p JOIN inbound_document d USING (bank, document)
                 WHERE p.verdict = 'READ' ORDER BY p.payroll LIMIT 1
                """)
            .query((row, _) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
            .single();
    var trail = told(names.getFirst());
    assertThat(names).allSatisfy(name -> assertThat(told(name)).isEqualTo(trail));
    assertThat(kinds(trail))
        .containsSubsequence(
            Kind.RECEIVED, Kind.READ, Kind.ACCEPTED, Kind.SIGNED, Kind.RUN_DECIDED, Kind.SENT);
    assertThat(first(trail, Kind.READ).amount())
        .isEqualTo(
            day.jdbc
                .sql("SELECT total FROM payroll ORDER BY payroll LIMIT 1")
                .query(Long.class)
                .single());
  }

  @Test
  void aRefusedFileSaysWhy() {
    var document =
        day.jdbc
            .sql("SELECT document FROM payroll WHERE verdict = 'REFUSED'")
            .query(Long.class)
            .single();
    var trail = told("file " + document);
    assertThat(kinds(trail)).containsExactly(Kind.RECEIVED, Kind.FILE_REFUSED, Kind.TOLD);
    assertThat(first(trail, Kind.FILE_REFUSED).says().english()).contains("FF01");
  }

  @Test
  void aWorkerIsFoundByNumberAndIdentifierWithAllHisWages() {
    var returned = payment("r.kind = 'RETURNED'");
    long party = party(returned);
    var trail = told("worker " + party);
    var id =
        workers.stream()
            .filter(w -> trails.find(day.bank, w.id()).equals(List.of(trail.subject())))
            .map(Given::id)
            .toList();
    assertThat(id).hasSize(1);
    assertThat(told(id.getFirst())).isEqualTo(trail);
    assertThat(kinds(trail))
        .contains(
            Kind.REGISTERED,
            Kind.EMPLOYED,
            Kind.ACCOUNT_BEGUN,
            Kind.ACCOUNT_ENDED,
            Kind.RETURNED,
            Kind.DECIDED);
    long lines =
        day.jdbc
            .sql("SELECT count(*) FROM payroll_line WHERE party = ?")
            .param(party)
            .query(Long.class)
            .single();
    assertThat(
            trail.steps().stream()
                .filter(s -> Set.of(Kind.ACCEPTED, Kind.HELD, Kind.REFUSED).contains(s.kind()))
                .count())
        .isEqualTo(lines);
  }

  @Test
  void everyLineOfEveryWorkerIsFound() {
    record Wage(long party, String line) {}
    var wages =
        day.jdbc
            .sql(
                "SELECT party, 'line ' || pay_month || '/' || payroll || '/' || line AS line"
                    + " FROM payroll_line WHERE party IS NOT NULL AND verdict <> 'PAY'")
            .query(Wage.class)
            .list();
    assertThat(wages).isNotEmpty();
    for (var wage : wages) {
      var ofLine = told(wage.line()).steps();
      assertThat(told("person " + wage.party()).steps()).as(wage.line()).containsAll(ofLine);
    }
  }

  @Test
  void nothingPersonalIsTold() {
    var secrets = new HashSet<String>();
    workers.forEach(w -> secrets.addAll(List.of(w.id(), w.name(), w.account())));
    secrets.add(NEW_ACCOUNT);
    var subjects =
        Stream.of(
                "SELECT 'worker ' || party FROM party WHERE kind = 'PERSON'",
                "SELECT 'line ' || pay_month || '/' || payroll || '/' || line FROM payroll_line"
                    + " WHERE verdict <> 'PAY'",
                "SELECT 'payroll ' || pay_month || '/' || payroll FROM payroll",
                "SELECT 'run ' || pay_month || '/' || run FROM pay_run")
            .flatMap(sql -> day.jdbc.sql(sql).query(String.class).list().stream())
            .toList();
    for (var subject : subjects) {
      var text = told(subject).toString();
      assertThat(secrets.stream().filter(text::contains)).as(subject).isEmpty();
    }
  }

  @Test
  void aNameOfSeveralThingsNamesThemAllAndAnUnknownOneNone() {
    assertThat(trails.find(day.bank, "1"))
        .extracting(Object::toString)
        .contains("payment 2026100000000001", "run 202610/1")
        .hasSizeGreaterThan(2);
    assertThat(trails.find(day.bank, "run 1")).hasSize(1);
    assertThat(trails.find(day.bank, "run 999")).isEmpty();
    assertThat(trails.find(day.bank, "2026109999999998")).isEmpty();
    assertThat(trails.find(day.bank, "nobody's file")).isEmpty();
    assertThat(trails.find(day.bank, "' OR 1=1 --")).isEmpty();
    assertThat(trails.find(day.bank + 1, "1")).isEmpty();
  }

  // ------------------------------------------------------------------ what is asked for

  private static Trail told(String name) {
    var found = trails.find(day.bank, name);
    assertThat(found).as(name).hasSize(1);
    return trails.follow(found.getFirst()).orElseThrow();
  }

  private static List<Kind> kinds(Trail trail) {
    return trail.steps().stream().map(Step::kind).toList();
  }

  private static Step first(Trail trail, Kind kind) {
    return trail.steps().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
  }

  private static long sum(Trail trail, Kind kind) {
    return trail.steps().stream()
        .filter(s -> s.kind() == kind)
        .mapToLong(s -> Objects.requireNonNull(s.amount()))
        .sum();
  }

  private static TxId tx(String sql) {
    return day.jdbc
        .sql(sql)
        .query((row, _) -> new TxId(row.getInt(1), row.getLong(2)))
        .list()
        .getFirst();
  }

  private static TxId payment(String which) {
    return tx(
        "SELECT pay_month, payment FROM payment JOIN payment_result r"
            + " USING (bank, pay_month, payment) WHERE "
            + which
            + " AND EXISTS (SELECT 1 FROM return_notice n WHERE n.payment = payment.payment)"
            + " AND EXISTS (SELECT 1 FROM payment_result s WHERE s.payment = payment.payment"
            + " AND s.stage = 1) ORDER BY payment");
  }

  private static List<TxId> payments() {
    return day.jdbc
        .sql("SELECT pay_month, payment FROM payment ORDER BY payment")
        .query((row, _) -> new TxId(row.getInt(1), row.getLong(2)))
        .list();
  }

  private static long count(String table, TxId id) {
    return day.jdbc
        .sql("SELECT count(*) FROM " + table + " WHERE pay_month = ? AND payment = ?")
        .params(Arrays.asList(id.month(), id.payment()))
        .query(Long.class)
        .single();
  }

  private static long party(TxId id) {
    return day.jdbc
        .sql("SELECT party FROM payment WHERE pay_month = ? AND payment = ?")
        .params(id.month(), id.payment())
        .query(Long.class)
        .single();
  }

  private static String line(String which) {
    return day.jdbc
        .sql(
            "SELECT 'line ' || pay_month || '/' || payroll || '/' || line FROM payroll_line WHERE "
                + which
                + " ORDER BY payroll, line DESC LIMIT 1")
        .query(String.class)
        .single();
  }
}
