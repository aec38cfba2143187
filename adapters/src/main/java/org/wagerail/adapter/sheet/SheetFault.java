package org.wagerail.adapter.sheet;

/** A file cannot be read on: what follows cannot be trusted or told apart. */
final class SheetFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final SheetRule rule;
  private final int row;
  private final String detail;

  SheetFault(SheetRule rule, int row, String detail) {
    super(rule.name() + " " + detail, null, false, false);
    this.rule = rule;
    this.row = row;
    this.detail = detail;
  }

  SheetFault(SheetRule rule, String detail) {
    this(rule, 0, detail);
  }

  SheetRule rule() {
    return rule;
  }

  /** Row of the sheet, from 1; 0 where the file as a whole is meant. */
  int row() {
    return row;
  }

  String detail() {
    return detail;
  }
}
