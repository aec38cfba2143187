package org.wagerail.ops.sandbox;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file left in a folder that someone watches: whole and on disk, or not there at all. */
final class DroppedFile {
  /** Writes the file's bytes. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private DroppedFile() {}

  /** Leaves it and returns where it lies. A name that begins with a dot is nobody's yet. */
  static Path leave(Path folder, String name, Content content) {
    try {
      Files.createDirectories(folder);
      var draft = folder.resolve("." + name + ".part");
      try (var file = new FileOutputStream(draft.toFile());
          var out = new BufferedOutputStream(file, 1 << 16)) {
        content.writeTo(out);
        out.flush();
        file.getFD().sync();
      }
      return Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
