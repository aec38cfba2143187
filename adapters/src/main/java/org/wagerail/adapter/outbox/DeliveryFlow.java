package org.wagerail.adapter.outbox;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.GenericHandler;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.MessageHeaders;
import org.wagerail.mailbox.Outbox;

/**
 * The way from the outbox to the counterparts: copy the bytes of a block, then mark it delivered.
 */
@Configuration(proxyBeanMethods = false)
@EnableIntegration
class DeliveryFlow {
  static final String AT = "deliveredAt";

  /** Header of the list that tells what could not be copied. */
  static final String FAILURES = "failures";

  @Bean
  DirectChannel outboxDue() {
    return new DirectChannel();
  }

  @Bean
  IntegrationFlow outboxDelivery(DirectChannel outboxDue, OutFolder folder, Outbox outbox) {
    GenericHandler<List<Outbox.Due>> copy =
        (due, headers) -> {
          var copied = new ArrayList<Outbox.Due>(due.size());
          for (var message : due) {
            try {
              folder.copy(message);
              copied.add(message);
            } catch (UncheckedIOException e) {
              failures(headers).add(new Undelivered.Failure(message.name(), e));
            }
          }
          return copied;
        };
    GenericHandler<List<Outbox.Due>> mark =
        (due, headers) -> {
          outbox.delivered((Instant) Objects.requireNonNull(headers.get(AT)), due);
          return null;
        };
    return IntegrationFlow.from(outboxDue)
        .handle(List.class, cast(copy))
        .handle(List.class, cast(mark))
        .get();
  }

  @SuppressWarnings("unchecked")
  private static List<Undelivered.Failure> failures(MessageHeaders headers) {
    return (List<Undelivered.Failure>) Objects.requireNonNull(headers.get(FAILURES));
  }

  /** Messages carry a list; what it lists is known only here. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static GenericHandler<List> cast(GenericHandler<List<Outbox.Due>> handler) {
    return (GenericHandler) handler;
  }
}
