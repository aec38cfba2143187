package org.wagerail.ops.casebook;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the cases of a file: one YAML document each. */
final class CaseReader {
  /** Bytes of a file: some 40,000 lines. */
  private static final int LARGEST = 2 << 20;

  /** A case is half as deep at its deepest. */
  private static final int DEEPEST = 20;

  private CaseReader() {}

  static List<Case> read(Path path) throws IOException, GrammarFault {
    // No more than that is read: a file may never end.
    try (var in = Files.newInputStream(path)) {
      return read(path.toString(), text(path.toString(), in.readNBytes(LARGEST + 1)));
    }
  }

  private static String text(String file, byte[] bytes) throws GrammarFault {
    if (bytes.length > LARGEST) {
      throw new GrammarFault(
          file, 1, "larger than " + LARGEST + " bytes: part it", "文件超过 " + LARGEST + " 字节，请拆分");
    }
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new GrammarFault(file, line, "not UTF-8: save it as UTF-8", "不是 UTF-8 编码，请另存为 UTF-8");
    }
    return out.flip().toString();
  }

  static List<Case> read(String file, String text) throws GrammarFault {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    var yaml = new Yaml(new SafeConstructor(options));
    var cases = new ArrayList<Case>();
    try {
      int depth = 0;
      for (var event : yaml.parse(new StringReader(text))) {
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
        plain(file, event, depth);
      }
      for (var document : yaml.composeAll(new StringReader(text))) {
        if (!isEmpty(document)) {
          cases.add(one(new Entry(file, document, "case")));
        }
      }
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new GrammarFault(
          file, mark == null ? 1 : mark.getLine() + 1, "not YAML: " + e.getProblem(), "不是有效的 YAML");
    } catch (YAMLException e) {
      throw new GrammarFault(file, 1, "not YAML: " + e.getMessage(), "不是有效的 YAML");
    }
    if (cases.isEmpty()) {
      throw new GrammarFault(file, 1, "there is no case in it", "其中没有案例");
    }
    return cases;
  }

  /** What YAML could do beyond words and values is not for cases: it hides what is meant. */
  private static void plain(String file, Event event, int depth) throws GrammarFault {
    int line = event.getStartMark().getLine() + 1;
    if (event instanceof AliasEvent alias) {
      throw new GrammarFault(
          file,
          line,
          "\"*" + alias.getAnchor() + "\": no anchors and aliases here: say it again",
          "“*" + alias.getAnchor() + "”：此处不用锚点与引用，请重写");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw new GrammarFault(
          file,
          line,
          "\"&" + node.getAnchor() + "\": no anchors and aliases here: say it again",
          "“&" + node.getAnchor() + "”：此处不用锚点与引用，请重写");
    }
    var tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> null;
        };
    if (tag != null) {
      throw new GrammarFault(
          file,
          line,
          "\"" + tag + "\": no tags here: every value is read as its place asks",
          "“" + tag + "”：此处不用标签，值按其位置解读");
    }
    if (depth > DEEPEST) {
      throw new GrammarFault(
          file, line, "more than " + DEEPEST + " levels deep", "嵌套超过 " + DEEPEST + " 层");
    }
  }

  /** Nothing between two partings, or after the last. */
  private static boolean isEmpty(Node document) {
    return document instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }

  private static Case one(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CASE);
    var name = words.get("case");
    if (!name.text().matches("[A-Z]+[0-9]+[a-z]?([^A-Za-z0-9].*)?")) {
      throw name.fault(
          "a case's name begins with its number, as in W5a: " + name.text(),
          "案例名须以编号开头，如 W5a：" + name.text());
    }
    var given = GivenReader.read(words.get("given"));
    var steps = new StepReader(given);
    var read = new ArrayList<Step>();
    for (var step : words.list("when")) {
      read.add(steps.read(step));
    }
    var then = words.find("then");
    if (then != null) {
      read.add(steps.then(then));
    }
    if (read.stream().noneMatch(Step.Then.class::isInstance)) {
      throw entry.fault("a case without a \"then\" shows nothing", "没有 then 的案例不说明任何问题");
    }
    return new Case(name.text(), entry.file(), entry.line(), given, read);
  }
}
