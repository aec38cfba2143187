package org.wagerail.iso;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of one message version, read from its text resource. Types are kept by name; {@link
 * Shape} compiles them for a reader.
 *
 * <p>The notation, one declaration a line, children indented by two spaces:
 *
 * <pre>
 * message pain.001.001.09               name of the version
 * namespace urn:…                       namespace of its elements
 * root Document Document                root element and its type
 * string Max35Text 1..35                simple type: base, name, then facets:
 *   1..35                                 least and most characters (bytes of base64)
 *   digits 18 fraction 5                  most digits in all and in the fraction
 *   least 0 most 9                        bounds, inclusive
 *   one of AAAA BBBB                      allowed codes
 *   pattern [A-Z]{3,3}                    required form, to the end of the line
 * value Amount Amount_Simple @Ccy Code  simple type with attributes; @Ccy? is optional
 * sequence Party                        elements in this order
 *   Nm? Max140Text                        ? at most once, * any number, + at least once, {0,2}
 *   choice                                one of the elements below it
 *     Cd Code4
 *     Prtry Max35Text
 *   any                                   any one element
 * choice Status                         one of these elements
 *   Cd Code4
 * </pre>
 */
final class Grammar {
  static final String NAMESPACE_PREFIX = "urn:iso:std:iso:20022:tech:xsd:";
  static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final Pattern MESSAGE = Pattern.compile("[a-z]{4}\\.\\d{3}\\.\\d{3}\\.\\d{2}");
  private static final Map<String, Grammar> READ = new ConcurrentHashMap<>();

  /** An element as its parent's type declares it. */
  record Element(String name, int least, int most, String type) {}

  /** One place in a sequence: an element, a choice of elements, or any element at all. */
  record Particle(int least, int most, List<Element> alternatives, boolean any) {}

  record Attribute(String name, boolean required, SimpleType type) {}

  /** A type with elements in it. */
  record Structure(String name, List<Particle> particles) {}

  /** A simple value that carries attributes. */
  record Value(String name, SimpleType type, List<Attribute> attributes) {}

  private final Map<String, SimpleType> simple = new HashMap<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Structure> structures = new HashMap<>();
  private final String message;
  private String namespace = "";
  private @Nullable Element root;

  private Grammar(String message) {
    this.message = message;
  }

  /** The grammar whose documents have this namespace, or null if there is none. */
  static @Nullable Grammar ofNamespace(@Nullable String namespace) {
    if (namespace == null || !namespace.startsWith(NAMESPACE_PREFIX)) {
      return null;
    }
    return ofMessage(namespace.substring(NAMESPACE_PREFIX.length()));
  }

