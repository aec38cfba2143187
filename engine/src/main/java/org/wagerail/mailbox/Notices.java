package org.wagerail.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts notices out. A notice is a text in UTF-8: lines of a name and a value, an empty line, then
 * what there is to say in Chinese and in English.
 */
@Component
public class Notices {
  /** The form of the text, as the outbox calls it. */
  public static final String KIND = "notice.1";

  private final MessageStore store;
  private final Outbox outbox;

  Notices(MessageStore store, Outbox outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /**
   * Puts notices out in the caller's transaction, one message for each who is told.
   *
   * @param month of the instant in the bank's zone, yyyymm
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void put(int bank, int month, Instant at, List<Notice> notices) {
    var messages = new ArrayList<Outbox.OutboundMessage>();
    for (var notice : notices) {
      for (var to : notice.to()) {
        messages.add(message(notice, to, at));
      }
    }
    outbox.put(bank, month, at, messages);
  }

  private Outbox.OutboundMessage message(Notice notice, Outbox.Counterpart to, Instant at) {
    var subject = notice.subject() + " to " + to.name().toLowerCase(Locale.ROOT);
    var text = text(notice, to, at).getBytes(StandardCharsets.UTF_8);
    try {
      return new Outbox.OutboundMessage(
          to,
          "notice-" + subject.replaceAll("[^A-Za-z0-9]+", "-") + ".txt",
          KIND,
          subject,
          store.keep(new ByteArrayInputStream(text)),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Notice notice, Outbox.Counterpart to, Instant at) {
    var text = new StringBuilder();
    line(text, "notice", notice.kind());
    line(text, "to", to.name());
    line(text, "at", at.toString());
    line(text, "subject", notice.subject());
    notice.facts().forEach((name, value) -> line(text, name, value));
    return text.append('\n')
        .append(notice.chinese())
        .append("\n\n")
        .append(notice.english())
        .append('\n')
        .toString();
  }

  /** A value with a line of its own in it would say what nobody said. */
  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}
