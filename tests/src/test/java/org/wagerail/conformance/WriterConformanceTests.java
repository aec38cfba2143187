package org.wagerail.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wagerail.iso.Camt029;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Camt056;
import org.wagerail.iso.Entries;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pacs028;
import org.wagerail.iso.Pain002;
import org.wagerail.iso.Reason;

/** What the writers write is valid by the official schemas. */
class WriterConformanceTests {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-10T08:00:00+08:00");
  private static final LocalDate DATE = LocalDate.of(2026, 11, 10);
  private static final String RARE = "甲<&>\"'𠮷\u0001\r\n";

  private static Oracle oracle;

  @BeforeAll
  static void open() {
    oracle = Oracle.open();
  }

  @Test
  void pacs008() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs008.Writer writer =
        Pacs008.writer(out, new Pacs008.Header("P", NOW, 2, 301, DATE, "102100099996", "103"))) {
      writer.transfer(
          "E-1",
          "T-1",
          "235d1eb5-8dd7-4c1a-8ece-559df8c67da1",
          300,
          RARE,
          "11",
          "102",
          "PRJ",
          "91310000MA1FL0000X",
          "103",
          RARE,
          "62",
          "字".repeat(500));
      writer.transfer("E-2", "T-2", null, 1, "a", "11", "102", null, "U", "103", "b", "6", null);
    }
    assertThat(oracle.errors(Pacs008.VERSION, out.toByteArray())).isEmpty();
  }

  @Test
  void pain002() {
    for (String version : List.of(Pain002.VERSION_03, Pain002.VERSION_10)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (Pain002.Writer writer =
          Pain002.writer(
              out,
              version,
              new Pain002.Header(
                  "A",
                  NOW,
                  "M",
                  "pain.001.001.09",
                  2L,
                  new BigDecimal("3.01"),
                  "PART",
                  List.of(new Reason("FF01", "𠮷".repeat(300)), new Reason(null, "x")),
                  List.of(new Pain002.StatusCount("RJCT", 1, new BigDecimal("3.00")))))) {
        writer.batch("B", 2L, BigDecimal.TEN, "PART", List.of(new Reason("AM20", RARE)), List.of());
        writer.line("I", "E", "ACSC", null);
        writer.line(null, "E", "RJCT", new Reason("AC04", RARE));
        writer.batch("C", null, null, "RJCT", List.of(), List.of());
      }
      assertThat(oracle.errors(version, out.toByteArray())).as(version).isEmpty();
    }
  }

  @Test
  void pacs002() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs002.Writer writer =
        Pacs002.writer(
            out,
            new Pacs002.Header(
                "S", NOW, "1", "2", "P", "pacs.008.001.08", "PART", new Reason("AM05", RARE)))) {
      writer.status("I", "E", "T", "ACSC", null, NOW, DATE);
      writer.status(null, null, "T", "RJCT", new Reason("AC04", null), null, null);
    }
    assertThat(oracle.errors(Pacs002.VERSION, out.toByteArray())).isEmpty();
  }

  @Test
  void pacs004() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs004.Writer writer =
        Pacs004.writer(
            out, new Pacs004.Header("R", NOW, 1, 300, DATE, "1", "2", "P", "pacs.008.001.08"))) {
      writer.returned("R-1", null, "E", "T", 300, new Reason("AC06", RARE));
    }
    assertThat(oracle.errors(Pacs004.VERSION, out.toByteArray())).isEmpty();
  }

  @Test
  void pacs028() {
    for (boolean whole : List.of(true, false)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (Pacs028.Writer writer =
          Pacs028.writer(
              out, new Pacs028.Header("Q", NOW, "1", "2", "P", "pacs.008.001.08", 2_000))) {
        if (!whole) {
          writer.transaction("Q-1", RARE, "T-1");
          writer.transaction("Q-2", null, "T-2");
        }
      }
      assertThat(oracle.errors(Pacs028.VERSION, out.toByteArray())).isEmpty();
    }
  }

  @Test
  void camt056() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt056.Writer writer =
        Camt056.writer(out, new Camt056.Header("C", NOW, "1", "2", 2, "P", "pacs.008.001.08"))) {
      writer.recall("C-1", "E", "T-1", 300, DATE, new Reason("DUPL", "𠮷".repeat(300)));
      writer.recall("C-2", null, "T-2", 1, DATE, new Reason("TECH", null));
    }
    assertThat(oracle.errors(Camt056.VERSION, out.toByteArray())).isEmpty();
  }

  @Test
  void camt029() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt029.Writer writer =
        Camt029.writer(out, new Camt029.Header("A", NOW, "1", "2", "RJCR"))) {
      writer.answer("P", "pacs.008.001.08", "E", "T-1", "RJCR", new Reason("CUST", RARE));
      writer.answer("P", "pacs.008.001.08", null, "T-2", "ACCR", null);
    }
    assertThat(oracle.errors(Camt029.VERSION, out.toByteArray())).isEmpty();
  }

  @Test
  void camt053() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt053.Writer writer =
        Camt053.writer(out, new Camt053.Header("M", NOW, "S", "102100099996", DATE, 100, -200))) {
      writer.entry(
          "N-1",
          false,
          DATE,
          "P",
          List.of(
              new Camt053.Detail("T-1", RARE, 200, null),
              new Camt053.Detail("T-2", null, 200, null)));
      writer.entry(
          "N-2",
          true,
          DATE,
          null,
          List.of(new Camt053.Detail("T-1", "E", 100, new Reason("AC04", RARE))));
    }
    assertThat(oracle.errors(Camt053.VERSION, out.toByteArray())).isEmpty();
  }

  @Test
  void wholeEntries() {
    var wages = new Entries.Booked("E-1", -300, DATE, Entries.Code.WAGES, 2, RARE);
    var other = new Entries.Booked("E-2", 100, DATE, Entries.Code.SENT, null, "labour cost 1");
    ByteArrayOutputStream statement = new ByteArrayOutputStream();
    try (Camt053.Writer writer =
        Camt053.writer(
            statement, new Camt053.Header("M", NOW, "S", "1100", "PROJECT", DATE, 500, 300))) {
      writer.entry(wages).entry(other);
    }
    assertThat(oracle.errors(Camt053.VERSION, statement.toByteArray())).isEmpty();
    ByteArrayOutputStream notification = new ByteArrayOutputStream();
    try (Camt054.Writer writer = Camt054.writer(notification, new Camt054.Header("M", NOW))) {
      writer.account("N", "1100").entry(wages).entry(other);
    }
    assertThat(oracle.errors(Camt054.VERSION, notification.toByteArray())).isEmpty();
  }

  @Test
  void camt054() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt054.Writer writer = Camt054.writer(out, new Camt054.Header("M", NOW))) {
      writer.account("N-1", "110060149018800013");
      writer.returned(
          new Camt054.Returned(
              "R-1", "M-1", "B", "I", RARE, "T", 300, DATE, new Reason("AC04", RARE)));
      writer.account("N-2", "110060149018800021");
      writer.returned(
          new Camt054.Returned(
              "R-2", "M-2", "B", null, "E", "T", 1, DATE, new Reason("AC04", null)));
    }
    assertThat(oracle.errors(Camt054.VERSION, out.toByteArray())).isEmpty();
  }
}
