package org.wagerail.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTests {
  @ParameterizedTest
  @CsvSource({
    "0,CNY,0,0.00",
    "0.01,CNY,1,0.01",
    "5,CNY,500,5.00",
    "5.1,CNY,510,5.10",
    "4337.35,CNY,433735,4337.35",
    "007.50,CNY,750,7.50",
    "9999999999999999.99,CNY,999999999999999999,9999999999999999.99",
    "1200,JPY,1200,1200",
    "1.005,BHD,1005,1.005"
  })
  void readsAndWritesExactly(String text, String currency, long minor, String written) {
    var money = Money.parse(text, currency);
    assertThat(money.minor()).isEqualTo(minor);
    assertThat(money.figure()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.",
        ".5",
        "-1",
        "+1",
        "1e3",
        "1,000",
        "1.001",
        "1.2.3",
        " 1",
        "１",
        "0x1",
        "1234567890123456789"
      })
  void refusesWhatIsNoAmount(String text) {
    assertThatThrownBy(() -> Money.parse(text, "CNY")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesNegativeSums() {
    assertThat(Money.format(-1, 2)).isEqualTo("-0.01");
    assertThat(Money.format(-123_456, 2)).isEqualTo("-1234.56");
  }

  @Test
  void keepsCurrenciesApart() {
    var yuan = Money.parse("1", "CNY");
    assertThatThrownBy(() -> yuan.plus(Money.parse("1", "JPY")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(yuan.plus(yuan).minus(Money.parse("0.01", "CNY"))).hasToString("CNY 1.99");
    assertThatThrownBy(() -> new Money(Long.MAX_VALUE, "CNY").plus(yuan))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "6228170000000001003,-",
        "6228170000000001004,CARD_CHECK_DIGIT",
        "6222021202041701419,-",
        "330019000000000001,-",
        "1202-0210-0990-0123,-",
        "NRA123456,-",
        "12345678901234567890123456789012,-",
        "123456789012345678901234567890123,TOO_LONG",
        "ABC,BAD_CHARACTER",
        "12 34,BAD_CHARACTER",
        "１２３,BAD_CHARACTER",
        "'',EMPTY"
      })
  void callsAccountNumbersWrongOnlyWhereTheyAre(String text, AccountNumber.Flaw flaw) {
    assertThat(AccountNumber.flaw(text)).isEqualTo(flaw);
  }
}
