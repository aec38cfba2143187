package org.wagerail.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Grows valid messages from a schema: what the schema allows and no message before had comes first,
 * so that a few dozen messages together show nearly everything.
 */
final class Seeds {
  private static final int BUDGET = 90;
  private static final int DEEPEST = 16;

  private final Random random;
  private final Map<String, Element> types = new HashMap<>();
  private final Set<String> shown = new HashSet<>();
  private final Map<String, Set<String>> reach = new HashMap<>();
  private final String namespace;
  private int budget;

  Seeds(Path schema, long seed) {
    random = new Random(seed);
    try {
      Element root =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(schema.toFile())
              .getDocumentElement();
      namespace = root.getAttribute("targetNamespace");
      for (Element each : elements(root)) {
        if (!each.getTagName().equals("xs:element")) {
          types.put(each.getAttribute("name"), each);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(schema.toString(), e);
    }
  }

  List<Tree> grow(int count) {
    List<Tree> seeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      budget = BUDGET;
      Tree tree = element("Document", "Document", 0);
      tree.attributes.put("xmlns", Tree.quoted(namespace));
      seeds.add(tree);
    }
    return seeds;
  }

  /** How many places of the schema have not been shown so far. */
  int missing() {
    Set<String> all = new HashSet<>(below("Document"));
    all.removeAll(shown);
    return all.size();
  }

  private Tree element(String name, String type, int depth) {
    Tree tree = new Tree(name);
    budget--;
    Element declared = types.get(type);
    if (declared.getTagName().equals("xs:simpleType")) {
      tree.markup = Tree.escape(value(declared));
      return tree;
    }
    Element content = elements(declared).getFirst();
    if (content.getTagName().equals("xs:simpleContent")) {
      Element extension = elements(content).getFirst();
      tree.markup = Tree.escape(value(types.get(extension.getAttribute("base"))));
      for (Element attribute : elements(extension)) {
        tree.attributes.put(
            attribute.getAttribute("name"),
            Tree.quoted(value(types.get(attribute.getAttribute("type")))));
      }
      return tree;
    }
    group(content, type, tree, depth);
    return tree;
  }

  private void group(Element group, String type, Tree tree, int depth) {
    List<Element> members = elements(group);
    if (group.getTagName().equals("xs:choice")) {
      List<Element> fresh = members.stream().filter(each -> unseen(type, each)).toList();
      List<Element> from = fresh.isEmpty() || budget < 0 ? members : fresh;
      particle(from.get(random.nextInt(from.size())), type, tree, depth, true);
      return;
    }
    for (Element member : members) {
      particle(member, type, tree, depth, false);
    }
  }

  private void particle(Element member, String type, Tree tree, int depth, boolean chosen) {
    switch (member.getTagName()) {
      case "xs:choice", "xs:sequence" -> group(member, type, tree, depth);
      case "xs:any" -> {
        Tree any = new Tree("x:Any");
        any.attributes.put("xmlns:x", Tree.quoted("urn:any"));
        any.children.add(new Tree("Inner"));
        any.children.getFirst().markup = "text";
        tree.children.add(any);
      }
      default -> {
        String name = member.getAttribute("name");
        boolean optional = member.getAttribute("minOccurs").equals("0") && !chosen;
        double chance = budget < 0 || depth > DEEPEST ? 0 : unseen(type, member) ? 0.7 : 0.08;
        if (optional && random.nextDouble() >= chance) {
          return;
        }
        shown.add(type + "/" + name);
        String most = member.getAttribute("maxOccurs");
        int times = most.isEmpty() || most.equals("1") || budget < 0 ? 1 : 1 + random.nextInt(2);
        for (int i = 0; i < times; i++) {
          tree.children.add(element(name, member.getAttribute("type"), depth + 1));
        }
      }
    }
  }

  /** Whether this element, or anything it may hold, has not been shown yet. */
  private boolean unseen(String type, Element member) {
    return !shown.contains(type + "/" + member.getAttribute("name"))
        || !shown.containsAll(below(member.getAttribute("type")));
  }

  /** Every place that a type can hold, at any depth. */
  private Set<String> below(String type) {
    Set<String> known = reach.get(type);
    if (known != null) {
      return known;
    }
    Set<String> places = new HashSet<>();
    reach.put(type, places);
    Element declared = types.get(type);
    if (declared != null && declared.getTagName().equals("xs:complexType")) {
      NodeList members = declared.getElementsByTagName("xs:element");
      for (int i = 0; i < members.getLength(); i++) {
        Element member = (Element) members.item(i);
        places.add(type + "/" + member.getAttribute("name"));
        places.addAll(below(member.getAttribute("type")));
      }
    }
    return places;
  }

  private String value(Element simple) {
    Element restriction = elements(simple).getFirst();
    List<String> codes = new ArrayList<>();
    Map<String, String> facets = new HashMap<>();
    for (Element facet : elements(restriction)) {
      if (facet.getTagName().equals("xs:enumeration")) {
        codes.add(facet.getAttribute("value"));
      } else {
        facets.put(facet.getTagName().substring(3), facet.getAttribute("value"));
      }
    }
    if (!codes.isEmpty()) {
      return codes.get(random.nextInt(codes.size()));
    }
    if (facets.containsKey("pattern")) {
      return matching(facets.get("pattern"));
    }
    return switch (restriction.getAttribute("base")) {
      case "xs:date" -> pick("2026-02-28", "2024-02-29", "2026-11-22Z", "2026-01-31+08:00");
      case "xs:dateTime" ->
          pick(
              "2026-11-22T09:30:00",
              "2026-11-22T09:30:00.123+08:00",
              "2026-11-22T24:00:00",
              "2026-11-22T23:59:59Z");
      case "xs:time" -> pick("09:30:00", "23:59:59.9Z");
      case "xs:gYear" -> pick("2026", "2026Z");
      case "xs:gYearMonth" -> pick("2026-11", "2026-12+08:00");
      case "xs:boolean" -> pick("true", "false", "1", "0");
      case "xs:base64Binary" -> pick("QUJD", "QUI=", "QQ==");
      case "xs:decimal" ->
          Integer.parseInt(facets.getOrDefault("fractionDigits", "2")) < 2
              ? pick("12", "0", "7.0")
              : pick("1000.25", "0", "12.5", "0.01");
      default -> text(facets);
    };
  }

  private String text(Map<String, String> facets) {
    int most =
        Integer.parseInt(facets.getOrDefault("maxLength", facets.getOrDefault("length", "8")));
    int length = random.nextInt(10) == 0 ? Math.min(most, 140) : Math.min(most, 6);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.appendCodePoint("A1 b工资𠮷&".codePoints().toArray()[i == 0 ? 0 : random.nextInt(8)]);
    }
    return out.toString();
  }

