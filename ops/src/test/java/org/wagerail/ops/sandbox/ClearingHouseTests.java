package org.wagerail.ops.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.iso.Camt029;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt056;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pacs028;
import org.wagerail.iso.Reason;
import org.wagerail.iso.Verdict;
import org.wagerail.money.AccountNumber;

class ClearingHouseTests {
  private static final OffsetDateTime AT = OffsetDateTime.parse("2026-10-15T11:00:00+08:00");
  private static final LocalDate DAY = LocalDate.of(2026, 10, 15);

  @TempDir Path folder;
  private ClearingHouse house;

  @BeforeEach
  void open() {
    house = new ClearingHouse(folder.resolve("out"), folder.resolve("in"));
  }

  @Test
  void choosesByTheTwoDigitsInFrontOfTheLast() {
    assertThat(Answer.of(card("00"))).isEqualTo(Answer.SETTLE);
    for (var answer : Answer.values()) {
      if (answer != Answer.SETTLE) {
        assertThat(Answer.of(card(answer.digits()))).isEqualTo(answer);
        assertThat(AccountNumber.flaw(card(answer.digits()))).isNull();
      }
    }
    assertThat(Answer.of("33001-100")).isEqualTo(Answer.REJECT);
    assertThat(Answer.of("10")).isEqualTo(Answer.SETTLE);
    assertThat(Answer.of("")).isEqualTo(Answer.SETTLE);
  }

  @Test
  void theHandbookListsEveryAnswerWithAnAccountThatGetsIt() throws IOException {
    var rows =
        Files.readAllLines(Path.of("handbook/SANDBOX.md")).stream()
            .filter(row -> row.matches("\\|.*`6228[0-9]{15}` \\|"))
            .toList();
    assertThat(rows).hasSameSizeAs(Answer.values());
    for (int i = 0; i < rows.size(); i++) {
      var cells = rows.get(i).split("`");
      var account = cells[cells.length - 2];
      assertThat(AccountNumber.flaw(account)).isNull();
      assertThat(Answer.of(account)).isEqualTo(Answer.values()[i]);
      if (i > 0) {
        assertThat(cells[1]).isEqualTo(Answer.values()[i].digits());
      }
    }
  }

  @Test
  void answersInRounds() throws IOException {
    leavePackage(1, Answer.values());

    var first = said(house.answer(1, AT));
    assertThat(first)
        .containsExactly(
            "PART",
            "202610000000000" + "1 ACSC null",
            "2026100000000002 RJCT AC04",
            "2026100000000003 ACSC null",
            "2026100000000005 ACSC null",
            "2026100000000006 ACSC null",
            "2026100000000007 ACSC null",
            "2026100000000008 ACSC null",
            "PART",
            "2026100000000005 ACSC null");
    assertThat(said(house.answer(2, AT.plusDays(1))))
        .containsExactly(
            "PART",
            "2026100000000004 ACSC null",
            "2026100000000006 RJCT AC04",
            "R2026100000000003 2026100000000003 5100.03 AC04");
    assertThat(house.answer(1, AT)).isEmpty();
    assertThat(house.answer(2, AT)).isEmpty();
    assertThat(house.taken()).containsEntry(Answer.NEVER, 1).hasSize(Answer.values().length);
  }

  @Test
  void speaksForTheWholePackageOnlyWhenItAnswersAllOfIt() throws IOException {
    leavePackage(1, Answer.SETTLE, Answer.RETURN);
    leavePackage(20, Answer.REJECT, Answer.REJECT);
    leavePackage(30, Answer.NEVER, Answer.NEVER);
    assertThat(said(house.answer(1, AT))).containsSequence("ACSC").contains("RJCT");
    assertThat(house.answer(2, AT)).hasSize(1);
  }

  @Test
  void leavesWholeFilesInTheOrderOfTheirNames() throws IOException {
    leavePackage(1, Answer.values());
    leavePackage(100, Answer.values());
    var left = house.answer(1, AT);
    try (var there = Files.list(folder.resolve("in"))) {
      assertThat(there.sorted().toList()).isEqualTo(left);
    }
  }

