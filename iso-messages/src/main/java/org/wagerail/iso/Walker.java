package org.wagerail.iso;

import com.fasterxml.aalto.UncheckedStreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file and judges it against its grammar in the same pass. A step is one event of the
 * parser; after a breach it goes on where the grammar can be picked up again, so that all findings
 * of a file come out together. Memory is bounded by depth and by the longest text, never by the
 * file.
 */
final class Walker implements AutoCloseable {
  static final int DEEPEST = 64;
  static final int LONGEST_TEXT = 64 * 1024;
  static final int MOST_ATTRIBUTES = 64;
  static final int MOST_NAMESPACES = 32;

  private static final String XSD = "http://www.w3.org/2001/XMLSchema";
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private final InputStream in;
  private final Interest interest;
  private final String expected;
  private final Sink sink;
  private final @Nullable CanonicalHash hash;
  private final Findings findings = new Findings();

  private @Nullable XmlSource source;
  private @Nullable Grammar grammar;
  private Shape.@Nullable Compiler compiler;
  private String namespace = "";
  private @Nullable String message;
  private boolean done;

  /** Elements open around the document, and the name of the outermost. */
  private int outside;

  private String root = "";

  private boolean documentSeen;

  // One entry for each open element of the document; a null shape is skipped over.
  private int depth;
  private final @Nullable Shape[] shapes = new Shape[DEEPEST];
  private final Shape.@Nullable Slot[] slots = new Shape.Slot[DEEPEST];
  private final String[] names = new String[DEEPEST];
  private final int[] ordinals = new int[DEEPEST];
  private final int[] particles = new int[DEEPEST];
  private final int[] counts = new int[DEEPEST];
  private final Shape.@Nullable Slot[] alternatives = new Shape.Slot[DEEPEST];
  private final boolean[] texts = new boolean[DEEPEST];

  private final Names strangers = new Names();
  private char[] text = new char[512];
  private int textLength;
  private boolean leaf;

  /** Depth of the element that the hash leaves out, or 0. */
  private int silent;

  /**
   * @param expected beginning of the message names that the caller can use; empty for any
   */
  Walker(
      InputStream in, String expected, Interest interest, Sink sink, @Nullable CanonicalHash hash) {
    this.in = in;
    this.expected = expected;
    this.interest = interest;
    this.sink = sink;
    this.hash = hash;
  }

