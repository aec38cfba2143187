package org.wagerail.payroll;

/** Kinds of wage, as the remittance names them. */
public enum RunType {
  REG,
  LEAVER,
  SUPP
}
