package org.wagerail.adapter.outbox;

import java.time.Instant;
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
   * Delivers until nothing is due.
   *
   * @return how many messages went out
   */
  public int drain(Instant at) {
    int count = 0;
    for (var due = outbox.due(TOGETHER); !due.isEmpty(); due = outbox.due(TOGETHER)) {
      outboxDue.send(MessageBuilder.withPayload(due).setHeader(DeliveryFlow.AT, at).build());
      count += due.size();
    }
    return count;
  }
}
