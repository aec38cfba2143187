package org.wagerail.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTests {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpsInBothLanguages() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("用法 Usage: wagerail", "工资", "wage accounts", "validate");
    assertThat(out.toString()).contains("导入参考数据", "Import reference data");
    assertThat(out.toString()).doesNotContain("rehearse");
  }

  @Test
  void answersAWrongQuestionWithTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("frobnicate")).isEqualTo(2);
    assertThat(run("--frobnicate")).isEqualTo(2);
    assertThat(err.toString()).contains("无法识别：frobnicate", "Unmatched argument");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return Terminal.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
