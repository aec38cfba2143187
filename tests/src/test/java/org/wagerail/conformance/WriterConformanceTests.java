package org.wagerail.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
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
}
