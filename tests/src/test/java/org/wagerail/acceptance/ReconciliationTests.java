package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.clearing.SettlementReader;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Reason;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.payday.DayEnd;
import org.wagerail.ops.payday.MoneyIn;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.sandbox.CoreBank;
import org.wagerail.payment.PaymentState;
import org.wagerail.payment.Payments;
import org.wagerail.payment.SettlementReports;
import org.wagerail.payment.TxId;
import org.wagerail.reconciliation.BreakKind;
import org.wagerail.reconciliation.Breaks;
import org.wagerail.reconciliation.BusinessDays;

/**
 * Three truths of a real day: one payment was rejected, one is silent, one credit came in. As they
 * are they agree; each difference that is planted is found as what it is, and nothing else is.
 */
class ReconciliationTests {
  private static final LocalDate DAY = LocalDate.of(2026, 10, 15);
  private static final LocalDate BEFORE = LocalDate.of(2026, 10, 14);
  private static final LocalDate TODAY = LocalDate.of(2026, 10, 16);
  private static final Instant AT = Instant.parse("2026-10-16T00:30:00Z");
  private static final String TOLD_BY_CORE = "CORE-1";

  @TempDir static Path folder;
  private static SmallDay day;
  private static List<Paid> paid;
  private static List<CoreBank.Statement> stated;

  private record Paid(int month, long payment, long amount) {
    String txId() {
      return new TxId(month, payment).toString();
    }
  }

  @BeforeAll
  static void playTheDay() throws Exception {
    day = SmallDay.released(folder);
    day.engine.bean(PayDay.class).run(day.bank, SmallDay.CUT_OFF);
    paid =
        day.jdbc
            .sql("SELECT pay_month AS month, payment, amount FROM payment ORDER BY payment")
            .query(Paid.class)
            .list();
    answer();
    credit(account(2), TOLD_BY_CORE, 123_456, DAY, SmallDay.ANSWERED);
    var days = day.engine.bean(BusinessDays.class);
    stated =
        CoreBank.statements(
            DAY, 7, days.openings(day.bank, TODAY, DAY), days.movements(day.bank, TODAY, DAY));
  }

  @AfterAll
  static void close() {
    if (day != null) {
      day.close();
    }
  }

