package org.wagerail.iso;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type of a grammar, compiled for one place of one reader: the element's name leads by one table
 * look-up to its place in the sequence, its own shape and the reader's mark.
 */
final class Shape {
  /** Shape of whatever stands where any element may stand: nothing in it is known. */
  static final Shape ANYTHING = new Shape("", null, List.of());

  static final Slot ANY_ELEMENT = new Slot("*", 0, 0, Grammar.UNBOUNDED, ANYTHING, Interest.NONE);

  /** What an element may be at this place. */
  static final class Slot {
    final String name;
    final int particle;
    final int least;
    final int most;
    final int mark;
    final byte[] bytes;
    Shape shape;

    Slot(String name, int particle, int least, int most, Shape shape, int mark) {
      this.name = name;
      this.particle = particle;
      this.least = least;
      this.most = most;
      this.shape = shape;
      this.mark = mark;
      this.bytes = name.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An attribute with the reader's mark. */
  record Attribute(Grammar.Attribute declared, int mark) {}

  final String type;
  final @Nullable SimpleType simple;
  final List<Attribute> attributes;

  /** Particles that must occur, and for each position the next of them. */
  private boolean[] required = {};

  private int[] nextRequired = {0};
  private Slot[] byParticle = {};
  private Slot[] table = {};
  private int any = -1;
  private @Nullable Slot anySlot;

  private Shape(String type, @Nullable SimpleType simple, List<Attribute> attributes) {
    this.type = type;
    this.simple = simple;
    this.attributes = attributes;
  }

  /** The shape of a type of XML Schema itself, where the grammar knows its base; else null. */
  static @Nullable Shape builtIn(String type) {
    SimpleType.Base base = SimpleType.Base.named(type);
    return base == null ? null : new Shape(type, SimpleType.builtIn(type, base), List.of());
  }

  /** The slot of a child by its local name, or null. */
  @Nullable Slot find(String name) {
    int mask = table.length - 1;
    if (mask < 0) {
      return null;
    }
    int at = name.hashCode() & mask;
    Slot slot = table[at];
    while (slot != null) {
      if (slot.name.equals(name)) {
        return slot;
      }
      at = (at + 1) & mask;
      slot = table[at];
    }
    return null;
  }

  int particles() {
    return required.length;
  }

  boolean required(int particle) {
    return required[particle];
  }

  /** The first particle from this one on that must occur; {@link #particles()} if none. */
  int nextRequired(int from) {
    return nextRequired[from];
  }

  /** Name of the element that a particle asks for; of a choice, all of them. */
  String wanted(int particle) {
    if (particle == any) {
      return "*";
    }
    StringBuilder names = new StringBuilder();
    for (Slot slot : byParticle) {
      if (slot.particle == particle) {
        names.append(names.isEmpty() ? "" : "|").append(slot.name);
      }
    }
    return names.toString();
  }

  /** Position of the particle that takes any element, or -1. */
  int any() {
    return any;
  }

  /** The slot of that particle. */
  Slot anySlot() {
    if (anySlot == null) {
      throw new IllegalStateException("no wildcard in " + type);
    }
    return anySlot;
  }

  /** The only child of a root's shape. */
  Slot only() {
    return byParticle[0];
  }

  private void lay(List<Grammar.Particle> particles, List<Slot> slots) {
    int n = particles.size();
    required = new boolean[n];
    nextRequired = new int[n + 1];
    nextRequired[n] = n;
    for (int i = n - 1; i >= 0; i--) {
      required[i] = particles.get(i).least() > 0;
      nextRequired[i] = required[i] ? i : nextRequired[i + 1];
      if (particles.get(i).any()) {
        any = i;
        anySlot = new Slot("*", i, 1, particles.get(i).most(), ANYTHING, Interest.NONE);
      }
    }
    byParticle = slots.toArray(Slot[]::new);
    if (!slots.isEmpty()) {
      table = new Slot[Integer.highestOneBit(slots.size() * 4)];
    }
    for (Slot slot : slots) {
      int at = slot.name.hashCode() & (table.length - 1);
      while (table[at] != null) {
        at = (at + 1) & (table.length - 1);
      }
      table[at] = slot;
    }
  }

  /** Compiles a grammar under a reader's interest; types nobody listens to are shared. */
  static final class Compiler {
    private final Grammar grammar;
    private final Map<String, Shape> unheard = new HashMap<>();

    Compiler(Grammar grammar) {
      this.grammar = grammar;
    }

    Shape compile(Interest interest) {
      Grammar.Element root = grammar.root();
      Shape top = new Shape("", null, List.of());
      Slot slot = new Slot(root.name(), 0, 1, 1, shape(root.type(), interest), Interest.NONE);
      top.lay(List.of(new Grammar.Particle(1, 1, List.of(root), false)), List.of(slot));
      return top;
    }

    /** The shape of a named type that nobody listens to. */
    Shape shape(String type) {
      return shape(type, null);
    }

    private Shape shape(String type, @Nullable Interest interest) {
      if (interest == null) {
        Shape known = unheard.get(type);
        if (known != null) {
          return known;
        }
      }
      Grammar.Structure structure = grammar.structure(type);
      Shape shape = structure == null ? leaf(type, interest) : new Shape(type, null, List.of());
      if (interest == null) {
        unheard.put(type, shape);
      }
      if (structure != null) {
        fill(shape, structure, interest);
      }
      return shape;
    }

    private void fill(Shape shape, Grammar.Structure structure, @Nullable Interest interest) {
      List<Grammar.Particle> particles = structure.particles();
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < particles.size(); i++) {
        for (Grammar.Element element : particles.get(i).alternatives()) {
          Interest inner = interest == null ? null : interest.below(element.name());
          slots.add(
              new Slot(
                  element.name(),
                  i,
                  element.least(),
                  element.most(),
                  shape(element.type(), inner),
                  inner == null ? Interest.NONE : inner.mark()));
        }
      }
      shape.lay(particles, slots);
    }

    private Shape leaf(String type, @Nullable Interest interest) {
      SimpleType simple = grammar.simple(type);
      if (simple != null) {
        return new Shape(type, simple, List.of());
      }
      Grammar.Value value = grammar.value(type);
      if (value == null) {
        throw new IllegalStateException(grammar.message() + " lacks type " + type);
      }
      List<Attribute> attributes =
          value.attributes().stream()
              .map(
                  each -> {
                    Interest at = interest == null ? null : interest.below("@" + each.name());
                    return new Attribute(each, at == null ? Interest.NONE : at.mark());
                  })
              .toList();
      return new Shape(type, value.type(), attributes);
    }
  }
}
