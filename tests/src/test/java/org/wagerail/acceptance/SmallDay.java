package org.wagerail.acceptance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.evidence.FourEyes;
import org.wagerail.iso.Camt029;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Reason;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.mailbox.Webhooks;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.DayEnd;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.Troubles;
import org.wagerail.ops.sandbox.CoreBank;
import org.wagerail.payment.ClearingDecision;
import org.wagerail.payment.Exceptions;
import org.wagerail.payment.RecallReason;
import org.wagerail.payment.Recalls;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.LineDecisions;
import org.wagerail.payroll.Releases;
import org.wagerail.payroll.ScreeningLists;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Corrections;
import org.wagerail.project.Movements;
import org.wagerail.project.ReferenceData;
import org.wagerail.reconciliation.Breaks;
import org.wagerail.reconciliation.BusinessDays;

/**
 * A real day of three projects in little: one wage book has enough, one has nothing until the next
 * day, one pays pro rata twice; lines are refused, held and accepted; clearing settles, rejects,
 * returns and stays silent; a rejected wage is paid again. Clearing is asked about its silence, two
 * payments are recalled, the report of the day settles one more; an exception is closed, and a held
 * line stays held because the second person does not agree.
 */
final class SmallDay implements AutoCloseable {
  private static final Instant IMPORTED = Instant.parse("2026-10-12T02:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2026-10-13T02:00:00Z");
  private static final Instant RELEASED = Instant.parse("2026-10-14T02:00:00Z");
  static final Instant CUT_OFF = Instant.parse("2026-10-15T08:00:00Z");
  static final Instant ANSWERED = Instant.parse("2026-10-15T12:00:00Z");
  private static final Instant FUNDED = Instant.parse("2026-10-16T02:00:00Z");
  private static final Instant NEXT_CUT_OFF = Instant.parse("2026-10-16T08:00:00Z");
  private static final Instant ASKED = Instant.parse("2026-10-16T09:00:00Z");
  private static final Instant REPORTED = Instant.parse("2026-10-16T12:00:00Z");

  final Engine engine;
  final JdbcClient jdbc;
  final TransactionTemplate transaction;
  final MessageStore store;
  final int bank;
  private final Path folder;

  private SmallDay(Engine engine, Path folder, int bank) {
    this.engine = engine;
    this.folder = folder;
    this.jdbc = engine.bean(JdbcClient.class);
    this.transaction = new TransactionTemplate(engine.bean(PlatformTransactionManager.class));
    this.store = engine.bean(MessageStore.class);
    this.bank = bank;
  }

  static SmallDay play(Path folder) throws Exception {
    var day = released(folder);
    try {
      day.play();
      return day;
    } catch (Throwable e) {
      day.close();
      throw e;
    }
  }

  /** The day until its payrolls are released, and nothing is paid yet. */
  static SmallDay released(Path folder) throws Exception {
    var province = folder.resolve("province");
    Province.generate(
        ProvinceSpec.of(7, 3, 72, LocalDate.of(2026, 10, 15))
            .withFilesPerProject(2)
            .with(new Troubles(60, 40, 20, 20, 20, 60, 20, List.of())),
        province);
    shorten(province);
    var engine = Engine.open(Home.at(folder.resolve("home")));
    try {
      var report = engine.bean(ReferenceData.class).importDirectory(province, "tests", IMPORTED);
      if (!report.accepted()) {
        throw new IllegalStateException(report.findings().toString());
      }
      int bank =
          engine.bean(JdbcClient.class).sql("SELECT bank FROM bank").query(Integer.class).single();
      var day = new SmallDay(engine, folder, bank);
      day.take();
      return day;
    } catch (Throwable e) {
      engine.close();
      throw e;
    }
  }

