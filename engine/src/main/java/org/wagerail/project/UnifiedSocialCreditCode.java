package org.wagerail.project;

import org.jspecify.annotations.Nullable;

/** The code of a firm: 18 characters without I, O, S, V and Z, check modulo 31 (GB 32100). */
public final class UnifiedSocialCreditCode {
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  /** Why a text is no unified social credit code. */
  public enum Flaw {
    FORM,
    CHECK_DIGIT
  }

  private UnifiedSocialCreditCode() {}

  /** The first flaw, or null. */
  public static @Nullable Flaw flaw(String text) {
    if (text.length() != 18) {
      return Flaw.FORM;
    }
    for (int i = 0; i < 18; i++) {
      boolean regionDigit = i >= 2 && i < 8;
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0 || (regionDigit && value > 9)) {
        return Flaw.FORM;
      }
    }
    return checkDigit(text) == text.charAt(17) ? null : Flaw.CHECK_DIGIT;
  }

  /** The check character over the first 17: each weighs 3 to the power of its place from 0. */
  public static char checkDigit(CharSequence code) {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < 17; i++) {
      sum += ALPHABET.indexOf(code.charAt(i)) * weight;
      weight = weight * 3 % 31;
    }
    return ALPHABET.charAt((31 - sum % 31) % 31);
  }
}
