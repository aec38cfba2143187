package org.wagerail.ops.sandbox;

import java.io.PrintWriter;

/**
 * Tells what happens, step by step. On a terminal the step at hand is shown with a bar and then
 * replaced by its result; elsewhere only results are written, a line each.
 */
final class Narrator {
  private static final int BAR = 20;

  private final PrintWriter out;
  private final boolean terminal;
  private final int steps;
  private int step;
  private long begun;

  /**
   * @param terminal whether a line can be written over
   * @param steps how many there will be
   */
  Narrator(PrintWriter out, boolean terminal, int steps) {
    this.out = out;
    this.terminal = terminal;
    this.steps = steps;
  }

  /** Begins a step. */
  void begin(String chinese, String english) {
    step++;
    begun = System.nanoTime();
    if (terminal) {
      int full = BAR * (step - 1) / steps;
      out.print(
          "\r\u001b[K["
              + "#".repeat(full)
              + ".".repeat(BAR - full)
              + "] "
              + chinese
              + " "
              + english
              + " …");
      out.flush();
    }
  }

  /** Ends it with what came of it. */
  void end(String chinese, String english) {
    if (terminal) {
      out.print("\r\u001b[K");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    out.printf("[%2d/%d] %s%n        %s  (%.1f s)%n", step, steps, chinese, english, seconds);
    out.flush();
  }

  /** Adds a detail to the step that ended last. */
  void detail(String chinese, String english) {
    out.println("        · " + chinese);
    out.println("          " + english);
    out.flush();
  }
}
