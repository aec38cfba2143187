package org.wagerail.ops.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one live process to a home. The operating system takes it back when the process
 * ends, however it ends.
 */
final class Ownership implements AutoCloseable {
  // The system's lock does not keep one process from itself, and is lost as soon as any channel of
  // the process on that file closes: the second asker must not even open the file.
  private static final Set<Path> OWNED_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private Ownership(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws CannotStart if a live process owns the home, or it cannot be written
   */
  static Ownership take(Home home) {
    var file = home.root().resolve("owner.lock");
    if (!OWNED_HERE.add(file)) {
      throw refusal(home, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        var owner = Files.readString(file).strip();
        channel.close();
        OWNED_HERE.remove(file);
        throw refusal(home, owner);
      }
      channel.truncate(0);
      var pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      return new Ownership(file, channel);
    } catch (IOException e) {
      OWNED_HERE.remove(file);
      throw home.unusable(e);
    }
  }

  private static CannotStart refusal(Home home, String owner) {
    return new CannotStart(
        "另一个正在运行的 Wagerail 进程（"
            + owner
            + "）正在使用 "
            + home
            + "。请等它结束，或用 "
            + Home.VARIABLE
            + " 指定另一个目录。",
        "Another live Wagerail process ("
            + owner
            + ") owns "
            + home
            + ". Wait until it ends, or name another directory in "
            + Home.VARIABLE
            + ".");
  }

  /** Gives the home back; a second call changes nothing. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OWNED_HERE.remove(file);
    }
  }
}
