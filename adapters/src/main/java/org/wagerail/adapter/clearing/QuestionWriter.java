package org.wagerail.adapter.clearing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt056;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pacs028;
import org.wagerail.iso.Reason;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.payment.Inquiries;
import org.wagerail.payment.Recalls;

/** Writes what clearing is asked: about silence as pacs.028, for money back as camt.056. */
@Component
public final class QuestionWriter {
  private final MessageStore store;

  QuestionWriter(MessageStore store) {
    this.store = store;
  }

  /**
   * Writes a question for each package that is silent, in whole or in part, and keeps the bytes. A
   * package that is silent as a whole is asked about as a whole.
   *
   * @param sender the bank's own clearing member identification
   */
  public List<Outbox.OutboundMessage> inquiries(
      List<Inquiries.Silence> silences, String sender, Instant at, ZoneId zone) {
    var messages = new ArrayList<Outbox.OutboundMessage>();
    for (var silence : silences) {
      if (!silence.silent().isEmpty()) {
        var id = "Q" + silence.of().month() + "-" + silence.of().number();
        messages.add(
            message(
                id,
                Pacs028.VERSION,
                silence.subject(),
                out -> inquiry(silence, id, sender, at.atZone(zone).toOffsetDateTime(), out)));
      }
    }
    return messages;
  }

  private static void inquiry(
      Inquiries.Silence silence, String id, String sender, OffsetDateTime at, OutputStream out) {
    try (var writer =
        Pacs028.writer(
            out,
            new Pacs028.Header(
                id,
                at,
                sender,
                silence.of().participant(),
                silence.of().messageId(),
                Pacs008.VERSION,
                silence.of().payments()))) {
      if (!silence.isWhole()) {
        for (var each : silence.silent()) {
          writer.transaction("Q" + each, null, each.toString());
        }
      }
    }
  }

  /** Writes a message for each recall and keeps the bytes. */
  public List<Outbox.OutboundMessage> recalls(
      List<Recalls.Request> requests, String sender, Instant at, ZoneId zone) {
    var created = at.atZone(zone).toOffsetDateTime();
    return requests.stream()
        .map(
            request -> {
              var id = "C" + request.txId();
              return message(
                  id,
                  Camt056.VERSION,
                  request.subject(),
                  out -> recall(request, id, sender, created, out));
            })
        .toList();
  }

  private static void recall(
      Recalls.Request request, String id, String sender, OffsetDateTime at, OutputStream out) {
    try (var writer =
        Camt056.writer(
            out,
            new Camt056.Header(
                id, at, sender, request.participant(), 1, request.packageId(), Pacs008.VERSION))) {
      writer.recall(
          id,
          request.endToEnd(),
          request.txId().toString(),
          request.amount(),
          request.settlementDate(),
          new Reason(
              request.reason().name(),
              request.reason().english() + " / " + request.reason().chinese()));
    }
  }

  private Outbox.OutboundMessage message(
      String id, String kind, String subject, Consumer<OutputStream> write) {
    try (var draft = store.draft()) {
      var buffered = new BufferedOutputStream(draft, 1 << 16);
      write.accept(buffered);
      buffered.flush();
      return new Outbox.OutboundMessage(
          Outbox.Counterpart.CLEARING, id + ".xml", kind, subject, draft.keep(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
