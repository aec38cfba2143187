package org.wagerail.iso;

/** What is said of a whole file. */
public enum Verdict {
  /** No finding. */
  VALID,
  /** At least one finding. */
  INVALID,
  /** No grammar for this message or version: nothing was judged. */
  UNSUPPORTED
}
