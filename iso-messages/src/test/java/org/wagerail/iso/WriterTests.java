package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.MxCamt02900109;
import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.MxCamt05400108;
import com.prowidesoftware.swift.model.mx.MxCamt05600108;
import com.prowidesoftware.swift.model.mx.MxPacs00200110;
import com.prowidesoftware.swift.model.mx.MxPacs00400109;
import com.prowidesoftware.swift.model.mx.MxPacs00800108;
import com.prowidesoftware.swift.model.mx.MxPacs02800103;
import com.prowidesoftware.swift.model.mx.MxPain00200103;
import com.prowidesoftware.swift.model.mx.MxPain00200110;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction39;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What we write is valid, says what it was given, and an independent reader hears the same. */
class WriterTests {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-10T08:00:00.123+08:00");
  private static final LocalDate DATE = LocalDate.of(2026, 11, 10);
  private static final String NASTY = "甲 & <乙> \"丙\" ]]> 𠮷\u0001\r\n";

  @Test
  void pacs008() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs008.Writer writer =
        Pacs008.writer(
            out,
            new Pacs008.Header("PKG-1", NOW, 2, 1_250_050, DATE, "102100099996", "103100000026"))) {
      writer.transfer(
          "E-1",
          "TX-1",
          "235d1eb5-8dd7-4c1a-8ece-559df8c67da1",
          640_000,
          NASTY,
          "110060149018800013",
          "102100099996",
          "PRJ-001",
          "91310000MA1FL0000X",
          "103100000026",
          "李𠮷",
          "6222020200112233",
          "长".repeat(300));
      writer.transfer(
          "E-2",
          "TX-2",
          null,
          610_050,
          "总包",
          "11",
          "102100099996",
          null,
          null,
          "103100000026",
          "王五",
          "6222",
          null);
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();

    try (Pacs008 reader = Pacs008.open(Samples.stream(xml))) {
      assertThat(reader.next())
          .isEqualTo(
              new Pacs008.Group(
                  "PKG-1",
                  "2026-11-10T08:00:00.123+08:00",
                  2L,
                  new BigDecimal("12500.50"),
                  DATE,
                  "102100099996",
                  "103100000026"));
      Pacs008.Transfer first = (Pacs008.Transfer) reader.next();
      assertThat(first.txId()).isEqualTo("TX-1");
      assertThat(first.amount()).isEqualTo("6400.00");
      assertThat(first.dbtrName()).isEqualTo(NASTY.replace('\u0001', '\uFFFD'));
      assertThat(first.cdtrName()).isEqualTo("李𠮷");
      assertThat(first.remittance()).isEqualTo("长".repeat(300));
      Pacs008.Transfer second = (Pacs008.Transfer) reader.next();
      assertThat(second.uetr()).isNull();
      assertThat(second.amount()).isEqualTo("6100.50");
      assertThat(reader.next()).isNull();
    }

    List<CreditTransferTransaction39> heard =
        MxPacs00800108.parse(xml).getFIToFICstmrCdtTrf().getCdtTrfTxInf();
    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst().getPmtId().getTxId()).isEqualTo("TX-1");
    assertThat(heard.getFirst().getIntrBkSttlmAmt().getValue()).isEqualByComparingTo("6400");
    assertThat(heard.getFirst().getUltmtDbtr().getId().getOrgId().getOthr())
        .extracting(each -> each.getSchmeNm().getPrtry() + "=" + each.getId())
        .containsExactly("PROJECT=PRJ-001", "USCC=91310000MA1FL0000X");
    assertThat(heard.getFirst().getCdtrAgt().getFinInstnId().getClrSysMmbId().getMmbId())
        .isEqualTo("103100000026");
    assertThat(heard.getFirst().getRmtInf().getUstrd()).hasSize(3);
    assertThat(heard.get(1).getCdtr().getNm()).isEqualTo("王五");
  }

  @Test
  void manyTransfersPassTheBuffer() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = 2000;
    try (Pacs008.Writer writer =
        Pacs008.writer(out, new Pacs008.Header("P", NOW, count, count, DATE, "1", "2"))) {
      for (int i = 0; i < count; i++) {
        writer.transfer(
            "E" + i,
            "T" + i,
            null,
            1,
            "字𠮷&".repeat(i % 40),
            "1",
            "1",
            null,
            null,
            "2",
            "名" + i,
            "3",
            null);
      }
    }
    int seen = 0;
    try (Pacs008 reader = Pacs008.open(Samples.stream(out.toString(StandardCharsets.UTF_8)))) {
      for (Pacs008.Event event = reader.next(); event != null; event = reader.next()) {
        if (event instanceof Pacs008.Transfer transfer) {
          assertThat(transfer.txId()).isEqualTo("T" + seen);
          assertThat(transfer.cdtrName()).isEqualTo("名" + seen);
          seen++;
        }
      }
    }
    assertThat(seen).isEqualTo(count);
  }

  @Test
  void pain002InBothVersions() {
    for (String version : List.of(Pain002.VERSION_03, Pain002.VERSION_10)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (Pain002.Writer writer =
          Pain002.writer(
              out,
              version,
              new Pain002.Header(
                  "ANS-1",
                  NOW,
                  "PAY-2026-10",
                  "pain.001.001.09",
                  2L,
                  new BigDecimal("12500.50"),
                  "PART",
                  List.of(new Reason("AM05", "word ".repeat(50)), new Reason(null, "only words")),
                  List.of(
                      new Pain002.StatusCount("ACSC", 1, new BigDecimal("6400.00")),
                      new Pain002.StatusCount("RJCT", 1, null))))) {
        writer.batch("BATCH-1", 2L, null, "PART", List.of(), List.of());
        writer.line("I-1", "E-1", "ACSC", null);
        writer.line(null, "E-2", "RJCT", new Reason("AC04", "account closed / 账户已销户"));
        writer.batch("BATCH-2", null, null, "RJCT", List.of(new Reason("AC01", null)), List.of());
      }
      String xml = out.toString(StandardCharsets.UTF_8);
      assertThat(Samples.validate(xml).findings()).isEmpty();
      try (Pain002 reader = Pain002.open(Samples.stream(xml))) {
        Pain002.Original original = (Pain002.Original) reader.next();
        assertThat(original.orgnlMsgId()).isEqualTo("PAY-2026-10");
        assertThat(original.grpSts()).isEqualTo("PART");
        assertThat(original.orgnlNbOfTxs()).isEqualTo(2);
        assertThat(original.reasonCode()).isEqualTo("AM05");
        assertThat(reader.next()).isEqualTo(new Pain002.BatchStatus("BATCH-1", "PART", null, null));
        assertThat(reader.next())
            .isEqualTo(new Pain002.LineStatus(5, "I-1", "E-1", "ACSC", null, null));
        assertThat(reader.next())
            .isEqualTo(
                new Pain002.LineStatus(6, null, "E-2", "RJCT", "AC04", "account closed / 账户已销户"));
        assertThat(reader.next())
            .isEqualTo(new Pain002.BatchStatus("BATCH-2", "RJCT", "AC01", null));
        assertThat(reader.next()).isNull();
        assertThat(reader.report().verdict()).isEqualTo(Verdict.VALID);
      }
      if (version.equals(Pain002.VERSION_03)) {
        assertThat(
                MxPain00200103.parse(xml)
                    .getCstmrPmtStsRpt()
                    .getOrgnlPmtInfAndSts()
                    .getFirst()
                    .getTxInfAndSts()
                    .get(1)
                    .getStsRsnInf()
                    .getFirst()
                    .getRsn()
                    .getCd())
            .isEqualTo("AC04");
      } else {
        assertThat(
                MxPain00200110.parse(xml)
                    .getCstmrPmtStsRpt()
                    .getOrgnlPmtInfAndSts()
                    .getFirst()
                    .getTxInfAndSts()
                    .get(1)
                    .getStsRsnInf()
                    .getFirst()
                    .getRsn()
                    .getCd())
            .isEqualTo("AC04");
      }
    }
  }

  @Test
  void pacs002() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs002.Writer writer =
        Pacs002.writer(
            out,
            new Pacs002.Header("STS-1", NOW, "1", "2", "PKG-1", "pacs.008.001.08", "PART", null))) {
      writer.status(null, "E-1", "TX-1", "ACSC", null, NOW, DATE);
      writer.status("I", "E-2", "TX-2", "RJCT", new Reason("AC04", "closed"), null, null);
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Pacs002 reader = Pacs002.open(Samples.stream(xml))) {
      assertThat(reader.next()).isEqualTo(new Pacs002.Group("STS-1", "2"));
      assertThat(reader.next())
          .isEqualTo(
              new Pacs002.OriginalGroup(
                  "STS-1", NOW.toString(), "PKG-1", "pacs.008.001.08", "PART", null, null));
      assertThat(reader.next())
          .isEqualTo(
              new Pacs002.TransactionStatus(
                  "STS-1",
                  "PKG-1",
                  null,
                  "E-1",
                  "TX-1",
                  "ACSC",
                  null,
                  null,
                  NOW.toString(),
                  DATE,
                  4));
      assertThat(reader.next())
          .isEqualTo(
              new Pacs002.TransactionStatus(
                  "STS-1", "PKG-1", "I", "E-2", "TX-2", "RJCT", "AC04", "closed", null, null, 5));
      assertThat(reader.next()).isNull();
    }
    assertThat(
            MxPacs00200110.parse(xml).getFIToFIPmtStsRpt().getTxInfAndSts().get(1).getOrgnlTxId())
        .isEqualTo("TX-2");
  }

  @Test
  void pacs004() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs004.Writer writer =
        Pacs004.writer(
            out,
            new Pacs004.Header(
                "RTR-1", NOW, 1, 640_000, DATE, "1", "2", "PKG-1", "pacs.008.001.08"))) {
      writer.returned("R-1", null, "E-1", "TX-1", 640_000, new Reason("AC06", "blocked"));
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Pacs004 reader = Pacs004.open(Samples.stream(xml))) {
      assertThat(reader.next())
          .isEqualTo(
              new Pacs004.Group("RTR-1", NOW.toString(), 1L, new BigDecimal("6400.00"), DATE, "2"));
      assertThat(reader.next())
          .isEqualTo(
              new Pacs004.Return(
                  "R-1",
                  "PKG-1",
                  null,
                  "TX-1",
                  "E-1",
                  new BigDecimal("6400.00"),
                  "CNY",
                  DATE,
                  "AC06",
                  "blocked",
                  4));
      assertThat(reader.next()).isNull();
    }
    assertThat(MxPacs00400109.parse(xml).getPmtRtr().getTxInf().getFirst().getRtrId())
        .isEqualTo("R-1");
  }

  @Test
  void pacs028() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Pacs028.Writer writer =
        Pacs028.writer(
            out, new Pacs028.Header("Q-1", NOW, "1", "2", "PKG-1", "pacs.008.001.08", 3))) {
      writer.transaction("Q-TX-1", "E-1", "TX-1");
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Pacs028 reader = Pacs028.open(Samples.stream(xml))) {
      assertThat(reader.next()).isEqualTo(new Pacs028.Original("PKG-1", "pacs.008.001.08", 3L));
      assertThat(reader.next()).isEqualTo(new Pacs028.Asked("Q-TX-1", "E-1", "TX-1"));
      assertThat(reader.next()).isNull();
    }
    assertThat(MxPacs02800103.parse(xml).getFIToFIPmtStsReq().getTxInf().getFirst().getOrgnlTxId())
        .isEqualTo("TX-1");
  }

  @Test
  void camt056() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt056.Writer writer =
        Camt056.writer(
            out, new Camt056.Header("C-1", NOW, "1", "2", 1, "PKG-1", "pacs.008.001.08"))) {
      writer.recall("C-TX-1", "E-1", "TX-1", 640_000, DATE, new Reason("DUPL", NASTY));
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Camt056 reader = Camt056.open(Samples.stream(xml))) {
      assertThat(reader.next()).isEqualTo(new Camt056.Assignment("C-1", "1", "2"));
      assertThat(reader.next())
          .isEqualTo(
              new Camt056.Recall(
                  "C-TX-1",
                  "PKG-1",
                  "E-1",
                  "TX-1",
                  new BigDecimal("6400.00"),
                  "CNY",
                  "DUPL",
                  NASTY.replace('\u0001', '\uFFFD')));
      assertThat(reader.next()).isNull();
    }
    assertThat(
            MxCamt05600108.parse(xml)
                .getFIToFIPmtCxlReq()
                .getUndrlyg()
                .getFirst()
                .getTxInf()
                .getFirst()
                .getOrgnlIntrBkSttlmAmt()
                .getValue())
        .isEqualByComparingTo("6400");
  }

  @Test
  void camt029() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt029.Writer writer =
        Camt029.writer(out, new Camt029.Header("A-1", NOW, "1", "2", "RJCR"))) {
      writer.answer("PKG-1", "pacs.008.001.08", "E", "TX-1", "RJCR", new Reason("CUST", "no"));
      writer.answer("PKG-1", "pacs.008.001.08", null, "TX-2", "PDCR", null);
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Camt029 reader = Camt029.open(Samples.stream(xml))) {
      assertThat(reader.next())
          .isEqualTo(new Camt029.Answer("2", "PKG-1", "E", "TX-1", "RJCR", "CUST", "no", 4));
      assertThat(reader.next())
          .isEqualTo(new Camt029.Answer("2", "PKG-1", null, "TX-2", "PDCR", null, null, 5));
      assertThat(reader.next()).isNull();
    }
    // Where a transfer has no word of its own, that on the whole holds for it.
    try (Camt029 reader =
        Camt029.open(Samples.stream(xml.replace("<TxCxlSts>PDCR</TxCxlSts>", "")))) {
      reader.next();
      assertThat(reader.next()).extracting(Camt029.Answer::status).isEqualTo("RJCR");
    }
    assertThat(
            MxCamt02900109.parse(xml)
                .getRsltnOfInvstgtn()
                .getCxlDtls()
                .getFirst()
                .getTxInfAndSts()
                .get(1)
                .getOrgnlTxId())
        .isEqualTo("TX-2");
  }

  @Test
  void camt053() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt053.Writer writer =
        Camt053.writer(out, new Camt053.Header("M-1", NOW, "S-1", "1021", DATE, 100, -200))) {
      writer.entry("N-1", false, DATE, "PKG-1", List.of(new Camt053.Detail("T-1", "E", 400, null)));
      writer.entry(
          "N-2",
          true,
          DATE,
          null,
          List.of(new Camt053.Detail("T-2", null, 100, new Reason("AC04", null))));
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Camt053 reader = Camt053.open(Samples.stream(xml))) {
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Statement("M-1", "S-1", "1021", "CNY", DATE, DATE, null, null, false));
      assertThat(reader.next())
          .isEqualTo(new Camt053.Balance("OPBD", new BigDecimal("1.00"), "CNY", true, false, DATE));
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Balance("CLBD", new BigDecimal("2.00"), "CNY", false, false, DATE));
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Transaction(
                  null, "T-1", "E", new BigDecimal("4.00"), "CNY", false, false, null, 7));
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Entry(
                  "N-1", null, new BigDecimal("4.00"), "CNY", false, "BOOK", DATE, null, 1L));
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Transaction(
                  null, "T-2", null, new BigDecimal("1.00"), "CNY", true, true, "AC04", 10));
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Entry(
                  "N-2", null, new BigDecimal("1.00"), "CNY", true, "BOOK", DATE, null, 1L));
      assertThat(reader.next()).isNull();
    }
    assertThat(
            MxCamt05300108.parse(xml)
                .getBkToCstmrStmt()
                .getStmt()
                .getFirst()
                .getNtry()
                .get(1)
                .getNtryDtls()
                .getFirst()
                .getTxDtls()
                .getFirst()
                .getRtrInf()
                .getRsn()
                .getCd())
        .isEqualTo("AC04");
  }

  @Test
  void camt054AndCamt053OfWholeEntries() {
    var wages =
        new Entries.Booked("E202610-1", -300, DATE, Entries.Code.WAGES, 2, "run 202610/1 " + NASTY);
    var credit =
        new Entries.Booked("E202610-2", 100, DATE, Entries.Code.RECEIVED, null, "labour cost 1");
    ByteArrayOutputStream notification = new ByteArrayOutputStream();
    try (Camt054.Writer writer = Camt054.writer(notification, new Camt054.Header("M-1", NOW))) {
      writer.account("N-1", "1100").entry(wages).entry(credit);
    }
    String told = notification.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(told).findings()).isEmpty();
    try (Camt054 reader = Camt054.open(Samples.stream(told))) {
      assertThat(reader.next()).isEqualTo(new Camt054.Notification("N-1", "1100"));
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              Camt054.Transaction.class,
              entry -> {
                assertThat(entry.reference()).isEqualTo("E202610-1");
                assertThat(entry.amount()).isEqualByComparingTo("3.00");
                assertThat(entry.side()).isEqualTo("DBIT");
              });
    }
    ByteArrayOutputStream statement = new ByteArrayOutputStream();
    try (Camt053.Writer writer =
        Camt053.writer(
            statement, new Camt053.Header("M-1", NOW, "S-1", "1100", "项目 <A>", DATE, 500, 300))) {
      writer.entry(wages).entry(credit);
    }
    String stated = statement.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(stated).findings()).isEmpty();
    assertThat(MxCamt05300108.parse(stated).getBkToCstmrStmt().getStmt().getFirst().getNtry())
        .hasSize(2)
        .first()
        .satisfies(
            entry ->
                assertThat(entry.getNtryDtls().getFirst().getBtch().getNbOfTxs()).isEqualTo("2"));
  }

  /** The core system's statements: several in a document, numbered, in pages. */
  @Test
  void camt053InPages() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var wages =
        new Entries.Booked("E202610-1", -300, DATE, Entries.Code.WAGES, null, "WAGES run 202610/1");
    try (Camt053.Writer writer = Camt053.writer(out, page(1, false, 500, 200))) {
      writer.entry(wages).next(page(2, true, 200, 200));
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    assertThat(MxCamt05300108.parse(xml).getBkToCstmrStmt().getStmt()).hasSize(2);
    String valued = xml.replace("</BookgDt>", "</BookgDt><ValDt><Dt>2026-10-16</Dt></ValDt>");
    try (Camt053 reader = Camt053.open(Samples.stream(valued))) {
      assertThat(reader.next())
          .isEqualTo(new Camt053.Statement("M-1", "S-1", "1021", "CNY", DATE, DATE, 7L, 1L, false));
      assertThat(reader.next())
          .isEqualTo(new Camt053.Balance("OPBD", new BigDecimal("5.00"), "CNY", true, false, DATE));
      assertThat(reader.next())
          .isEqualTo(new Camt053.Balance("CLBD", new BigDecimal("2.00"), "CNY", true, true, DATE));
      assertThat(reader.next())
          .isEqualTo(
              new Camt053.Entry(
                  null,
                  "E202610-1",
                  new BigDecimal("3.00"),
                  "CNY",
                  false,
                  "BOOK",
                  DATE,
                  java.time.LocalDate.of(2026, 10, 16),
                  null));
      assertThat(reader.next())
          .isEqualTo(new Camt053.Statement("M-1", "S-1", "1021", "CNY", DATE, DATE, 7L, 2L, true));
      assertThat(reader.next())
          .isEqualTo(new Camt053.Balance("OPBD", new BigDecimal("2.00"), "CNY", true, true, DATE));
      assertThat(reader.next())
          .isEqualTo(new Camt053.Balance("CLBD", new BigDecimal("2.00"), "CNY", true, false, DATE));
      assertThat(reader.next()).isNull();
    }
  }

  private static Camt053.Header page(int page, boolean last, long opening, long closing) {
    return new Camt053.Header(
        "M-1", NOW, "S-1", "1021", null, DATE, opening, closing, new Camt053.Part(7, page, last));
  }

  @Test
  void camt054() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Camt054.Writer writer = Camt054.writer(out, new Camt054.Header("M-1", NOW))) {
      writer.account("N-1", "1100");
      writer.returned(
          new Camt054.Returned(
              "R-1", "ORDER", "B", "I", "E", "T-1", 300, DATE, new Reason("AC04", NASTY)));
      writer.account("N-2", "1200");
    }
    String xml = out.toString(StandardCharsets.UTF_8);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    try (Camt054 reader = Camt054.open(Samples.stream(xml))) {
      assertThat(reader.next()).isEqualTo(new Camt054.Notification("N-1", "1100"));
      assertThat(reader.next())
          .isEqualTo(
              new Camt054.Transaction(
                  "1100",
                  null,
                  "ORDER",
                  "B",
                  "I",
                  "E",
                  "T-1",
                  1,
                  new BigDecimal("3.00"),
                  "CNY",
                  "CRDT",
                  "BOOK",
                  false,
                  DATE,
                  null,
                  null,
                  null,
                  null,
                  "AC04",
                  NASTY.replace('\u0001', '\uFFFD'),
                  5));
      assertThat(reader.next()).isEqualTo(new Camt054.Entry(new BigDecimal("3.00"), "CRDT"));
      assertThat(reader.next()).isEqualTo(new Camt054.Notification("N-2", "1200"));
      assertThat(reader.next()).isNull();
    }
    assertThat(
            MxCamt05400108.parse(xml)
                .getBkToCstmrDbtCdtNtfctn()
                .getNtfctn()
                .getFirst()
                .getNtry()
                .getFirst()
                .getNtryDtls()
                .getFirst()
                .getTxDtls()
                .getFirst()
                .getRefs()
                .getEndToEndId())
        .isEqualTo("E");
  }
}
