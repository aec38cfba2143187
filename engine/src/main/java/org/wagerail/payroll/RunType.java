package org.wagerail.payroll;

/** Kinds of wage, as the remittance names them. */
public enum RunType {
  REG,
  LEAVER,
  SUPP;

  /**
   * The kind under which a wage exists once, by the name of its own kind: what a leaver is paid is
   * the wage of that month, and no regular one may stand beside it.
   */
  static String claimed(String runType) {
    return runType.equals(LEAVER.name()) ? REG.name() : runType;
  }
}
