package org.wagerail.adapter.contractor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Reason;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.payroll.ReturnNotices;

/**
 * Says by camt.054 which settled wages came back to a special account, and why; pain.002 says RJCT
 * of what never settled.
 */
@Component
public final class ReturnAdvices {
  private final MessageStore store;

  ReturnAdvices(MessageStore store) {
    this.store = store;
  }

  /**
   * Writes an advice for each payroll and keeps its bytes.
   *
   * @param returns of each payroll, by account
   */
  public List<Outbox.OutboundMessage> write(
      List<ReturnNotices.Due> payrolls,
      List<List<ReturnNotices.Returned>> returns,
      Instant at,
      ZoneId zone) {
    var messages = new ArrayList<Outbox.OutboundMessage>(payrolls.size());
    for (int i = 0; i < payrolls.size(); i++) {
      var payroll = payrolls.get(i);
      try (var draft = store.draft()) {
        var buffered = new BufferedOutputStream(draft, 1 << 16);
        write(payroll, returns.get(i), at, zone, buffered);
        buffered.flush();
        messages.add(
            new Outbox.OutboundMessage(
                Outbox.Counterpart.CONTRACTOR,
                "camt.054-" + payroll.subject().replace('/', '-').replace(' ', '-') + ".xml",
                Camt054.VERSION,
                payroll.subject(),
                draft.keep(),
                null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return messages;
  }

  private static void write(
      ReturnNotices.Due payroll,
      List<ReturnNotices.Returned> returns,
      Instant at,
      ZoneId zone,
      OutputStream out) {
    var id = "N" + payroll.month() + "-" + payroll.payroll() + "-" + payroll.last();
    try (var writer =
        Camt054.writer(out, new Camt054.Header(id, at.atZone(zone).toOffsetDateTime()))) {
      var account = "";
      int accounts = 0;
      for (var returned : returns) {
        if (!account.equals(returned.account())) {
          account = returned.account();
          writer.account(id + "-" + ++accounts, account);
        }
        writer.returned(
            new Camt054.Returned(
                "R" + returned.txId(),
                payroll.msgId(),
                returned.pmtInfId(),
                returned.instrId(),
                returned.endToEnd(),
                returned.txId().toString(),
                returned.amount(),
                returned.booked().atZone(zone).toLocalDate(),
                new Reason(returned.reason(), "settled and returned; due again / 已退回，重新应付")));
      }
    }
  }
}
