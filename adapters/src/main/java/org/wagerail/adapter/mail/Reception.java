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

  /**
   * Keeps bytes that come as a stream; nothing is received yet.
   *
   * @param name as the sender called the file
   */
  public Inbox.Letter keep(String name, InputStream bytes) throws IOException {
    var kept = store.keep(bytes);
    return letter(name, kept, () -> store.read(kept.hash()));
  }

  /**
   * Receives one letter.
   *
   * @return whether it is new
   */
  public boolean receive(int bank, ZoneId zone, Sender sender, Inbox.Letter letter, Instant at) {
    return inbox.accept(bank, sender, month(zone, at), at, List.of(letter)) == 1;
  }

  private static int month(ZoneId zone, Instant at) {
    var received = YearMonth.from(at.atZone(zone));
    return received.getYear() * 100 + received.getMonthValue();
  }

  private Inbox.Letter letter(String name, Path file) {
    try (var bytes = Files.newInputStream(file)) {
      return letter(name, store.keep(bytes), () -> Files.newInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Opening {
    InputStream open() throws IOException;
  }

  /** What the bytes are, not what they are called; what is no message may be a sheet. */
  private static Inbox.Letter letter(String name, MessageStore.Kept kept, Opening again)
      throws IOException {
    try (var bytes = new BufferedInputStream(again.open())) {
      var kind = MessageKind.sniff(bytes);
      if (kind != null) {
        return new Inbox.Letter(name, kind.name(), kept);
      }
    }
    try (var bytes = again.open()) {
      return new Inbox.Letter(name, DocumentKind.of(bytes, name).message(), kept);
    }
  }
}
