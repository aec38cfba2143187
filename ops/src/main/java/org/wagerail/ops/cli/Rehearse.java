package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import picocli.CommandLine;

/**
 * Does a little of everything in a throw-away home, so that the launcher can record in an AOT cache
 * which classes the other commands will need.
 */
@CommandLine.Command
final class Rehearse implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    var nowhere = new PrintWriter(Writer.nullWriter());
    Terminal.run(nowhere, nowhere, "--help");
    var home = Files.createTempDirectory("wagerail");
    try (var engine = Engine.open(Home.at(home))) {
      return engine.context().isActive() ? Terminal.YES : Terminal.NO;
    } finally {
      delete(home);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
