package org.wagerail.ops.casebook;

import java.io.IOException;
import java.io.StringReader;
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

/** Reads the cases of a file: one YAML document each. */
final class CaseReader {
  private static final int LARGEST = 4 << 20;

  private CaseReader() {}

  static List<Case> read(Path path) throws IOException, GrammarFault {
    return read(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
  }

  static List<Case> read(String file, String text) throws GrammarFault {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    var yaml = new Yaml(new SafeConstructor(options));
    var cases = new ArrayList<Case>();
    try {
      for (var event : yaml.parse(new StringReader(text))) {
        if (event instanceof AliasEvent) {
          throw new GrammarFault(
              file,
              event.getStartMark().getLine() + 1,
              "no anchors and aliases here: say it again",
              "此处不用锚点与引用，请重写");
        }
      }
      for (var document : yaml.composeAll(new StringReader(text))) {
        cases.add(one(new Entry(file, document, "case")));
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

  private static Case one(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CASE);
    var name = words.get("case");
    if (!name.text().matches("[A-Z]+[0-9]+[a-z]?( .*)?")) {
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
