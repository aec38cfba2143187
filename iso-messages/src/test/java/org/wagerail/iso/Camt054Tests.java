package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Camt054Tests {
  private static final String VERSION_2 =
      """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
      <GrpHdr><MsgId>N1</MsgId><CreDtTm>2026-11-12T09:00:00</CreDtTm></GrpHdr>
      <Ntfctn><Id>N1</Id><CreDtTm>2026-11-12T09:00:00</CreDtTm>
      <Acct><Id><Othr><Id>3310</Id></Othr></Id></Acct>
      <Ntry><Amt Ccy="CNY">300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
      <BookgDt><DtTm>2026-11-12T08:59:00+08:00</DtTm></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>
      <BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd>%s</Ntry>
      </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
      """;

  private static List<Camt054.Transaction> read(String text) {
    var read = new ArrayList<Camt054.Transaction>();
    try (var message =
        Camt054.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      for (var event = message.next(); event != null; event = message.next()) {
        if (event instanceof Camt054.Transaction said) {
          read.add(said);
        }
      }
      assertThat(message.report().findings()).isEmpty();
      assertThat(message.report().verdict()).isEqualTo(Verdict.VALID);
    }
    return read;
  }

  @Test
  void readsWhatItWrites() {
    var out = new ByteArrayOutputStream();
    try (var writer =
        Camt054.writer(
            out, new Camt054.Header("N1", OffsetDateTime.parse("2026-11-12T09:00:00+08:00")))) {
      writer
          .account("N1", "3310")
          .credit(
              new Camt054.Credit(
                  "R1", 80_000_00, LocalDate.of(2026, 11, 12), "建设单位", "A", "labour <cost>"))
          .credit(new Camt054.Credit("R2", 1, LocalDate.of(2026, 11, 12), "建设单位", null, null));
    }
    var read = read(out.toString(StandardCharsets.UTF_8));
    assertThat(read).hasSize(2);
    var first = read.getFirst();
    assertThat(first.account()).isEqualTo("3310");
    assertThat(first.reference()).isEqualTo("R1");
    assertThat(first.amount()).isEqualByComparingTo("80000.00");
    assertThat(first.currency()).isEqualTo("CNY");
    assertThat(first.side()).isEqualTo("CRDT");
    assertThat(first.status()).isEqualTo("BOOK");
    assertThat(first.reversal()).isFalse();
    assertThat(first.bookedOn()).isEqualTo("2026-11-12");
    assertThat(first.payer()).isEqualTo("建设单位");
    assertThat(first.project()).isEqualTo("A");
    assertThat(first.remittance()).isEqualTo("labour <cost>");
    assertThat(read.getLast().project()).isNull();
    assertThat(read.getLast().amount()).isEqualByComparingTo("0.01");
  }

  @Test
  void takesAnEntryWithoutTransactionsForOne() {
    var only = read(VERSION_2.formatted(""));
    assertThat(only).hasSize(1);
    assertThat(only.getFirst().amount()).isEqualByComparingTo("300.00");
    assertThat(only.getFirst().bookedOn()).isEqualTo("2026-11-12");
    var details =
        "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>O</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>";
    assertThat(read(VERSION_2.formatted(details)))
        .singleElement()
        .satisfies(
            said -> {
              assertThat(said.payer()).isEqualTo("O");
              assertThat(said.amount()).isEqualByComparingTo("300.00");
            });
  }

  @Test
  void guessesNoAmountOfOneOfSeveral() {
    var one = "<TxDtls><Refs><AcctSvcrRef>%s</AcctSvcrRef></Refs>%s</TxDtls>";
    var amount = "<AmtDtls><TxAmt><Amt Ccy=\"CNY\">100.00</Amt></TxAmt></AmtDtls>";
    var read =
        read(
            VERSION_2.formatted(
                "<NtryDtls>"
                    + one.formatted("T1", amount)
                    + one.formatted("T2", "")
                    + "</NtryDtls>"));
    assertThat(read).extracting(Camt054.Transaction::reference).containsExactly("T1", "T2");
    assertThat(read.getFirst().amount()).isEqualByComparingTo("100.00");
    assertThat(read.getLast().amount()).isNull();
    assertThat(read.getLast().nth()).isEqualTo(2);
  }
}
