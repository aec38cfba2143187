package org.wagerail.iso;

/** Where we accept what a strict reading of XML or the schema does not; there are no others. */
public enum Leniency {
  /** A UTF-8 byte order mark before the declaration is stripped. */
  BYTE_ORDER_MARK,
  /**
   * The document may stand inside a wrapper or beside a business application header; only the
   * document is judged, the rest must be well-formed.
   */
  ENVELOPE,
  /**
   * Lengths count characters, as XML Schema defines them, not UTF-16 units: a rare Chinese
   * character counts once.
   */
  CHARACTERS_NOT_UNITS
}
