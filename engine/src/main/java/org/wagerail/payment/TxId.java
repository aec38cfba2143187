package org.wagerail.payment;

import org.jspecify.annotations.Nullable;

/**
 * A payment's transaction identification in clearing: month (6 digits) and number (10 digits).
 * Ours, and unique for ever per bank.
 */
public record TxId(int month, long payment) {
  private static final int DIGITS = 16;

  @Override
  public String toString() {
    var digits = new char[DIGITS];
    long value = month * 10_000_000_000L + payment;
    for (int i = DIGITS - 1; i >= 0; i--) {
      digits[i] = (char) ('0' + value % 10);
      value /= 10;
    }
    return new String(digits);
  }

  /** Reads one; null when it cannot be ours. */
  public static @Nullable TxId read(@Nullable String text) {
    if (text == null || text.length() != DIGITS) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      value = value * 10 + digit;
    }
    return new TxId((int) (value / 10_000_000_000L), value % 10_000_000_000L);
  }
}
