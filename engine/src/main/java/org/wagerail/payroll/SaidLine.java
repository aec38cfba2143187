package org.wagerail.payroll;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A line as the contractor said it, before anything is known of it.
 *
 * @param line ordinal in the file, from 1
 * @param batch ordinal of its batch, from 1
 * @param endToEndRepeated whether an earlier line of the file has the same end-to-end
 *     identification
 * @param idScheme NIDN, CCPT or a proprietary name
 * @param member 12-digit code of the payee's bank
 */
public record SaidLine(
    int line,
    int batch,
    @Nullable String instrId,
    String endToEnd,
    boolean endToEndRepeated,
    @Nullable BigDecimal amount,
    @Nullable String currency,
    @Nullable String member,
    @Nullable String name,
    @Nullable String idScheme,
    @Nullable String idNumber,
    @Nullable String account,
    @Nullable String remittance,
    boolean elsewhere) {
  /** Ten thousand million yuan: the lines of the largest file cannot add beyond a long. */
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

  /**
   * The amount in minor units, or 0 when it is none: missing, not positive, not in cents, too
   * large.
   */
  public long minor() {
    if (amount == null || amount.signum() <= 0) {
      return 0;
    }
    var cents = amount.movePointRight(2).stripTrailingZeros();
    return cents.scale() > 0 || cents.compareTo(MOST) > 0 ? 0 : cents.longValueExact();
  }
}
