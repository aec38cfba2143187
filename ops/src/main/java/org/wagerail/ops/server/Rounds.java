package org.wagerail.ops.server;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.project.Banks;
import org.wagerail.project.Parameters;

/**
 * What a running server does by itself: reads what came in, decides and pays at the cut-off, sends
 * out what is due. One failure stops neither the other banks nor the next round.
 */
@Component
public final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Banks banks;
  private final Parameters parameters;
  private final Inbox inbox;
  private final PayDay payDay;
  private final Delivery delivery;

  /** The last day of each bank whose cut-off this process has seen to; a job does nothing twice. */
  private final Map<Integer, LocalDate> decided = new HashMap<>();

  Rounds(Banks banks, Parameters parameters, Inbox inbox, PayDay payDay, Delivery delivery) {
    this.banks = banks;
    this.parameters = parameters;
    this.inbox = inbox;
    this.payDay = payDay;
    this.delivery = delivery;
  }

  /** Goes round once. Not for two threads at a time. */
  public void go(Instant now) {
    for (var bank : banks.all()) {
      tryTo("read payrolls", () -> read(bank, now));
      tryTo("read answers", () -> answers(bank, now));
      tryTo("decide runs", () -> decide(bank, now));
    }
    tryTo("deliver messages", () -> delivery.drain(now));
  }

  private void read(Banks.Bank bank, Instant now) {
    if (!inbox.open(bank.bank(), Sender.CONTRACTOR).isEmpty()) {
      payDay.intake(bank.bank(), now);
    }
  }

  private void answers(Banks.Bank bank, Instant now) {
    if (!inbox.open(bank.bank(), Sender.CLEARING).isEmpty()) {
      payDay.answers(bank.bank(), now);
    }
  }

  private void decide(Banks.Bank bank, Instant now) {
    var zone = java.time.ZoneId.of(bank.zone());
    var today = now.atZone(zone).toLocalDate();
    var time = LocalTime.parse(parameters.of(bank.bank(), "").text("cut-off", today));
    var cutOff = today.atTime(time).atZone(zone).toInstant();
    if (!now.isBefore(cutOff) && !today.equals(decided.get(bank.bank()))) {
      payDay.run(bank.bank(), cutOff);
      decided.put(bank.bank(), today);
    }
  }

  private static void tryTo(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("cannot {}, and will try again: {}", what, e.toString());
      LOG.info("why it could not {}", what, e);
    }
  }
}
