package org.wagerail.money;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Shares a sum that is too small among those it is owed to, in proportion to what each is owed. The
 * one place where wages are rounded.
 */
public final class Shares {
  private Shares() {}

  /**
   * Every share is cut to the minor unit; the units left over go one each to the largest cut-off
   * remainders, and among equal remainders to the one that comes first. The shares add up to what
   * is available, and none exceeds its amount. When there is enough, each gets its amount.
   *
   * @param available minor units to share, not negative
   * @param amounts what each is owed in minor units, none negative, in their binding order
   * @return the shares in the same order
   */
  public static long[] of(long available, long[] amounts) {
    if (available < 0) {
      throw new IllegalArgumentException("nothing to share: " + available);
    }
    var total = BigInteger.ZERO;
    long sum = 0;
    boolean overflowed = false;
    for (long amount : amounts) {
      if (amount < 0) {
        throw new IllegalArgumentException("a negative amount: " + amount);
      }
      if (!overflowed && sum + amount < 0) {
        total = BigInteger.valueOf(sum);
        overflowed = true;
      }
      if (overflowed) {
        total = total.add(BigInteger.valueOf(amount));
      } else {
        sum += amount;
      }
    }
    if (!overflowed && available >= sum) {
      return amounts.clone();
    }
    return overflowed ? large(available, amounts, total) : cut(available, amounts, sum);
  }

  private static long[] cut(long available, long[] amounts, long total) {
    var shares = new long[amounts.length];
    var remainders = new long[amounts.length];
    long left = available;
    for (int i = 0; i < amounts.length; i++) {
      long high = Math.multiplyHigh(amounts[i], available);
      long low = amounts[i] * available;
      if (high == 0 && low >= 0) {
        shares[i] = low / total;
        remainders[i] = low % total;
      } else {
        var parts =
            BigInteger.valueOf(amounts[i])
                .multiply(BigInteger.valueOf(available))
                .divideAndRemainder(BigInteger.valueOf(total));
        shares[i] = parts[0].longValueExact();
        remainders[i] = parts[1].longValueExact();
      }
      left -= shares[i];
    }
    // Each remainder is less than the total, so there are more remainders than units left, and
    // whoever gets a unit was cut by less than one.
    IntStream.range(0, amounts.length)
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer i) -> remainders[i])
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(left)
        .forEach(i -> shares[i]++);
    return shares;
  }

  /** The same where the amounts together exceed a long. */
  private static long[] large(long available, long[] amounts, BigInteger total) {
    var shares = new long[amounts.length];
    var remainders = new BigInteger[amounts.length];
    long left = available;
    for (int i = 0; i < amounts.length; i++) {
      var parts =
          BigInteger.valueOf(amounts[i])
              .multiply(BigInteger.valueOf(available))
              .divideAndRemainder(total);
      shares[i] = parts[0].longValueExact();
      remainders[i] = parts[1];
      left -= shares[i];
    }
    IntStream.range(0, amounts.length)
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> remainders[i])
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(left)
        .forEach(i -> shares[i]++);
    return shares;
  }
}