  /** The second project has no money yet; the third half of it, and pays pro rata. */
  private static void shorten(Path province) throws IOException {
    var books = Files.readAllLines(province.resolve("wage_books.csv"));
    books.set(2, withOpening(books.get(2), BigDecimal.ZERO));
    books.set(3, withOpening(books.get(3), new BigDecimal("0.5")));
    Files.write(province.resolve("wage_books.csv"), books);
    var agreements = Files.readAllLines(province.resolve("agreements.csv"));
    agreements.set(3, agreements.get(3).replace("NOTHING", "PRO_RATA"));
    Files.write(province.resolve("agreements.csv"), agreements);
  }

  private static String withOpening(String row, BigDecimal factor) {
    var fields = row.split(",");
    fields[3] =
        new BigDecimal(fields[3])
            .multiply(factor)
            .setScale(2, java.math.RoundingMode.DOWN)
            .toPlainString();
    return String.join(",", fields);
  }

  private void take() throws Exception {
    try (var files = Files.list(folder.resolve("province/payrolls"))) {
      engine
          .bean(PayrollFiles.class)
          .receive(
              bank, files.filter(f -> f.toString().endsWith(".xml")).sorted().toList(), RECEIVED);
    }
    screen();
    engine.bean(PayDay.class).intake(bank, RECEIVED);
    release();
  }

