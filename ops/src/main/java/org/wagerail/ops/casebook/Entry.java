package org.wagerail.ops.casebook;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.Money;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One value of a case as it was written, with its place. Values are read from their text and never
 * guessed by YAML's own types: an amount is not a float, a date not a zone's midnight.
 */
final class Entry {
  private final String file;
  private final Node node;
  private final String name;
  private final int line;

  Entry(String file, Node node, String name) {
    this(file, node, name, node);
  }

  /**
   * @param said where it is said: at its word, if it has one of its own
   */
  private Entry(String file, Node node, String name, Node said) {
    this.file = file;
    this.node = node;
    this.name = name;
    this.line = said.getStartMark().getLine() + 1;
  }

  String file() {
    return file;
  }

  int line() {
    return line;
  }

  /** The word it stands behind. */
  String name() {
    return name;
  }

  GrammarFault fault(String english, String chinese) {
    return new GrammarFault(
        file, line(), "\"" + name + "\": " + english, "“" + name + "”：" + chinese);
  }

  boolean isText() {
    return node instanceof ScalarNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /** Its members by name, of which only these may stand there. */
  Words words(String... allowed) throws GrammarFault {
    var members = map();
    for (var member : members.entrySet()) {
      if (!Arrays.asList(allowed).contains(member.getKey())) {
        throw member
            .getValue()
            .fault(
                "unknown word; here may stand: " + String.join(", ", allowed),
                "无法识别；此处可用：" + String.join("、", allowed));
      }
    }
    return new Words(this, members);
  }

  /** Its members under names of the author's choosing. */
  SequencedMap<String, Entry> map() throws GrammarFault {
    if (!(node instanceof MappingNode mapping)) {
      throw fault("must be words with values", "应为若干“词: 值”");
    }
    var members = new LinkedHashMap<String, Entry>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw fault("a word must be plain text", "词须为文本");
      }
      var member = new Entry(file, tuple.getValueNode(), key.getValue(), key);
      if (members.putIfAbsent(key.getValue(), member) != null) {
        throw new Entry(file, key, key.getValue()).fault("stands here twice", "重复出现");
      }
    }
    return members;
  }

  /** Its items; one item may stand without the dash. */
  List<Entry> list() throws GrammarFault {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    var items = new ArrayList<Entry>();
    for (var item : sequence.getValue()) {
      items.add(new Entry(file, item, name));
    }
    return items;
  }

  String text() throws GrammarFault {
    if (!(node instanceof ScalarNode scalar)) {
      throw fault("must be one value", "应为单个值");
    }
    return scalar.getValue();
  }

  List<String> texts() throws GrammarFault {
    var texts = new ArrayList<String>();
    for (var item : list()) {
      texts.add(item.text());
    }
    return texts;
  }

  /** Minor units of an amount in yuan with two decimals. */
  long amount() throws GrammarFault {
    var text = text();
    if (text.matches("-?[0-9]+\\.[0-9]{2}")) {
      try {
        return text.startsWith("-") ? -Money.minor(text.substring(1), 2) : Money.minor(text, 2);
      } catch (ArithmeticException | IllegalArgumentException tooLarge) {
        throw fault("the amount is too large", "金额过大");
      }
    }
    throw fault(
        "an amount is yuan with two decimals, as in 6000.00: " + text,
        "金额以元计，保留两位小数，如 6000.00：" + text);
  }

  int count(int least, int most) throws GrammarFault {
    var text = text();
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw fault(
        "must be a whole number from " + least + " to " + most + ": " + text,
        "应为 " + least + " 至 " + most + " 的整数：" + text);
  }

  boolean truth() throws GrammarFault {
    return choice("yes", "no").equals("yes");
  }

  String choice(String... allowed) throws GrammarFault {
    var text = text();
    if (Arrays.asList(allowed).contains(text)) {
      return text;
    }
    throw fault(
        text + " is not one of " + String.join(", ", allowed),
        text + " 不在可选值之内：" + String.join("、", allowed));
  }

  <T extends Enum<T>> T choice(Class<T> type) throws GrammarFault {
    var allowed =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.toList());
    return Enum.valueOf(type, choice(allowed.toArray(String[]::new)));
  }

  LocalDate date() throws GrammarFault {
    return date(text());
  }

  /** The word it stands behind, as a date. */
  LocalDate nameAsDate() throws GrammarFault {
    return date(name);
  }

  private LocalDate date(String text) throws GrammarFault {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notADate) {
      throw fault("a date is written 2026-11-13: " + text, "日期写作 2026-11-13：" + text);
    }
  }

  YearMonth month() throws GrammarFault {
    return month(text());
  }

  /** The word it stands behind, as a month. */
  YearMonth nameAsMonth() throws GrammarFault {
    return month(name);
  }

  private YearMonth month(String text) throws GrammarFault {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException notAMonth) {
      throw fault("a month is written 2026-10: " + text, "月份写作 2026-10：" + text);
    }
  }

  /** A date and a time of day at the bank; of a time alone, the date is the given one. */
  LocalDateTime moment(@Nullable LocalDate today) throws GrammarFault {
    var text = text().strip();
    try {
      if (today != null && text.matches("[0-9]{2}:[0-9]{2}")) {
        return today.atTime(LocalTime.parse(text));
      }
      if (text.matches("[0-9-]{10} [0-9]{2}:[0-9]{2}")) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
      }
    } catch (DateTimeException notAMoment) {
      // Told below, as any other text.
    }
    throw fault("a moment is written 2026-11-13 16:00: " + text, "时刻写作 2026-11-13 16:00：" + text);
  }

  /** Members of which the allowed ones are known. */
  record Words(Entry of, Map<String, Entry> members) {
    @Nullable Entry find(String word) {
      return members.get(word);
    }

    Entry get(String word) throws GrammarFault {
      var entry = members.get(word);
      if (entry == null) {
        throw of.fault("the word \"" + word + "\" is missing", "缺少“" + word + "”");
      }
      return entry;
    }

    String text(String word, String otherwise) throws GrammarFault {
      var entry = members.get(word);
      return entry == null ? otherwise : entry.text();
    }

    @Nullable String text(String word) throws GrammarFault {
      var entry = members.get(word);
      return entry == null ? null : entry.text();
    }

    @Nullable Long amount(String word) throws GrammarFault {
      var entry = members.get(word);
      return entry == null ? null : (Long) entry.amount();
    }

    boolean truth(String word, boolean otherwise) throws GrammarFault {
      var entry = members.get(word);
      return entry == null ? otherwise : entry.truth();
    }

    List<Entry> list(String word) throws GrammarFault {
      var entry = members.get(word);
      return entry == null ? List.of() : entry.list();
    }
  }
}
