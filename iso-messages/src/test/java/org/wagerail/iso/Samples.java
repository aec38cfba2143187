package org.wagerail.iso;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small messages of our own, to be bent by tests. */
final class Samples {
  static final String PAIN_09 = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
  static final String PAIN_03 = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";

  /** A payroll of two wages; line numbers of findings are counted in this text. */
  static final String PAYROLL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
        <CstmrCdtTrfInitn>
          <GrpHdr>
            <MsgId>PAY-2026-10</MsgId>
            <CreDtTm>2026-11-05T09:30:00+08:00</CreDtTm>
            <NbOfTxs>2</NbOfTxs>
            <CtrlSum>12500.50</CtrlSum>
            <InitgPty><Nm>华东劳务有限公司</Nm></InitgPty>
          </GrpHdr>
          <PmtInf>
            <PmtInfId>BATCH-1</PmtInfId>
            <PmtMtd>TRF</PmtMtd>
            <NbOfTxs>2</NbOfTxs>
            <CtrlSum>12500.50</CtrlSum>
            <PmtTpInf><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>
            <ReqdExctnDt><Dt>2026-11-10</Dt></ReqdExctnDt>
            <Dbtr><Nm>总包建设集团</Nm></Dbtr>
            <DbtrAcct><Id><Othr><Id>110060149018800013</Id></Othr></Id></DbtrAcct>
            <DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>102100099996</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
            <UltmtDbtr>
              <Nm>华东劳务有限公司</Nm>
              <Id><OrgId>
                <Othr><Id>PRJ-001</Id><SchmeNm><Prtry>PROJECT</Prtry></SchmeNm></Othr>
                <Othr><Id>91310000MA1FL0000X</Id><SchmeNm><Prtry>USCC</Prtry></SchmeNm></Othr>
              </OrgId></Id>
            </UltmtDbtr>
            <CdtTrfTxInf>
              <PmtId><InstrId>I-1</InstrId><EndToEndId>E-1</EndToEndId></PmtId>
              <Amt><InstdAmt Ccy="CNY">6400.00</InstdAmt></Amt>
              <CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>103100000026</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt>
              <Cdtr>
                <Nm>张三</Nm>
                <Id><PrvtId><Othr><Id>110101199003070011</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm></Othr></PrvtId></Id>
              </Cdtr>
              <CdtrAcct><Id><Othr><Id>6222020200112233</Id></Othr></Id></CdtrAcct>
              <RmtInf><Ustrd>/PERIOD/2026-10/RUN/REG</Ustrd></RmtInf>
            </CdtTrfTxInf>
            <CdtTrfTxInf>
              <PmtId><EndToEndId>E-2</EndToEndId><UETR>235d1eb5-8dd7-4c1a-8ece-559df8c67da1</UETR></PmtId>
              <Amt><InstdAmt Ccy="CNY">6100.50</InstdAmt></Amt>
              <Cdtr><Nm>李𠮷</Nm></Cdtr>
              <CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct>
            </CdtTrfTxInf>
          </PmtInf>
        </CstmrCdtTrfInitn>
      </Document>
      """;

  /** The same payroll as the oldest version says it. */
  static final String PAYROLL_03 =
      PAYROLL
          .replace(PAIN_09, PAIN_03)
          .replace(
              "<ReqdExctnDt><Dt>2026-11-10</Dt></ReqdExctnDt>",
              "<ReqdExctnDt>2026-11-10</ReqdExctnDt>")
          .replace("<UETR>235d1eb5-8dd7-4c1a-8ece-559df8c67da1</UETR>", "");

  private Samples() {}

  static InputStream stream(String xml) {
    return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
  }

  static Report validate(String xml) {
    return Validation.of(stream(xml));
  }

  static List<Pain001.Event> events(String xml) {
    List<Pain001.Event> events = new ArrayList<>();
    try (Pain001 reader = Pain001.open(stream(xml))) {
      for (Pain001.@Nullable Event event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
      }
    }
    return events;
  }

  static String contentHash(String xml) {
    try (Pain001 reader = Pain001.open(stream(xml))) {
      while (reader.next() != null) {
        // To the end.
      }
      return reader.contentHash();
    }
  }
}
