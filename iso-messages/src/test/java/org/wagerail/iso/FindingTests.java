package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wagerail.iso.Samples.PAYROLL;
import static org.wagerail.iso.Samples.validate;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table of bad inputs: what is replaced by what, and the finding that must come of it. */
class FindingTests {
  private static final String TOP = "/Document/CstmrCdtTrfInitn";

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          <MsgId>PAY-2026-10</MsgId> ¦ <MsgId></MsgId> ¦ LENGTH ¦ FF01 ¦ 5 ¦ /GrpHdr/MsgId
          <MsgId>PAY-2026-10</MsgId> ¦ <MsgId>PAY-2026-10-0123456789-0123456789-012</MsgId> ¦ LENGTH ¦ FF01 ¦ 5 ¦ /GrpHdr/MsgId
          <MsgId>PAY-2026-10</MsgId> ¦ `` ¦ ELEMENT_MISSING ¦ FF01 ¦ 6 ¦ /GrpHdr/MsgId
          <MsgId>PAY-2026-10</MsgId> ¦ <MsgId>A</MsgId><MsgId>B</MsgId> ¦ ELEMENT_REPEATED ¦ FF01 ¦ 5 ¦ /GrpHdr/MsgId
          <MsgId>PAY-2026-10</MsgId> ¦ <MsgId>A<Cd>x</Cd></MsgId> ¦ ELEMENT_UNEXPECTED ¦ FF01 ¦ 5 ¦ /GrpHdr/MsgId/Cd
          <MsgId>PAY-2026-10</MsgId> ¦ <MsgId xmlns="urn:x">A</MsgId> ¦ NAMESPACE ¦ FF01 ¦ 5 ¦ /GrpHdr/MsgId
          <MsgId>PAY-2026-10</MsgId> ¦ <MsgId id="1">A</MsgId> ¦ ATTRIBUTE_UNEXPECTED ¦ FF01 ¦ 5 ¦ /GrpHdr/MsgId/@id
          2026-11-05T09:30:00+08:00 ¦ 2026-11-05T24:00:01 ¦ DATE_FORMAT ¦ DT01 ¦ 6 ¦ /GrpHdr/CreDtTm
          <Dt>2026-11-10</Dt> ¦ <Dt>2026-02-29</Dt> ¦ DATE_FORMAT ¦ DT01 ¦ 17 ¦ /PmtInf[1]/ReqdExctnDt/Dt
          <Dt>2026-11-10</Dt> ¦ <Dt>2026-11-10+14:01</Dt> ¦ DATE_FORMAT ¦ DT01 ¦ 17 ¦ /PmtInf[1]/ReqdExctnDt/Dt
          <Dt>2026-11-10</Dt> ¦ <Dt>2026-11-10</Dt><DtTm>2026-11-10T00:00:00</DtTm> ¦ ELEMENT_UNEXPECTED ¦ FF01 ¦ 17 ¦ /PmtInf[1]/ReqdExctnDt/DtTm
          <Dt>2026-11-10</Dt> ¦ `` ¦ ELEMENT_MISSING ¦ FF01 ¦ 17 ¦ /PmtInf[1]/ReqdExctnDt/Dt|DtTm
          <PmtMtd>TRF</PmtMtd> ¦ <PmtMtd>TRF </PmtMtd> ¦ ENUMERATION ¦ FF01 ¦ 13 ¦ /PmtInf[1]/PmtMtd
          </PmtMtd>\\n      <NbOfTxs>2 ¦ </PmtMtd>\\n      <NbOfTxs>-2 ¦ PATTERN ¦ FF01 ¦ 14 ¦ /PmtInf[1]/NbOfTxs
          >6400.00< ¦ >6400,00< ¦ AMOUNT_FORMAT ¦ AM12 ¦ 30 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt
          >6400.00< ¦ >-1< ¦ AMOUNT_FORMAT ¦ AM12 ¦ 30 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt
          >6400.00< ¦ >1e3< ¦ AMOUNT_FORMAT ¦ AM12 ¦ 30 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt
          >6400.00< ¦ >6400.123456< ¦ DECIMALS ¦ CH20 ¦ 30 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt
          >6400.00< ¦ >1234567890123456789< ¦ DIGITS ¦ FF01 ¦ 30 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt
          Ccy="CNY">6100.50 ¦ Ccy="cny">6100.50 ¦ PATTERN ¦ CURR ¦ 41 ¦ /PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt/@Ccy
          ` Ccy="CNY">6100.50` ¦ >6100.50 ¦ ATTRIBUTE_MISSING ¦ FF01 ¦ 41 ¦ /PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt/@Ccy
          <IBAN>DE ¦ <IBAN>de ¦ PATTERN ¦ AC01 ¦ 43 ¦ /PmtInf[1]/CdtTrfTxInf[2]/CdtrAcct/Id/IBAN
          8ece-559df8c67da1 ¦ 8ece-559DF8C67DA1 ¦ PATTERN ¦ FF01 ¦ 40 ¦ /PmtInf[1]/CdtTrfTxInf[2]/PmtId/UETR
          <Nm>张三</Nm> ¦ <Nm>张三</Nm><Xyz/> ¦ ELEMENT_UNEXPECTED ¦ FF01 ¦ 33 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Cdtr/Xyz
          <Cdtr>\\n ¦ <Cdtr>text\\n ¦ TEXT_UNEXPECTED ¦ FF01 ¦ 32 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Cdtr
          <Nm>张三</Nm> ¦ <Nm xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">张</Nm> ¦ ATTRIBUTE_UNEXPECTED ¦ FF01 ¦ 33 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Cdtr/Nm/@nil
          <Nm>张三</Nm> ¦ <Nm xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Max35Text">张</Nm> ¦ TYPE_UNEXPECTED ¦ FF01 ¦ 33 ¦ /PmtInf[1]/CdtTrfTxInf[1]/Cdtr/Nm
          </PmtInf> ¦ </PmtInf><GrpHdr/> ¦ ELEMENT_UNEXPECTED ¦ FF01 ¦ 45 ¦ /GrpHdr
          </PmtInf> ¦ </PmtInf><PmtInf> ¦ XML_NOT_WELL_FORMED ¦ FF01 ¦ 46 ¦ /PmtInf[2]
          """)
  void eachBreachIsFoundWithLinePathRuleAndCode(
      String found, String put, String rule, String code, int line, String path) {
    String xml =
        PAYROLL.replaceFirst(
            java.util.regex.Pattern.quote(found.replace("\\n", "\n")),
            java.util.regex.Matcher.quoteReplacement(put.replace("\\n", "\n")));
    assertThat(xml).isNotEqualTo(PAYROLL);

    Report report = validate(xml);

    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(report.schemaVerdict()).isEqualTo(Verdict.INVALID);
    Finding first =
        report.findings().stream()
            .filter(each -> each.rule().equals(rule))
            .findFirst()
            .orElseThrow(() -> new AssertionError(report.findings().toString()));
    assertThat(first.path()).isEqualTo(TOP + path);
    assertThat(first.code()).isEqualTo(code);
    assertThat(first.line()).isEqualTo(line);
    assertThat(first.message()).contains(" / ").matches("(?s).*[\\u4e00-\\u9fff].*");
  }

  @Test
  void whatTheSchemaAllowsIsNoFinding() {
    assertThat(validate(PAYROLL).findings()).isEmpty();
    assertThat(validate(Samples.PAYROLL_03).findings()).isEmpty();
    for (String[] change :
        new String[][] {
          {">6400.00<", "> +06400.0000000\n<"},
          {">6400.00<", "><!-- gross -->64<![CDATA[00]]>.<?x?>00<"},
          {">6400.00<", ">&#54;400<"},
          {"<Nm>张三</Nm>", "<Nm> 张&amp;三 </Nm>"},
          {"<Dt>2026-11-10</Dt>", "<Dt> 2028-02-29+08:00 </Dt>"},
          {"<Dt>2026-11-10</Dt>", "<DtTm>2026-11-10T24:00:00</DtTm>"},
          {"<Cdtr><Nm>", "<Cdtr>&#32;<![CDATA[ ]]><Nm>"},
          {
            "<Document ",
            "<Document xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:schemaLocation=\"a b\" "
          },
          {"<Nm>张三</Nm>", "<Nm>" + "𠮷".repeat(140) + "</Nm>"},
        }) {
      String xml = PAYROLL.replace(change[0], change[1]);
      assertThat(xml).isNotEqualTo(PAYROLL);
      assertThat(validate(xml).findings()).as(change[1]).isEmpty();
    }
  }

  @Test
  void allFindingsOfAFileComeTogether() {
    Report report =
        validate(
            PAYROLL
                .replace("<PmtMtd>TRF</PmtMtd>", "<PmtMtd>ZZZ</PmtMtd>")
                .replace("2026-11-05T", "2026-11-31T")
                .replace("<Nm>张三</Nm>", "<Name>张三</Name>")
                .replace(">6100.50<", ">x<"));
    assertThat(report.findings())
        .extracting(Finding::rule)
        .containsExactly("DATE_FORMAT", "ENUMERATION", "ELEMENT_UNEXPECTED", "AMOUNT_FORMAT");
  }

  @Test
  void aThousandFindingsAreListedAndTheRestCounted() {
    String line = "<Xyz/>";
    Report report = validate(PAYROLL.replace("</PmtInf>", line.repeat(2500) + "</PmtInf>"));
    assertThat(report.findings()).hasSize(1000);
    assertThat(report.findingsTotal()).isEqualTo(2500);
  }

  @Test
  void totalsAreFindingsApartFromTheSchema() {
    String twice = "<NbOfTxs>2</NbOfTxs>\n      <CtrlSum>12500.50</CtrlSum>\n      <";
    assertThat(PAYROLL).contains(twice);
    Report report =
        validate(
            PAYROLL
                .replace(
                    twice + "InitgPty",
                    "<NbOfTxs>3</NbOfTxs>\n<CtrlSum>12500.51</CtrlSum>\n<InitgPty")
                .replace(
                    twice + "PmtTpInf",
                    "<NbOfTxs>1</NbOfTxs><CtrlSum>12500.5001</CtrlSum><PmtTpInf"));
    assertThat(report.schemaVerdict()).isEqualTo(Verdict.VALID);
    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly("AM20", "AM17", "AM19", "AM16");
    assertThat(report.findings())
        .extracting(Finding::path)
        .containsExactly(
            TOP + "/PmtInf[1]/NbOfTxs",
            TOP + "/PmtInf[1]/CtrlSum",
            TOP + "/GrpHdr/NbOfTxs",
            TOP + "/GrpHdr/CtrlSum");
    assertThat(report.findings()).extracting(Finding::line).containsExactly(14, 14, 7, 8);
  }

  @Test
  void linesAreTheFilesOwn() {
    String bad = PAYROLL.replace(">TRF<", ">ZZZ<");
    int line = 13;
    assertThat(lineOf("ENUMERATION", bad)).isEqualTo(line);
    assertThat(lineOf("ENUMERATION", bad.replace("\n", "\r\n"))).isEqualTo(line);
    assertThat(lineOf("ENUMERATION", bad.replace("\n", "\r"))).isEqualTo(line);
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String spread = "<?xml" + end + "version='1.0'" + end + "encoding='UTF-8'" + end + "?>";
      assertThat(lineOf("ENUMERATION", bad.replaceFirst("<\\?xml.*\\?>", spread)))
          .isEqualTo(line + 3);
    }
  }

  @Test
  void aBreachBelowTheGrammarHasTheLineWhereItStands() {
    String amount = "<Amt>";
    int line = 30;
    for (String breach :
        new String[] {"<Amt", "&#1;", "&nothing", "<a b='1' b='2'/>", "<![CDATA[", "<?xml x?>"}) {
      String xml = PAYROLL.replaceFirst(amount, breach);
      if (breach.equals("<![CDATA[")) {
        xml = xml.substring(0, xml.indexOf(breach) + breach.length());
      }
      assertThat(lineOf("XML_NOT_WELL_FORMED", xml)).as(breach).isEqualTo(line);
    }
    assertThat(lineOf("TEXT_UNEXPECTED", PAYROLL.replaceFirst(amount, "text" + amount)))
        .isEqualTo(line);
    assertThat(lineOf("TEXT_UNEXPECTED", PAYROLL.replaceFirst(amount, "&#10;<!--\n-->\n\ntext")))
        .isEqualTo(line + 3);
    assertThat(lineOf("XML_NOT_WELL_FORMED", "no XML")).isEqualTo(1);
    assertThat(lineOf("XML_ENCODING", PAYROLL.replace("UTF-8", "UTF-7"))).isEqualTo(1);
    assertThat(lineOf("FILE_EMPTY", "")).isZero();
  }

  private static int lineOf(String rule, String xml) {
    return validate(xml).findings().stream()
        .filter(each -> each.rule().equals(rule))
        .mapToInt(Finding::line)
        .findFirst()
        .orElseThrow(() -> new AssertionError(xml));
  }

  @Test
  void anUnknownVersionIsUnsupported() {
    for (String other : List.of("pain.001.001.99", "pain.001.001.03.ch.02", "tsrv.013.001.01")) {
      Report report = validate(PAYROLL.replace("pain.001.001.09", other));
      assertThat(report.verdict()).isEqualTo(Verdict.UNSUPPORTED);
      assertThat(report.message()).isEqualTo(other);
      assertThat(report.findings()).hasSize(1);
    }
    for (String name : List.of("html", "Document")) {
      Report report = validate("<" + name + "/>");
      assertThat(report.verdict()).isEqualTo(Verdict.UNSUPPORTED);
      assertThat(report.findings().getFirst().message()).contains(": " + name + ".");
    }
  }

  @Test
  void theDocumentInsideAnEnvelopeIsJudged() {
    String document = PAYROLL.substring(PAYROLL.indexOf("<Document"));
    String header =
        "<AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\"><Fr>x</Fr></AppHdr>";
    assertThat(validate("<RequestPayload>" + header + document + "</RequestPayload>").verdict())
        .isEqualTo(Verdict.VALID);
    Report deep =
        validate(
            "<Envelope xmlns='urn:e'><Body>"
                + document.replace(">TRF<", ">ZZZ<")
                + "</Body></Envelope>");
    assertThat(deep.findings())
        .extracting(Finding::path)
        .containsExactly(TOP + "/PmtInf[1]/PmtMtd");
    assertThat(validate("<E>" + document + document + "</E>").findings())
        .extracting(Finding::rule)
        .containsExactly("MESSAGE_REPEATED");
  }
}
