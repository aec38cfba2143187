package org.wagerail.adapter.feed;

import io.github.resilience4j.core.IntervalFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.wagerail.mailbox.Webhooks;
import org.wagerail.project.Banks;
import org.wagerail.project.ParameterSet;
import org.wagerail.project.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends events to the endpoints of a bank: in order, at least once, one delivery at a time to each.
 * How far each got and when it last failed stands in the database, so a process that ends forgets
 * nothing. An endpoint that stays dead is paused with an alarm, and goes on where it stood.
 */
@Component
public final class WebhookDelivery implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Webhooks webhooks;
  private final Banks banks;
  private final Parameters parameters;
  private final WebhookCall call;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Endpoints at work, so that none is called twice at a time. */
  private final Map<List<Long>, Boolean> working = new ConcurrentHashMap<>();

  /** Up to where an endpoint's unwanted events have been looked through. */
  private final Map<List<Long>, Long> looked = new ConcurrentHashMap<>();

  WebhookDelivery(Webhooks webhooks, Banks banks, Parameters parameters, WebhookCall call) {
    this.webhooks = webhooks;
    this.banks = banks;
    this.parameters = parameters;
    this.call = call;
  }

  /** What a bank said about deliveries, on a day. */
  private record Settings(
      Banks.Bank bank,
      int month,
      int together,
      Duration patience,
      IntervalFunction pauses,
      int failures) {
    private static Settings of(Banks.Bank bank, ParameterSet set, LocalDate today) {
      long first = 1_000 * set.number("webhook-first-pause", today);
      long longest = 1_000 * set.number("webhook-longest-pause", today);
      return new Settings(
          bank,
          today.getYear() * 100 + today.getMonthValue(),
          (int) set.number("webhook-events", today),
          Duration.ofSeconds(set.number("webhook-patience", today)),
          first == 0
              ? _ -> 0L
              : IntervalFunction.ofExponentialBackoff(first, 2, Math.max(first, longest)),
          (int) set.number("webhook-failures", today));
    }

    /** When an endpoint may be tried again. */
    private boolean isDue(Webhooks.Endpoint endpoint, Instant now) {
      var tried = endpoint.triedAt();
      return tried == null
          || endpoint.failures() == 0
          || !now.isBefore(tried.plusMillis(pauses.apply(endpoint.failures())));
    }
  }

  /** Begins to send what is due to a bank's endpoints, and does not wait for it. */
  public void begin(int bank, Instant now) {
    for (var endpoint : webhooks.all(bank)) {
      var key = List.of((long) bank, endpoint.webhook());
      if (endpoint.state() == Webhooks.State.ACTIVE && working.putIfAbsent(key, true) == null) {
        threads.execute(
            () -> {
              try {
                deliver(settings(bank, now), endpoint.webhook(), now);
              } catch (RuntimeException e) {
                LOG.error("cannot send events to webhook {}: {}", endpoint.webhook(), e.toString());
              } finally {
                working.remove(key);
              }
            });
      }
    }
  }

  /**
   * Sends what is due to a bank's endpoints, until each has everything or fails.
   *
   * @return how many deliveries were taken
   */
  public int deliver(int bank, Instant now) {
    var settings = settings(bank, now);
    int taken = 0;
    for (var endpoint : webhooks.all(bank)) {
      taken += deliver(settings, endpoint.webhook(), now);
    }
    return taken;
  }

  private Settings settings(int bank, Instant now) {
    var of = banks.of(bank);
    return Settings.of(of, parameters.of(bank, ""), now.atZone(ZoneId.of(of.zone())).toLocalDate());
  }

  private int deliver(Settings settings, long webhook, Instant now) {
    int taken = 0;
    while (!Thread.currentThread().isInterrupted() && step(settings, webhook, now)) {
      taken++;
    }
    return taken;
  }

  /** One delivery; whether it was taken. */
  private boolean step(Settings settings, long webhook, Instant now) {
    int bank = settings.bank().bank();
    var endpoint =
        webhooks.all(bank).stream().filter(e -> e.webhook() == webhook).findFirst().orElseThrow();
    if (endpoint.state() != Webhooks.State.ACTIVE || !settings.isDue(endpoint, now)) {
      return false;
    }
    var batch = next(settings, endpoint);
    if (batch == null) {
      return false;
    }
    var failure = send(settings, endpoint, batch, now);
    webhooks.tried(bank, settings.month(), now, webhook, batch, failure);
    if (failure != null && endpoint.failures() + 1 >= settings.failures()) {
      webhooks.pause(bank, now, webhook, failure + ", " + (endpoint.failures() + 1) + " times");
      LOG.error(
          "webhook {} of bank {} is dead and was paused behind event {}: {}",
          webhook,
          settings.bank().code(),
          batch.after(),
          failure);
    }
    return failure == null;
  }

  private Webhooks.@Nullable Batch next(Settings settings, Webhooks.Endpoint endpoint) {
    var key = List.of((long) settings.bank().bank(), endpoint.webhook());
    long behind = Math.max(endpoint.position(), looked.getOrDefault(key, 0L));
    var found = webhooks.next(settings.bank().bank(), endpoint, behind, settings.together());
    looked.put(key, found.looked());
    return found.batch();
  }

  private @Nullable String send(
      Settings settings, Webhooks.Endpoint endpoint, Webhooks.Batch batch, Instant now) {
    var id =
        "%s-%d-%d-%d"
            .formatted(settings.bank().code(), endpoint.webhook(), batch.after(), batch.last());
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "wagerail.events");
    body.put("bank", settings.bank().code());
    body.put("after", batch.after());
    body.put("last", batch.last());
    body.put("events", batch.events().stream().map(EventText::say).toList());
    var bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    long time = now.getEpochSecond();
    var secret =
        Objects.requireNonNull(webhooks.secret(settings.bank().bank(), endpoint.webhook()));
    return call.send(
        endpoint.url(), id, time, Signing.of(secret, id, time, bytes), bytes, settings.patience());
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }
}