  /** The grammar of a message version such as {@code pain.001.001.09}, or null. */
  static @Nullable Grammar ofMessage(String message) {
    Grammar known = READ.get(message);
    if (known != null || !MESSAGE.matcher(message).matches()) {
      return known;
    }
    InputStream resource = Grammar.class.getResourceAsStream("grammar/" + message + ".grammar");
    if (resource == null) {
      return null;
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      Grammar grammar = new Grammar(message);
      grammar.read(lines.lines().toList());
      READ.put(message, grammar);
      return grammar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String message() {
    return message;
  }

  String namespace() {
    return namespace;
  }

  Element root() {
    if (root == null) {
      throw new IllegalStateException("grammar without root: " + message);
    }
    return root;
  }

  @Nullable SimpleType simple(String type) {
    return simple.get(type);
  }

  @Nullable Value value(String type) {
    return values.get(type);
  }

  @Nullable Structure structure(String type) {
    return structures.get(type);
  }

  boolean declares(String type) {
    return simple.containsKey(type) || values.containsKey(type) || structures.containsKey(type);
  }

  private void read(List<String> lines) {
    for (int i = 0; i < lines.size(); ) {
      String line = lines.get(i++);
      if (line.isBlank()) {
        continue;
      }
      String[] words = line.split(" ");
      switch (words[0]) {
        case "message" -> require(words[1].equals(message), line);
        case "namespace" -> namespace = words[1];
        case "root" -> root = new Element(words[1], 1, 1, words[2]);
        case "value" -> readValue(words, line);
        case "sequence", "choice" -> i = readStructure(words, lines, i);
        default -> simple.put(words[1], readSimple(words, line));
      }
    }
  }

  private SimpleType readSimple(String[] words, String line) {
    SimpleType.Base base = SimpleType.Base.named(words[0]);
    if (base == null) {
      throw malformed(line);
    }
    int least = 0;
    int most = -1;
    int digits = -1;
    int fraction = -1;
    BigDecimal minimum = null;
    BigDecimal maximum = null;
    Set<String> codes = new LinkedHashSet<>();
    String pattern = null;
    for (int i = 2; i < words.length; i++) {
      switch (words[i]) {
        case "digits" -> digits = Integer.parseInt(words[++i]);
        case "fraction" -> fraction = Integer.parseInt(words[++i]);
        case "least" -> minimum = new BigDecimal(words[++i]);
        case "most" -> maximum = new BigDecimal(words[++i]);
        case "one" -> i++;
        case "pattern" -> {
          pattern = line.substring(line.indexOf(" pattern ") + " pattern ".length());
          i = words.length;
        }
        default -> {
          int dots = words[i].indexOf("..");
          if (dots < 0) {
            codes.add(words[i]);
          } else {
            least = Integer.parseInt(words[i].substring(0, dots));
            String end = words[i].substring(dots + 2);
            most = end.equals("*") ? -1 : Integer.parseInt(end);
          }
        }
      }
    }
    return new SimpleType(
        words[1],
        base,
        new SimpleType.Facets(least, most, digits, fraction, minimum, maximum, codes, pattern));
  }

  private void readValue(String[] words, String line) {
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 3; i < words.length; i += 2) {
      require(words[i].startsWith("@"), line);
      boolean optional = words[i].endsWith("?");
      String name = words[i].substring(1, words[i].length() - (optional ? 1 : 0));
      attributes.add(new Attribute(name, !optional, known(words[i + 1], line)));
    }
    values.put(words[1], new Value(words[1], known(words[2], line), List.copyOf(attributes)));
  }

  private int readStructure(String[] words, List<String> lines, int from) {
    List<Particle> particles = new ArrayList<>();
    List<Element> alternatives = new ArrayList<>();
    Occurs choice = words[0].equals("choice") ? Occurs.of("") : null;
    int i = from;
    for (; i < lines.size() && lines.get(i).startsWith("  "); i++) {
      String line = lines.get(i);
      boolean inner = line.startsWith("    ");
      String[] parts = line.strip().split(" ");
      Occurs occurs = Occurs.of(parts[0]);
      if (words[0].equals("sequence") && !inner && choice != null) {
        particles.add(choice(choice, alternatives));
        choice = null;
      }
      if (parts.length == 1 && occurs.name.equals("choice")) {
        choice = occurs;
        alternatives = new ArrayList<>();
      } else if (parts.length == 1 && occurs.name.equals("any")) {
        particles.add(new Particle(occurs.least, occurs.most, List.of(), true));
      } else {
        require(parts.length == 2, line);
        Element element = new Element(occurs.name, occurs.least, occurs.most, parts[1]);
        if (choice != null) {
          alternatives.add(element);
        } else {
          particles.add(new Particle(occurs.least, occurs.most, List.of(element), false));
        }
      }
    }
    if (choice != null) {
      particles.add(choice(choice, alternatives));
    }
    structures.put(words[1], new Structure(words[1], List.copyOf(particles)));
    return i;
  }

  /** A choice may be left out if one of its alternatives may. */
  private static Particle choice(Occurs occurs, List<Element> alternatives) {
    require(occurs.most == 1, "choice occurs more than once");
    boolean optional = alternatives.stream().anyMatch(each -> each.least() == 0);
    return new Particle(optional ? 0 : occurs.least, 1, List.copyOf(alternatives), false);
  }

  private SimpleType known(String type, String line) {
    SimpleType known = simple.get(type);
    if (known == null) {
      throw malformed(line);
    }
    return known;
  }

  private static void require(boolean condition, String line) {
    if (!condition) {
      throw malformed(line);
    }
  }

  private static IllegalStateException malformed(String line) {
    return new IllegalStateException("malformed grammar line: " + line);
  }

  /** A name with its mark: none (once), ? * + or {m,n}. */
  private record Occurs(String name, int least, int most) {
    static Occurs of(String word) {
      if (word.endsWith("?")) {
        return new Occurs(word.substring(0, word.length() - 1), 0, 1);
      }
      if (word.endsWith("*")) {
        return new Occurs(word.substring(0, word.length() - 1), 0, UNBOUNDED);
      }
      if (word.endsWith("+")) {
        return new Occurs(word.substring(0, word.length() - 1), 1, UNBOUNDED);
      }
      if (word.endsWith("}")) {
        int open = word.indexOf('{');
        String[] bounds = word.substring(open + 1, word.length() - 1).split(",");
        int most = bounds[1].equals("*") ? UNBOUNDED : Integer.parseInt(bounds[1]);
        return new Occurs(word.substring(0, open), Integer.parseInt(bounds[0]), most);
      }
      return new Occurs(word, 1, 1);
    }
  }
}
