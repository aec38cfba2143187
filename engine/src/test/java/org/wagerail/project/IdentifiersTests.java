package org.wagerail.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTests {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "11010519491231002X,-", // the standard's own example
        "440524188001010014,BIRTH_DATE",
        "33010619660101000X,-",
        "110105194912310021,CHECK_DIGIT",
        "11010519491231002x,FORM",
        "1101051949123100,FORM",
        "110105194912310O2X,FORM",
        "010105194912310029,REGION",
        "110105194902300028,BIRTH_DATE"
      })
  void checksResidentIds(String text, ResidentId.Flaw flaw) {
    assertThat(ResidentId.flaw(text)).isEqualTo(flaw);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "91350100M000100Y43,-", // the standard's own example
        "913301000000000196,-",
        "91350100M000100Y44,CHECK_DIGIT",
        "91350100M000100I43,FORM",
        "9135010AM000100Y43,FORM",
        "91350100M000100Y4,FORM"
      })
  void checksFirmCodes(String text, UnifiedSocialCreditCode.Flaw flaw) {
    assertThat(UnifiedSocialCreditCode.flaw(text)).isEqualTo(flaw);
  }

  @ParameterizedTest
  @CsvSource({
    "PASSPORT,E12345678,true",
    "PASSPORT,E1,false",
    "HK_MACAU_PERMIT,H12345678,true",
    "HK_MACAU_PERMIT,M1234567801,true",
    "HK_MACAU_PERMIT,T12345678,false",
    "TAIWAN_PERMIT,12345678,true",
    "TAIWAN_PERMIT,1234567,false",
    "RESIDENT_ID,11010519491231002X,true",
    "USCC,91350100M000100Y43,true",
    "USCC,91350100M000100Y44,false"
  })
  void checksEachScheme(IdScheme scheme, String number, boolean accepted) {
    assertThat(scheme.accepts(number)).isEqualTo(accepted);
  }

  @Test
  void knowsTheFormOfBankCodes() {
    assertThat(BankCode.accepts("105331000012")).isTrue();
    assertThat(BankCode.accepts("10533100001")).isFalse();
    assertThat(BankCode.accepts("10533100001X")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "张三丰,'张三丰 '",
    "张三丰,'张\u3000三 丰'",
    "阿卜杜拉·买买提,阿卜杜拉•买买提",
    "阿卜杜拉·买买提,阿卜杜拉．买买提",
    "阿卜杜拉·买买提,阿卜杜拉 ・ 买买提",
    "ＬＩ　Ming,LI Ming",
    "\ud842\udfb7野家,'\ud842\udfb7 野家'"
  })
  void foldsSpaceWidthAndDots(String one, String other) {
    assertThat(Names.fold(one)).isEqualTo(Names.fold(other));
  }

  @Test
  void keepsDifferentNamesApart() {
    assertThat(Names.fold("张三")).isNotEqualTo(Names.fold("张三丰"));
    assertThat(Names.fold("\ud842\udfb7")).isEqualTo("\ud842\udfb7").isNotEqualTo(Names.fold("吉"));
    assertThat(Names.fold("张\u200b三")).isNotEqualTo("张三");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"张\u200b三", "张\u202e三", "张\u0007三", "张\ufeff三", "张\ud842", "张\ufffd", "张\t三"})
  void findsCharactersThatNobodySees(String name) {
    assertThat(Names.hasBadCharacter(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"张三丰 ", "\ud842\udfb7野", "阿卜杜拉·买买提", "O'Neil", "\u4dae"})
  void allowsRareCharacters(String name) {
    assertThat(Names.hasBadCharacter(name)).isFalse();
  }
}
