package org.wagerail.acceptance;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.adapter.feed.WebhookDelivery;
import org.wagerail.evidence.EventLog;
import org.wagerail.mailbox.Webhooks;
import org.wagerail.ops.Engine;
import org.wagerail.ops.audit.Audit;
import org.wagerail.ops.home.Home;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events on their way to an endpoint that fails in every way, and of a process that ends between.
 */
class WebhookTests {
  private static final int BANK = 1;
  private static final byte[] KEY =
      "thirty-two bytes of a test's key".getBytes(StandardCharsets.UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private WireMockServer endpoint;
  private Engine engine;
  private Instant now = Instant.parse("2026-10-15T08:00:00Z");

  @BeforeEach
  void start() {
    endpoint = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    endpoint.start();
  }

  @AfterEach
  void stop() {
    engine.close();
    endpoint.stop();
  }

  private void open(boolean inside) {
    engine =
        Engine.open(Home.at(folder.resolve("home")), Map.of("wagerail.webhook.private", inside));
  }

  @Test
  void noEventIsLostWhateverTheEndpointDoes() throws Exception {
    open(false);
    engine
        .bean(JdbcClient.class)
        .sql("INSERT INTO bank VALUES (1, '102331000010', '本行', 'Bank')")
        .update();
    engine
        .bean(JdbcClient.class)
        .sql(
            """
            INSERT INTO parameter SELECT 1, '', name, DATE '2026-01-01', value, 'test'
              FROM (VALUES ('webhook-events', '4'), ('webhook-patience', '1'),
                           ('webhook-failures', '6')) AS x (name, value)
            """)
        .update();
    tell(10);
    var webhooks = engine.bean(Webhooks.class);
    long all = webhooks.ask(BANK, now, "clerk", url("/all"), List.of(), SECRET, 0);
    tell(2);
    deliver();
    assertThat(endpoint.getAllServeEvents()).isEmpty();
    assertThat(webhooks.say(BANK, now, "clerk", all, Webhooks.Word.CONFIRM, ""))
        .isEqualTo(Webhooks.Refusal.SAME_PERSON);
    assertThat(webhooks.say(BANK, now, "head", all, Webhooks.Word.CONFIRM, "")).isNull();

    // An address of this machine is no target, whatever name led there.
    deliver();
    assertThat(webhooks.all(BANK).getFirst().failure()).isEqualTo("TARGET");
    assertThat(endpoint.getAllServeEvents()).isEmpty();

    // The process ends, and another is told that the bank's own network is a target.
    engine.close();
    open(true);
    play(
        "/all",
        aResponse().withStatus(500),
        aResponse().withStatus(200).withFixedDelay(2_500),
        aResponse().withStatus(307).withHeader("Location", endpoint.url("/elsewhere")),
        // Tried twice at once.
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    var failures = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      // Too early: an endpoint that failed is left alone for a while.
      assertThat(deliver()).isZero();
      now = now.plus(Duration.ofHours(1));
      assertThat(deliver()).isZero();
      failures.add(endpointOf(all).failure());
      tell(1);
    }
    assertThat(failures).containsExactly("HTTP 500", "TIMEOUT", "REDIRECT 307", "RESET");
    assertThat(endpointOf(all).failures()).isEqualTo(5);
    now = now.plus(Duration.ofHours(1));
    assertThat(deliver()).isPositive();
    assertThat(heard("/all")).isEqualTo(LongStream.rangeClosed(1, last()).boxed().toList());
    assertThat(calls("/elsewhere")).isEmpty();

    // It dies: paused with an alarm, and nothing is lost.
    endpoint.stubFor(post(urlEqualTo("/all")).willReturn(aResponse().withStatus(503)));
    tell(3);
    for (int i = 0; i < 8; i++) {
      deliver();
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(endpointOf(all).state()).isEqualTo(Webhooks.State.PAUSED);
    assertThat(
            engine
                .bean(JdbcClient.class)
                .sql("SELECT detail FROM event WHERE kind = 'WEBHOOK_PAUSED'")
                .query(String.class)
                .single())
        .isEqualTo("HTTP 503, 6 times");
    int before = calls("/all").size();
    endpoint.stubFor(post(urlEqualTo("/all")).willReturn(aResponse().withStatus(204)));
    deliver();
    assertThat(calls("/all")).hasSize(before);
    assertThat(say(all, Webhooks.Word.RESUME, "")).isNull();
    deliver();
    assertThat(endpointOf(all).state()).isEqualTo(Webhooks.State.ACTIVE);
    assertThat(heard("/all")).isEqualTo(LongStream.rangeClosed(1, last()).boxed().toList());
    proveEachDelivery();

    // One that wants a single kind hears of nothing else, and each delivery says what it passes.
    long some =
        engine
            .bean(Webhooks.class)
            .ask(BANK, now, "clerk", url("/some"), List.of("WEBHOOK_PAUSED"), SECRET, 3);
    assertThat(say(some, Webhooks.Word.CONFIRM, "")).isNull();
    endpoint.stubFor(post(urlEqualTo("/some")).willReturn(aResponse().withStatus(200)));
    deliver();
    tell(2);
    deliver();
    var body = bodies("/some");
    assertThat(body).hasSize(1);
    assertThat(body.getFirst().path("after").asLong()).isEqualTo(3);
    assertThat(body.getFirst().path("events")).hasSize(1);
    assertThat(body.getFirst().path("events").get(0).path("en").asString())
        .isEqualTo("a webhook was paused: its endpoint is dead");

    assertThat(say(some, Webhooks.Word.END, "")).isEqualTo(Webhooks.Refusal.NO_REASON);
    assertThat(say(some, Webhooks.Word.END, "the system is gone")).isNull();
    assertThat(say(some, Webhooks.Word.RESUME, "")).isEqualTo(Webhooks.Refusal.STATE_CONFLICT);
    assertThat(engine.bean(Audit.class).run(BANK))
        .filteredOn(proof -> proof.rule().startsWith("WEBHOOK_") || proof.rule().endsWith("_CHAIN"))
        .hasSizeGreaterThan(4)
        .allSatisfy(proof -> assertThat(proof.rows()).as(proof.rule()).isEmpty());
  }

  private Webhooks.Refusal say(long webhook, Webhooks.Word word, String reason) {
    return engine.bean(Webhooks.class).say(BANK, now, "head", webhook, word, reason);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + endpoint.port() + path;
  }

  private void play(String path, ResponseDefinitionBuilder... answers) {
    var state = Scenario.STARTED;
    for (int i = 0; i < answers.length; i++) {
      var next = "after " + (i + 1);
      endpoint.stubFor(
          post(urlEqualTo(path))
              .inScenario(path)
              .whenScenarioStateIs(state)
              .willReturn(answers[i])
              .willSetStateTo(next));
      state = next;
    }
    endpoint.stubFor(
        post(urlEqualTo(path))
            .inScenario(path)
            .whenScenarioStateIs(state)
            .willReturn(aResponse().withStatus(200)));
  }

  private void tell(int events) {
    var log = engine.bean(EventLog.class);
    new TransactionTemplate(engine.bean(PlatformTransactionManager.class))
        .executeWithoutResult(
            _ -> {
              for (int i = 0; i < events; i++) {
                log.append(
                    BANK,
                    now,
                    List.of(new EventLog.Event("MESSAGE_DELIVERED", "test", "event " + i)));
              }
            });
  }

  private long last() {
    return engine.bean(EventLog.class).last(BANK);
  }

  private int deliver() {
    return engine.bean(WebhookDelivery.class).deliver(BANK, now);
  }

  private Webhooks.Endpoint endpointOf(long webhook) {
    return engine.bean(Webhooks.class).all(BANK).stream()
        .filter(e -> e.webhook() == webhook)
        .findFirst()
        .orElseThrow();
  }

  // ------------------------------------------------------------------ what the endpoint heard

  private List<ServeEvent> calls(String path) {
    // The server names the last one first.
    return endpoint.getAllServeEvents().reversed().stream()
        .filter(call -> call.getRequest().getUrl().equals(path))
        .toList();
  }

  /** Of the deliveries that it took, by their order. */
  private List<JsonNode> bodies(String path) {
    return calls(path).stream()
        .filter(call -> call.getResponseDefinition().getStatus() / 100 == 2)
        .filter(call -> call.getResponseDefinition().getFixedDelayMilliseconds() == null)
        .filter(call -> call.getResponseDefinition().getFault() == null)
        .map(call -> JSON.readTree(call.getRequest().getBody()))
        .toList();
  }

  private List<Long> heard(String path) {
    var heard = new ArrayList<Long>();
    long place = 0;
    for (var body : bodies(path)) {
      assertThat(body.path("after").asLong()).isEqualTo(place);
      body.path("events").forEach(event -> heard.add(event.path("seq").asLong()));
      place = body.path("last").asLong();
    }
    return heard;
  }

  /** As a receiver would, with no code of ours. */
  private void proveEachDelivery() throws Exception {
    for (LoggedRequest call : endpoint.findAll(postRequestedFor(anyUrl()))) {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      mac.update(
          (call.getHeader("webhook-id") + "." + call.getHeader("webhook-timestamp") + ".")
              .getBytes(StandardCharsets.UTF_8));
      assertThat(call.getHeader("webhook-signature"))
          .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(call.getBody())));
      var body = JSON.readTree(call.getBody());
      assertThat(call.getHeader("webhook-id"))
          .isEqualTo(
              "102331000010-1-%d-%d"
                  .formatted(body.path("after").asLong(), body.path("last").asLong()));
    }
  }
}
