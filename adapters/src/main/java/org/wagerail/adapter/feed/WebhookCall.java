package org.wagerail.adapter.feed;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Calls an endpoint. What it answers counts by its status alone, and nothing of it is followed: no
 * redirect, no cookie, no proxy of the environment.
 */
@Component
final class WebhookCall implements DisposableBean {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** What fails in passing is tried again at once: a connection that was closed in between. */
  private static final Retry AT_ONCE =
      Retry.of(
          "webhook",
          RetryConfig.<String>custom()
              .maxAttempts(2)
              .intervalFunction(IntervalFunction.of(Duration.ofMillis(100)))
              .retryOnResult("RESET"::equals)
              .build());

  private final Targets targets;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable CloseableHttpClient http;
  private @Nullable RestClient client;

  WebhookCall(Targets targets) {
    this.targets = targets;
  }

  /** Made when it is first needed: most commands send nothing, and trust stores take their time. */
  private synchronized RestClient client() {
    if (client == null) {
      var made =
          HttpClients.custom()
              .setConnectionManager(
                  PoolingHttpClientConnectionManagerBuilder.create()
                      .setDnsResolver(targets)
                      .setDefaultConnectionConfig(
                          ConnectionConfig.custom().setConnectTimeout(Timeout.of(CONNECT)).build())
                      .build())
              .disableRedirectHandling()
              .disableCookieManagement()
              .disableAutomaticRetries()
              .disableAuthCaching()
              .build();
      http = made;
      client =
          RestClient.builder()
              .requestFactory(new HttpComponentsClientHttpRequestFactory(made))
              .build();
    }
    return client;
  }

  /**
   * Sends a delivery.
   *
   * @param patience for the whole of an answer, however slowly it drips
   * @return why it was not taken, or null
   */
  @Nullable String send(
      String url, String id, long time, String signature, byte[] body, Duration patience) {
    var limit =
        TimeLimiter.of(
            TimeLimiterConfig.custom().timeoutDuration(patience).cancelRunningFuture(true).build());
    var outcome =
        AT_ONCE.executeSupplier(
            () -> {
              try {
                return limit.executeFutureSupplier(
                    () -> threads.submit(() -> once(url, id, time, signature, body)));
              } catch (TimeoutException e) {
                return "TIMEOUT";
              } catch (Exception e) {
                return "FAILED " + e.getClass().getSimpleName();
              }
            });
    return outcome.isEmpty() ? null : outcome;
  }

  /** Empty when it was taken. */
  private String once(String url, String id, long time, String signature, byte[] body) {
    try {
      int status =
          client()
              .post()
              .uri(URI.create(url))
              .header("Content-Type", "application/json")
              .header("webhook-id", id)
              .header("webhook-timestamp", Long.toString(time))
              .header("webhook-signature", signature)
              .body(body)
              .exchange((_, response) -> response.getStatusCode().value());
      return status >= 200 && status < 300
          ? ""
          : status >= 300 && status < 400 ? "REDIRECT " + status : "HTTP " + status;
    } catch (ResourceAccessException e) {
      return reason(e.getCause());
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "TARGET";
      case SocketTimeoutException _ -> "TIMEOUT";
      case java.net.ConnectException _ -> "NO_CONNECTION";
      case javax.net.ssl.SSLException _ -> "TLS";
      case IOException _ -> "RESET";
      case null, default -> "FAILED";
    };
  }

  @Override
  public synchronized void destroy() throws IOException {
    threads.shutdownNow();
    if (http != null) {
      http.close();
    }
  }
}
