package org.wagerail.project;

/** How personal data is shown to those who need not know it: enough to tell two rows apart. */
public final class Masks {
  private static final int SHOWN = 4;
  private static final int SHOWN_OF_IDENTIFIER = 3;

  private Masks() {}

  /** A name's first character and one star for each of the others. */
  public static String name(String name) {
    var plain = name.strip();
    if (plain.isEmpty()) {
      return "";
    }
    int first = plain.offsetByCodePoints(0, 1);
    return plain.substring(0, first) + "*".repeat(plain.codePointCount(first, plain.length()));
  }

  /** An account number's first and last four characters; nothing of one that is too short. */
  public static String account(String number) {
    if (number.length() <= 2 * SHOWN) {
      return "*".repeat(number.length());
    }
    return number.substring(0, SHOWN)
        + "*".repeat(number.length() - 2 * SHOWN)
        + tail(number, SHOWN);
  }

  /** The first three and the last four characters of an identifier; of a short one the last two. */
  public static String identifier(String number) {
    if (number.length() < SHOWN_OF_IDENTIFIER + 2 * SHOWN) {
      int shown = number.length() > SHOWN ? 2 : 0;
      return "*".repeat(number.length() - shown) + tail(number, shown);
    }
    return number.substring(0, SHOWN_OF_IDENTIFIER)
        + "*".repeat(number.length() - SHOWN_OF_IDENTIFIER - SHOWN)
        + tail(number, SHOWN);
  }

  private static String tail(String text, int shown) {
    return text.substring(text.length() - shown);
  }
}
