package org.wagerail.project;

/** The 12-digit code of a bank's branch in domestic clearing (CNAPS). */
public final class BankCode {
  private BankCode() {}

  /**
   * Whether the text has the form; its check digit is not publicly specified, so it is not tried.
   */
  public static boolean accepts(String text) {
    if (text.length() != 12) {
      return false;
    }
    for (int i = 0; i < 12; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
