package org.wagerail.iso;

import javax.xml.stream.XMLStreamReader;

/** Judges the attributes of an element, among them {@code xsi:type}, against its shape. */
final class Attributes {
  static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private static final String XSD = "http://www.w3.org/2001/XMLSchema";

  private final Grammar grammar;
  private final String namespace;
  private final Shape.Compiler compiler;
  private final Sink sink;
  private final Breaches breaches;

  Attributes(Grammar grammar, Shape.Compiler compiler, Sink sink, Breaches breaches) {
    this.grammar = grammar;
    this.namespace = grammar.namespace();
    this.compiler = compiler;
    this.sink = sink;
    this.breaches = breaches;
  }

  /** Checks the attributes; returns the shape, which {@code xsi:type} may have settled. */
  Shape check(XMLStreamReader events, Shape declared) {
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
          breaches.find(
              Rule.ATTRIBUTE_MISSING,
              Rule.ATTRIBUTE_MISSING.code(),
              "@" + attribute.name(),
              attribute.name());
        }
      }
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
    breaches.strange(name);
    breaches.find(Rule.ATTRIBUTE_UNEXPECTED, Rule.ATTRIBUTE_UNEXPECTED.code(), "@" + name, name);
  }

  /** Where anything may stand, only what the schema language itself means is checked. */
  private void looseAttribute(XMLStreamReader events, int index) {
    String name = events.getAttributeLocalName(index);
    String value = events.getAttributeValue(index);
    if (!Names.isName(name)) {
      breaches.stop(Rule.XML_NOT_WELL_FORMED, name);
    } else if (XSI.equals(events.getAttributeNamespace(index))) {
      if (name.equals("nil")) {
        String flag = value.strip();
        if (!Lexical.isBoolean(flag.toCharArray(), 0, flag.length())) {
          breaches.find(Rule.BOOLEAN_FORMAT, Rule.BOOLEAN_FORMAT.code(), "@" + name, value);
        }
      } else if (isHint(name)) {
        hint(name, value);
      }
    }
  }

  /** A hint where a schema may lie is not followed, but must be addresses. */
  private void hint(String name, String value) {
    if (!name.equals("type") && !Lexical.isAddress(value)) {
      breaches.find(Rule.PATTERN, Rule.PATTERN.code(), "@" + name, value);
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
      breaches.find(broken, type.code(broken), "@" + attribute.declared().name(), value);
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
    boolean known = namespace.equals(uri) && !type.isEmpty() && grammar.declares(type);
    if (known) {
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
    breaches.find(Rule.TYPE_UNEXPECTED, Rule.TYPE_UNEXPECTED.code(), null, value);
    return declared;
  }
}
