package org.wagerail.adapter.clearing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Pacs008;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.payment.Payments;
import org.wagerail.payroll.Remittance;

/** Writes packages as pacs.008. */
@Component
public final class PackageWriter {
  private final MessageStore store;

  PackageWriter(MessageStore store) {
    this.store = store;
  }

  /**
   * Writes a package and keeps its bytes.
   *
   * @param transfers its payments in order
   * @param sender the bank's own clearing member identification
   */
  public Outbox.OutboundMessage write(
      Payments.Package of,
      List<Payments.Transfer> transfers,
      String sender,
      Instant at,
      ZoneId zone) {
    var id = of.messageId();
    try (var draft = store.draft()) {
      var buffered = new BufferedOutputStream(draft, 1 << 16);
      var header =
          new Pacs008.Header(
              id,
              at.atZone(zone).toOffsetDateTime(),
              of.payments(),
              of.total(),
              of.settlementDate(),
              sender,
              of.participant());
      try (var writer = Pacs008.writer(buffered, header)) {
        for (var t : transfers) {
          writer.transfer(
              t.endToEnd(),
              t.txId().toString(),
              null,
              t.amount(),
              t.debtorName(),
              t.debtorAccount(),
              sender,
              t.project(),
              t.firmCode(),
              t.creditorMember(),
              t.creditorName(),
              t.creditorAccount(),
              Remittance.write(t.period(), t.runType()));
        }
      }
      buffered.flush();
      return new Outbox.OutboundMessage(
          Outbox.Counterpart.CLEARING,
          id + ".xml",
          Pacs008.VERSION,
          of.subject(),
          draft.keep(),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
