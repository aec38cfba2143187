package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wagerail.iso.Samples.PAYROLL;
import static org.wagerail.iso.Samples.contentHash;

import org.junit.jupiter.api.Test;

class ContentHashTests {
  private static final String HASH = contentHash(PAYROLL);

  @Test
  void sameContentWrittenDifferentlyHasTheSameHash() {
    assertThat(HASH).hasSize(64);
    for (String other :
        new String[] {
          PAYROLL.replaceAll(">\\s+<", "><"),
          PAYROLL.replace("\n", "\r\n"),
          PAYROLL.replace("<Cdtr>", "<Cdtr><!-- payee -->").replace("<GrpHdr>", "<?x y?><GrpHdr>"),
          PAYROLL.replace("Ccy=\"CNY\"", "Ccy = 'CNY'"),
          PAYROLL.replace("PAY-2026-10", "ANOTHER"),
          PAYROLL.replace("2026-11-05T09:30:00+08:00", "2026-11-06T00:00:00Z"),
          PAYROLL.replaceAll("<(/?)(?=[A-Z])", "<$1p:").replace("xmlns=", "xmlns:p="),
          PAYROLL.replace("张三", "&#24352;<![CDATA[三]]>"),
          "\uFEFF" + PAYROLL,
          "<Envelope>" + PAYROLL.substring(PAYROLL.indexOf("<Document")) + "</Envelope>",
          PAYROLL.replace(
              "<Document ",
              "<Document xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
                  + " i:schemaLocation=\"a b\" "),
        }) {
      assertThat(contentHash(other)).as(other).isEqualTo(HASH);
    }
  }

  @Test
  void otherContentHasAnotherHash() {
    for (String other :
        new String[] {
          PAYROLL.replace("6400.00", "6400.01"),
          PAYROLL.replace("张三", "张三 "),
          PAYROLL.replace("E-1", "E-3"),
          PAYROLL.replace("<InstrId>I-1</InstrId>", ""),
          PAYROLL.replace("Ccy=\"CNY\">6100.50", "Ccy=\"USD\">6100.50"),
          PAYROLL.replace("BATCH-1", "PAY-2026-10"),
          Samples.PAYROLL_03,
        }) {
      assertThat(other).isNotEqualTo(PAYROLL);
      assertThat(contentHash(other)).as(other).isNotEqualTo(HASH);
    }
  }

  @Test
  void looseContentCountsToo() {
    String with = supplemented("<x:A xmlns:x='urn:a'>1<B>2</B></x:A>");
    assertThat(contentHash(with)).isNotEqualTo(HASH);
    assertThat(contentHash(supplemented("<y:A xmlns:y='urn:a'>1<B>2</B></y:A>")))
        .isEqualTo(contentHash(with));
    assertThat(contentHash(supplemented("<x:A xmlns:x='urn:a'>1<B>3</B></x:A>")))
        .isNotEqualTo(contentHash(with));
    assertThat(contentHash(supplemented("<x:A xmlns:x='urn:b'>1<B>2</B></x:A>")))
        .isNotEqualTo(contentHash(with));
  }

  private static String supplemented(String any) {
    return PAYROLL.replace(
        "</CstmrCdtTrfInitn>",
        "<SplmtryData><Envlp>" + any + "</Envlp></SplmtryData></CstmrCdtTrfInitn>");
  }
}
