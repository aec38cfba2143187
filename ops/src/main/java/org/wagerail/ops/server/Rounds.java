package org.wagerail.ops.server;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.feed.WebhookDelivery;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.evidence.EventLog;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.payday.DailyRound;
import org.wagerail.ops.payday.MoneyIn;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.payday.SetAside;
import org.wagerail.ops.payday.StatementRound;
import org.wagerail.ops.sandbox.PlayedPartners;
import org.wagerail.payment.Recalls;
import org.wagerail.project.Banks;
import org.wagerail.project.Corrections;
import org.wagerail.project.Parameters;

/**
 * What a running server does by itself: takes in what came, pays leavers at once and everybody else
 * at the cut-off, asks clearing, looks after the bank once a day, sends out what is due. One
 * failure stops neither the other banks nor the other work, and is tried again after a pause.
 */
@Component
public final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

  private final Banks banks;
  private final Parameters parameters;
  private final Inbox inbox;
  private final EventLog events;
  private final Recalls recalls;
  private final Corrections corrections;
  private final PayDay payDay;
  private final MoneyIn moneyIn;
  private final DailyRound dailyRound;
  private final StatementRound statementRound;
  private final Delivery delivery;
  private final WebhookDelivery webhooks;
  private final @Nullable PlayedPartners partners;

  /** What this process has seen to, so that it looks no more often than it must. */
  private static final class Memory {
    private boolean started;
    private long event = -1;
    private @Nullable LocalDate decided;
    private @Nullable LocalDate lookedAfter;
  }

  private final Map<Integer, Memory> memories = new HashMap<>();
  private final Map<String, Instant> pauses = new HashMap<>();

  Rounds(
      Banks banks,
      Parameters parameters,
      Inbox inbox,
      EventLog events,
      Recalls recalls,
      Corrections corrections,
      PayDay payDay,
      MoneyIn moneyIn,
      DailyRound dailyRound,
      StatementRound statementRound,
      Delivery delivery,
      WebhookDelivery webhooks,
      ObjectProvider<PlayedPartners> partners) {
    this.banks = banks;
    this.parameters = parameters;
    this.inbox = inbox;
    this.events = events;
    this.recalls = recalls;
    this.corrections = corrections;
    this.payDay = payDay;
    this.moneyIn = moneyIn;
    this.dailyRound = dailyRound;
    this.statementRound = statementRound;
    this.delivery = delivery;
    this.webhooks = webhooks;
    this.partners = partners.getIfAvailable();
  }

  /** Goes round once. Not for two threads at a time. */
  public void go(Instant now) {
    for (var bank : banks.all()) {
      go(bank, memories.computeIfAbsent(bank.bank(), _ -> new Memory()), now);
    }
    tryTo("deliver messages", now, () -> delivery.drain(now));
    if (partners != null) {
      tryTo("play the partners", now, () -> partners.play(now));
    }
  }

  /** The first round does everything once: whatever a process before this one left half done. */
  private void go(Banks.Bank bank, Memory memory, Instant now) {
    int number = bank.bank();
    var what = " of bank " + bank.code();
    if (!memory.started || !inbox.open(number, Sender.CONTRACTOR).isEmpty()) {
      tryTo("read payrolls" + what, now, () -> payDay.intake(number, now));
    }
    if (!inbox.open(number, Sender.CORE).isEmpty()) {
      tryTo("take money in" + what, now, () -> moneyIn.take(number, now));
    }
    if (!memory.started || !inbox.open(number, Sender.CLEARING).isEmpty()) {
      tryTo("read answers" + what, now, () -> payDay.answers(number, now));
    }
    tryTo("pay at once" + what, now, () -> payAtOnce(bank, memory, now));
    tryTo("decide runs" + what, now, () -> decide(bank, memory, now));
    tryTo("look after the day" + what, now, () -> lookAfter(bank, memory, now));
    if (!recalls.unsent(number).isEmpty()) {
      tryTo("recall" + what, now, () -> payDay.ask(number, now));
    }
    if (corrections.isDue(number)) {
      tryTo("book corrections" + what, now, () -> corrections.book(number, today(bank, now), now));
    }
    tryTo("send events" + what, now, () -> webhooks.begin(number, now));
    memory.started = true;
  }

  /** Nothing can have become due without an event. */
  private void payAtOnce(Banks.Bank bank, Memory memory, Instant now) {
    long last = events.last(bank.bank());
    if (last != memory.event) {
      if (!memory.started || payDay.isDueAtOnce(bank.bank(), now)) {
        payDay.runAtOnce(bank.bank(), now);
      }
      memory.event = last;
    }
  }

  private void decide(Banks.Bank bank, Memory memory, Instant now) {
    var today = today(bank, now);
    var cutOff = timeOf("cut-off", bank, today);
    if (!now.isBefore(cutOff) && !today.equals(memory.decided)) {
      payDay.run(bank.bank(), cutOff);
      memory.decided = today;
    }
  }

  private void lookAfter(Banks.Bank bank, Memory memory, Instant now) {
    var today = today(bank, now);
    if (!now.isBefore(timeOf("daily-round", bank, today)) && !today.equals(memory.lookedAfter)) {
      try {
        dailyRound.run(bank.bank(), now);
      } catch (SetAside e) {
        // A person must look at it; the day's other work does not wait for that.
        LOG.error("the daily round of bank {}: {}", bank.code(), e.getMessage());
      }
      statementRound.run(bank.bank(), now);
      payDay.ask(bank.bank(), now);
      memory.lookedAfter = today;
    }
  }

  private static LocalDate today(Banks.Bank bank, Instant now) {
    return now.atZone(ZoneId.of(bank.zone())).toLocalDate();
  }

  private Instant timeOf(String parameter, Banks.Bank bank, LocalDate today) {
    var time = LocalTime.parse(parameters.of(bank.bank(), "").text(parameter, today));
    return today.atTime(time).atZone(ZoneId.of(bank.zone())).toInstant();
  }

  private void tryTo(String what, Instant now, Runnable step) {
    var until = pauses.get(what);
    if (until != null && now.isBefore(until)) {
      return;
    }
    try {
      step.run();
      pauses.remove(what);
    } catch (RuntimeException e) {
      pauses.put(what, now.plus(PAUSE_AFTER_FAILURE));
      LOG.error("cannot {}, and will try again: {}", what, e.toString());
      LOG.info("why it could not {}", what, e);
    }
  }
}
