package org.wagerail.ops.casebook;

/** What is wrong with the words of a case, and where. */
public final class GrammarFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String english;
  private final String chinese;

  /**
   * @param line of the file, from 1
   */
  GrammarFault(String file, int line, String english, String chinese) {
    super(file + ":" + line + ": " + chinese + " / " + english);
    this.line = line;
    this.english = english;
    this.chinese = chinese;
  }

  public int line() {
    return line;
  }

  public String english() {
    return english;
  }

  public String chinese() {
    return chinese;
  }
}
