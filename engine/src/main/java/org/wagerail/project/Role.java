package org.wagerail.project;

/** What a person may do here. The names stand in the database and in import files. */
public enum Role {
  /** Of the bank: proposes what is decided about single wages. */
  MAKER,
  /** Of the bank: agrees to what a maker proposed, and proposes nothing. */
  CHECKER,
  /** Of a contractor: hands payrolls in, and signs them where the register says so. */
  CONTRACTOR,
  /** Of the bank: watches the days' work. */
  OPERATOR,
  /** Of the bank: compares the books with others'. */
  RECONCILER,
  /** Reads everything, changes nothing. */
  AUDITOR,
  /** Keeps users. Has no right on money, not even to see it. */
  ADMINISTRATOR
}
