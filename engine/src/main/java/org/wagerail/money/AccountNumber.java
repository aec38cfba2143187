package org.wagerail.money;

import org.jspecify.annotations.Nullable;

/**
 * What can be an account number in China: there is no IBAN, and each bank has its own form. Only
 * what is certainly wrong is called so.
 */
public final class AccountNumber {
  /** ISO 20022 gives an account 34 characters, domestic clearing 32 digits. */
  private static final int LONGEST = 34;

  private static final int MOST_DIGITS = 32;

  /** Why a text cannot be an account number. */
  public enum Flaw {
    EMPTY,
    TOO_LONG,
    BAD_CHARACTER,
    CARD_CHECK_DIGIT
  }

  private AccountNumber() {}

  /** The first flaw, or null when the text may be an account number. */
  public static @Nullable Flaw flaw(String text) {
    if (text.isEmpty()) {
      return Flaw.EMPTY;
    }
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-') {
        return Flaw.BAD_CHARACTER;
      }
    }
    if (digits == 0) {
      return Flaw.BAD_CHARACTER;
    }
    if (text.length() > LONGEST || digits > MOST_DIGITS) {
      return Flaw.TOO_LONG;
    }
    return digits == text.length() && isCard(text) && !endsInLuhn(text)
        ? Flaw.CARD_CHECK_DIGIT
        : null;
  }

  /** The last digit that makes a card number of the digits before it (ISO/IEC 7812-1, Luhn). */
  public static char checkDigit(CharSequence digits) {
    int sum = 0;
    for (int i = digits.length() - 1, place = 0; i >= 0; i--, place++) {
      int digit = digits.charAt(i) - '0';
      if (place % 2 == 0) {
        digit *= 2;
        digit = digit > 9 ? digit - 9 : digit;
      }
      sum += digit;
    }
    return (char) ('0' + (10 - sum % 10) % 10);
  }

  /** A debit card of the national scheme: 62 and 16 or 19 digits in all. */
  private static boolean isCard(String text) {
    return text.startsWith("62") && (text.length() == 16 || text.length() == 19);
  }

  private static boolean endsInLuhn(String text) {
    int last = text.length() - 1;
    return checkDigit(text.substring(0, last)) == text.charAt(last);
  }
}
