package org.wagerail.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ValidateTests {
  private static final String RECALL_ANSWER =
      """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09">
        <RsltnOfInvstgtn>
          <Assgnmt>
            <Id>A1</Id>
            <Assgnr><Pty><Nm>甲</Nm></Pty></Assgnr>
            <Assgne><Pty><Nm>乙</Nm></Pty></Assgne>
            <CreDtTm>2026-11-10T09:00:00</CreDtTm>
          </Assgnmt>
          <Sts><Conf>CNCL</Conf></Sts>
        </RsltnOfInvstgtn>
      </Document>
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysNothingAgainstAValidFile() throws IOException {
    var file = write("工资 \"1\".xml", RECALL_ANSWER);
    assertThat(run("validate", file, "--json")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "{\"file\":\""
                + file.replace("\"", "\\\"")
                + "\",\"message\":\"camt.029.001.09\",\"verdict\":\"valid\",\"findings\":[]}\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void findsWhatIsWrongAndGoesOn() throws IOException {
    var wrong = write("wrong.xml", RECALL_ANSWER.replace("CNCL", "MAYBE"));
    var right = write("right.xml", RECALL_ANSWER);
    assertThat(run("validate", "--json", wrong, right)).isEqualTo(1);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("\"verdict\":\"invalid\",\"findings\":[{\"line\":9,\"path\":\"")
                    .containsPattern("\"rule\":\"[^\"]+\",\"code\":\"[^\"]+\",\"message\":\""),
            second -> assertThat(second).contains("\"verdict\":\"valid\""));
  }

  @Test
  void speaksToAPersonInBothLanguages() throws IOException {
    var wrong = write("wrong.xml", RECALL_ANSWER.replace("CNCL", "MAYBE"));
    assertThat(run("validate", wrong)).isEqualTo(1);
    assertThat(out.toString()).contains(wrong + ": 无效 invalid (camt.029.001.09)", "  9: ");
  }

  @Test
  void hasAVerdictOnWhatIsNoMessageAtAll() throws IOException {
    var unknown = write("unknown.xml", RECALL_ANSWER.replace("camt.029.001.09", "camt.029.001.99"));
    var noise = write("@noise", "\u0000\u0001 not xml");
    var empty = write("empty", "");
    assertThat(run("validate", "--json", unknown, noise, empty)).isEqualTo(1);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"verdict\":\"unsupported\""),
            second -> assertThat(second).contains("\"message\":null,\"verdict\":\"invalid\""),
            third -> assertThat(third).contains("\"message\":null,\"verdict\":\"invalid\""));
  }

  @Test
  void judgesSheetsByRowAndColumn() throws IOException {
    var sheet = folder.resolve("payroll.csv").toString();
    assertThat(run("template", "csv", sheet)).isZero();
    var wrong = write("wrong.csv", Files.readString(Path.of(sheet)).replace(",6500.00,", ",1e3,"));
    out.getBuffer().setLength(0);
    assertThat(run("validate", "--json", sheet, wrong)).isEqualTo(1);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .endsWith("\"message\":\"payroll.csv\",\"verdict\":\"valid\",\"findings\":[]}"),
            second ->
                assertThat(second)
                    .contains(
                        "\"verdict\":\"invalid\",\"findings\":[{\"line\":2,\"path\":\"row 2,"
                            + " column 金额/Amount\",\"rule\":\"AMOUNT_FORMAT\",\"code\":\"AM12\""));
  }

  @Test
  void writesATemplateThatIsValidAndOverwritesNothing() {
    var workbook = folder.resolve("payroll.xlsx").toString();
    assertThat(run("template", "xlsx", workbook)).isZero();
    assertThat(run("validate", workbook)).isZero();
    assertThat(out.toString()).contains("有效 valid (payroll.xlsx)");
    assertThat(run("template", "xlsx", workbook)).isEqualTo(2);
    assertThat(run("template", "ods", folder.resolve("a").toString())).isEqualTo(2);
  }

  @Test
  void asksForFilesThatExistAndJudgesTheOthers() throws IOException {
    assertThat(run("validate")).isEqualTo(2);
    assertThat(run("validate", folder.toString())).isEqualTo(2);
    var right = write("right.xml", RECALL_ANSWER);
    assertThat(run("validate", folder.resolve("none.xml").toString(), right)).isEqualTo(2);
    assertThat(err.toString()).contains("没有可读的文件：", "There is no such file to read: ", "none.xml");
    assertThat(out.toString()).contains("right.xml: 有效 valid");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void goesOnAfterAFileThatBreaks() throws IOException {
    var right = write("right.xml", RECALL_ANSWER);
    assertThat(run("validate", "--json", "/proc/self/mem", right)).isEqualTo(1);
    assertThat(err.toString()).contains("文件读取失败：/proc/self/mem").doesNotContain("\tat ");
    assertThat(out.toString().lines()).singleElement().asString().contains("\"valid\"");
  }

  @Test
  void takesNamesThatLookLikeOptions() throws IOException {
    var right = write("right.xml", RECALL_ANSWER);
    assertThat(run("validate", "--json", "--", right, right)).isZero();
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(run("validate", "--", right, "--json")).isEqualTo(2);
  }

  @Test
  void explainsItself() {
    assertThat(run("validate", "--help")).isZero();
    assertThat(out.toString())
        .contains("校验", "Check message files", "FILE", "--json", "退出码", "AM16");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    return Terminal.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
