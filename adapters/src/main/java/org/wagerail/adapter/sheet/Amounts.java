package org.wagerail.adapter.sheet;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand in the column of amounts. Nothing is rounded, and nothing is guessed. */
final class Amounts {
  /**
   * Digits before the point; a spreadsheet's number keeps cents exactly as long as there are so.
   */
  private static final int MOST_DIGITS = 13;

  private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]{1,2})?");

  private Amounts() {}

  /**
   * An amount, or why there is none.
   *
   * @param value in currency units
   */
  record Read(@Nullable BigDecimal value, @Nullable SheetRule flaw) {}

  /** Reads a cell that is not blank. */
  static Read of(Cell cell) {
    return switch (cell.kind()) {
      case TEXT -> text(cell.text().strip());
      case NUMBER -> number(cell.text());
      case FORMULA -> new Read(null, SheetRule.CELL_FORMULA);
      case EMPTY, OTHER -> new Read(null, SheetRule.AMOUNT_FORMAT);
    };
  }

  private static Read text(String text) {
    if (text.startsWith("=")) {
      return new Read(null, SheetRule.CELL_FORMULA);
    }
    return FORM.matcher(text).matches()
        ? limited(new BigDecimal(text))
        : new Read(null, SheetRule.AMOUNT_FORMAT);
  }

  /**
   * A number cell is a binary fraction, written with all the digits it takes to tell it from its
   * neighbours: 1.1 stands there as 1.1000000000000001. What the contractor entered is the shortest
   * decimal that means the same fraction.
   */
  private static Read number(String raw) {
    double number;
    try {
      number = Double.parseDouble(raw);
    } catch (NumberFormatException e) {
      return new Read(null, SheetRule.AMOUNT_FORMAT);
    }
    if (!(number >= 0) || Double.isInfinite(number)) {
      return new Read(null, SheetRule.AMOUNT_FORMAT);
    }
    var exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return exact.scale() > 2 ? new Read(null, SheetRule.AMOUNT_FORMAT) : limited(exact);
  }

  private static Read limited(BigDecimal value) {
    return value.precision() - value.scale() > MOST_DIGITS
        ? new Read(null, SheetRule.AMOUNT_LIMIT)
        : new Read(value.setScale(2), null);
  }
}