  /** The last workers of the register are on the bank's list. */
  private void screen() throws IOException {
    var listed =
        Files.readAllLines(folder.resolve("province/workers.csv")).reversed().stream()
            .flatMap(row -> Arrays.stream(row.split(",")))
            .filter(field -> field.matches("[0-9]{17}[0-9X]"))
            .limit(3)
            .map(number -> ",RESIDENT_ID," + number + ",sanctions\n")
            .collect(Collectors.joining());
    var csv = "name,scheme,number,reason\n" + listed;
    var outcome =
        engine
            .bean(ScreeningLists.class)
            .record(
                bank,
                LocalDate.of(2026, 10, 13),
                RECEIVED,
                "operator",
                LocalDate.of(2026, 10, 13),
                "the authority",
                csv.getBytes(StandardCharsets.UTF_8));
    if (!(outcome instanceof ScreeningLists.Recorded)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private void play() throws Exception {
    var payDay = engine.bean(PayDay.class);
    payDay.run(bank, CUT_OFF);
    answer();
    payDay.answers(bank, ANSWERED);
    decideAndFund();
    payDay.run(bank, NEXT_CUT_OFF);
    recall();
    payDay.ask(bank, ASKED);
    report();
    payDay.answers(bank, REPORTED);
    push(engine.bean(Webhooks.class));
    correct(engine.bean(Corrections.class));
    reconcile();
    close(engine.bean(Exceptions.class), engine.bean(WorkItems.class));
    var outbox = engine.bean(Outbox.class);
    outbox.delivered(NEXT_CUT_OFF, outbox.due(null, 3));
  }

  private record Signatory(long firm, long person, byte[] key) {}

  private void release() throws Exception {
    var releases = engine.bean(Releases.class);
    var keys = keys();
    var signatories =
        jdbc.sql("SELECT firm, person, public_key AS key FROM signatory WHERE bank = ?")
            .param(bank)
            .query(Signatory.class)
            .list();
    var signed = new ArrayList<Releases.Release>();
    for (var payroll : releases.open(bank)) {
      var bytes = Releases.toSign(Province.BANK, payroll.contentHash());
      for (var signatory : signatories) {
        if (signatory.firm() == payroll.contractor()) {
          signed.add(
              new Releases.Release(
                  payroll.month(),
                  payroll.payroll(),
                  signatory.person(),
                  signature(keys, signatory.key(), bytes)));
        }
      }
    }
    for (var refusal : releases.release(bank, LocalDate.of(2026, 10, 14), RELEASED, signed)) {
      if (refusal != null) {
        throw new IllegalStateException(refusal.toString());
      }
    }
  }

  private List<PrivateKey> keys() throws Exception {
    var keys = new ArrayList<PrivateKey>();
    try (var files = Files.list(folder.resolve("province/keys"))) {
      for (var file : files.toList()) {
        keys.add(
            KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file))));
      }
    }
    return keys;
  }

  private static byte[] signature(List<PrivateKey> keys, byte[] publicKey, byte[] bytes)
      throws GeneralSecurityException {
    for (var key : keys) {
      var sign = Signature.getInstance("Ed25519");
      sign.initSign(key);
      sign.update(bytes);
      var signature = sign.sign();
      if (Releases.isSigned(publicKey, bytes, signature)) {
        return signature;
      }
    }
    throw new IllegalStateException("no private key for this public key");
  }

  private record Paid(int month, long payment, long amount) {
    String txId() {
      return new TxId(month, payment).toString();
    }
  }

  /** Of eight payments one is rejected, one returned after settlement, one without, one silent. */
  private void answer() throws IOException {
    var paid =
        jdbc.sql(
                "SELECT pay_month AS month, payment, amount FROM payment WHERE bank = ?"
                    + " ORDER BY payment")
            .param(bank)
            .query(Paid.class)
            .list();
    var at = ANSWERED.atOffset(ZoneOffset.ofHours(8));
    var day = LocalDate.of(2026, 10, 15);
    var statuses = new ByteArrayOutputStream();
    var returned = new ArrayList<Paid>();
    try (var writer =
        Pacs002.writer(
            statuses,
            new Pacs002.Header("S1", at, null, Province.BANK, null, Pacs008.VERSION, null, null))) {
      for (int i = 0; i < paid.size(); i++) {
        var id = paid.get(i).txId();
        switch (i % 8) {
          case 0 -> writer.status(null, null, id, "RJCT", new Reason("AC04", null), null, null);
          case 1 -> {
            writer.status(null, null, id, "ACSC", null, null, day);
            returned.add(paid.get(i));
          }
          case 2 -> returned.add(paid.get(i));
          case 3 -> {}
          default -> writer.status(null, null, id, "ACSC", null, null, day);
        }
      }
    }
    var returns = new ByteArrayOutputStream();
    try (var writer =
        Pacs004.writer(
            returns,
            new Pacs004.Header(
                "R1",
                at,
                returned.size(),
                returned.stream().mapToLong(Paid::amount).sum(),
                day,
                null,
                Province.BANK,
                null,
                Pacs008.VERSION))) {
      for (var each : returned) {
        writer.returned(
            "R" + each.payment(), null, null, each.txId(), each.amount(), new Reason("AC06", null));
      }
    }
    var first = Files.write(folder.resolve("a-statuses.xml"), statuses.toByteArray());
    var second = Files.write(folder.resolve("b-returns.xml"), returns.toByteArray());
    engine.bean(ClearingFiles.class).receive(bank, List.of(first, second), ANSWERED);
  }

  /** Two settled payments are asked back: one recall is refused, one not answered. */
  private void recall() throws IOException {
    var settled = settled();
    var by = new FourEyes("clerk", "head");
    for (var each : settled.subList(0, 2)) {
      var refusal =
          engine
              .bean(Recalls.class)
              .ask(
                  bank,
                  ASKED,
                  by,
                  new TxId(each.month(), each.payment()),
                  RecallReason.CUST,
                  "letter");
      if (refusal != null) {
        throw new IllegalStateException(refusal.toString());
      }
    }
    var words = new ByteArrayOutputStream();
    try (var writer =
        Camt029.writer(
            words,
            new Camt029.Header(
                "W1",
                REPORTED.atOffset(ZoneOffset.ofHours(8)),
                "102331000010",
                Province.BANK,
                "RJCR"))) {
      writer.answer(
          packageOf(settled.getFirst()),
          Pacs008.VERSION,
          null,
          settled.getFirst().txId(),
          "RJCR",
          new Reason("CUST", null));
    }
    receive("c-words.xml", words);
  }

  private String packageOf(Paid paid) {
    return jdbc.sql(
            "SELECT 'P' || pay_month || '-' || package FROM package"
                + " WHERE bank = ? AND pay_month = ? AND ? BETWEEN package AND last_payment")
        .params(bank, paid.month(), paid.payment())
        .query(String.class)
        .single();
  }

  private List<Paid> settled() {
    return jdbc.sql(
            """
            SELECT pay_month AS month, payment, amount
              FROM payment JOIN payment_result r USING (bank, pay_month, payment)
             WHERE bank = ? AND r.kind = 'SETTLED' AND payment NOT IN
                   (SELECT payment FROM payment_result WHERE stage = 2)
             ORDER BY payment
            """)
        .param(bank)
        .query(Paid.class)
        .list();
  }

  /**
   * The day's report: all that settled but the last payment, and the first silent one; one return,
   * and one payment that is not ours.
   */
  private void report() throws IOException {
    var settled = settled();
    var items = new ArrayList<Camt053.Detail>();
    for (var each : settled.subList(0, settled.size() - 1)) {
      items.add(new Camt053.Detail(each.txId(), null, each.amount(), null));
    }
    var silent =
        jdbc.sql(
                "SELECT pay_month AS month, payment, amount FROM payment JOIN payment_unknown USING"
                    + " (bank, pay_month, payment) ORDER BY payment LIMIT 1")
            .query(Paid.class)
            .single();
    items.add(new Camt053.Detail(silent.txId(), null, silent.amount(), null));
    items.add(new Camt053.Detail("2026109999999999", null, 1, null));
    var back =
        jdbc.sql(
                "SELECT pay_month AS month, payment, amount FROM payment JOIN payment_result r"
                    + " USING (bank, pay_month, payment) WHERE r.stage = 2 ORDER BY payment LIMIT"
                    + " 1")
            .query(Paid.class)
            .single();
    var day = LocalDate.of(2026, 10, 15);
    var report = new ByteArrayOutputStream();
    long total = items.stream().mapToLong(Camt053.Detail::amountMinor).sum();
    try (var writer =
        Camt053.writer(
            report,
            new Camt053.Header(
                "D1",
                REPORTED.atOffset(ZoneOffset.ofHours(8)),
                "D1",
                Province.BANK,
                day,
                0,
                back.amount() - total))) {
      writer.entry("1", false, day, null, items);
      writer.entry(
          "2",
          true,
          day,
          null,
          List.of(new Camt053.Detail(back.txId(), null, back.amount(), new Reason("AC06", null))));
    }
    receive("d-report.xml", report);
  }

  /**
   * The core system leaves one movement out, and numbers another account's statements anew: both
   * are explained, and what clearing left open keeps the day open.
   */
  private void reconcile() {
    var day = LocalDate.of(2026, 10, 15);
    var today = day.plusDays(1);
    var days = engine.bean(BusinessDays.class);
    var statements =
        new ArrayList<>(
            CoreBank.statements(
                day, 1, days.openings(bank, today, day), days.movements(bank, today, day)));
    var first = statements.stream().filter(s -> !s.entries().isEmpty()).findFirst().orElseThrow();
    statements.set(
        statements.indexOf(first), first.with(first.entries().subList(1, first.entries().size())));
    var last = statements.getLast();
    statements.addFirst(
        new CoreBank.Statement(
            last.account(),
            day.minusDays(1),
            7,
            1,
            true,
            last.opening(),
            last.opening(),
            List.of()));
    var file =
        CoreBank.write(
            folder, "e-core.xml", "CB1", REPORTED.atOffset(ZoneOffset.ofHours(8)), statements);
    engine.bean(CoreFiles.class).receive(bank, List.of(file), REPORTED);
    engine.bean(DayEnd.class).read(bank, REPORTED);
    if (engine.bean(DayEnd.class).compare(bank, REPORTED, day) != null) {
      throw new IllegalStateException("the day was not compared");
    }
    var breaks = engine.bean(Breaks.class);
    for (var each : breaks.of(bank, day, 0, 1_000)) {
      if (each.counterpart().equals("CORE")) {
        breaks.explain(bank, REPORTED, "clerk", each.number(), "the core system puts it right");
        breaks.agree(bank, REPORTED, "head", each.number());
      }
    }
    if (days.close(bank, REPORTED, "clerk", day) != BusinessDays.Refusal.BREAKS_OPEN) {
      throw new IllegalStateException("the day was closed over an open break");
    }
  }

  private void receive(String name, ByteArrayOutputStream document) throws IOException {
    var file = Files.write(folder.resolve(name), document.toByteArray());
    engine.bean(ClearingFiles.class).receive(bank, List.of(file), REPORTED);
  }

  /** Some money was credited to the wrong place, and goes back by another entry. */
  private void correct(Corrections corrections) throws IOException {
    var kept = store.keep(new ByteArrayInputStream("a letter".getBytes(StandardCharsets.UTF_8)));
    corrections.keep(bank, REPORTED, "clerk", kept);
    var book =
        jdbc.sql(
                """
                SELECT s.number AS account, j.code AS project
                  FROM account_balance b JOIN wage_book w ON w.bank = b.bank AND w.wage_book = b.account
                  JOIN special_account s ON s.bank = w.bank
                       AND s.special_account = w.special_account
                  JOIN project j ON j.bank = w.bank AND j.project = w.project
                 ORDER BY b.balance - b.held DESC LIMIT 1
                """)
            .query(Short.class)
            .single();
    var outcome =
        corrections.ask(
            bank,
            REPORTED,
            "clerk",
            new Corrections.Wish(
                new Corrections.Side(book.account(), book.project()),
                Corrections.Side.SETTLEMENT,
                100,
                "labour cost 1",
                "credited too much",
                kept.hash()));
    if (!(outcome instanceof Corrections.Asked asked)) {
      throw new IllegalStateException(outcome.toString());
    }
    var refusal = corrections.answer(bank, REPORTED, "head", asked.correction(), true, "");
    corrections.book(bank, LocalDate.of(2026, 10, 16), REPORTED);
    var state = corrections.before(bank, Long.MAX_VALUE, 1).getFirst().state();
    if (refusal != null || state != Corrections.State.BOOKED) {
      throw new IllegalStateException(refusal + " " + state);
    }
  }

  /** An endpoint hears of some events, at the second try. */
  private void push(Webhooks webhooks) {
    long webhook =
        webhooks.ask(bank, REPORTED, "clerk", "https://hooks.example", List.of(), "secret", 0);
    var refusal = webhooks.say(bank, REPORTED, "head", webhook, Webhooks.Word.CONFIRM, "");
    if (refusal != null) {
      throw new IllegalStateException(refusal.toString());
    }
    var first = new Webhooks.Batch(0, 5, List.of());
    webhooks.tried(bank, 202610, REPORTED, webhook, first, null);
    var second = new Webhooks.Batch(5, 9, List.of());
    webhooks.tried(bank, 202610, REPORTED, webhook, second, "HTTP 500");
    webhooks.tried(bank, 202610, REPORTED, webhook, second, null);
  }

  /** An exception is handed over and closed; a held line is given, and stays held. */
  private void close(Exceptions exceptions, WorkItems items) {
    var open =
        exceptions.open(bank, 1_000).stream()
            .filter(e -> e.kind() == ClearingDecision.Kind.UNKNOWN_PAYMENT)
            .findFirst()
            .orElseThrow();
    var id = WorkItems.Id.exception(open.exception());
    var handed = items.give(bank, REPORTED, "operator", id, "reconciler");
    if (handed != null || !items.find(bank, REPORTED, id).owner().equals("reconciler")) {
      throw new IllegalStateException(handed + " " + open);
    }
    decide(items, id, WorkItems.Action.CLOSE, true);
    var held =
        WorkItems.Id.of(
            jdbc.sql(
                    """
                    SELECT pay_month AS month, payroll, line FROM payroll_line l
                     WHERE verdict = 'HOLD' AND NOT EXISTS (
                           SELECT 1 FROM line_decision d WHERE d.payroll = l.payroll
                              AND d.line = l.line)
                     ORDER BY payroll DESC, line DESC LIMIT 1
                    """)
                .query(LineDecisions.LineId.class)
                .single());
    var given = items.give(bank, REPORTED, "clerk", held, "checker");
    if (given != null) {
      throw new IllegalStateException(given.toString());
    }
    decide(items, held, WorkItems.Action.REFUSE, false);
  }

  private void decide(WorkItems items, WorkItems.Id id, WorkItems.Action action, boolean agreed) {
    var proposed = items.propose(bank, REPORTED, "clerk", id, action, "another bank's");
    long number = items.find(bank, REPORTED, id).proposal().proposal();
    var answered =
        items.answer(bank, REPORTED, "head", id, number, agreed, agreed ? "" : "it is ours");
    if (proposed != null || answered != null) {
      throw new IllegalStateException(proposed + " " + answered);
    }
  }

  /** One rejected wage goes out again, one held line is accepted, and money comes in. */
  private void decideAndFund() {
    var by = new FourEyes("clerk", "head");
    var decisions = engine.bean(LineDecisions.class);
    var rejected =
        jdbc.sql(
                "SELECT pay_month AS month, payment, amount FROM payment JOIN payment_result r"
                    + " USING (bank, pay_month, payment) WHERE r.kind = 'REJECTED' ORDER BY payment"
                    + " LIMIT 1")
            .query(Paid.class)
            .single();
    var again =
        decisions.repay(
            bank, FUNDED, by, new TxId(rejected.month(), rejected.payment()), "account reopened");
    var accepted =
        jdbc
            .sql(
                "SELECT pay_month AS month, payroll, line FROM payroll_line WHERE verdict = 'HOLD'"
                    + " AND worker_account IS NOT NULL ORDER BY payroll, line")
            .query(LineDecisions.LineId.class)
            .list()
            .stream()
            .anyMatch(
                line ->
                    decisions.accept(
                            bank, FUNDED, by, line, LineDecisions.Ground.EVIDENCE, "signed sheet")
                        instanceof LineDecisions.Decided);
    if (!(again instanceof LineDecisions.Decided) || !accepted) {
      throw new IllegalStateException(again + " " + accepted);
    }
    // NOTHING comes before PRO_RATA.
    var projects =
        jdbc.sql(
                """
                SELECT s.number AS account, j.code AS project
                  FROM pay_run r JOIN wage_book w USING (bank, wage_book)
                  JOIN special_account s USING (bank, special_account)
                  JOIN project j USING (bank, project)
                 WHERE r.outcome <> 'FULL' ORDER BY r.outcome
                """)
            .query(Short.class)
            .list();
    fund(1, projects.get(0), 100_000_000_00L);
    fund(2, projects.get(1), 1_000_00L);
  }

  /** A project that was short of money. */
  private record Short(String account, String project) {}

  private void fund(int nth, Short project, long amount) {
    var refusal =
        engine
            .bean(Movements.class)
            .credit(
                bank,
                LocalDate.of(2026, 10, 16),
                FUNDED,
                "tests",
                new Movements.LabourCost(
                    project.account(),
                    project.project(),
                    amount,
                    "transfer " + nth,
                    ByteBuffer.allocate(32).putInt(nth).array()));
    if (refusal != null) {
      throw new IllegalStateException(refusal.toString());
    }
  }

  /** Exchanges the bytes of a message for others, as a forger with the store's key would. */
  void rewrite(long message, String pattern, String replacement) {
    var hash =
        jdbc.sql("SELECT hash FROM outbound_message WHERE bank = ? AND message = ?")
            .params(bank, message)
            .query(byte[].class)
            .single();
    try (var in = store.read(hash)) {
      var old = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var forged = old.replaceFirst("(?s)" + pattern, replacement);
      if (forged.equals(old)) {
        throw new IllegalArgumentException("nothing to exchange: " + pattern);
      }
      var kept = store.keep(new ByteArrayInputStream(forged.getBytes(StandardCharsets.UTF_8)));
      jdbc.sql("UPDATE outbound_message SET hash = ?, size = ? WHERE bank = ? AND message = ?")
          .params(kept.hash(), kept.size(), bank, message)
          .update();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A file of the day's folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Where the store keeps the bytes of a hash. */
  Path place(String hex) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home/store"))) {
      return files.filter(f -> f.getFileName().toString().equals(hex)).findFirst().orElseThrow();
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
