package org.wagerail.trail;

/** What an operator sees of personal data: enough to tell two apart, too little to use. */
final class Mask {
  private static final int SHOWN_OF_ACCOUNT = 4;
  private static final int SHOWN_OF_IDENTIFIER = 3;

  private Mask() {}

  /** The first character of a name. */
  static String name(String name) {
    return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
  }

  /** The last four characters of an account number. */
  static String account(String number) {
    return number.isEmpty() ? "" : "**** " + tail(number, SHOWN_OF_ACCOUNT);
  }

  /** The first three and the last four characters of an identifier; of a short one the last two. */
  static String identifier(String number) {
    return number.length() < SHOWN_OF_IDENTIFIER + 2 * SHOWN_OF_ACCOUNT
        ? "***" + tail(number, 2)
        : number.substring(0, SHOWN_OF_IDENTIFIER)
            + "*".repeat(number.length() - SHOWN_OF_IDENTIFIER - SHOWN_OF_ACCOUNT)
            + tail(number, SHOWN_OF_ACCOUNT);
  }

  /** The end of a text that is longer than what is shown of it. */
  private static String tail(String text, int shown) {
    return text.length() <= shown ? "" : text.substring(text.length() - shown);
  }
}