  /** A word of a pattern that is a run of classes, literals and one optional tail. */
  private String matching(String pattern) {
    String flat = pattern;
    if (flat.endsWith("){0,1}")) {
      int open = flat.lastIndexOf('(');
      String tail = flat.substring(open + 1, flat.length() - 6);
      flat = flat.substring(0, open) + (random.nextBoolean() ? tail : "");
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < flat.length(); ) {
      StringBuilder set = new StringBuilder();
      if (flat.charAt(i) == '[') {
        for (i++; flat.charAt(i) != ']'; i++) {
          if (flat.charAt(i) == '\\') {
            set.append(flat.charAt(++i));
          } else if (flat.charAt(i + 1) == '-' && flat.charAt(i + 2) != ']') {
            for (char c = flat.charAt(i); c <= flat.charAt(i + 2); c++) {
              set.append(c);
            }
            i += 2;
          } else {
            set.append(flat.charAt(i));
          }
        }
        i++;
      } else {
        i += flat.charAt(i) == '\\' ? 1 : 0;
        set.append(flat.charAt(i++));
      }
      int least = 1;
      int most = 1;
      if (i < flat.length() && flat.charAt(i) == '{') {
        int close = flat.indexOf('}', i);
        String[] bounds = flat.substring(i + 1, close).split(",");
        least = Integer.parseInt(bounds[0]);
        most = Integer.parseInt(bounds[bounds.length - 1]);
        i = close + 1;
      }
      int times = least + random.nextInt(most - least + 1);
      for (int n = 0; n < times; n++) {
        out.append(set.charAt(random.nextInt(set.length())));
      }
    }
    return out.toString();
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }

  private static List<Element> elements(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element && !element.getTagName().equals("xs:annotation")) {
        found.add(element);
      }
    }
    return found;
  }
}
