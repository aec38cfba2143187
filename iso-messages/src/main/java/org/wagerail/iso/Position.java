package org.wagerail.iso;

import org.jspecify.annotations.Nullable;

/**
 * Where in a document reading stands: its open elements, and how far the content of each has come.
 */
final class Position {
  private final Breaches breaches;

  // One entry for each open element of the document; a null shape is skipped over.
  private int depth;
  private final @Nullable Shape[] shapes = new Shape[Walker.DEEPEST];
  private final Shape.@Nullable Slot[] slots = new Shape.Slot[Walker.DEEPEST];
  private final String[] names = new String[Walker.DEEPEST];
  private final int[] ordinals = new int[Walker.DEEPEST];
  private final int[] particles = new int[Walker.DEEPEST];
  private final int[] counts = new int[Walker.DEEPEST];
  private final Shape.@Nullable Slot[] alternatives = new Shape.Slot[Walker.DEEPEST];
  private final boolean[] texts = new boolean[Walker.DEEPEST];

  Position(Breaches breaches) {
    this.breaches = breaches;
  }

  /** Open elements. */
  int depth() {
    return depth;
  }

  /** Shape of the innermost open element; null where it is skipped over. */
  @Nullable Shape shape() {
    return shapes[depth - 1];
  }

  /** Settles the innermost element's shape. */
  void shape(Shape settled) {
    shapes[depth - 1] = settled;
  }

  /** What the innermost open element is to its parent; null where it is skipped over. */
  Shape.@Nullable Slot slot() {
    return slots[depth - 1];
  }

  /** Whether the innermost element's first stray text is this one. */
  boolean firstText() {
    boolean first = !texts[depth - 1];
    texts[depth - 1] = true;
    return first;
  }

  void push(String name, @Nullable Shape shape, Shape.@Nullable Slot slot, int ordinal) {
    names[depth] = name;
    shapes[depth] = shape;
    slots[depth] = slot;
    ordinals[depth] = ordinal;
    particles[depth] = 0;
    counts[depth] = 0;
    alternatives[depth] = null;
    texts[depth] = false;
    depth++;
  }

  void pop() {
    depth--;
  }

  /** Moves the parent's position to this child; returns its ordinal among its like. */
  int place(Shape parent, Shape.Slot slot) {
    int top = depth - 1;
    int at = particles[top];
    if (slot.particle == at && counts[top] > 0) {
      if (alternatives[top] != slot) {
        breaches.find(
            Rule.ELEMENT_UNEXPECTED, Rule.ELEMENT_UNEXPECTED.code(), slot.name, slot.name);
        return 0;
      }
      if (++counts[top] > slot.most) {
        breaches.find(Rule.ELEMENT_REPEATED, Rule.ELEMENT_REPEATED.code(), slot.name, slot.name);
      }
      return counts[top];
    }
    if (slot.particle < at) {
      breaches.find(Rule.ELEMENT_UNEXPECTED, Rule.ELEMENT_UNEXPECTED.code(), slot.name, slot.name);
      return 0;
    }
    missing(parent, slot.particle);
    particles[top] = slot.particle;
    alternatives[top] = slot;
    counts[top] = 1;
    return 1;
  }

  /** Reports what should have stood before this particle. */
  void missing(Shape parent, int before) {
    int top = depth - 1;
    int at = particles[top];
    if (at >= before) {
      return;
    }
    Shape.Slot taken = alternatives[top];
    boolean met = counts[top] > 0;
    if (met && taken != null && counts[top] < taken.least) {
      breaches.find(Rule.ELEMENT_MISSING, Rule.ELEMENT_MISSING.code(), taken.name, taken.name);
    }
    for (int next = parent.nextRequired(met ? at + 1 : at);
        next < before;
        next = parent.nextRequired(next + 1)) {
      String wanted = parent.wanted(next);
      breaches.find(Rule.ELEMENT_MISSING, Rule.ELEMENT_MISSING.code(), wanted, wanted);
    }
  }

  /** The path of the innermost open element, or of its child. */
  String path(@Nullable String child) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      path.append('/').append(names[i]);
      if (ordinals[i] > 0) {
        path.append('[').append(ordinals[i]).append(']');
      }
    }
    if (child != null) {
      path.append('/').append(child);
    }
    return path.isEmpty() ? "/" : path.toString();
  }
}
