package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wagerail.iso.Samples.PAYROLL;
import static org.wagerail.iso.Samples.events;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class Pain001Tests {
  @Test
  void tellsGroupBatchAndTransactionsInOrder() {
    for (String xml : List.of(PAYROLL, Samples.PAYROLL_03)) {
      List<Pain001.Event> events = events(xml);
      assertThat(events).hasSize(4);
      assertThat(events.get(0))
          .isEqualTo(
              new Pain001.Group(
                  "PAY-2026-10",
                  "2026-11-05T09:30:00+08:00",
                  2L,
                  new BigDecimal("12500.50"),
                  "华东劳务有限公司",
                  null));
      assertThat(events.get(1))
          .isEqualTo(
              new Pain001.Batch(
                  1,
                  28,
                  "BATCH-1",
                  "TRF",
                  2L,
                  new BigDecimal("12500.50"),
                  "SALA",
                  LocalDate.of(2026, 11, 10),
                  "总包建设集团",
                  "110060149018800013",
                  "102100099996",
                  "华东劳务有限公司",
                  "PRJ-001",
                  "91310000MA1FL0000X"));
      assertThat(events.get(2))
          .isEqualTo(
              new Pain001.Transaction(
                  1,
                  28,
                  "I-1",
                  "E-1",
                  null,
                  new BigDecimal("6400.00"),
                  "CNY",
                  "103100000026",
                  "CNAPS",
                  "张三",
                  "110101199003070011",
                  "NIDN",
                  "6222020200112233",
                  "/PERIOD/2026-10/RUN/REG",
                  null,
                  null,
                  null));
      Pain001.Transaction second = (Pain001.Transaction) events.get(3);
      assertThat(second.line()).isEqualTo(2);
      assertThat(second.cdtrName()).isEqualTo("李𠮷");
      assertThat(second.cdtrAcct()).isEqualTo("DE89370400440532013000");
      assertThat(second.cdtrPersonId()).isNull();
      assertThat(second.remittance()).isNull();
    }
  }

  @Test
  void aTransactionMaySayProjectAndPurposeItself() {
    String xml =
        PAYROLL
            .replace(
                "<Amt><InstdAmt Ccy=\"CNY\">6100.50",
                "<PmtTpInf><CtgyPurp><Prtry>X9</Prtry></CtgyPurp></PmtTpInf>"
                    + "<Amt><InstdAmt Ccy=\"CNY\">6100.50")
            .replace(
                "<Cdtr><Nm>李",
                "<UltmtDbtr><Id><OrgId><Othr><Id>OTHER</Id></Othr><Othr><Id>PRJ-2</Id><SchmeNm>"
                    + "<Prtry>PROJECT</Prtry></SchmeNm></Othr></OrgId></Id></UltmtDbtr><Cdtr><Nm>李");
    Pain001.Transaction second = (Pain001.Transaction) events(xml).get(3);
    assertThat(Samples.validate(xml).findings()).isEmpty();
    assertThat(second.project()).isEqualTo("PRJ-2");
    assertThat(second.uscc()).isNull();
    assertThat(second.ctgyPurp()).isEqualTo("X9");
  }

  @Test
  void remittanceLinesAreJoinedAndTheFirstPersonCounts() {
    String xml =
        PAYROLL
            .replace("/RUN/REG</Ustrd>", "/RU</Ustrd><Ustrd>N/REG</Ustrd>")
            .replace("</Othr></PrvtId>", "</Othr><Othr><Id>P2</Id></Othr></PrvtId>");
    Pain001.Transaction first = (Pain001.Transaction) events(xml).get(2);
    assertThat(first.remittance()).isEqualTo("/PERIOD/2026-10/RUN/REG");
    assertThat(first.cdtrPersonId()).isEqualTo("110101199003070011");
    assertThat(first.cdtrPersonScheme()).isEqualTo("NIDN");
  }

  @Test
  void whatCannotBeReadIsNull() {
    String xml = PAYROLL.replace(">6400.00<", ">x<").replace("2026-11-10", "2026-11-31");
    List<Pain001.Event> events = events(xml);
    assertThat(((Pain001.Batch) events.get(1)).reqdExctnDt()).isNull();
    assertThat(((Pain001.Transaction) events.get(2)).amount()).isNull();
    assertThat(events).hasSize(4);
  }

  @Test
  void aBatchWithoutTransactionsIsToldToo() {
    String xml =
        PAYROLL.substring(0, PAYROLL.indexOf("<CdtTrfTxInf>"))
            + "</PmtInf></CstmrCdtTrfInitn></Document>";
    assertThat(events(xml)).hasSize(2).last().isInstanceOf(Pain001.Batch.class);
  }

  @Test
  void brokenXmlEndsTheTransactions() {
    List<Pain001.Event> events = events(PAYROLL.replace("<Nm>张三</Nm>", "<Nm>张三</Mn>"));
    assertThat(events).hasSize(2);
  }

  @Test
  void anotherMessageIsRefused() {
    String xml =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08\"><X/></Document>";
    try (Pain001 reader = Pain001.open(Samples.stream(xml))) {
      assertThat(reader.next()).isNull();
      assertThat(reader.report().verdict()).isEqualTo(Verdict.INVALID);
      assertThat(reader.report().findings())
          .extracting(Finding::rule)
          .containsExactly("MESSAGE_OTHER");
    }
  }

  @Test
  void sniffingNamesTheMessage() {
    assertThat(MessageKind.sniff(Samples.stream(PAYROLL)))
        .isEqualTo(new MessageKind("pain.001.001.09", true));
    assertThat(MessageKind.sniff(Samples.stream("<E><H/>" + PAYROLL.substring(39) + "</E>")))
        .extracting(MessageKind::family)
        .isEqualTo("pain.001");
    assertThat(MessageKind.sniff(Samples.stream(PAYROLL.replace(".09\"", ".77\""))))
        .isEqualTo(new MessageKind("pain.001.001.77", false));
    assertThat(MessageKind.sniff(Samples.stream("name,amount\n"))).isNull();
    assertThat(MessageKind.sniff(Samples.stream(""))).isNull();
  }
}