  @Test
  void shufflesByTheSeedAndSaysTheSame() throws IOException {
    for (int i = 0; i < 5; i++) {
      leavePackage(i * 10 + 1, Answer.values());
    }
    var shuffled = said(house.answerShuffled(7, AT));
    var again =
        new ClearingHouse(folder.resolve("out"), folder.resolve("again")).answerShuffled(7, AT);
    assertThat(said(again)).isEqualTo(shuffled);

    var other = new ClearingHouse(folder.resolve("out"), folder.resolve("other"));
    var straight = new ArrayList<>(said(other.answer(1, AT)));
    straight.addAll(said(other.answer(2, AT)));
    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(straight).isNotEqualTo(straight);

    var settled = new HashSet<String>();
    assertThat(shuffled)
        .as("some return stands before its settlement")
        .anyMatch(
            line -> {
              if (line.endsWith("ACSC null")) {
                settled.add(line.substring(0, 16));
              }
              return line.startsWith("R2") && !settled.contains(line.substring(18, 34));
            });
  }

  @Test
  void tellsWhatItIsAskedAboutOnce() throws IOException {
    leavePackage(1, Answer.values());
    house.answer(1, AT);
    int late = place(Answer.LATE);
    int settle = place(Answer.ASKED_SETTLE);
    int reject = place(Answer.ASKED_REJECT);
    inquire("Q1", late, settle, reject, place(Answer.NEVER), place(Answer.REPORTED));
    var told = said(house.answerQuestions(AT));
    assertThat(told)
        .containsExactly(
            "PART", id(late) + " ACSC null", id(settle) + " ACSC null", id(reject) + " RJCT AC04");
    assertThat(house.answerQuestions(AT)).isEmpty();
    // Asked about the whole package it tells the same.
    inquire("Q2");
    assertThat(said(house.answerQuestions(AT))).isEqualTo(told);
  }

  @Test
  void cancelsWhatHasNotSettledAndGivesBackOrRefusesWhatHas() throws IOException {
    leavePackage(1, Answer.values());
    house.answer(1, AT);
    int never = place(Answer.NEVER);
    int settled = place(Answer.SETTLE);
    int both = place(Answer.RECALL_BOTH);
    recall(never);
    assertThat(said(house.answerQuestions(AT))).containsExactly("PART", id(never) + " RJCT CUST");
    recall(settled);
    assertThat(said(house.answerQuestions(AT)))
        .containsExactly("R" + id(settled) + " " + id(settled) + " 5100.01 FOCR");
    recall(place(Answer.RECALL_REFUSED));
    assertThat(said(house.answerQuestions(AT)))
        .containsExactly(id(place(Answer.RECALL_REFUSED)) + " RJCR CUST");
    recall(both);
    assertThat(said(house.answerQuestions(AT)))
        .containsExactly(
            id(both) + " RJCR CUST",
            "R%s %s %s FOCR".formatted(id(both), id(both), "5100." + "%02d".formatted(both)));
  }

  @Test
  void reportsTheDayToTheCent() throws IOException {
    assertThat(house.report(DAY, AT)).isNull();
    leavePackage(1, Answer.values());
    house.answer(1, AT);
    house.answer(2, AT);
    recall(place(Answer.REPORTED));
    house.answerQuestions(AT);
    long settled = 0;
    long back = 0;
    var named = new ArrayList<String>();
    long closing = 0;
    try (var camt =
        Camt053.open(Files.newInputStream(Objects.requireNonNull(house.report(DAY, AT))))) {
      for (var event = camt.next(); event != null; event = camt.next()) {
        switch (event) {
          case Camt053.Statement told -> assertThat(told.account()).isEqualTo("105331000012");
          case Camt053.Balance told -> {
            assertThat(told.credit()).isEqualTo("OPBD".equals(told.code()));
            closing = fen(told.amount());
          }
          case Camt053.Transaction told -> {
            named.add(told.txId() + (told.returned() ? " back" : ""));
            settled += told.credit() ? 0 : fen(told.amount());
            back += told.credit() ? fen(told.amount()) : 0;
          }
          case Camt053.Entry told -> assertThat(told.status()).isEqualTo("BOOK");
        }
      }
      assertThat(camt.report().verdict()).isEqualTo(Verdict.VALID);
    }
    assertThat(closing).isEqualTo(settled - back);
    var expected = new ArrayList<String>();
    for (var answer :
        List.of(
            Answer.SETTLE,
            Answer.RETURN,
            Answer.LATE,
            Answer.TWICE,
            Answer.CONTRADICT,
            Answer.RECALL_REFUSED,
            Answer.RECALL_BOTH,
            Answer.ASKED_SETTLE)) {
      expected.add(id(place(answer)));
    }
    expected.add(id(place(Answer.RETURN)) + " back");
    assertThat(named).containsExactlyElementsOf(expected);
  }

