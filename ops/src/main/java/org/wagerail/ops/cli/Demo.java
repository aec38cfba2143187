package org.wagerail.ops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.home.ThrowAway;
import org.wagerail.ops.sandbox.Demonstration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a payday in a home of its own, and removes the home when it is over. */
@CommandLine.Command
final class Demo implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(names = "--keep", description = "保留数据目录 Keep the home when it is over")
  private boolean keep;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "数据目录，须不存在或为空 The home: a directory that is empty or not there yet")
  private @Nullable Path directory;

  @Override
  public Integer call() throws IOException {
    var out = Objects.requireNonNull(command).commandLine().getOut();
    var time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    try (var place = ThrowAway.open("demo-" + time, directory, keep)) {
      // The messages stay when the home goes, so they have a folder beside it.
      var messages = place.folder().resolve("messages");
      boolean good = Demonstration.play(place.home(), messages, out, onTerminal());
      out.println("全部报文 Every message: " + messages);
      if (keep) {
        out.println("数据目录 The home: " + place.home());
      }
      return good ? Terminal.YES : Terminal.NO;
    }
  }

  private static boolean onTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
