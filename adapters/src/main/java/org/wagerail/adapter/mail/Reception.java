package org.wagerail.adapter.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.iso.MessageKind;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Sender;

/** Keeps files' bytes, tells by them what documents they are, and hands them to the inbox. */
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
    int month = month(zone, at);
    int fresh = 0;
    for (int from = 0; from < files.size(); from += TOGETHER) {
      // To keep bytes is to wait for the disk: several wait at once.
      var letters =
          files.subList(from, Math.min(files.size(), from + TOGETHER)).parallelStream()
              .map(file -> letter(file.getFileName().toString(), file))
              .toList();
      fresh += inbox.accept(bank, sender, month, at, letters);
    }
    return fresh;
  }

  /**
   * Receives one file.
   *
   * @param name as the sender called it
   * @return whether it is new
   */
  public boolean receive(int bank, ZoneId zone, Sender sender, String name, Path file, Instant at) {
    return inbox.accept(bank, sender, month(zone, at), at, List.of(letter(name, file))) == 1;
  }

  private static int month(ZoneId zone, Instant at) {
    var received = YearMonth.from(at.atZone(zone));
    return received.getYear() * 100 + received.getMonthValue();
  }

  private Inbox.Letter letter(String name, Path file) {
    try {
      MessageStore.Kept kept;
      try (var bytes = Files.newInputStream(file)) {
        kept = store.keep(bytes);
      }
      try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
        var kind = MessageKind.sniff(bytes);
        return new Inbox.Letter(name, kind == null ? kind(name, file) : kind.name(), kept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is no message may be a sheet. */
  private static String kind(String name, Path file) throws IOException {
    try (var bytes = Files.newInputStream(file)) {
      return DocumentKind.of(bytes, name).message();
    }
  }
}
