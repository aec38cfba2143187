package org.wagerail.adapter.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.iso.MessageKind;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Sender;

/** Keeps files' bytes, tells what messages they are, and hands them to the inbox. */
@Component
public final class Reception {
  /** How many files one transaction of the inbox takes: a file's cost counts like a wage's. */
  private static final int TOGETHER = 500;

  private final MessageStore store;
  private final Inbox inbox;

  Reception(MessageStore store, Inbox inbox) {
    this.store = store;
    this.inbox = inbox;
  }

  /**
   * Receives files as they stand.
   *
   * @return how many documents are new
   */
  public int receive(int bank, ZoneId zone, Sender sender, List<Path> files, Instant at) {
    var received = YearMonth.from(at.atZone(zone));
    int month = received.getYear() * 100 + received.getMonthValue();
    int fresh = 0;
    for (int from = 0; from < files.size(); from += TOGETHER) {
      // To keep bytes is to wait for the disk: several wait at once.
      var letters =
          files.subList(from, Math.min(files.size(), from + TOGETHER)).parallelStream()
              .map(this::letter)
              .toList();
      fresh += inbox.accept(bank, sender, month, at, letters);
    }
    return fresh;
  }

  /**
   * Keeps bytes that come as a stream; nothing is received yet.
   *
   * @param name as the sender called the file
   */
  public Inbox.Letter keep(String name, InputStream bytes) throws IOException {
    var kept = store.keep(bytes);
    try (var again = store.read(kept.hash())) {
      var kind = MessageKind.sniff(again);
      return new Inbox.Letter(name, kind == null ? "" : kind.name(), kept);
    }
  }

  /**
   * Receives one letter.
   *
   * @return whether it is new
   */
  public boolean receive(int bank, ZoneId zone, Sender sender, Inbox.Letter letter, Instant at) {
    var received = YearMonth.from(at.atZone(zone));
    int month = received.getYear() * 100 + received.getMonthValue();
    return inbox.accept(bank, sender, month, at, List.of(letter)) == 1;
  }

  private Inbox.Letter letter(Path file) {
    try {
      MessageStore.Kept kept;
      try (var bytes = Files.newInputStream(file)) {
        kept = store.keep(bytes);
      }
      try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
        var kind = MessageKind.sniff(bytes);
        return new Inbox.Letter(
            file.getFileName().toString(), kind == null ? "" : kind.name(), kept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
