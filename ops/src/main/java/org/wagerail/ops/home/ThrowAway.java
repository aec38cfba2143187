package org.wagerail.ops.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A home for the time of one command. It goes, and its folder if nothing else is in it, when the
 * command is over, also when a signal ends it; what a killed command left goes when the next one
 * begins.
 */
public final class ThrowAway implements AutoCloseable {
  /** Names the process whose home it is. */
  private static final String MARK = "throw-away";

  private static final String PREFIX = "wagerail-";
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Home home;
  private final boolean keep;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "throw away");

  private ThrowAway(Path folder, Home home, boolean keep) {
    this.folder = folder;
    this.home = home;
    this.keep = keep;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * A home in a folder of its own among the temporary files, which only its owner can open.
   *
   * @param command and what else tells the folder from others
   * @param root where the home is to be instead; must be empty or not there yet
   * @param keep whether it stays after all
   * @throws CannotStart if it cannot be made
   */
  public static ThrowAway open(String command, @Nullable Path root, boolean keep) {
    var parent = Path.of(System.getProperty("java.io.tmpdir"));
    sweep(parent);
    if (root != null) {
      refuseFilled(root);
    }
    try {
      for (int nth = 1; ; nth++) {
        try {
          var folder =
              Home.createPrivateFolder(
                  parent.resolve(PREFIX + command + (nth == 1 ? "" : "-" + nth)));
          return in(folder, root == null ? folder.resolve("home") : root, keep);
        } catch (FileAlreadyExistsException taken) {
          continue;
        }
      }
    } catch (IOException e) {
      throw new CannotStart(
          "无法在 " + parent + " 建立临时目录：" + e, "No folder can be made in " + parent + ": " + e, e);
    }
  }

  private static void refuseFilled(Path root) {
    if (Files.exists(root)) {
      try (var entries = Files.list(root)) {
        if (entries.findAny().isPresent()) {
          throw new CannotStart(
              "此处需要空目录，而 " + root + " 不空。",
              "An empty directory is needed, and " + root + " is not.");
        }
      } catch (IOException e) {
        throw new CannotStart(
            "目录 " + root + " 不可读：" + e, "The directory " + root + " cannot be read: " + e, e);
      }
    }
  }

  private static ThrowAway in(Path folder, Path root, boolean keep) throws IOException {
    var home = Home.at(root);
    if (!keep) {
      Files.writeString(home.root().resolve(MARK), Long.toString(ProcessHandle.current().pid()));
    }
    return new ThrowAway(folder, home, keep);
  }

  public Home home() {
    return home;
  }

  /** The folder in which the home is; what else is in it stays. */
  public Path folder() {
    return folder;
  }

  /** Removes the home, and the folder if nothing else is in it. */
  @Override
  public void close() {
    try {
      if (!keep && Files.exists(home.root())) {
        delete(folder, home.root());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      over.countDown();
    }
  }

  private void await() {
    try {
      over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Homes whose process was killed, and the servers that it left on them. */
  private static void sweep(Path parent) {
    try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (var folder : folders) {
        var root = folder.resolve("home");
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS) && isLeft(root.resolve(MARK))) {
          sweep(folder, root);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Somebody else's, or just going: it is no reason not to begin.
      return;
    }
  }

  private static void sweep(Path folder, Path root) throws IOException {
    var left = Home.at(root);
    try (var ownership = Ownership.take(left)) {
      Orphan.removeFrom(left.data(), _ -> {});
      delete(folder, root);
    }
  }

  private static boolean isLeft(Path mark) throws IOException {
    try {
      if (!Files.getOwner(mark).getName().equals(System.getProperty("user.name"))) {
        return false;
      }
      var owner = Files.readString(mark, StandardCharsets.US_ASCII).strip();
      return owner.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(owner)).isEmpty();
    } catch (NoSuchFileException kept) {
      return false;
    }
  }

  private static void delete(Path folder, Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    try (var rest = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (var other : rest) {
        removeEmpty(other);
      }
    }
    removeEmpty(folder);
  }

  private static void removeEmpty(Path folder) throws IOException {
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException filled) {
      // What somebody put there is theirs.
      return;
    }
  }
}
