package org.wagerail.ops.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.sandbox.Demonstration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a payday in a home of its own, and removes the home when it is over. */
@CommandLine.Command
final class Demo implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 60;

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
    var folder = folder();
    var root = directory == null ? folder.resolve("home") : empty(directory);
    var messages = folder.resolve("messages");
    boolean good;
    var stopping = new AtomicBoolean();
    var over = new CountDownLatch(1);
    // Ctrl-C stops the engine under the day, and the process must not end before its home is gone.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.set(true);
                  await(over);
                }));
    try {
      good = Demonstration.play(Home.at(root), messages, out, onTerminal());
    } catch (RuntimeException e) {
      if (stopping.get()) {
        return Terminal.NO;
      }
      throw e;
    } finally {
      if (!keep) {
        delete(root);
      }
      over.countDown();
    }
    out.println("全部报文 Every message: " + messages);
    if (keep) {
      out.println("数据目录 The home: " + root);
    }
    return good ? Terminal.YES : Terminal.NO;
  }

  private static void await(CountDownLatch over) {
    try {
      over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The messages stay when the home goes, so they have a folder beside it. */
  private static Path folder() throws IOException {
    var parent = Path.of(System.getProperty("java.io.tmpdir"));
    var time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    for (int nth = 1; ; nth++) {
      var name = "wagerail-demo-" + time + (nth == 1 ? "" : "-" + nth);
      try {
        // Others who use the machine's folder for temporary files must not read wages in it.
        return Home.createPrivateFolder(parent.resolve(name));
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
    }
  }

  private static Path empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var entries = Files.list(directory)) {
        if (entries.findAny().isPresent()) {
          throw new CannotStart(
              "演示需要空目录，而 " + directory + " 不空。",
              "The demonstration needs an empty directory, and " + directory + " is not.");
        }
      }
    }
    return directory;
  }

  private static boolean onTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
