package org.wagerail.payroll;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The period and kind of a wage, as the remittance says: {@code /PERIOD/2026-10/RUN/REG}.
 *
 * @param period yyyymm
 */
public record Remittance(int period, RunType runType) {
  private static final Pattern FORM =
      Pattern.compile("/PERIOD/([0-9]{4})-(0[1-9]|1[0-2])/RUN/(REG|LEAVER|SUPP)(/.*)?");

  /** Reads it; null when it says something else. */
  public static @Nullable Remittance read(@Nullable String text) {
    if (text == null) {
      return null;
    }
    // Nearly every line of a file says the same: no pattern for the usual form.
    if (text.length() == 23 && text.startsWith("/PERIOD/") && text.endsWith("/RUN/REG")) {
      int period = number(text, 8, 4) * 100 + number(text, 13, 2);
      int month = period % 100;
      return text.charAt(12) == '-' && period > 0 && month >= 1 && month <= 12
          ? new Remittance(period, RunType.REG)
          : null;
    }
    var match = FORM.matcher(text);
    return match.matches()
        ? new Remittance(
            Integer.parseInt(match.group(1)) * 100 + Integer.parseInt(match.group(2)),
            RunType.valueOf(match.group(3)))
        : null;
  }

  /** Says it again. */
  public static String write(int period, String runType) {
    return "/PERIOD/%04d-%02d/RUN/%s".formatted(period / 100, period % 100, runType);
  }

  private static int number(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1_000_000;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
