package org.wagerail.adapter.mail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whole files from half-written ones, by what successive looks at a folder see. None of them
 * waits for a file, so that one look judges thousands.
 *
 * <p>A file is whole when it rests and its end is written: an XML document cannot end before its
 * root element is closed, nor a workbook before its directory, however slowly it comes. A csv file
 * has no end of its own: it must have rested long, and so must one that is never closed, so that
 * its sender is told what is wrong with it. Who wants a csv file to be taken at once gives it its
 * name when it is whole.
 */
public final class WholeFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WholeFiles.class);

  public static final Duration REST = Duration.ofMillis(500);
  public static final Duration LONG_REST = Duration.ofMinutes(1);

  /** A root's start tag is expected here, behind declaration and comments, its end tag there. */
  private static final int HEAD = 4096;

  private static final int TAIL = 512;

  /** A workbook ends with the end of its directory of parts, and has no comment behind it. */
  private static final String WORKBOOK = "PK\3\4";

  private static final int DIRECTORY_END = 22;
  private static final String DIRECTORY_END_MARK = "PK\5\6";
  private static final Pattern START_TAG = Pattern.compile("<([^\\s<>/?!]+)");

  /** What tells one state of a file from another. */
  private record Stamp(long size, FileTime modified, @Nullable Object key) {}

  private record Seen(Stamp stamp, long since, boolean finished, boolean told) {}

  private final Map<Path, Seen> known = new HashMap<>();
  private final Set<Path> looked = new HashSet<>();

  /**
   * Looks at a file.
   *
   * @param now nanoseconds of a clock that never goes back
   * @return whether it can be taken
   */
  boolean take(Path file, long now) {
    looked.add(file);
    var stamp = stamp(file);
    if (stamp == null) {
      return false;
    }
    var seen = known.get(file);
    if (seen == null || !seen.stamp().equals(stamp)) {
      known.put(file, new Seen(stamp, now, false, seen != null && seen.told()));
      return false;
    }
    long rested = now - seen.since();
    if (seen.finished() || rested < REST.toNanos()) {
      return false;
    }
    if (rested < LONG_REST.toNanos() && !isClosed(file)) {
      tell(file, seen);
      return false;
    }
    return Files.isReadable(file);
  }

  /** Who watches should know why nothing happens. A csv file always waits. */
  private void tell(Path file, Seen seen) {
    if (!seen.told() && !file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      known.put(file, new Seen(seen.stamp(), seen.since(), seen.finished(), true));
      LOG.warn(
          "文件末尾未写完，静止一分钟后照样接收 its end is not written, it is taken after a minute's rest: {}",
          file.getFileName().toString().replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
  }

  /** Whether the file is still what was judged. */
  boolean isUnchanged(Path file) {
    var seen = known.get(file);
    return seen != null && seen.stamp().equals(stamp(file));
  }

  /** Passes over a file until it changes. */
  void finish(Path file) {
    known.computeIfPresent(
        file, (_, seen) -> new Seen(seen.stamp(), seen.since(), true, seen.told()));
  }

  /** Ends a look that saw every file: what it did not see has gone. */
  void forgetUnseen() {
    known.keySet().retainAll(looked);
  }

  /** Begins a look. */
  void begin() {
    looked.clear();
  }

  /** Nothing where there is no plain file: a link or a pipe leads somewhere else. */
  private static @Nullable Stamp stamp(Path file) {
    try {
      var now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return now.isRegularFile()
          ? new Stamp(now.size(), now.lastModifiedTime(), now.fileKey())
          : null;
    } catch (IOException gone) {
      return null;
    }
  }

  /**
   * Whether a file's end is written. Bytes are read as Latin letters: a document in wider ones just
   * has to rest longer.
   */
  public static boolean isClosed(Path file) {
    try (var channel = FileChannel.open(file)) {
      if (text(channel, 0, 4).equals(WORKBOOK)) {
        return text(channel, Math.max(0, channel.size() - DIRECTORY_END), DIRECTORY_END)
            .startsWith(DIRECTORY_END_MARK);
      }
      var root = START_TAG.matcher(text(channel, 0, HEAD));
      var tail = text(channel, Math.max(0, channel.size() - TAIL), TAIL).stripTrailing();
      return root.find()
          && tail.endsWith(">")
          && tail.substring(0, tail.length() - 1)
              .stripTrailing()
              .endsWith("</" + Objects.requireNonNull(root.group(1)));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static String text(FileChannel channel, long from, int most) throws IOException {
    var bytes = ByteBuffer.allocate(most);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
      // A read may bring less than there is.
    }
    return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
  }
}
