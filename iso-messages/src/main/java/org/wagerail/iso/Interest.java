package org.wagerail.iso;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants to hear of a message: paths below the document, each with a mark of the
 * reader's own. A path ends in an element, whose value is told, or whose beginning and end are told
 * if it holds elements, or in an attribute ({@code Amt/InstdAmt/@Ccy}). Paths that a version does
 * not have stay silent.
 */
final class Interest {
  static final int NONE = -1;

  private final Map<String, Interest> below = new HashMap<>();
  private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
  private int mark = NONE;

  /** Adds a path; returns this. */
  Interest hear(int mark, String path) {
    Interest at = this;
    for (String name : path.split("/")) {
      at = at.below.computeIfAbsent(name, any -> new Interest());
    }
    at.mark = mark;
    return this;
  }

  @Nullable Interest below(String name) {
    return below.get(name);
  }

  int mark() {
    return mark;
  }

  /** The compiled root of a grammar for this interest. */
  Shape.Slot rootOf(Grammar grammar) {
    Shape shape =
        shapes.computeIfAbsent(grammar.message(), any -> new Shape.Compiler(grammar).compile(this));
    return shape.only();
  }
}
