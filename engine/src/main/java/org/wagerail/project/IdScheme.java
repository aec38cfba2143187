package org.wagerail.project;

import java.util.Locale;
import java.util.regex.Pattern;

/** The kinds of identifier a party has. The names stand in the database and in import files. */
public enum IdScheme {
  RESIDENT_ID("[0-9]{17}[0-9X]"),
  /** Any state's passport: an ICAO document number. */
  PASSPORT("[A-Z0-9]{5,15}"),
  /** Mainland travel permit of residents of Hong Kong (H) and Macau (M), with its issue count. */
  HK_MACAU_PERMIT("[HM][0-9]{8}([0-9]{2})?"),
  /** Mainland travel permit of residents of Taiwan, with its issue count. */
  TAIWAN_PERMIT("[0-9]{8}([0-9]{2})?"),
  USCC("[0-9A-Z]{18}");

  private final Pattern form;

  IdScheme(String form) {
    this.form = Pattern.compile(form);
  }

  /** Whether it identifies a natural person. */
  public boolean isPerson() {
    return this != USCC;
  }

  /** One form for one identifier: no blanks around it, capitals. */
  public static String normal(String number) {
    return number.strip().toUpperCase(Locale.ROOT);
  }

  /** Whether a normal number has the scheme's form and check character. */
  public boolean accepts(String number) {
    return form.matcher(number).matches()
        && switch (this) {
          case RESIDENT_ID -> ResidentId.flaw(number) == null;
          case USCC -> UnifiedSocialCreditCode.flaw(number) == null;
          case PASSPORT, HK_MACAU_PERMIT, TAIWAN_PERMIT -> true;
        };
  }
}
