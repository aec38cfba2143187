package org.wagerail.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTests {
  /** Amounts and shares in yuan; a lawyer can check each row with a pencil. */
  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource({
    "10000.00, 6000.00 4500.00 3333.33, 4337.35 3253.01 2409.64",
    "10000.00, 5000.00 5000.00 5000.00, 3333.34 3333.33 3333.33",
    "600000.00, 400000.00 350000.00, 320000.00 280000.00",
    "19900.00, 5200.00 6100.00 4700.00 3900.00, 5200.00 6100.00 4700.00 3900.00",
    "18308.00, 5200.00 6100.00 4700.00 3900.00, 4784.00 5612.00 4324.00 3588.00",
    "0.02, 1.00 1.00 1.00, 0.01 0.01 0.00",
    "0.00, 1.00 2.00, 0.00 0.00",
    "0.01, 0.00 0.01 0.01, 0.00 0.01 0.00",
    "99999.00, 1.00, 1.00"
  })
  void sharesToTheCent(String available, String amounts, String shares) {
    assertThat(Shares.of(fen(available), fens(amounts))).isEqualTo(fens(shares));
  }

  @Test
  void isExactForEighteenDigits() {
    long most = 999_999_999_999_999_999L;
    var amounts = new long[] {most, most - 1, 7, most / 3};
    assertThat(BigInteger.valueOf(most)).isEqualTo(sum(Shares.of(most, amounts)));
    var overflowing = new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
    assertThat(Shares.of(most, overflowing)).isEqualTo(new long[] {most / 3, most / 3, most / 3});
    assertThat(Shares.of(most - 1, overflowing))
        .isEqualTo(new long[] {most / 3, most / 3, most / 3 - 1});
  }

  @Test
  void neverExceedsAnAmountAndAlwaysAddsUp() {
    var random = new Random(20);
    for (int round = 0; round < 2_000; round++) {
      var amounts =
          random.longs(1 + random.nextInt(40), 0, 1L << (1 + random.nextInt(58))).toArray();
      var total = sum(amounts);
      long available =
          new BigInteger(80, random)
              .mod(total.add(BigInteger.ONE))
              .min(BigInteger.valueOf(Long.MAX_VALUE))
              .longValueExact();
      var shares = Shares.of(available, amounts);
      assertThat(sum(shares)).isEqualTo(BigInteger.valueOf(available));
      for (int i = 0; i < amounts.length; i++) {
        assertThat(shares[i]).isBetween(0L, amounts[i]);
      }
    }
  }

  @Test
  void refusesNegativeSums() {
    assertThatThrownBy(() -> Shares.of(-1, new long[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Shares.of(1, new long[] {5, -1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BigInteger sum(long[] amounts) {
    return Arrays.stream(amounts)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static long fen(String yuan) {
    return Money.minor(yuan, 2);
  }

  private static long[] fens(String yuan) {
    return Arrays.stream(yuan.split(" ")).mapToLong(SharesTests::fen).toArray();
  }
}
