package org.wagerail.adapter.sheet;

/**
 * One cell as the file has it.
 *
 * @param text the text, or a number as it is written in the file; of a formula what it was worth
 */
record Cell(Kind kind, String text) {
  enum Kind {
    EMPTY,
    TEXT,
    NUMBER,
    FORMULA,
    /** An error of a computation, or a truth value. */
    OTHER
  }

  static final Cell NOTHING = new Cell(Kind.EMPTY, "");

  static Cell text(String text) {
    return text.isEmpty() ? NOTHING : new Cell(Kind.TEXT, text);
  }

  boolean isBlank() {
    return kind == Kind.EMPTY || (kind == Kind.TEXT && text.isBlank());
  }
}
