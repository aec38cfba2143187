package org.wagerail.project;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The citizen identification number of 18 characters (GB 11643), check by ISO 7064 MOD 11-2. */
public final class ResidentId {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";

  /** Provinces by their first two digits; 81 to 83 are residence permits, 9 permanent residents. */
  private static final String PROVINCES =
      " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64"
          + " 65 71 81 82 83 ";

  /** Why a text is no resident ID. */
  public enum Flaw {
    FORM,
    REGION,
    BIRTH_DATE,
    CHECK_DIGIT
  }

  private ResidentId() {}

  /** The first flaw, or null; the last character may be X in capitals only. */
  public static @Nullable Flaw flaw(String text) {
    if (text.length() != 18) {
      return Flaw.FORM;
    }
    for (int i = 0; i < 18; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && !(i == 17 && c == 'X')) {
        return Flaw.FORM;
      }
    }
    if (text.charAt(0) != '9' && !PROVINCES.contains(" " + text.substring(0, 2) + " ")) {
      return Flaw.REGION;
    }
    if (!isBirthDate(text)) {
      return Flaw.BIRTH_DATE;
    }
    return checkDigit(text) == text.charAt(17) ? null : Flaw.CHECK_DIGIT;
  }

  /** The check character over the first 17 digits. */
  public static char checkDigit(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (digits.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % 11);
  }

  private static boolean isBirthDate(String text) {
    int year = Integer.parseInt(text, 6, 10, 10);
    if (year < 1900 || year > 2099) {
      return false;
    }
    try {
      LocalDate.of(year, Integer.parseInt(text, 10, 12, 10), Integer.parseInt(text, 12, 14, 10));
      return true;
    } catch (DateTimeException noSuchDay) {
      return false;
    }
  }
}
