package org.wagerail.ops.casebook;

import org.wagerail.money.Money;

/** Amounts as a case shows them: yuan with two decimals. */
final class Amounts {
  private Amounts() {}

  static String text(long minor) {
    return minor < 0 ? "-" + Money.format(-minor, 2) : Money.format(minor, 2);
  }
}
