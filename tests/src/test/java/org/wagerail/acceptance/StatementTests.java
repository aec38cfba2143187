package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Verdict;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.payday.StatementRound;
import org.wagerail.ops.province.Province;
import org.wagerail.payment.TxId;
import org.wagerail.statement.Receipts;
import org.wagerail.statement.Vouchers;
import org.wagerail.trail.Step;
import org.wagerail.trail.Subject;
import org.wagerail.trail.Trails;

/** What goes out of the bank about a small day adds up with its books, and once only. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatementTests {
  /** In the night after the day's last booking. */
  private static final Instant NIGHT = Instant.parse("2026-10-16T17:00:00Z");

  @TempDir static Path folder;
  private static SmallDay day;
  private static StatementRound.Made made;

  @BeforeAll
  static void playTheDay() throws Exception {
    day = SmallDay.play(folder);
    made = day.engine.bean(StatementRound.class).run(day.bank, NIGHT);
  }

  @AfterAll
  static void close() {
    if (day != null) {
      day.close();
    }
  }

  @Test
  @Order(1)
  void everyDayOfAWageBookIsStatedAndBeginsWhereTheOneBeforeEnded() {
    assertThat(made.statements())
        .isEqualTo(
            day.jdbc
                .sql(
                    """
                    SELECT count(DISTINCT (p.account, e.business_date)) FROM posting p
                      JOIN journal_entry e USING (bank, book_month, entry)
                      JOIN wage_book w ON w.wage_book = p.account
                    """)
                .query(Integer.class)
                .single());
    var ends = new HashMap<String, BigDecimal>();
    for (var message : messages(Camt053.VERSION, "statement ")) {
      var book = message.subject().split(" ")[1];
      var said = new ArrayList<Camt053.Event>();
      try (var statement = Camt053.open(day.store.read(message.hash()))) {
        for (var event = statement.next(); event != null; event = statement.next()) {
          said.add(event);
        }
        assertThat(statement.report().verdict()).isEqualTo(Verdict.VALID);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      var balances = new HashMap<String, BigDecimal>();
      var sum = BigDecimal.ZERO;
      for (var event : said) {
        switch (event) {
          case Camt053.Statement statement ->
              assertThat(statement.to()).hasToString(message.subject().split(" ")[2]);
          case Camt053.Balance balance ->
              balances.put(
                  Objects.requireNonNull(balance.code()),
                  signed(Objects.requireNonNull(balance.amount()), balance.credit()));
          case Camt053.Entry entry ->
              sum = sum.add(signed(Objects.requireNonNull(entry.amount()), entry.credit()));
          case Camt053.Transaction other -> throw new AssertionError("a wage is told: " + other);
        }
      }
      var opening = Objects.requireNonNull(balances.get("OPBD"));
      assertThat(opening).isEqualByComparingTo(ends.getOrDefault(book, BigDecimal.ZERO));
      assertThat(opening.add(sum)).isEqualByComparingTo(balances.get("CLBD"));
      ends.put(book, Objects.requireNonNull(balances.get("CLBD")));
    }
    assertThat(ends).hasSize(3);
    ends.forEach(
        (book, end) ->
            assertThat(end.movePointRight(2).longValueExact())
                .isEqualTo(
                    day.jdbc
                        .sql("SELECT balance FROM account_balance WHERE account = ?")
                        .param(Long.parseLong(book))
                        .query(Long.class)
                        .single()));
  }

  @Test
  @Order(1)
  void everyEntryOfAWageBookIsNotifiedOnce() {
    var told = new ArrayList<Map.Entry<String, Long>>();
    for (var message : messages(Camt054.VERSION, "entries ")) {
      try (var notification = Camt054.open(day.store.read(message.hash()))) {
        for (var event = notification.next(); event != null; event = notification.next()) {
          if (event instanceof Camt054.Transaction entry) {
            told.add(
                Map.entry(
                    Objects.requireNonNull(entry.reference()),
                    signed(Objects.requireNonNull(entry.amount()), "CRDT".equals(entry.side()))
                        .movePointRight(2)
                        .longValueExact()));
          }
        }
        assertThat(notification.report().verdict()).isEqualTo(Verdict.VALID);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            day.jdbc
                .sql(
                    """
                    SELECT 'E' || p.book_month || '-' || p.entry, p.amount FROM posting p
                      JOIN wage_book w ON w.wage_book = p.account
                    """)
                .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                .list());
  }

  @Test
  @Order(2)
  void makingThemAgainMakesNoneAndTheBooksStayClean() {
    assertThat(day.engine.bean(StatementRound.class).run(day.bank, NIGHT))
        .isEqualTo(new StatementRound.Made(0, 0, 0));
    assertThat(Audit.clean(day.engine.bean(Audit.class).run(day.bank))).isTrue();
  }

  @Test
  @Order(2)
  void aSettledWageHasAReceiptThatBreaksWithEveryWord() {
    var receipts = day.engine.bean(Receipts.class);
    var settled =
        payment(
            "kind = 'SETTLED' AND payment NOT IN (SELECT payment FROM payment_result"
                + " WHERE stage = 2)");
    var text = issued(receipts, settled);
    assertThat(text).contains("payment: " + settled).contains("CNY ");
    assertThat(issued(receipts, settled)).isEqualTo(text);
    assertThat(receipts.check(day.bank, text)).isEqualTo(Receipts.Worth.GENUINE);
    assertThat(receipts.check(day.bank, text.replace("\n", "\r\n") + " \r\n"))
        .isEqualTo(Receipts.Worth.GENUINE);
    assertThat(receipts.check(day.bank, text.replace("CNY ", "CNY 1")))
        .isEqualTo(Receipts.Worth.NOT_OURS);
    assertThat(receipts.check(day.bank, text.substring(0, text.lastIndexOf("印鉴"))))
        .isEqualTo(Receipts.Worth.NOT_OURS);
    assertThat(receipts.check(day.bank + 1, text)).isEqualTo(Receipts.Worth.NOT_OURS);
    var trail =
        day.engine.bean(Trails.class).follow(new Subject.Payment(day.bank, settled)).orElseThrow();
    assertThat(trail.steps())
        .filteredOn(step -> step.kind() == Step.Kind.RECEIPT_ISSUED)
        .hasSize(2)
        .allSatisfy(
            step -> assertThat(Objects.requireNonNull(step.who()).english()).isEqualTo("tests"));
    day.transaction.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          day.jdbc
              .sql(
                  "INSERT INTO payment_result SELECT bank, pay_month, payment, 2, 'RETURNED',"
                      + " 'AC04', doc_month, document, subject, at FROM payment_result WHERE"
                      + " payment = ?")
              .param(settled.payment())
              .update();
          assertThat(receipts.check(day.bank, text)).isEqualTo(Receipts.Worth.CAME_BACK_SINCE);
        });
  }

  @Test
  @Order(2)
  void whatDidNotSettleOrCameBackHasNone() {
    var receipts = day.engine.bean(Receipts.class);
    assertThat(receipts.issue(day.bank, NIGHT, "tests", payment("kind = 'REJECTED'")))
        .isEqualTo(new Receipts.NotIssued(Receipts.Refusal.CAME_BACK));
    assertThat(receipts.issue(day.bank, NIGHT, "tests", payment("kind = 'RETURNED'")))
        .isEqualTo(new Receipts.NotIssued(Receipts.Refusal.CAME_BACK));
    assertThat(receipts.issue(day.bank, NIGHT, "tests", new TxId(202610, 999)))
        .isEqualTo(new Receipts.NotIssued(Receipts.Refusal.NO_SUCH_PAYMENT));
    var silent =
        day.jdbc
            .sql(
                "SELECT pay_month, payment FROM payment p WHERE NOT EXISTS (SELECT 1 FROM"
                    + " payment_result r WHERE r.payment = p.payment) LIMIT 1")
            .query((row, _) -> new TxId(row.getInt(1), row.getLong(2)))
            .single();
    assertThat(receipts.issue(day.bank, NIGHT, "tests", silent))
        .isEqualTo(new Receipts.NotIssued(Receipts.Refusal.NOT_SETTLED));
  }

  @Test
  @Order(3)
  void aRunHasAVoucherOfEachFirmOnceClearingHasAnsweredAllOfIt() throws Exception {
    assertThat(made.vouchers()).isZero();
    settleTheSilent();
    var vouchers =
        day.jdbc
            .sql(
                """
                SELECT count(DISTINCT (x.run, b.firm_code)) FROM run_batch x
                  JOIN payroll_batch b ON b.pay_month = x.payroll_month AND b.payroll = x.payroll
                       AND b.batch = x.batch
                  JOIN run_paid r ON r.pay_month = x.pay_month AND r.run = x.run
                """)
            .query(Integer.class)
            .single();
    var round = day.engine.bean(StatementRound.class);
    assertThat(round.run(day.bank, NIGHT).vouchers()).isEqualTo(vouchers);
    assertThat(round.run(day.bank, NIGHT).vouchers()).isZero();
    var rows = new ArrayList<String>();
    for (var message : messages(Vouchers.KIND, "voucher ")) {
      var text = new String(day.store.read(message.hash()).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(day.engine.bean(Vouchers.class).isOurs(day.bank, text)).isTrue();
      assertThat(day.engine.bean(Vouchers.class).isOurs(day.bank, text.replaceFirst("0", "1")))
          .isFalse();
      text.lines()
          .filter(line -> line.matches("[0-9]{16}\t.*"))
          .map(line -> line.split("\t"))
          .forEach(cells -> rows.add(cells[0] + " " + cells[6] + " " + cells[7].split(" ")[0]));
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            day.jdbc
                .sql(
                    """
                    SELECT p.pay_month || lpad(p.payment::text, 10, '0') || ' '
                           || to_char(p.amount / 100.0, 'FM999999990.00') || ' ' || (
                             SELECT r.kind FROM payment_result r WHERE r.payment = p.payment
                              ORDER BY r.stage DESC LIMIT 1)
                      FROM payment p
                    """)
                .query(String.class)
                .list());
  }

  private static void settleTheSilent() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var statuses =
        Pacs002.writer(
            bytes,
            new Pacs002.Header(
                "S9",
                NIGHT.atOffset(ZoneOffset.ofHours(8)),
                null,
                Province.BANK,
                null,
                Pacs008.VERSION,
                null,
                null))) {
      day.jdbc
          .sql(
              "SELECT pay_month, payment FROM payment p WHERE NOT EXISTS (SELECT 1 FROM"
                  + " payment_result r WHERE r.payment = p.payment)")
          .query((row, _) -> new TxId(row.getInt(1), row.getLong(2)))
          .list()
          .forEach(id -> statuses.status(null, null, id.toString(), "ACSC", null, null, null));
    }
    var file = Files.write(folder.resolve("late.xml"), bytes.toByteArray());
    day.engine.bean(ClearingFiles.class).receive(day.bank, List.of(file), NIGHT);
    day.engine.bean(PayDay.class).answers(day.bank, NIGHT);
  }

  private static String issued(Receipts receipts, TxId id) {
    return receipts.issue(day.bank, NIGHT, "tests", id) instanceof Receipts.Issued(var text)
        ? text
        : "";
  }

  private static TxId payment(String which) {
    return day.jdbc
        .sql("SELECT pay_month, payment FROM payment_result WHERE " + which + " LIMIT 1")
        .query((row, _) -> new TxId(row.getInt(1), row.getLong(2)))
        .single();
  }

  private static BigDecimal signed(BigDecimal amount, boolean credit) {
    return credit ? amount : amount.negate();
  }

  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  private record Message(String subject, byte[] hash) {}

  private static List<Message> messages(String kind, String subject) {
    return day.jdbc
        .sql(
            "SELECT subject, hash FROM outbound_message WHERE kind = ? AND subject LIKE ?"
                + " ORDER BY message")
        .params(kind, subject + "%")
        .query((row, _) -> new Message(row.getString(1), row.getBytes(2)))
        .list();
  }
}
