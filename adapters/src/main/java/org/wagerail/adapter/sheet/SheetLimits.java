package org.wagerail.adapter.sheet;

import java.time.LocalDate;
import org.wagerail.project.ParameterSet;

/**
 * How large a payroll sheet may be.
 *
 * @param bytes of the file as it comes
 * @param rows wages
 * @param inflated bytes of all parts of a workbook, counted while they are inflated
 * @param entries parts of a workbook
 * @param ratio how many bytes may come of one byte of a part
 * @param cell characters of one cell
 */
public record SheetLimits(long bytes, int rows, long inflated, int entries, int ratio, int cell) {
  /** What an installation begins with, for who judges a file where there is no database. */
  public static final SheetLimits DEFAULT =
      new SheetLimits(20L << 20, 100_000, 400L << 20, 200, 200, 32_767);

  /** The limits that a bank's dated parameters set. */
  public static SheetLimits of(ParameterSet set, LocalDate day) {
    return new SheetLimits(
        set.number("sheet-bytes", day),
        Math.toIntExact(set.number("sheet-rows", day)),
        set.number("sheet-inflated-bytes", day),
        Math.toIntExact(set.number("sheet-entries", day)),
        Math.toIntExact(set.number("sheet-ratio", day)),
        Math.toIntExact(set.number("sheet-cell", day)));
  }
}
