package org.wagerail.adapter.sheet;

/** How a text goes into a file that a spreadsheet will open. */
final class Exported {
  private static final String STARTS = "=+-@\t\r\n\0";

  private Exported() {}

  /** Quotes what a spreadsheet would take for a formula; nobody's text is ever computed. */
  static String text(String text) {
    return !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
