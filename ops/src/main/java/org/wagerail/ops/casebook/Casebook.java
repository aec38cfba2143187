package org.wagerail.ops.casebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;

/** Reads cases and plays them, each in a bank of its own. */
public final class Casebook {
  private final Engine engine;
  private long banks;

  public Casebook(Engine engine) {
    this.engine = engine;
  }

  /**
   * The cases of a file.
   *
   * @throws GrammarFault with file and line, when a word is not in the grammar
   */
  public static List<Case> read(Path file) throws IOException, GrammarFault {
    return CaseReader.read(file);
  }

  /**
   * The cases of a text.
   *
   * @param file what to call it in a fault
   */
  public static List<Case> read(String file, String text) throws GrammarFault {
    return CaseReader.read(file, text);
  }

  /** Plays a case to its end, or to the step that the engine does not survive. */
  public Verdict play(Case of) throws IOException {
    var compared = new ArrayList<Verdict.Compared>();
    int at = of.line();
    try {
      var stage = stage(of);
      var refused = new ArrayList<String>();
      int last = 0;
      for (var step : of.steps()) {
        at = step.at();
        if (step instanceof Step.Then then) {
          compared.addAll(
              Comparison.of(
                  stage,
                  at,
                  then.expected(),
                  List.copyOf(refused),
                  then.expected().audited()
                      ? engine.bean(Audit.class).run(stage.bank())
                      : List.of()));
          refused.clear();
        } else {
          var refusal = stage.play(step);
          if (refusal != null) {
            refused.add(refusal);
            last = at;
          }
        }
      }
      for (var code : refused) {
        compared.add(new Verdict.Compared(last, "refused", "-", code, false));
      }
    } catch (RuntimeException e) {
      var message = e.getMessage() == null ? e.toString() : e.getMessage();
      compared.add(new Verdict.Compared(at, "step", "played", message, false));
    }
    return new Verdict(of.name(), of.file(), compared);
  }

  /**
   * A bank that is not there yet, and a folder: also when the last case's bank never came about,
   * whose folder holds what was wrong with it.
   */
  private Stage stage(Case of) throws IOException {
    long open =
        engine.bean(JdbcClient.class).sql("SELECT count(*) FROM bank").query(Long.class).single();
    banks = Math.max(banks, open) + 1;
    var code = "1053310%05d".formatted(banks);
    var folder =
        Files.createDirectories(engine.bean(Home.class).root().resolve("casebook").resolve(code));
    return new Stage(engine, of, code, folder);
  }
}
