package org.wagerail.conformance;

import java.util.List;
import java.util.Random;

/** Breaks a message in one or two of many ways, or only writes it differently. */
final class Mutations {
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private static final String[] VALUES = {
    "",
    " ",
    "  ",
    "0",
    "00",
    "-0",
    "+0",
    "1",
    "-1",
    "+1.0",
    "1e3",
    "1E3",
    " 1.00 ",
    "1.00\n",
    ".5",
    "5.",
    ".",
    "-",
    "+",
    "1.123456",
    "1.1234500000",
    "123456789012345678",
    "1234567890123456789",
    "000000000000000000000000001.50",
    "99999999999999.99999",
    "999999999999999.9999",
    "INF",
    "NaN",
    "0x10",
    "1,000.00",
    "１２",
    "1 000",
    "12345678901234.123456",
    "0.00000000001",
    "2026-02-29",
    "2024-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-1-01",
    "02026-01-01",
    "12026-01-01",
    "0000-01-01",
    "-2026-01-01",
    "2026-01-01Z",
    "2026-01-01+14:00",
    "2026-01-01+14:01",
    "2026-01-01+15:00",
    "2026-01-01-00:00",
    "2026-01-01+8:00",
    "2026-01-01 ",
    " 2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01T24:00:00",
    "2026-01-01T24:00:01",
    "2026-12-31T24:00:00.000",
    "2026-01-01T24:00:00.001",
    "2026-01-01T23:59:60",
    "2026-01-01T23:60:00",
    "2026-01-01T25:00:00",
    "2026-01-01T10:00",
    "2026-01-01T10:00:00.",
    "2026-01-01T10:00:00.5",
    "2026-01-01T10:00:00.5Z",
    "2026-01-01t10:00:00",
    "2026-01-01 10:00:00",
    "2026-01-01T10:00:00+0800",
    "2026-01-01T10:00:00-13:59",
    "2026-01-01T1:00:00",
    "2026-01-01T10:00:00z",
    "20260101",
    "2026/01/01",
    "2026-01-01T10:00:00.123456789012345678",
    "2026-01-01T10:00:00.1.2",
    "2026-01-01T-1:00:00",
    "1900-02-29",
    "2000-02-29",
    "10:00:00",
    "24:00:00",
    "24:00:01",
    "10:00:00Z",
    "10:0:00",
    "2026",
    "226",
    "02026",
    "2026Z",
    "-0001",
    "2026-02",
    "2026-13",
    "2026-02Z",
    "true",
    "false",
    "TRUE",
    "True",
    " true ",
    "2",
    "yes",
    "QUJD",
    "QUI=",
    "QQ==",
    "QQ=",
    "Q",
    "QUJD QUJD",
    "Q U J D",
    "QR==",
    "QUJ*",
    "====",
    "TRF",
    "TRF ",
    " TRF",
    "trf",
    "CHK",
    "ZZZZ",
    "SLEV",
    "SLEV\n",
    "CNY",
    "cny",
    "CN",
    "CNYY",
    "C1Y",
    "CN",
    "cn",
    "CHN",
    "DEUTDEFF",
    "DEUTDEFFXXX",
    "DEUTDEFF1",
    "deutdeff",
    "1EUTDEFF",
    "DEUTDE0F",
    "GB29NWBK60161331926819",
    "gb29nwbk",
    "GB2",
    "GB29NWBK60161331926819000000000000000",
    "11111111-1111-4111-8111-111111111111",
    "11111111-1111-1111-8111-111111111111",
    "11111111-1111-4111-C111-111111111111",
    "11111111-1111-4111-8111-11111111111A",
    "+86-1390000",
    "+86-",
    "+8612-1",
    "86-123",
    "+86-(0)12+3-4",
    "\t",
    "a\tb",
    "a\nb",
    "𠮷",
    "𠮷𠮷𠮷𠮷",
    "𠮷𠮷𠮷𠮷𠮷",
    "ABCD",
    "ABCDE",
    "工资工资",
    "工资工资工",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "e\u0301",
    "ACSC",
    "RJCT",
    "000000000000001",
    "0000000000000001",
    "12345",
    "123456",
    "abc123"
  };

