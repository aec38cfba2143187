package org.wagerail.adapter.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.project.Banks;

/**
 * The counterparts' folders: {@code <out>/<counterpart>/<bank code>/<name>}. A file appears whole
 * and on disk, or not at all.
 */
@Component
final class OutFolder {
  private final MessageStore store;
  private final Banks banks;
  private final Path out;

  OutFolder(MessageStore store, Banks banks, @Value("${wagerail.out}") String out) {
    this.store = store;
    this.banks = banks;
    this.out = Path.of(out);
  }

  void copy(Outbox.Due message) {
    var folder =
        out.resolve(message.counterpart().name().toLowerCase(Locale.ROOT))
            .resolve(banks.of(message.bank()).code());
    var draft = folder.resolve("." + message.name() + ".part");
    try (var bytes = store.read(message.hash())) {
      Files.createDirectories(folder);
      try (var file =
              FileChannel.open(
                  draft,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          var stream = Channels.newOutputStream(file)) {
        bytes.transferTo(stream);
        file.force(true);
      }
      Files.move(
          draft,
          folder.resolve(message.name()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