  /**
   * Takes one step.
   *
   * @return false at the end of the file, or where reading had to stop
   * @throws UncheckedIOException if the stream itself fails
   */
  boolean advance() {
    if (done) {
      return false;
    }
    try {
      step();
    } catch (Unreadable e) {
      stop(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XMLStreamException | UncheckedStreamException e) {
      stop(Unreadable.of(e));
    }
    done |= findings.fatal();
    return !done;
  }

  Report report() {
    return findings.report(message);
  }

  /** Line of the element at hand. */
  int line() {
    return source == null ? 0 : source.line();
  }

  /** Adds a finding of the reader's own about something below the element at hand. */
  void find(int line, Rule rule, String below, String detail) {
    find(line, rule, rule.code(), below, detail);
  }

  @Override
  public void close() {
    done = true;
    try {
      if (source != null) {
        source.close();
      }
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XMLStreamException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private void step() throws IOException, XMLStreamException {
    if (source == null) {
      source = XmlSource.open(in);
    }
    XMLStreamReader events = source.reader();
    if (!events.hasNext()) {
      finish();
      return;
    }
    switch (source.next()) {
      case XMLStreamConstants.START_ELEMENT -> start(events);
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          characters(events);
      case XMLStreamConstants.DTD -> stop(Rule.XML_DTD_FORBIDDEN, "");
      case XMLStreamConstants.ENTITY_REFERENCE ->
          stop(Rule.XML_NOT_WELL_FORMED, "&" + events.getLocalName() + ";");
      case XMLStreamConstants.END_DOCUMENT -> finish();
      default -> {
        // Comments and processing instructions say nothing.
      }
    }
  }

  private void finish() {
    done = true;
    if (!documentSeen && message == null) {
      find(Rule.MESSAGE_UNSUPPORTED, root);
    }
  }

  private void stop(Rule rule, String detail) {
    find(rule, detail);
    done = true;
  }

  /** Before there is a parser, the breach is in the first line, unless there is none. */
  private void stop(Unreadable breach) {
    int line = source != null ? source.reached() : breach.rule() == Rule.FILE_EMPTY ? 0 : 1;
    find(line, breach.rule(), breach.rule().code(), null, breach.detail());
    done = true;
  }

  private void start(XMLStreamReader events) {
    if (depth + outside >= DEEPEST) {
      stop(Rule.XML_TOO_DEEP, String.valueOf(DEEPEST));
      return;
    }
    if (events.getAttributeCount() > MOST_ATTRIBUTES
        || events.getNamespaceCount() > MOST_NAMESPACES) {
      stop(Rule.XML_TOO_MANY_ATTRIBUTES, MOST_ATTRIBUTES + "/" + MOST_NAMESPACES);
      return;
    }
    for (int i = events.getNamespaceCount() - 1; i >= 0; i--) {
      if (!Names.isBinding(events.getNamespacePrefix(i), events.getNamespaceURI(i))) {
        String prefix = events.getNamespacePrefix(i);
        stop(Rule.XML_NOT_WELL_FORMED, prefix == null ? "xmlns" : "xmlns:" + prefix);
        return;
      }
      strange(events.getNamespacePrefix(i));
    }
    String name = events.getLocalName();
    if (depth == 0) {
      startOutside(events, name);
      return;
    }
    flushLooseText();
    Shape parent = shapes[depth - 1];
    if (parent == null) {
      strange(events, name);
      push(name, null, null, 0);
      return;
    }
    String uri = events.getNamespaceURI();
    boolean own = namespace.equals(uri);
    if (parent == Shape.ANYTHING) {
      if (!Names.isName(name)) {
        stop(Rule.XML_NOT_WELL_FORMED, name);
        return;
      }
      strange(events, name);
      open(events, name, Shape.ANY_ELEMENT, loose(name, own), 0);
      return;
    }
    Shape.Slot slot = parent.find(name);
    if (slot != null && own) {
      int ordinal = place(parent, slot);
      open(events, name, slot, slot.shape, slot.most > 1 ? ordinal : 0);
    } else if (parent.any() >= 0) {
      strange(events, name);
      place(parent, parent.anySlot());
      open(events, name, Shape.ANY_ELEMENT, loose(name, own), 0);
    } else if (slot != null) {
      int ordinal = place(parent, slot);
      find(Rule.NAMESPACE, Rule.NAMESPACE.code(), name, uri == null ? "" : uri);
      push(name, null, null, slot.most > 1 ? ordinal : 0);
    } else {
      strange(events, name);
      find(Rule.ELEMENT_UNEXPECTED, Rule.ELEMENT_UNEXPECTED.code(), name, name);
      push(name, null, null, 0);
    }
  }

  private void strange(XMLStreamReader events, String name) {
    strange(name);
    for (int i = events.getAttributeCount() - 1; i >= 0; i--) {
      strange(events.getAttributeLocalName(i));
    }
  }

  private void strange(@Nullable String name) {
    if (name != null && strangers.tooMany(name)) {
      stop(Rule.XML_TOO_MANY_NAMES, String.valueOf(Names.MOST_STRANGE));
    }
  }

  private void startOutside(XMLStreamReader events, String name) {
    String uri = events.getNamespaceURI();
    Grammar found = Grammar.ofNamespace(uri);
    if (!name.equals("Document")) {
      if (outside == 0 && found != null) {
        message = found.message();
        find(Rule.ELEMENT_UNEXPECTED, Rule.ELEMENT_UNEXPECTED.code(), name, name);
        push(name, null, null, 0);
      } else {
        if (outside == 0) {
          root = name;
        }
        strange(events, name);
        outside++;
      }
      return;
    }
    if (documentSeen) {
      stop(Rule.MESSAGE_REPEATED, "");
      return;
    }
    documentSeen = true;
    if (found == null) {
      message = nameOf(uri);
      stop(Rule.MESSAGE_UNSUPPORTED, uri == null || uri.isEmpty() ? name : uri);
      return;
    }
    message = found.message();
    if (!message.startsWith(expected)) {
      stop(Rule.MESSAGE_OTHER, message);
      return;
    }
    grammar = found;
    namespace = found.namespace();
    compiler = new Shape.Compiler(found);
    if (hash != null) {
      hash.add(CanonicalHash.NAMESPACE, namespace);
    }
    Shape.Slot root = interest.rootOf(found);
    open(events, name, root, root.shape, 0);
  }

  private static @Nullable String nameOf(@Nullable String uri) {
    return uri != null && uri.startsWith(Grammar.NAMESPACE_PREFIX)
        ? uri.substring(Grammar.NAMESPACE_PREFIX.length())
        : null;
  }

  /** What an element is where anything may stand: only the document itself is known there. */
  private Shape loose(String name, boolean own) {
    return own && grammar != null && compiler != null && name.equals(grammar.root().name())
        ? compiler.shape(grammar.root().type())
        : Shape.ANYTHING;
  }

  /** Moves the parent's position to this child; returns its ordinal among its like. */
  private int place(Shape parent, Shape.Slot slot) {
    int top = depth - 1;
    int at = particles[top];
    if (slot.particle == at && counts[top] > 0) {
      if (alternatives[top] != slot) {
        find(Rule.ELEMENT_UNEXPECTED, Rule.ELEMENT_UNEXPECTED.code(), slot.name, slot.name);
        return 0;
      }
      if (++counts[top] > slot.most) {
        find(Rule.ELEMENT_REPEATED, Rule.ELEMENT_REPEATED.code(), slot.name, slot.name);
      }
      return counts[top];
    }
    if (slot.particle < at) {
      find(Rule.ELEMENT_UNEXPECTED, Rule.ELEMENT_UNEXPECTED.code(), slot.name, slot.name);
      return 0;
    }
    missing(parent, slot.particle);
    particles[top] = slot.particle;
    alternatives[top] = slot;
    counts[top] = 1;
    return 1;
  }

  /** Reports what should have stood before this particle. */
  private void missing(Shape parent, int before) {
    int top = depth - 1;
    int at = particles[top];
    if (at >= before) {
      return;
    }
    Shape.Slot taken = alternatives[top];
    boolean met = counts[top] > 0;
    if (met && taken != null && counts[top] < taken.least) {
      find(Rule.ELEMENT_MISSING, Rule.ELEMENT_MISSING.code(), taken.name, taken.name);
    }
    for (int next = parent.nextRequired(met ? at + 1 : at);
        next < before;
        next = parent.nextRequired(next + 1)) {
      String wanted = parent.wanted(next);
      find(Rule.ELEMENT_MISSING, Rule.ELEMENT_MISSING.code(), wanted, wanted);
    }
  }

  private void push(String name, @Nullable Shape shape, Shape.@Nullable Slot slot, int ordinal) {
    names[depth] = name;
    shapes[depth] = shape;
    slots[depth] = slot;
    ordinals[depth] = ordinal;
    particles[depth] = 0;
    counts[depth] = 0;
    alternatives[depth] = null;
    texts[depth] = false;
    depth++;
    textLength = 0;
    leaf = true;
  }

  private void open(
      XMLStreamReader events, String name, Shape.Slot slot, Shape declared, int ordinal) {
    push(name, declared, slot, ordinal);
    if (hash != null) {
      if (silent == 0 && slot.mark != Interest.NONE && !sink.hashed(slot.mark)) {
        silent = depth;
      }
      if (silent == 0) {
        hashStart(events, name, slot);
      }
    }
    if (events.getAttributeCount() > 0 || !declared.attributes.isEmpty()) {
      shapes[depth - 1] = attributes(events, declared);
    }
    if (slot.mark != Interest.NONE && declared.simple == null) {
      sink.begin(slot.mark);
    }
  }

  /** Checks the attributes; returns the shape, which {@code xsi:type} may have settled. */
  private Shape attributes(XMLStreamReader events, Shape declared) {
    Shape shape = declared;
    int count = events.getAttributeCount();
    for (int i = 0; i < count; i++) {
      if (XSI.equals(events.getAttributeNamespace(i))
          && events.getAttributeLocalName(i).equals("type")) {
        shape = ofType(events, declared, events.getAttributeValue(i));
      }
    }
    if (shape == Shape.ANYTHING) {
      for (int i = 0; i < count; i++) {
        looseAttribute(events, i);
      }
    } else {
      for (int i = 0; i < count; i++) {
        if (declared == Shape.ANYTHING
            && XSI.equals(events.getAttributeNamespace(i))
            && events.getAttributeLocalName(i).equals("nil")) {
          looseAttribute(events, i);
        } else {
          attribute(events, shape, i);
        }
      }
      for (Shape.Attribute wanted : shape.attributes) {
        Grammar.Attribute attribute = wanted.declared();
        if (attribute.required() && events.getAttributeValue("", attribute.name()) == null) {
          find(
              Rule.ATTRIBUTE_MISSING,
              Rule.ATTRIBUTE_MISSING.code(),
              "@" + attribute.name(),
              attribute.name());
        }
      }
    }
    if (hash != null && silent == 0) {
      hash.attributes(events, XSI);
    }
    return shape;
  }

  private void attribute(XMLStreamReader events, Shape shape, int index) {
    String name = events.getAttributeLocalName(index);
    String uri = events.getAttributeNamespace(index);
    if (uri == null || uri.isEmpty()) {
      for (Shape.Attribute each : shape.attributes) {
        if (each.declared().name().equals(name)) {
          value(each, events.getAttributeValue(index));
          return;
        }
      }
    } else if (uri.equals(XSI) && isHint(name)) {
      hint(name, events.getAttributeValue(index));
      return;
    }
    strange(name);
    find(Rule.ATTRIBUTE_UNEXPECTED, Rule.ATTRIBUTE_UNEXPECTED.code(), "@" + name, name);
  }

  /** Where anything may stand, only what the schema language itself means is checked. */
  private void looseAttribute(XMLStreamReader events, int index) {
    String name = events.getAttributeLocalName(index);
    String value = events.getAttributeValue(index);
    if (!Names.isName(name)) {
      stop(Rule.XML_NOT_WELL_FORMED, name);
    } else if (XSI.equals(events.getAttributeNamespace(index))) {
      if (name.equals("nil")) {
        String flag = value.strip();
        if (!Lexical.isBoolean(flag.toCharArray(), 0, flag.length())) {
          find(Rule.BOOLEAN_FORMAT, Rule.BOOLEAN_FORMAT.code(), "@" + name, value);
        }
      } else if (isHint(name)) {
        hint(name, value);
      }
    }
  }

  /** A hint where a schema may lie is not followed, but must be addresses. */
  private void hint(String name, String value) {
    if (!name.equals("type") && !Lexical.isAddress(value)) {
      find(Rule.PATTERN, Rule.PATTERN.code(), "@" + name, value);
    }
  }

  private static boolean isHint(String name) {
    return name.equals("schemaLocation")
        || name.equals("noNamespaceSchemaLocation")
        || name.equals("type");
  }

  private void value(Shape.Attribute attribute, String value) {
    SimpleType type = attribute.declared().type();
    Rule broken = type.check(value.toCharArray(), value.length());
    if (broken != null) {
      find(broken, type.code(broken), "@" + attribute.declared().name(), value);
    }
    if (attribute.mark() != Interest.NONE && (broken == null || type.preservesSpace())) {
      sink.value(attribute.mark(), value);
    }
  }

  /**
   * {@code xsi:type} may repeat the declared type, or name one that extends it; where anything may
   * stand it may name any type of the grammar.
   */
  private Shape ofType(XMLStreamReader events, Shape declared, String written) {
    String value = written.strip();
    int colon = value.indexOf(':');
    String prefix = colon < 0 ? "" : value.substring(0, colon);
    String type = value.substring(colon + 1);
    String uri = events.getNamespaceContext().getNamespaceURI(prefix);
    boolean known =
        grammar != null && namespace.equals(uri) && !type.isEmpty() && grammar.declares(type);
    if (known && grammar != null && compiler != null) {
      if (type.equals(declared.type)) {
        return declared;
      }
      Grammar.Value extended = grammar.value(type);
      if (declared == Shape.ANYTHING
          || (extended != null && extended.type().name().equals(declared.type))) {
        return compiler.shape(type);
      }
    } else if (declared == Shape.ANYTHING && XSD.equals(uri)) {
      Shape builtIn = type.equals("anyType") ? declared : Shape.builtIn(type);
      if (builtIn != null) {
        return builtIn;
      }
    }
    find(Rule.TYPE_UNEXPECTED, value);
    return declared;
  }

  private void end() {
    if (depth == 0) {
      outside--;
      return;
    }
    Shape shape = shapes[depth - 1];
    Shape.Slot slot = slots[depth - 1];
    if (shape != null && slot != null) {
      if (shape.simple != null) {
        endValue(shape.simple, slot);
      } else if (shape == Shape.ANYTHING) {
        if (hash != null && silent == 0 && (leaf || !blank(text, 0, textLength))) {
          hash.add(CanonicalHash.TEXT, text, textLength);
        }
      } else {
        missing(shape, shape.particles());
        if (slot.mark != Interest.NONE) {
          sink.end(slot.mark);
        }
      }
      if (hash != null) {
        if (silent == 0) {
          hash.add(CanonicalHash.END);
        } else if (silent == depth) {
          silent = 0;
        }
      }
    }
    depth--;
    textLength = 0;
    leaf = false;
  }

  private void endValue(SimpleType type, Shape.Slot slot) {
    Rule broken = type.check(text, textLength);
    if (broken != null) {
      find(broken, type.code(broken), null, new String(text, 0, textLength));
    }
    if (slot.mark != Interest.NONE && (broken == null || type.preservesSpace())) {
      String value = new String(text, 0, textLength);
      sink.value(slot.mark, type.preservesSpace() ? value : value.strip());
    }
    if (hash != null && silent == 0) {
      hash.add(CanonicalHash.TEXT, text, textLength);
    }
  }

  private void characters(XMLStreamReader events) throws Unreadable {
    if (depth == 0) {
      return;
    }
    Shape shape = shapes[depth - 1];
    if (shape == null) {
      return;
    }
    char[] from = events.getTextCharacters();
    int start = events.getTextStart();
    int length = events.getTextLength();
    if (shape.simple != null || (shape == Shape.ANYTHING && hash != null)) {
      if (textLength + length > LONGEST_TEXT) {
        throw new Unreadable(Rule.XML_TEXT_TOO_LONG, LONGEST_TEXT / 1024 + " KB");
      }
      if (textLength + length > text.length) {
        text = Arrays.copyOf(text, Math.max(text.length * 2, textLength + length));
      }
      System.arraycopy(from, start, text, textLength, length);
      textLength += length;
    } else if (shape != Shape.ANYTHING && !texts[depth - 1] && !blank(from, start, length)) {
      texts[depth - 1] = true;
      int line = line() + linesBeforeText(from, start);
      find(line, Rule.TEXT_UNEXPECTED, Rule.TEXT_UNEXPECTED.code(), null, "");
    }
  }

  /** Lines between the beginning of a piece that is not blank and its first visible character. */
  private static int linesBeforeText(char[] b, int start) {
    int lines = 0;
    for (int i = start; Lexical.isSpace(b[i]); i++) {
      lines += b[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static boolean blank(char[] b, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (!Lexical.isSpace(b[i])) {
        return false;
      }
    }
    return true;
  }

  /** Text between elements where anything may stand counts for the hash unless it is blank. */
  private void flushLooseText() {
    if (hash != null && silent == 0 && shapes[depth - 1] == Shape.ANYTHING) {
      if (!blank(text, 0, textLength)) {
        hash.add(CanonicalHash.TEXT, text, textLength);
      }
      textLength = 0;
    }
  }

  private void hashStart(XMLStreamReader events, String name, Shape.Slot slot) {
    if (hash == null) {
      return;
    }
    if (slot != Shape.ANY_ELEMENT) {
      hash.add(CanonicalHash.START, slot.bytes);
      return;
    }
    hash.add(CanonicalHash.START, name);
    String uri = events.getNamespaceURI();
    hash.add(CanonicalHash.NAMESPACE, uri == null ? "" : uri);
  }

  private void find(Rule rule, String detail) {
    find(rule, rule.code(), null, detail);
  }

  private void find(Rule rule, String code, @Nullable String child, String detail) {
    find(line(), rule, code, child, detail);
  }

  private void find(int line, Rule rule, String code, @Nullable String child, String detail) {
    if (findings.full() && !rule.fatal()) {
      findings.count(rule);
      return;
    }
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
    findings.add(line, path.isEmpty() ? "/" : path.toString(), rule, code, detail);
  }
}