  private static long fen(@Nullable BigDecimal amount) {
    return Objects.requireNonNull(amount).movePointRight(2).longValueExact();
  }

  /** Where an answer stands in a package of all of them, from 1. */
  private static int place(Answer answer) {
    return answer.ordinal() + 1;
  }

  private static String id(int place) {
    return "202610%010d".formatted(place);
  }

  private void inquire(String name, int... places) throws IOException {
    try (var file = Files.newOutputStream(folder.resolve("out/" + name + ".xml"));
        var pacs =
            Pacs028.writer(
                file,
                new Pacs028.Header(
                    name,
                    AT,
                    "105331000012",
                    "102331000010",
                    "P1",
                    Pacs008.VERSION,
                    Answer.values().length))) {
      for (int place : places) {
        pacs.transaction(name + "-" + place, null, id(place));
      }
    }
  }

  private void recall(int place) throws IOException {
    try (var file = Files.newOutputStream(folder.resolve("out/C%d.xml".formatted(place)));
        var camt =
            Camt056.writer(
                file,
                new Camt056.Header(
                    "C" + place, AT, "105331000012", "102331000010", 1, "P1", Pacs008.VERSION))) {
      camt.recall("C" + place, null, id(place), 510_000 + place, DAY, new Reason("DUPL", null));
    }
  }

  @Test
  void passesOverNothing() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/a.xml"), "<Document/>");
    assertThatThrownBy(() -> house.answer(1, AT)).isInstanceOf(IllegalArgumentException.class);
  }

  /** One transfer for each answer, numbered on, of 5100.01 and a cent more each. */
  private void leavePackage(int from, Answer... answers) throws IOException {
    Files.createDirectories(folder.resolve("out"));
    long total = 0;
    for (int i = 0; i < answers.length; i++) {
      total += 510_000 + from + i;
    }
    try (var file = Files.newOutputStream(folder.resolve("out/package-%04d.xml".formatted(from)));
        var pacs =
            Pacs008.writer(
                file,
                new Pacs008.Header(
                    "P" + from, AT, answers.length, total, DAY, "105331000012", "102331000010"))) {
      for (int i = 0; i < answers.length; i++) {
        pacs.transfer(
            "E2E-" + (from + i),
            "202610%010d".formatted(from + i),
            null,
            510_000 + from + i,
            "杭州宏远建设集团有限公司",
            "330019000000000001",
            "105331000012",
            "330100-2026-000001",
            null,
            "102331000010",
            "张三丰",
            card(answers[i].digits().isEmpty() ? "00" : answers[i].digits()),
            "/PERIOD/2026-10/RUN/REG");
      }
    }
  }

  private static String card(String digits) {
    var start = "6228170000000001" + digits;
    return start + AccountNumber.checkDigit(start);
  }

  /** What files say, a line for each group and each transaction; all of them valid. */
  private static List<String> said(List<Path> files) throws IOException {
    var said = new ArrayList<String>();
    for (var file : files) {
      if (file.toString().contains("camt.029")) {
        try (var camt = Camt029.open(Files.newInputStream(file))) {
          for (var told = camt.next(); told != null; told = camt.next()) {
            said.add(told.orgnlTxId() + " " + told.status() + " " + told.reasonCode());
          }
          assertThat(camt.report().verdict()).isEqualTo(Verdict.VALID);
        }
      } else if (file.toString().contains("pacs.004")) {
        try (var pacs = Pacs004.open(Files.newInputStream(file))) {
          for (var event = pacs.next(); event != null; event = pacs.next()) {
            if (event instanceof Pacs004.Return told) {
              said.add(
                  told.rtrId()
                      + " "
                      + told.orgnlTxId()
                      + " "
                      + told.amount()
                      + " "
                      + told.reasonCode());
            }
          }
          assertThat(pacs.report().verdict()).isEqualTo(Verdict.VALID);
        }
      } else {
        try (var pacs = Pacs002.open(Files.newInputStream(file))) {
          for (var event = pacs.next(); event != null; event = pacs.next()) {
            switch (event) {
              case Pacs002.Group told -> assertThat(told.instdAgtMember()).isNotBlank();
              case Pacs002.OriginalGroup told -> said.add(told.grpSts());
              case Pacs002.TransactionStatus told ->
                  said.add(told.orgnlTxId() + " " + told.txSts() + " " + told.reasonCode());
            }
          }
          assertThat(pacs.report().verdict()).isEqualTo(Verdict.VALID);
        }
      }
    }
    return said;
  }
}