  /** The first payment is rejected, the last is not answered. */
  private static void answer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        Pacs002.writer(
            bytes,
            new Pacs002.Header(
                "S1",
                SmallDay.ANSWERED.atOffset(ZoneOffset.ofHours(8)),
                null,
                Province.BANK,
                null,
                Pacs008.VERSION,
                null,
                null))) {
      for (var each : paid.subList(0, paid.size() - 1)) {
        if (each.equals(paid.getFirst())) {
          writer.status(null, null, each.txId(), "RJCT", new Reason("AC04", null), null, null);
        } else {
          writer.status(null, null, each.txId(), "ACSC", null, null, DAY);
        }
      }
    }
    var file = Files.write(folder.resolve("statuses.xml"), bytes.toByteArray());
    day.engine.bean(ClearingFiles.class).receive(day.bank, List.of(file), SmallDay.ANSWERED);
    day.engine.bean(PayDay.class).answers(day.bank, SmallDay.ANSWERED);
  }

  private static void credit(
      String account, String reference, long amount, LocalDate booked, Instant at)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        Camt054.writer(bytes, new Camt054.Header(reference, at.atOffset(ZoneOffset.ofHours(8))))) {
      writer.account(reference, account);
      writer.credit(new Camt054.Credit(reference, amount, booked, "Owner", null, null));
    }
    var file = Files.write(folder.resolve(reference + ".xml"), bytes.toByteArray());
    day.engine.bean(CoreFiles.class).receive(day.bank, List.of(file), at);
    day.engine.bean(MoneyIn.class).take(day.bank, at);
  }

  /** The special wage account of a project, by its place. */
  private static String account(int project) {
    return day.jdbc
        .sql(
            "SELECT number FROM special_account JOIN wage_book USING (bank, special_account)"
                + " ORDER BY wage_book OFFSET ? LIMIT 1")
        .param(project - 1)
        .query(String.class)
        .single();
  }

  // ------------------------------------------------------------------ what the others say

  /** What core system and clearing say of the day, to be made wrong. */
  private static final class Said {
    private final List<CoreBank.Statement> before = new ArrayList<>();
    private final List<CoreBank.Statement> core = new ArrayList<>(stated);
    private UnaryOperator<String> text = text -> text;
    private final List<Camt053.Detail> settled = new ArrayList<>();
    private final List<Camt053.Detail> returned = new ArrayList<>();
    private boolean reported = true;

    private Said() {
      paid.subList(1, paid.size() - 1).forEach(each -> settled.add(detail(each)));
    }

    private void change(String account, UnaryOperator<CoreBank.Statement> how) {
      core.replaceAll(each -> each.account().equals(account) ? how.apply(each) : each);
    }

    private void entries(String account, Consumer<List<CoreBank.Movement>> how) {
      change(
          account,
          each -> {
            var entries = new ArrayList<>(each.entries());
            how.accept(entries);
            return each.with(entries);
          });
    }
  }

  private static Camt053.Detail detail(Paid of) {
    return new Camt053.Detail(of.txId(), null, of.amount(), null);
  }

  private static CoreBank.Statement of(String account) {
    return stated.stream().filter(s -> s.account().equals(account)).findFirst().orElseThrow();
  }

  /** The debit of the first project's wages: the day's greatest movement on its account. */
  private static CoreBank.Movement wages() {
    return of(account(1)).entries().stream()
        .min(java.util.Comparator.comparingLong(CoreBank.Movement::amount))
        .orElseThrow();
  }

  private static void hear(Said said) {
    if (!said.before.isEmpty()) {
      hear(said.before, "before", text -> text);
    }
    if (!said.core.isEmpty()) {
      hear(said.core, "core", said.text);
    }
    if (said.reported) {
      report(said, "D1");
    }
  }

  private static void hear(
      List<CoreBank.Statement> statements, String name, UnaryOperator<String> text) {
    try {
      var file =
          CoreBank.write(
              folder, name + ".xml", name, AT.atOffset(ZoneOffset.ofHours(8)), statements);
      Files.writeString(file, text.apply(Files.readString(file)));
      day.engine.bean(CoreFiles.class).receive(day.bank, List.of(file), AT);
      assertThat(day.engine.bean(DayEnd.class).read(day.bank, AT)).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the job that takes clearing's answers does, in the transaction at hand. */
  private static void report(Said said, String name) {
    var bytes = new ByteArrayOutputStream();
    long closing =
        said.returned.stream().mapToLong(Camt053.Detail::amountMinor).sum()
            - said.settled.stream().mapToLong(Camt053.Detail::amountMinor).sum();
    try (var writer =
        Camt053.writer(
            bytes,
            new Camt053.Header(
                name, AT.atOffset(ZoneOffset.ofHours(8)), name, Province.BANK, DAY, 0, closing))) {
      writer.entry("1", false, DAY, null, said.settled);
      if (!said.returned.isEmpty()) {
        writer.entry("2", true, DAY, null, said.returned);
      }
    }
    try {
      var file = Files.write(folder.resolve("report.xml"), bytes.toByteArray());
      day.engine.bean(ClearingFiles.class).receive(day.bank, List.of(file), AT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var reader = day.engine.bean(SettlementReader.class);
    var reports = day.engine.bean(SettlementReports.class);
    for (var document : day.engine.bean(Inbox.class).open(day.bank, Sender.CLEARING)) {
      var header = Objects.requireNonNull(reader.header(document, Province.BANK));
      try (var items = reader.items(document)) {
        reports.take(day.bank, AT, document, header, items);
      }
    }
    reports.uncompared(day.bank).forEach(stretch -> reports.settle(day.bank, TODAY, AT, stretch));
    reports.open(day.bank).forEach(each -> reports.compare(day.bank, AT, each));
  }

  private static List<Breaks.Break> compare() {
    assertThat(day.engine.bean(BusinessDays.class).compare(day.bank, TODAY, AT, DAY)).isNull();
    return breaks();
  }

  private static List<Breaks.Break> breaks() {
    return day.engine.bean(Breaks.class).of(day.bank, DAY, 0, 100);
  }

  private static void rolledBack(Runnable what) {
    day.transaction.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          what.run();
        });
  }

  // ------------------------------------------------------------------ what is found

  @Test
  void anUntouchedDayHasNoBreakAndCloses() {
    rolledBack(
        () -> {
          hear(new Said());
          assertThat(compare()).isEmpty();
          var days = day.engine.bean(BusinessDays.class);
          var standing = days.standing(day.bank, DAY).orElseThrow();
          // Wages of two projects, one rejection, one credit; the second project has nothing yet.
          assertThat(standing.ours()).isEqualTo(4);
          assertThat(standing.agreed()).isEqualTo(4);
          assertThat(standing.theirs()).isEqualTo(4);
          assertThat(standing.items()).isEqualTo(paid.size() - 2);
          assertThat(standing.itemsAgreed()).isEqualTo(paid.size() - 2);
          assertThat(standing.obstacle()).isNull();
          assertThat(days.close(day.bank, AT, "reconciler", DAY)).isNull();
          assertThat(days.close(day.bank, AT, "reconciler", DAY))
              .isEqualTo(BusinessDays.Refusal.DAY_CLOSED);
          assertThat(days.compare(day.bank, TODAY, AT, DAY))
              .isEqualTo(BusinessDays.Refusal.DAY_CLOSED);
          assertThat(days.due(day.bank, TODAY)).isEmpty();
          assertThat(days.due(day.bank, TODAY.plusDays(4)))
              .containsExactly(TODAY, TODAY.plusDays(3));
        });
  }

  /** What the simulated core system says is what our accounts hold. */
  @Test
  void theSimulatedCoreEndsTheDayWhereOurBooksDo() {
    // The first and the third project have one contractor, and share an account.
    assertThat(stated).hasSize(2);
    assertThat(account(3)).isEqualTo(account(1));
    assertThat(of(account(1)).closing()).isEqualTo(balance(1));
    // It named no project: it waits in suspense, and is on the account all the same.
    assertThat(balance(2)).isZero();
    assertThat(of(account(2)).closing()).isEqualTo(123_456);
  }

  private static long balance(int project) {
    return count(
        """
        SELECT sum(b.balance) FROM special_account s JOIN wage_book w USING (bank, special_account)
          JOIN account_balance b ON b.bank = w.bank AND b.account = w.wage_book
         WHERE s.number = '%s'
        """
            .formatted(account(project)));
  }

  /**
   * A difference.
   *
   * @param found counterpart, kind and reference of the one break that it makes
   */
  private record Planted(
      String name, Consumer<Said> plant, java.util.function.Supplier<String> found) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Planted core(String name, Consumer<Said> plant, String kind) {
    return new Planted(name, plant, () -> "CORE " + kind + " " + wages().reference());
  }

  private static Planted whole(String name, Consumer<Said> plant, String found) {
    return new Planted(name, plant, () -> found + " ");
  }

  private static Planted clearing(String name, Consumer<Said> plant, String kind, int payment) {
    return new Planted(name, plant, () -> "CLEARING " + kind + " " + paid.get(payment).txId());
  }

  private static void replace(Said said, UnaryOperator<CoreBank.Movement> how) {
    said.entries(
        account(1), entries -> entries.replaceAll(e -> e.equals(wages()) ? how.apply(e) : e));
  }

  private static CoreBank.Statement with(
      CoreBank.Statement of, long sequence, boolean last, long opening, long closing) {
    return new CoreBank.Statement(
        of.account(), of.day(), sequence, 1, last, opening, closing, of.entries());
  }

  private static CoreBank.Statement before(String account, long sequence, long closing) {
    return new CoreBank.Statement(account, BEFORE, sequence, 1, true, closing, closing, List.of());
  }

  static Stream<Planted> differences() {
    return Stream.of(
        core(
            "missing in the core system",
            said -> said.entries(account(1), e -> e.remove(wages())),
            "MISSING_IN_CORE"),
        new Planted(
            "missing in ours",
            said ->
                said.entries(account(1), e -> e.add(new CoreBank.Movement("FEE-1", -1_000, DAY))),
            () -> "CORE MISSING_IN_OURS FEE-1"),
        core(
            "a cent off",
            said ->
                replace(
                    said, e -> new CoreBank.Movement(e.reference(), e.amount() - 1, e.booked())),
            "AMOUNT_DIFFERS"),
        core(
            "on the other side",
            said ->
                replace(said, e -> new CoreBank.Movement(e.reference(), -e.amount(), e.booked())),
            "SIDE_DIFFERS"),
        core("booked twice", said -> said.entries(account(1), e -> e.add(wages())), "BOOKED_TWICE"),
        core(
            "on another account",
            said -> {
              said.entries(account(1), e -> e.remove(wages()));
              said.entries(account(2), e -> e.add(wages()));
            },
            "WRONG_ACCOUNT"),
        new Planted(
            "a credit on an account that is not ours",
            said -> {
              said.entries(account(2), e -> e.removeIf(m -> m.reference().equals(TOLD_BY_CORE)));
              said.core.add(
                  new CoreBank.Statement(
                      "330000000000000099",
                      DAY,
                      1,
                      1,
                      true,
                      0,
                      123_456,
                      List.of(new CoreBank.Movement(TOLD_BY_CORE, 123_456, DAY))));
            },
            () -> "CORE WRONG_ACCOUNT " + TOLD_BY_CORE),
        core(
            "booked on the day before",
            said -> replace(said, e -> new CoreBank.Movement(e.reference(), e.amount(), BEFORE)),
            "WRONG_DATE"),
        core(
            "valued on the day before",
            said ->
                said.text =
                    text ->
                        text.replace(
                            "<AcctSvcrRef>" + wages().reference() + "<",
                            "<ValDt><Dt>"
                                + BEFORE
                                + "</Dt></ValDt><AcctSvcrRef>"
                                + wages().reference()
                                + "<"),
            "WRONG_DATE"),
        whole(
            "begins a cent beside our books",
            said ->
                said.change(
                    account(1), s -> with(s, s.sequence(), true, s.opening() + 1, s.closing() + 1)),
            "CORE OPENING_DIFFERS"),
        whole(
            "begins where yesterday did not end",
            said -> said.before.add(before(account(1), 6, of(account(1)).opening() - 5)),
            "CORE OPENING_DIFFERS"),
        whole(
            "does not add up",
            said ->
                said.change(
                    account(1), s -> with(s, s.sequence(), true, s.opening(), s.closing() + 1)),
            "CORE CLOSING_DIFFERS"),
        whole(
            "no statement",
            said -> said.core.removeIf(s -> s.account().equals(account(1))),
            "CORE STATEMENT_MISSING"),
        whole(
            "a page is missing",
            said ->
                said.change(
                    account(1), s -> with(s, s.sequence(), false, s.opening(), s.closing() + 700)),
            "CORE STATEMENT_INCOMPLETE"),
        whole(
            "a number is left out",
            said -> said.before.add(before(account(1), 5, of(account(1)).opening())),
            "CORE SEQUENCE_GAP"),
        clearing(
            "settled in ours and not at clearing",
            said -> said.settled.remove(3),
            "NOT_AT_CLEARING",
            4),
        new Planted(
            "settled at clearing and not in ours",
            said -> said.settled.add(new Camt053.Detail("2026109999999999", null, 700, null)),
            () -> "CLEARING MISSING_IN_OURS 2026109999999999"),
        clearing(
            "settled at another amount",
            said ->
                said.settled.set(
                    3,
                    new Camt053.Detail(paid.get(4).txId(), null, paid.get(4).amount() + 1, null)),
            "AMOUNT_DIFFERS",
            4),
        clearing(
            "reported twice", said -> said.settled.add(said.settled.get(3)), "BOOKED_TWICE", 4),
        clearing(
            "rejected in ours and settled at clearing",
            said -> said.settled.add(detail(paid.getFirst())),
            "CONTRADICTION",
            0),
        clearing(
            "settled in ours and returned at clearing",
            said ->
                said.returned.add(
                    new Camt053.Detail(
                        paid.get(4).txId(), null, paid.get(4).amount(), new Reason("AC04", null))),
            "CONTRADICTION",
            4),
        new Planted(
            "silent, and settled by the report",
            said -> said.settled.add(detail(paid.getLast())),
            () -> "CLEARING SETTLED_BY_REPORT " + paid.getLast().txId()),
        whole("no settlement report", said -> said.reported = false, "CLEARING STATEMENT_MISSING"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void eachPlantedDifferenceIsFoundAndNothingElse(Planted planted) {
    rolledBack(
        () -> {
          var said = new Said();
          planted.plant().accept(said);
          hear(said);
          assertThat(compare())
              .extracting(b -> b.counterpart() + " " + b.kind() + " " + b.reference())
              .containsExactly(planted.found().get());
          // A second comparison finds the same, and opens nothing new.
          var first = breaks();
          assertThat(compare()).isEqualTo(first);
          assertThat(first).allSatisfy(each -> assertThat(each.owner()).isEqualTo("reconciler"));
          var standing = day.engine.bean(BusinessDays.class).standing(day.bank, DAY).orElseThrow();
          assertThat(standing.obstacle())
              .isEqualTo(
                  first.getFirst().kind() == BreakKind.SETTLED_BY_REPORT
                      ? null
                      : BusinessDays.Refusal.BREAKS_OPEN);
        });
  }

  @Test
  void everyKindIsPlanted() {
    assertThat(
            differences()
                .map(planted -> BreakKind.valueOf(planted.found().get().split(" ")[1]))
                .distinct())
        .containsExactlyInAnyOrder(BreakKind.values());
  }

  @Test
  void aBreakNamesBothSides() {
    rolledBack(
        () -> {
          var said = new Said();
          said.entries(account(1), e -> e.remove(wages()));
          said.entries(account(2), e -> e.add(wages()));
          said.settled.set(
              3, new Camt053.Detail(paid.get(4).txId(), null, paid.get(4).amount() + 1, null));
          hear(said);
          assertThat(compare())
              .satisfiesExactly(
                  moved -> {
                    assertThat(moved.account()).isEqualTo(account(1));
                    assertThat(moved.elsewhere()).isEqualTo(account(2));
                    assertThat(moved.ours()).isEqualTo(wages().amount());
                    assertThat(moved.theirs()).isEqualTo(wages().amount());
                    assertThat(moved.oursOn()).isEqualTo(DAY);
                    assertThat(moved.age(AT.plusSeconds(7200)).toHours()).isEqualTo(2);
                  },
                  other -> {
                    assertThat(other.account()).isEqualTo(Province.BANK);
                    assertThat(other.ours()).isEqualTo(paid.get(4).amount());
                    assertThat(other.theirs()).isEqualTo(paid.get(4).amount() + 1);
                  });
        });
  }

  @Test
  void theReportsWordMovesASilentPaymentOnce() {
    rolledBack(
        () -> {
          var said = new Said();
          said.settled.add(detail(paid.getLast()));
          hear(said);
          var id = new TxId(paid.getLast().month(), paid.getLast().payment());
          assertThat(day.engine.bean(Payments.class).state(day.bank, id))
              .isEqualTo(PaymentState.SETTLED);
          long entries = count("SELECT count(*) FROM journal_entry");
          said.settled.removeIf(detail -> !detail.txId().equals(id.toString()));
          report(said, "D2");
          assertThat(count("SELECT count(*) FROM journal_entry")).isEqualTo(entries);
          assertThat(compare())
              .satisfiesExactly(
                  twice -> {
                    assertThat(twice.kind()).isEqualTo(BreakKind.BOOKED_TWICE);
                    assertThat(twice.state()).isEqualTo(Breaks.State.OPEN);
                  },
                  settled -> {
                    assertThat(settled.kind()).isEqualTo(BreakKind.SETTLED_BY_REPORT);
                    assertThat(settled.state()).isEqualTo(Breaks.State.CLOSED);
                    assertThat(settled.outcome()).isEqualTo("RULE");
                  });
          assertThat(day.engine.bean(Audit.class).run(day.bank))
              .allSatisfy(proof -> assertThat(proof.rows()).as(proof.rule()).isEmpty());
        });
  }

  private static long count(String sql) {
    return day.jdbc.sql(sql).query(Long.class).single();
  }

  @Test
  void pagesAddUpAndAPageThatComesAgainTakesThePlaceOfTheOneBefore() {
    rolledBack(
        () -> {
          var said = new Said();
          var statement = of(account(1));
          var entries = statement.entries();
          long between = statement.opening() + entries.getFirst().amount();
          said.core.remove(statement);
          said.core.add(
              new CoreBank.Statement(
                  account(1),
                  DAY,
                  7,
                  1,
                  false,
                  statement.opening(),
                  between,
                  entries.subList(0, 1)));
          said.core.add(
              new CoreBank.Statement(
                  account(1),
                  DAY,
                  7,
                  2,
                  true,
                  between,
                  statement.closing(),
                  entries.subList(1, entries.size())));
          hear(said);
          assertThat(compare()).isEmpty();
          // The second page again, without its entries.
          hear(
              List.of(
                  new CoreBank.Statement(
                      account(1), DAY, 7, 2, true, between, statement.closing(), List.of())),
              "again",
              text -> text);
          assertThat(day.engine.bean(BusinessDays.class).close(day.bank, AT, "clerk", DAY))
              .isEqualTo(BusinessDays.Refusal.READ_SINCE);
          assertThat(compare())
              .extracting(Breaks.Break::kind)
              .containsExactly(
                  BreakKind.CLOSING_DIFFERS, BreakKind.MISSING_IN_CORE, BreakKind.MISSING_IN_CORE);
          // And right at last: what is put right closes itself.
          hear(
              List.of(
                  new CoreBank.Statement(
                      account(1),
                      DAY,
                      7,
                      2,
                      true,
                      between,
                      statement.closing(),
                      entries.subList(1, entries.size()))),
              "right",
              text -> text);
          assertThat(compare()).extracting(Breaks.Break::outcome).containsOnly("GONE");
          assertThat(day.engine.bean(Audit.class).run(day.bank))
              .allSatisfy(proof -> assertThat(proof.rows()).as(proof.rule()).isEmpty());
          assertThat(day.engine.bean(BusinessDays.class).close(day.bank, AT, "clerk", DAY))
              .isNull();
        });
  }

  @Test
  void aBreakIsExplainedByOneAndAgreedByAnother() {
    rolledBack(
        () -> {
          var breaks = day.engine.bean(Breaks.class);
          var days = day.engine.bean(BusinessDays.class);
          var said = new Said();
          said.before.add(before(account(1), 5, of(account(1)).opening()));
          said.entries(account(1), e -> e.add(wages()));
          said.settled.remove(3);
          hear(said);
          var found = compare();
          assertThat(found)
              .extracting(Breaks.Break::kind)
              .containsExactly(
                  BreakKind.BOOKED_TWICE, BreakKind.SEQUENCE_GAP, BreakKind.NOT_AT_CLEARING);
          long twice = found.get(0).number();
          long gap = found.get(1).number();
          long unreported = found.get(2).number();
          assertThat(breaks.agree(day.bank, AT, "head", twice))
              .isEqualTo(Breaks.Refusal.NOT_EXPLAINED);
          assertThat(breaks.explain(day.bank, AT, "clerk", twice, " "))
              .isEqualTo(Breaks.Refusal.NO_REASON);
          assertThat(breaks.explain(day.bank, AT, "clerk", 999_999, "why"))
              .isEqualTo(Breaks.Refusal.NO_SUCH_BREAK);
          assertThat(breaks.explain(day.bank, AT, "clerk", twice, "core will reverse it")).isNull();
          assertThat(breaks.agree(day.bank, AT, "clerk", twice))
              .isEqualTo(Breaks.Refusal.SAME_PERSON);
          // The second says it in his own words, and the first agrees.
          assertThat(breaks.explain(day.bank, AT, "head", twice, "reversed, ticket 5")).isNull();
          assertThat(breaks.agree(day.bank, AT, "head", twice))
              .isEqualTo(Breaks.Refusal.SAME_PERSON);
          assertThat(breaks.agree(day.bank, AT, "clerk", twice)).isNull();
          assertThat(breaks.explain(day.bank, AT, "clerk", twice, "again"))
              .isEqualTo(Breaks.Refusal.BREAK_CLOSED);
          // No money: one word is enough.
          assertThat(breaks.handOver(day.bank, AT, "clerk", gap, "core desk")).isNull();
          assertThat(breaks.unclosed(day.bank, 0, 10))
              .extracting(Breaks.Break::owner)
              .containsExactly("core desk", "reconciler");
          assertThat(breaks.explain(day.bank, AT, "clerk", gap, "numbers were reset")).isNull();
          assertThat(breaks.explain(day.bank, AT, "clerk", unreported, "settles a day late"))
              .isNull();
          assertThat(days.close(day.bank, AT, "clerk", DAY))
              .isEqualTo(BusinessDays.Refusal.BREAKS_OPEN);
          var standing = days.standing(day.bank, DAY).orElseThrow();
          assertThat(List.of(standing.breaks(), standing.open(), standing.explained()))
              .containsExactly(3, 0, 1);
          assertThat(breaks.agree(day.bank, AT, "head", unreported)).isNull();
          // The exception that it is is closed by the same two.
          assertThat(
                  day.jdbc
                      .sql("SELECT maker || ' ' || checker FROM exception_closed")
                      .query(String.class)
                      .list())
              .containsExactly("clerk head");
          assertThat(breaks())
              .extracting(Breaks.Break::outcome)
              .containsExactly("AGREED", "EXPLAINED", "AGREED");
          assertThat(days.close(day.bank, AT, "clerk", DAY)).isNull();
          assertThat(day.engine.bean(Audit.class).run(day.bank))
              .allSatisfy(proof -> assertThat(proof.rows()).as(proof.rule()).isEmpty());
        });
  }

  /** The day that lacks it and the day that has it are one break, once both are known. */
  @Test
  void whatTheCoreSystemBooksADayLateIsTold() {
    rolledBack(
        () -> {
          var days = day.engine.bean(BusinessDays.class);
          var said = new Said();
          said.entries(account(1), e -> e.remove(wages()));
          hear(said);
          assertThat(compare())
              .extracting(Breaks.Break::kind)
              .containsExactly(BreakKind.MISSING_IN_CORE);
          long opening = of(account(1)).closing() - wages().amount();
          hear(
              List.of(
                  new CoreBank.Statement(
                      account(1),
                      TODAY,
                      8,
                      1,
                      true,
                      opening,
                      opening + wages().amount(),
                      List.of(
                          new CoreBank.Movement(wages().reference(), wages().amount(), TODAY)))),
              "late",
              text -> text);
          assertThat(compare()).extracting(Breaks.Break::outcome).containsExactly("GONE");
          assertThat(days.close(day.bank, AT, "clerk", DAY)).isNull();
          assertThat(days.compare(day.bank, TODAY.plusDays(1), AT, TODAY)).isNull();
          assertThat(day.engine.bean(Breaks.class).of(day.bank, TODAY, 0, 10))
              .singleElement()
              .satisfies(
                  late -> {
                    assertThat(late.kind()).isEqualTo(BreakKind.WRONG_DATE);
                    assertThat(late.reference()).isEqualTo(wages().reference());
                    assertThat(late.oursOn()).isEqualTo(DAY);
                    assertThat(late.theirsOn()).isEqualTo(TODAY);
                  });
        });
  }

  /** What we book on a Saturday the core system books on Monday, and either day is its value. */
  @Test
  void whatTheCalendarExplainsIsNoBreak() {
    rolledBack(
        () -> {
          var saturday = LocalDate.of(2026, 10, 17);
          var monday = LocalDate.of(2026, 10, 19);
          var tuesday = LocalDate.of(2026, 10, 20);
          try {
            credit(account(2), "CORE-2", 500, saturday, Instant.parse("2026-10-17T02:00:00Z"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          var days = day.engine.bean(BusinessDays.class);
          var statements =
              CoreBank.statements(
                  monday,
                  8,
                  days.openings(day.bank, tuesday, monday),
                  days.movements(day.bank, tuesday, monday));
          assertThat(statements.stream().flatMap(s -> s.entries().stream()))
              .extracting(CoreBank.Movement::booked)
              .containsExactly(monday);
          hear(
              statements,
              "monday",
              text ->
                  text.replace(
                      "<AcctSvcrRef>", "<ValDt><Dt>" + saturday + "</Dt></ValDt><AcctSvcrRef>"));
          assertThat(days.compare(day.bank, tuesday, AT, monday)).isNull();
          assertThat(days.standing(day.bank, monday).orElseThrow().agreed()).isEqualTo(1);
          assertThat(day.engine.bean(Breaks.class).of(day.bank, monday, 0, 10)).isEmpty();
          assertThat(days.compare(day.bank, tuesday, AT, saturday))
              .isEqualTo(BusinessDays.Refusal.NOT_A_BUSINESS_DAY);
          assertThat(days.compare(day.bank, monday, AT, monday))
              .isEqualTo(BusinessDays.Refusal.DAY_NOT_OVER);
          assertThat(days.compare(day.bank, tuesday, AT, LocalDate.of(2031, 1, 6)))
              .isEqualTo(BusinessDays.Refusal.NOT_A_BUSINESS_DAY);
        });
  }

  @Test
  void whatBreaksItsGrammarOrNamesNoDayIsSetAside() throws IOException {
    var good =
        Files.readString(
            CoreBank.write(folder, "bad.xml", "bad", AT.atOffset(ZoneOffset.ofHours(8)), stated));
    rolledBack(
        () -> {
          try {
            var files = new ArrayList<Path>();
            for (var bad :
                List.of(
                    good.replaceFirst("<Cd>OPBD</Cd>", "<Cd>OPENED</Cd>"),
                    good.replaceFirst(DAY + "T00", BEFORE + "T00"),
                    good.substring(0, good.length() / 2))) {
              files.add(Files.writeString(folder.resolve("bad-" + files.size() + ".xml"), bad));
            }
            day.engine.bean(CoreFiles.class).receive(day.bank, files, AT);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          assertThat(day.engine.bean(DayEnd.class).read(day.bank, AT)).isEqualTo(3);
          assertThat(count("SELECT count(*) FROM core_statement")).isZero();
        });
  }
}
