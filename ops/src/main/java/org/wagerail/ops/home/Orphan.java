package org.wagerail.ops.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A PostgreSQL that outlived the process which started it. Called only by the owner of the home, so
 * whatever still serves the data directory belongs to nobody.
 */
final class Orphan {
  private static final int FAST_SECONDS = 120;
  private static final int IMMEDIATE_SECONDS = 30;

  private Orphan() {}

  /**
   * Leaves the data directory without a server and without a stale pid file.
   *
   * @throws CannotStart if a server on it does not stop
   */
  static void removeFrom(Path data, Consumer<String> notice) {
    var pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    var postmaster = postmaster(data);
    postmaster.ifPresent(
        server ->
            notice.accept(
                "发现上次被强行终止的进程留下的数据库服务（"
                    + server.pid()
                    + "），正在有序停止。"
                    + System.lineSeparator()
                    + "A database server ("
                    + server.pid()
                    + ") was left behind by a process that was killed: stopping it in order."));
    // A dead postmaster's children end by themselves; until then they still touch the data.
    var orderly =
        postmaster.isPresent() && stop(data, List.of(postmaster.get()), "INT", FAST_SECONDS);
    if (!orderly && !stop(data, servers(data), "QUIT", IMMEDIATE_SECONDS)) {
      throw new CannotStart(
          "遗留的数据库服务未能停止：" + data,
          "The database server that was left behind does not stop: " + data);
    }
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that the pid file names, if it is still that server and not a later stranger. */
  static Optional<ProcessHandle> postmaster(Path data) {
    try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines
          .findFirst()
          .map(String::strip)
          .filter(pid -> pid.matches("[0-9]{1,18}"))
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
          .filter(process -> serves(process, data));
    } catch (NoSuchFileException stopped) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ProcessHandle> servers(Path data) {
    return ProcessHandle.allProcesses().filter(process -> serves(process, data)).toList();
  }

  /**
   * A server's processes run in their data directory; elsewhere than on Linux the arguments tell.
   */
  private static boolean serves(ProcessHandle process, Path data) {
    if (!process.isAlive()
        || !process.info().command().orElse("").matches(".*/postgres(\\.exe)?( \\(deleted\\))?")) {
      return false;
    }
    var directory = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      if (Files.exists(directory)) {
        return Files.isSameFile(directory, data);
      }
    } catch (IOException vanished) {
      return false;
    }
    return process.info().arguments().stream()
        .flatMap(Stream::of)
        .anyMatch(argument -> argument.equals(data.toString()));
  }

  private static boolean stop(
      Path data, List<ProcessHandle> processes, String signal, int seconds) {
    try {
      for (var process : processes) {
        // Java itself sends only TERM, which would wait for clients, and KILL.
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      }
      for (var process : processes) {
        if (!ended(process, data, seconds)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until a process no longer serves the data. Where nobody collects the ended, as in some
   * containers, its number stays taken: only what it does tells that it is over.
   */
  static boolean ended(ProcessHandle process, Path data, long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (serves(process, data)) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        process.onExit().get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException serving) {
        continue;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return true;
  }
}
