package org.wagerail.adapter.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.GenericHandler;
import org.springframework.integration.dsl.IntegrationFlow;
import org.wagerail.mailbox.Outbox;

/**
 * The way from the outbox to the counterparts: copy the bytes of a block, then mark it delivered.
 */
@Configuration(proxyBeanMethods = false)
@EnableIntegration
class DeliveryFlow {
  static final String AT = "deliveredAt";

  @Bean
  DirectChannel outboxDue() {
    return new DirectChannel();
  }

  @Bean
  IntegrationFlow outboxDelivery(DirectChannel outboxDue, OutFolder folder, Outbox outbox) {
    GenericHandler<List<Outbox.Due>> copy =
        (due, headers) -> {
          due.forEach(folder::copy);
          return due;
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

  /** Messages carry a list; what it lists is known only here. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static GenericHandler<List> cast(GenericHandler<List<Outbox.Due>> handler) {
    return (GenericHandler) handler;
  }
}
