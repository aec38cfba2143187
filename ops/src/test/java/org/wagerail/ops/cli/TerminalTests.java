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

  @Test
  void saysWhichArgumentIsWrong() {
    assertThat(run("generate", "x", "--projects", "many", "--workers", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("--projects 的值无效：many", "'many' is not an int");
    assertThat(run("intake", "x.xml")).isEqualTo(2);
    assertThat(err.toString()).contains("缺少参数：--bank", "Missing required option");
    assertThat(run("bench", "payday", "--projects", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("至少一个项目").doesNotContain("at org.wagerail");
  }

  @Test
  void helpsWithACommandOfACommand() {
    assertThat(run("bench", "payday", "--help")).isZero();
    assertThat(out.toString()).contains("用法 Usage: wagerail bench payday", "--heap");
  }

  private int run(String... arguments) {
    return Terminal.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
