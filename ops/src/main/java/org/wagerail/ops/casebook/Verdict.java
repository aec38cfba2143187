package org.wagerail.ops.casebook;

import java.util.List;

/** What became of a case: everything that was compared, in order. */
public record Verdict(String name, String file, List<Compared> compared) {
  /**
   * One expectation beside what came about.
   *
   * @param line of the file that expects it
   * @param what is compared
   */
  public record Compared(int line, String what, String expected, String actual, boolean ok) {}

  public Verdict {
    compared = List.copyOf(compared);
  }

  /** Whether everything came about as expected. */
  public boolean ok() {
    return compared.stream().allMatch(Compared::ok);
  }

  /** What did not. */
  public List<Compared> differences() {
    return compared.stream().filter(c -> !c.ok()).toList();
  }
}
