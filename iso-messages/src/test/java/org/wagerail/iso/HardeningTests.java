package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.wagerail.iso.Samples.PAYROLL;
import static org.wagerail.iso.Samples.validate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HardeningTests {
  private static final String BODY = PAYROLL.substring(PAYROLL.indexOf("<Document"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE Document>",
        "<!DOCTYPE Document SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE Document [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x\"> %p;]>",
        "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
      })
  void aDoctypeIsRefused(String doctype) {
    Report report = validate(doctype + BODY.replace("张三", "&x;"));
    assertThat(rules(report)).isEqualTo("XML_DTD_FORBIDDEN");
    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void anUnknownEntityIsRefused() {
    assertThat(rules(validate(PAYROLL.replace("张三", "&x;")))).isEqualTo("XML_NOT_WELL_FORMED");
  }

  @Test
  void depthIsBounded() {
    String deep = "<a>".repeat(100_000);
    assertThat(rules(validate(deep))).isEqualTo("XML_TOO_DEEP");
    assertThat(rules(validate(BODY.replace("</PmtInf>", "<Xyz>" + deep).replace("张三", "x"))))
        .endsWith("XML_TOO_DEEP");
  }

  @Test
  void aTextIsBounded() {
    String text = "x".repeat(70_000);
    assertThat(rules(validate(PAYROLL.replace("张三", text)))).isEqualTo("XML_TEXT_TOO_LONG");
    assertThat(rules(validate(PAYROLL.replace("张三", "<![CDATA[" + text + "]]>"))))
        .isEqualTo("XML_TEXT_TOO_LONG");
    assertThat(rules(validate(PAYROLL.replace("张三", "x<!-- -->".repeat(70_000)))))
        .isEqualTo("XML_TEXT_TOO_LONG");
  }

  @Test
  void anEndlessTokenIsNotHeld() {
    for (String start :
        new String[] {"<Document x='", "<", "<!--", "<?x ", "<a xmlns='", "<?xml version='1.0' "}) {
      Report report =
          Validation.of(
              new SequenceInputStream(
                  new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), endless()));
      assertThat(rules(report)).as(start).isIn("XML_TEXT_TOO_LONG", "XML_NOT_WELL_FORMED");
    }
  }

  @Test
  void attributesAndNamespacesAreBounded() {
    StringBuilder attributes = new StringBuilder();
    StringBuilder namespaces = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      attributes.append(" a").append(i).append("='1'");
      namespaces.append(" xmlns:n").append(i).append("='u'");
    }
    assertThat(rules(validate("<Document" + attributes + "/>")))
        .isEqualTo("XML_TOO_MANY_ATTRIBUTES");
    assertThat(rules(validate(PAYROLL.replace("<GrpHdr>", "<GrpHdr" + namespaces + ">"))))
        .isEqualTo("XML_TOO_MANY_ATTRIBUTES");
  }

  @Test
  void aTagFullOfNamesIsNotReadToItsEnd() {
    StringBuilder namespaces = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      namespaces.append(" xmlns:n").append(i).append("='u'");
    }
    assertThat(rules(validate(PAYROLL.replace("<GrpHdr>", "<GrpHdr" + namespaces + ">"))))
        .isEqualTo("XML_TEXT_TOO_LONG");
  }

  @Test
  void theLongestTextIsReadInItsWidestForm() {
    String text = "工".repeat(Walker.LONGEST_TEXT);
    assertThat(rules(validate(PAYROLL.replace("张三", text)))).isEqualTo("LENGTH");
  }

  @Test
  void inventedNamesAreBounded() {
    StringBuilder elements = new StringBuilder();
    StringBuilder attributes = new StringBuilder();
    StringBuilder prefixes = new StringBuilder();
    for (int i = 0; i < 10_001; i++) {
      elements.append("<x").append(i).append("/>");
      attributes.append("<x a").append(i).append("='1'/>");
      prefixes.append("<x xmlns:p").append(i).append("='u'/>");
    }
    for (StringBuilder names : new StringBuilder[] {elements, attributes, prefixes}) {
      String envelope = "<SplmtryData><Envlp><x>" + names + "</x></Envlp></SplmtryData>";
      for (String xml :
          new String[] {
            "<Wrapper>" + names + "</Wrapper>",
            PAYROLL.replace("</PmtInf>", "<Skipped>" + names + "</Skipped></PmtInf>"),
            PAYROLL.replace("</PmtInf>", "</PmtInf>" + envelope),
          }) {
        assertThat(rules(validate(xml))).endsWith("XML_TOO_MANY_NAMES");
      }
    }
  }

  @Test
  void aByteOrderMarkIsStripped() {
    assertThat(validate("\uFEFF" + PAYROLL).verdict()).isEqualTo(Verdict.VALID);
    assertThat(validate("\uFEFF\uFEFF" + PAYROLL).verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void anEmptyFileSaysSo() {
    assertThat(rules(validate(""))).isEqualTo("FILE_EMPTY");
    assertThat(rules(validate("  \n "))).isEqualTo("XML_NOT_WELL_FORMED");
    assertThat(rules(validate("PK\u0003\u0004"))).isEqualTo("XML_NOT_WELL_FORMED");
  }

  @Test
  void encodingsOfChineseBanksAreRead() {
    for (String name : new String[] {"GB18030", "GBK", "UTF-8", "utf-8"}) {
      String xml = PAYROLL.replace("UTF-8", name).replace("𠮷", "吉");
      assertThat(encoded(xml, Charset.forName(name)).verdict()).as(name).isEqualTo(Verdict.VALID);
    }
    assertThat(encoded(PAYROLL.replace("UTF-8", "GB18030"), Charset.forName("GB18030")).verdict())
        .isEqualTo(Verdict.VALID);
  }

  @Test
  void wideEncodingsNeedTheirMarkAndTheirName() {
    String wide = PAYROLL.replace("UTF-8", "UTF-16");
    assertThat(encoded(wide, StandardCharsets.UTF_16).verdict()).isEqualTo(Verdict.VALID);
    assertThat(rules(encoded(PAYROLL, StandardCharsets.UTF_16))).isEqualTo("XML_ENCODING");
    assertThat(rules(encoded(wide, StandardCharsets.UTF_16LE))).isEqualTo("XML_ENCODING");
    assertThat(rules(encoded(wide, StandardCharsets.UTF_8))).isEqualTo("XML_ENCODING");
    assertThat(rules(encoded(wide, Charset.forName("UTF-32")))).isEqualTo("XML_ENCODING");
  }

  @Test
  void whatTheParserDoesNotForeseeIsNotWellFormed() {
    for (String markup :
        new String[] {
          "<a xmlns:xmlns='u'/>",
          "<p:x xmlns:p='u'><p:></p:></p:x>",
          "<x xmlns:p='u' p:='1'/>",
          "<x xmlns='urn:\uFFFE'/>",
          "<x xmlns:p='urn:\uFFFF'/>",
        }) {
      String envelope = "</PmtInf><SplmtryData><Envlp><x>" + markup + "</x></Envlp></SplmtryData>";
      String inside = PAYROLL.replace("</PmtInf>", envelope);
      String beside = PAYROLL.replace("</PmtInf>", "</PmtInf>" + markup);
      assertThat(rules(validate(inside))).as(markup).isEqualTo("XML_NOT_WELL_FORMED");
      assertThat(validate(beside).verdict()).as(markup).isEqualTo(Verdict.INVALID);
      MessageKind.sniff(Samples.stream("<x>" + markup + PAYROLL.replaceFirst("<.*>", "")));
    }
  }

  @Test
  void charactersThatXmlLacksAreRefusedInEveryEncoding() {
    for (String name : new String[] {"UTF-8", "GB18030", "UTF-16"}) {
      String xml = PAYROLL.replace("UTF-8", name);
      for (String bad :
          new String[] {
            xml.replace("</MsgId>", "</MsgId\u0001>"),
            xml.replace("<GrpHdr>", "<!--\uFFFF--><GrpHdr>"),
            xml.replace("<GrpHdr>", "<?p \uFFFE?><GrpHdr>"),
            xml.replace("张三", "张\u000B三"),
            xml.replace("<?xml ", "<?xml\u0002"),
          }) {
        assertThat(rules(encoded(bad, Charset.forName(name))))
            .as(bad)
            .isEqualTo("XML_NOT_WELL_FORMED");
      }
    }
  }

  @Test
  void aBadByteHasItsLine() {
    int line = 33;
    for (String name : new String[] {"UTF-8", "GB18030", "GBK", "US-ASCII"}) {
      String xml = PAYROLL.replace("UTF-8", name).replaceAll("[^\\x00-\\x7F]", "x");
      byte[] bytes = xml.getBytes(StandardCharsets.US_ASCII);
      bytes[xml.indexOf("<Nm>xx</Nm>") + 4] = (byte) 0xFF;
      Report report = Validation.of(new ByteArrayInputStream(bytes));
      assertThat(report.findings())
          .as(name)
          .extracting(Finding::rule, Finding::line)
          .containsExactly(tuple("XML_ENCODING", line));
      assertThat(report.findings().getFirst().message()).contains(": " + name + ".");
    }
  }

  @Test
  void aNameOfAnEncodingIsTakenAsItStands() {
    for (String name : new String[] {"UTF-8 ", "\nUTF-8", "", "UTF>8", "U TF", "utf 8"}) {
      assertThat(rules(validate(PAYROLL.replace("UTF-8", name))))
          .as(name)
          .isEqualTo("XML_ENCODING");
    }
  }

  @Test
  void tricksWithEncodingsAreRefused() {
    for (String name : new String[] {"UTF-7", "UTF-32", "IBM037", "ISO-2022-CN", "BOCU-1", "x"}) {
      assertThat(rules(validate(PAYROLL.replace("UTF-8", name))))
          .as(name)
          .isEqualTo("XML_ENCODING");
    }
    assertThat(rules(encoded("+/v8-" + PAYROLL, StandardCharsets.UTF_8))).isEqualTo("XML_ENCODING");
    assertThat(rules(encoded(PAYROLL, Charset.forName("GB18030")))).isEqualTo("XML_ENCODING");
    assertThat(encoded(PAYROLL, Charset.forName("Cp037")).verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void hiddenFormsOfUtf8AreRefused() {
    int[][] forms = {
      {0xC0, 0x80}, {0xC0, 0xBC}, {0xE0, 0x80, 0xBC}, {0xF0, 0x80, 0x80, 0xBC}, {0xED, 0xA0, 0x80},
      {0xF4, 0x90, 0x80, 0x80}, {0xF8, 0x88, 0x80, 0x80, 0x80}, {0x80}, {0xE5, 0xB7}, {0xFF}
    };
    byte[] good = PAYROLL.getBytes(StandardCharsets.UTF_8);
    int at = PAYROLL.indexOf("PAY-2026");
    for (int[] form : forms) {
      byte[] bad = good.clone();
      for (int i = 0; i < form.length; i++) {
        bad[at + i] = (byte) form[i];
      }
      assertThat(rules(Validation.of(new ByteArrayInputStream(bad)))).isEqualTo("XML_ENCODING");
    }
  }

  @Test
  void damagedBytesNeverCrash() {
    byte[] good = PAYROLL.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20261122);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(10) == 0 ? random.nextInt(bad.length) : bad.length;
      Report report = Validation.of(new ByteArrayInputStream(bad, 0, length));
      assertThat(report.findings().isEmpty()).isEqualTo(report.verdict() == Verdict.VALID);
    }
  }

  @Test
  void aBrokenStreamIsNoFinding() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }
        };
    InputStream half = new SequenceInputStream(Samples.stream(PAYROLL.substring(0, 900)), broken);
    assertThatThrownBy(() -> Validation.of(half)).isInstanceOf(UncheckedIOException.class);
  }

  private static Report encoded(String xml, Charset charset) {
    return Validation.of(new ByteArrayInputStream(xml.getBytes(charset)));
  }

  private static String rules(Report report) {
    return String.join(" ", report.findings().stream().map(Finding::rule).toList());
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 'a';
      }

      @Override
      public int read(byte[] b, int off, int len) {
        java.util.Arrays.fill(b, off, off + len, (byte) 'a');
        return len;
      }
    };
  }
}
