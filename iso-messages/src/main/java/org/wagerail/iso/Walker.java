package org.wagerail.iso;

import com.fasterxml.aalto.UncheckedStreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
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
final class Walker implements AutoCloseable, Breaches {
  static final int DEEPEST = 64;
  static final int LONGEST_TEXT = 64 * 1024;
  static final int MOST_ATTRIBUTES = 64;
  static final int MOST_NAMESPACES = 32;

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

  private final Position position = new Position(this);
  private @Nullable Attributes attributes;

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

  @Override
  public void stop(Rule rule, String detail) {
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
    if (position.depth() + outside >= DEEPEST) {
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
    if (position.depth() == 0) {
      startOutside(events, name);
      return;
    }
    flushLooseText();
    Shape parent = position.shape();
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
      int ordinal = position.place(parent, slot);
      open(events, name, slot, slot.shape, slot.most > 1 ? ordinal : 0);
    } else if (parent.any() >= 0) {
      strange(events, name);
      position.place(parent, parent.anySlot());
      open(events, name, Shape.ANY_ELEMENT, loose(name, own), 0);
    } else if (slot != null) {
      int ordinal = position.place(parent, slot);
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

  @Override
  public void strange(@Nullable String name) {
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
    attributes = new Attributes(found, compiler, sink, this);
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

  private void open(
      XMLStreamReader events, String name, Shape.Slot slot, Shape declared, int ordinal) {
    push(name, declared, slot, ordinal);
    if (hash != null) {
      if (silent == 0 && slot.mark != Interest.NONE && !sink.hashed(slot.mark)) {
        silent = position.depth();
      }
      if (silent == 0) {
        hashStart(events, name, slot);
      }
    }
    if (events.getAttributeCount() > 0 || !declared.attributes.isEmpty()) {
      position.shape(attributes(events, declared));
    }
    if (slot.mark != Interest.NONE && declared.simple == null) {
      sink.begin(slot.mark);
    }
  }

  private void push(String name, @Nullable Shape shape, Shape.@Nullable Slot slot, int ordinal) {
    position.push(name, shape, slot, ordinal);
    textLength = 0;
    leaf = true;
  }

  /** Checks the attributes; returns the shape, which {@code xsi:type} may have settled. */
  private Shape attributes(XMLStreamReader events, Shape declared) {
    Shape shape = Objects.requireNonNull(attributes).check(events, declared);
    if (hash != null && silent == 0) {
      hash.attributes(events, Attributes.XSI);
    }
    return shape;
  }

  private void end() {
    if (position.depth() == 0) {
      outside--;
      return;
    }
    Shape shape = position.shape();
    Shape.Slot slot = position.slot();
    if (shape != null && slot != null) {
      if (shape.simple != null) {
        endValue(shape.simple, slot);
      } else if (shape == Shape.ANYTHING) {
        if (hash != null && silent == 0 && (leaf || !blank(text, 0, textLength))) {
          hash.add(CanonicalHash.TEXT, text, textLength);
        }
      } else {
        position.missing(shape, shape.particles());
        if (slot.mark != Interest.NONE) {
          sink.end(slot.mark);
        }
      }
      if (hash != null) {
        if (silent == 0) {
          hash.add(CanonicalHash.END);
        } else if (silent == position.depth()) {
          silent = 0;
        }
      }
    }
    position.pop();
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
    if (position.depth() == 0) {
      return;
    }
    Shape shape = position.shape();
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
    } else if (shape != Shape.ANYTHING && !blank(from, start, length) && position.firstText()) {
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
    if (hash != null && silent == 0 && position.shape() == Shape.ANYTHING) {
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

  @Override
  public void find(Rule rule, String code, @Nullable String child, String detail) {
    find(line(), rule, code, child, detail);
  }

  private void find(int line, Rule rule, String code, @Nullable String child, String detail) {
    if (findings.full() && !rule.fatal()) {
      findings.count(rule);
      return;
    }
    findings.add(line, position.path(child), rule, code, detail);
  }
}
