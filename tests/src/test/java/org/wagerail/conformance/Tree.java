package org.wagerail.conformance;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element that can be taken apart and written out wrongly. */
final class Tree {
  String name;
  final Map<String, String> attributes = new LinkedHashMap<>();
  final List<Tree> children = new ArrayList<>();

  /** Text before the first child, as markup. */
  String markup = "";

  Tree(String name) {
    this.name = name;
  }

  Tree copy() {
    Tree copy = new Tree(name);
    copy.attributes.putAll(attributes);
    copy.markup = markup;
    for (Tree child : children) {
      copy.children.add(child.copy());
    }
    return copy;
  }

  /** This element and all below it, in the order of the file. */
  List<Tree> all() {
    List<Tree> all = new ArrayList<>();
    collect(all);
    return all;
  }

  private void collect(List<Tree> all) {
    all.add(this);
    for (Tree child : children) {
      child.collect(all);
    }
  }

  String xml() {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write(out);
    return out.append('\n').toString();
  }

  private void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach((key, value) -> out.append(' ').append(key).append(value));
    if (children.isEmpty() && markup.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>').append(markup);
    for (Tree child : children) {
      if (markup.isEmpty()) {
        out.append('\n');
      }
      child.write(out);
    }
    String end = name.indexOf(' ') < 0 ? name : name.substring(0, name.indexOf(' '));
    out.append("</").append(end).append('>');
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;");
  }

  /** Attributes are kept with their sign and quotes: {@code ="value"}. */
  static String quoted(String value) {
    return "=\"" + escape(value).replace("\"", "&quot;") + "\"";
  }

  static Tree parse(byte[] xml) {
    try {
      XMLStreamReader reader =
          XMLInputFactory.newDefaultFactory().createXMLStreamReader(new ByteArrayInputStream(xml));
      Deque<Tree> open = new ArrayDeque<>();
      Tree root = null;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            Tree tree = start(reader);
            if (open.isEmpty()) {
              root = tree;
            } else {
              open.peek().children.add(tree);
              open.peek().markup = "";
            }
            open.push(tree);
          }
          case XMLStreamConstants.END_ELEMENT -> open.pop();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!open.isEmpty() && open.peek().children.isEmpty()) {
              open.peek().markup += escape(reader.getText());
            }
          }
          default -> {
            // Comments are of no interest.
          }
        }
      }
      return root;
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Tree start(XMLStreamReader reader) {
    Tree tree = new Tree(qualified(reader.getPrefix(), reader.getLocalName()));
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      String uri = reader.getNamespaceURI(i);
      tree.attributes.put(
          prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix,
          quoted(uri == null ? "" : uri));
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      tree.attributes.put(
          qualified(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)),
          quoted(reader.getAttributeValue(i)));
    }
    return tree;
  }

  private static String qualified(String prefix, String local) {
    return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }
}
