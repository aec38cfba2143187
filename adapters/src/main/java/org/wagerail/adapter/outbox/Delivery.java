package org.wagerail.adapter.outbox;

import java.time.Instant;
import java.util.ArrayList;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.wagerail.mailbox.Outbox;

/** Delivers what is due, in blocks, at least once each. */
@Component
public final class Delivery {
  private static final int TOGETHER = 200;

  private final Outbox outbox;
  private final DirectChannel outboxDue;

  Delivery(Outbox outbox, DirectChannel outboxDue) {
    this.outbox = outbox;
    this.outboxDue = outboxDue;
  }

  /**
   * Delivers until nothing more can be delivered.
   *
   * @return how many messages went out
   * @throws Undelivered when all went out but what it names
   */
  public int drain(Instant at) {
    int count = 0;
    var failures = new ArrayList<Undelivered.Failure>();
    for (var due = outbox.due(null, TOGETHER);
        !due.isEmpty();
        due = outbox.due(due.getLast(), TOGETHER)) {
      int before = failures.size();
      outboxDue.send(
          MessageBuilder.withPayload(due)
              .setHeader(DeliveryFlow.AT, at)
              .setHeader(DeliveryFlow.FAILURES, failures)
              .build());
      count += due.size() - (failures.size() - before);
    }
    if (!failures.isEmpty()) {
      throw new Undelivered(count, failures);
    }
    return count;
  }
}
