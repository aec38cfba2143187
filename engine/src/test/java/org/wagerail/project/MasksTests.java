package org.wagerail.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasksTests {
  @Test
  void aNameShowsItsFirstCharacter() {
    assertThat(Masks.name("王小明")).isEqualTo("王**");
    assertThat(Masks.name(" 张 ")).isEqualTo("张");
    assertThat(Masks.name("\ud842\udfb7四")).isEqualTo("\ud842\udfb7*");
    assertThat(Masks.name(" ")).isEmpty();
  }

  @Test
  void anAccountShowsItsEndsAndAShortOneNothing() {
    assertThat(Masks.account("6228170000000001003")).isEqualTo("6228***********1003");
    assertThat(Masks.account("12345678")).isEqualTo("********");
    assertThat(Masks.account("")).isEmpty();
  }

  @Test
  void anIdentifierShowsItsRegionAndItsEnd() {
    assertThat(Masks.identifier("110101199001011234")).isEqualTo("110***********1234");
    assertThat(Masks.identifier("E12345678")).isEqualTo("*******78");
    assertThat(Masks.identifier("1234")).isEqualTo("****");
  }
}