  private static final String[] TYPES = {
    "Document",
    "Max35Text",
    "ISODate",
    "ActiveOrHistoricCurrencyAndAmount",
    "ActiveOrHistoricCurrencyAndAmount_SimpleType",
    "xs:string",
    "xs:anyType",
    "nope",
    "q:nope",
    "",
    "a b"
  };

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  String mutate(Tree seed) {
    Tree root = seed.copy();
    int times = random.nextInt(5) == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      change(root);
    }
    String xml = root.xml();
    return random.nextInt(25) == 0 ? scratch(xml) : xml;
  }

  private void change(Tree root) {
    List<Tree> all = root.all();
    Tree any = all.get(random.nextInt(all.size()));
    List<Tree> parents = all.stream().filter(each -> !each.children.isEmpty()).toList();
    if (parents.isEmpty()) {
      return;
    }
    Tree parent = parents.get(random.nextInt(parents.size()));
    List<Tree> leaves = all.stream().filter(each -> each.children.isEmpty()).toList();
    Tree leaf = leaves.isEmpty() ? any : leaves.get(random.nextInt(leaves.size()));
    int child = random.nextInt(parent.children.size());
    switch (random.nextInt(34)) {
      case 0, 1 -> parent.children.remove(child);
      case 2 -> swap(parent, child, (child + 1) % parent.children.size());
      case 3 -> swap(parent, child, random.nextInt(parent.children.size()));
      case 4 -> parent.children.add(child, parent.children.get(child).copy());
      case 5 -> repeat(parent, child);
      case 6 -> any.name = pick("Xyz", any.name + "x", any.name.toLowerCase(), "Document", "_");
      case 7 -> any.name = all.get(random.nextInt(all.size())).name;
      case 8, 9 -> move(parent, child, parents);
      case 10, 11, 12, 13, 14, 15, 16 -> leaf.markup = Tree.escape(pick(VALUES));
      case 17, 18 -> leaf.markup = Tree.escape(bent(plain(leaf.markup)));
      case 19 -> namespace(any, root);
      case 20, 21 -> attribute(any, leaf, all);
      case 22 -> instance(any);
      case 23 -> decorate(leaf);
      case 24 -> decorate(parent);
      case 25 -> prefix(root);
      case 26 -> empty(any);
      case 27 -> leaf.children.add(new Tree(pick("Cd", "Xyz", leaf.name)));
      case 28 ->
          parent.markup = pick("text", " ", "&#32;", "<![CDATA[ ]]>", "<![CDATA[x]]>", "&amp;");
      case 29 -> wild(parent, child, all, root);
      case 30 -> leaf.markup = lengthened(plain(leaf.markup));
      case 31 -> leaf.markup = entity(leaf.markup);
      case 32 -> parent.children.clear();
      default -> amounts(all);
    }
  }

  private static String plain(String markup) {
    return markup.replace("&lt;", "<").replace("&#13;", "\r").replace("&amp;", "&");
  }

  private static void swap(Tree parent, int one, int other) {
    Tree held = parent.children.get(one);
    parent.children.set(one, parent.children.get(other));
    parent.children.set(other, held);
  }

  private void repeat(Tree parent, int child) {
    int times = 1 + random.nextInt(12);
    for (int i = 0; i < times; i++) {
      parent.children.add(child, parent.children.get(child).copy());
    }
  }

  private void move(Tree parent, int child, List<Tree> parents) {
    Tree moved = parent.children.remove(child);
    Tree to = parents.get(random.nextInt(parents.size()));
    if (moved.all().contains(to)) {
      to = parent;
    }
    to.children.add(random.nextInt(to.children.size() + 1), moved);
  }

  private String bent(String value) {
    int at = value.isEmpty() ? 0 : random.nextInt(value.length());
    return switch (random.nextInt(8)) {
      case 0 -> value + pick("0", "A", "a", " ", "-", "Z", "工");
      case 1 -> value.isEmpty() ? "x" : value.substring(0, value.length() - 1);
      case 2 -> value.toLowerCase();
      case 3 -> value.toUpperCase();
      case 4 -> " " + value;
      case 5 -> value + "\n";
      case 6 -> value.substring(0, at) + pick("0", "9", ".", "X", " ", "_") + value.substring(at);
      default -> value + value;
    };
  }

  private String lengthened(String value) {
    int[] lengths = {4, 5, 10, 16, 34, 35, 36, 70, 71, 105, 128, 140, 141, 350, 351, 500, 2049};
    int wanted = lengths[random.nextInt(lengths.length)];
    String unit = pick("A", "7", "工", "𠮷", "a", "é");
    return Tree.escape(value.length() > wanted ? value : unit.repeat(wanted));
  }

  private void namespace(Tree any, Tree root) {
    switch (random.nextInt(7)) {
      case 0 -> any.attributes.put("xmlns", Tree.quoted("urn:other"));
      case 1 -> any.attributes.put("xmlns", Tree.quoted(""));
      case 2 -> {
        any.attributes.put("xmlns:q", Tree.quoted("urn:other"));
        any.name = "q:" + any.name;
      }
      case 3 -> any.name = "undeclared:" + any.name;
      case 4 -> {
        any.attributes.put("xmlns:q", root.attributes.getOrDefault("xmlns", "=\"urn:other\""));
        any.name = "q:" + any.name;
      }
      case 5 ->
          root.attributes.put(
              "xmlns", Tree.quoted("urn:iso:std:iso:20022:tech:xsd:pain.001.001.99"));
      default -> any.attributes.put("xmlns:unused", Tree.quoted("urn:unused"));
    }
  }

  private void attribute(Tree any, Tree leaf, List<Tree> all) {
    Tree amount =
        all.stream().filter(each -> each.attributes.containsKey("Ccy")).findAny().orElse(leaf);
    switch (random.nextInt(11)) {
      case 0 -> amount.attributes.remove("Ccy");
      case 1 -> amount.attributes.put("Ccy", Tree.quoted(pick(VALUES)));
      case 2 -> any.attributes.put("Ccy", Tree.quoted("CNY"));
      case 3 -> any.attributes.put("xml:lang", Tree.quoted("zh"));
      case 4 -> any.attributes.put("xml:space", Tree.quoted("preserve"));
      case 5 -> any.attributes.put("id", Tree.quoted("1"));
      case 6 -> amount.attributes.put("ccy", Tree.quoted("CNY"));
      case 7 -> {
        amount.attributes.remove("Ccy");
        amount.attributes.put("xmlns:c", Tree.quoted("urn:c"));
        amount.attributes.put("c:Ccy", Tree.quoted("CNY"));
      }
      case 8 -> amount.attributes.put("Ccy", "='CNY'");
      case 9 ->
          amount.attributes.put("Ccy", Tree.quoted(pick(" CNY", "CNY ", "CN", "\tCNY", "C&Y")));
      default -> any.attributes.put("q:x", Tree.quoted("1"));
    }
  }

  private void instance(Tree any) {
    any.attributes.put("xmlns:xsi", Tree.quoted(XSI));
    any.attributes.put("xmlns:xs", Tree.quoted("http://www.w3.org/2001/XMLSchema"));
    String key =
        pick(
            "xsi:schemaLocation",
            "xsi:noNamespaceSchemaLocation",
            "xsi:nil",
            "xsi:type",
            "xsi:foo");
    String value =
        switch (key) {
          case "xsi:nil" -> pick("true", "false", "1", "x");
          case "xsi:type" -> pick(TYPES);
          default -> pick("urn:a a.xsd", "urn:a", "", "a b c");
        };
    any.attributes.put(key, Tree.quoted(value));
  }

  private void decorate(Tree tree) {
    String before = tree.markup;
    int at = before.isEmpty() || before.contains("&") ? 0 : random.nextInt(before.length());
    if (at > 0 && Character.isLowSurrogate(before.charAt(at))) {
      at = 0;
    }
    String mark =
        pick("<!-- note -->", "<?note it?>", "<!---->", "<![CDATA[]]>", "<!-- <Cd>x</Cd> -->");
    if (random.nextInt(3) == 0 && !before.contains("&")) {
      tree.markup = "<![CDATA[" + before + "]]>";
    } else {
      tree.markup = before.substring(0, at) + mark + before.substring(at);
    }
  }

  private static void prefix(Tree root) {
    String uri = root.attributes.remove("xmlns");
    if (uri == null) {
      return;
    }
    root.attributes.put("xmlns:p", uri);
    for (Tree each : root.all()) {
      if (each.name.indexOf(':') < 0) {
        each.name = "p:" + each.name;
      }
    }
  }

  private static void empty(Tree tree) {
    tree.children.clear();
    tree.markup = "";
  }

  private void wild(Tree parent, int child, List<Tree> all, Tree root) {
    Tree envelope = all.stream().filter(each -> each.name.equals("Envlp")).findAny().orElse(null);
    if (envelope == null || envelope.children.isEmpty()) {
      parent.children.add(child, new Tree(pick("SplmtryData", "Xyz")));
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> empty(envelope);
      case 1 -> envelope.children.add(new Tree("Second"));
      case 2 -> envelope.markup = "text";
      case 3 -> envelope.children.getFirst().attributes.put("xml:lang", Tree.quoted("zh"));
      case 4 -> {
        envelope.children.clear();
        envelope.children.add(new Tree("Document"));
      }
      case 5 -> {
        Tree document = root.copy();
        envelope.children.clear();
        envelope.children.add(document);
      }
      case 6 -> {
        envelope.children.clear();
        envelope.children.add(new Tree(pick("Amt", "Xyz", "Cd")));
      }
      default -> envelope.children.getFirst().markup = "loose text";
    }
  }

  private String entity(String markup) {
    return switch (random.nextInt(9)) {
      case 0 -> markup + "&amp;";
      case 1 -> markup + "&lt;b&gt;";
      case 2 -> markup + "&#x5DE5;";
      case 3 -> markup + "&unknown;";
      case 4 -> "&#65;&#66;&#67;";
      case 5 -> "&#50;026-01-01";
      case 6 -> markup + "&#0;";
      case 7 -> markup + "&#13;&#10;";
      default -> "&apos;&quot;";
    };
  }

  private void amounts(List<Tree> all) {
    List<Tree> amounts = all.stream().filter(each -> each.attributes.containsKey("Ccy")).toList();
    if (!amounts.isEmpty()) {
      amounts.get(random.nextInt(amounts.size())).markup = Tree.escape(pick(VALUES));
    }
  }

  /** Damages the text itself. */
  private String scratch(String xml) {
    int at = xml.indexOf('>') + 1 + random.nextInt(xml.length() - xml.indexOf('>') - 2);
    return switch (random.nextInt(6)) {
      case 0 -> xml.substring(0, at);
      case 1 ->
          xml.substring(0, at)
              + pick("<", ">", "&", "]]>", "\u0001", "\"", "/")
              + xml.substring(at);
      case 2 -> xml.substring(0, at) + xml.substring(at + 1);
      case 3 -> xml + pick(" ", "<!-- end -->", "x", "<x/>", "<?end?>");
      case 4 -> pick(" ", "\n", "x", "<!-- first -->") + xml;
      default ->
          xml.replaceFirst("\\?>", pick("?><!-- a -->", " standalone=\"yes\"?>", "?>\n\n<?p x?>"));
    };
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }
}
