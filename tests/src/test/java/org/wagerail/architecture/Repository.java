package org.wagerail.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checked-out repository that these tests judge. */
final class Repository {
  static final List<String> MODULES = List.of("engine", "iso-messages", "adapters", "ops", "tests");

  private Repository() {}

  static Path root() {
    var here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("iso-messages"))) {
      here = here.getParent();
      if (here == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
    }
    return here;
  }

  /** The files of one module's folder with this ending; none where there is no such folder. */
  static List<Path> files(String module, String folder, String ending) {
    var start = root().resolve(module).resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (var files = Files.walk(start)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files(String folder, String ending) {
    return MODULES.stream().flatMap(module -> files(module, folder, ending).stream()).toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
