package org.wagerail.money;

import java.util.Currency;

/**
 * An exact sum of money.
 *
 * @param minor the sum in the currency's minor unit: fen for CNY, whole yen for JPY
 * @param currency the ISO 4217 code
 */
public record Money(long minor, String currency) implements Comparable<Money> {
  /** ISO 20022 lets an amount have 18 digits in all. */
  private static final int MOST_DIGITS = 18;

  /**
   * @throws IllegalArgumentException when the currency has no minor unit or is unknown
   */
  public Money {
    digits(currency);
  }

  /** A sum of nothing. */
  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  /**
   * Reads an amount as messages write it: digits, at most one point, no sign, no exponent, no group
   * separators, no more decimals than the currency has.
   *
   * @throws IllegalArgumentException when the text is no such amount
   */
  public static Money parse(String text, String currency) {
    return new Money(minor(text, digits(currency)), currency);
  }

  /**
   * As {@link #parse}, for a caller that knows the currency's number of decimals.
   *
   * @return minor units
   * @throws IllegalArgumentException when the text is no amount with that many decimals or fewer
   */
  public static long minor(String text, int decimals) {
    int length = text.length();
    int point = text.indexOf('.');
    int whole = point < 0 ? length : point;
    int fraction = point < 0 ? 0 : length - point - 1;
    if (whole == 0 || (point >= 0 && fraction == 0)) {
      throw new IllegalArgumentException("not an amount");
    }
    if (fraction > decimals) {
      throw new IllegalArgumentException("more than " + decimals + " decimals");
    }
    long value = 0;
    int significant = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (i == point) {
        continue;
      }
      if (c < '0' || c > '9') {
        throw new IllegalArgumentException("not an amount");
      }
      significant += significant > 0 || c != '0' ? 1 : 0;
      if (significant > MOST_DIGITS) {
        throw new IllegalArgumentException("more than " + MOST_DIGITS + " digits");
      }
      value = value * 10 + (c - '0');
    }
    for (int i = fraction; i < decimals; i++) {
      value = Math.multiplyExact(value, 10L);
    }
    return value;
  }

  /** Writes minor units with the given number of decimals: 123456 and 2 give 1234.56. */
  public static String format(long minor, int decimals) {
    var text = Long.toString(minor);
    if (decimals == 0) {
      return text;
    }
    boolean negative = minor < 0;
    var figures = new StringBuilder(negative ? text.substring(1) : text);
    while (figures.length() <= decimals) {
      figures.insert(0, '0');
    }
    figures.insert(figures.length() - decimals, '.');
    return negative ? figures.insert(0, '-').toString() : figures.toString();
  }

  /**
   * The number of decimals of a currency.
   *
   * @throws IllegalArgumentException when there is no such currency, or it has no minor unit
   */
  public static int digits(String currency) {
    // CNY is asked for once a wage; the table behind Currency is slower than this comparison.
    int digits =
        currency.equals("CNY") ? 2 : Currency.getInstance(currency).getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException(currency + " has no minor unit");
    }
    return digits;
  }

  /**
   * @throws ArithmeticException when the sum does not fit
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(minor, same(other).minor), currency);
  }

  /**
   * @throws ArithmeticException when the difference does not fit
   */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, same(other).minor), currency);
  }

  private Money same(Money other) {
    if (!other.currency.equals(currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not mix");
    }
    return other;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  /** The figure alone, as messages write it: 1234.50. */
  public String figure() {
    return format(minor, digits(currency));
  }

  /** Currency and figure, for people: CNY 1234.50. */
  @Override
  public String toString() {
    return currency + " " + figure();
  }
}
