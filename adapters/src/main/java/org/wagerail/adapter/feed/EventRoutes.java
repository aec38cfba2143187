package org.wagerail.adapter.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.adapter.rest.MoneyPosts;
import org.wagerail.adapter.rest.Paging;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.evidence.EventLog;
import org.wagerail.mailbox.Webhooks;
import org.wagerail.project.Role;

/** A bank's events, to be pulled in order, and the endpoints that have them pushed. */
@RestController
@ConditionalOnWebApplication
final class EventRoutes {
  private final EventLog events;
  private final Webhooks webhooks;
  private final Targets targets;
  private final MoneyPosts posts;

  EventRoutes(EventLog events, Webhooks webhooks, Targets targets, MoneyPosts posts) {
    this.events = events;
    this.webhooks = webhooks;
    this.targets = targets;
    this.posts = posts;
  }

  /** Pulls: whoever asks on behind {@code next} misses nothing, and sees nothing twice. */
  @GetMapping("/v1/events")
  @Allowed({Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> events(
      Caller caller,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(required = false) @Nullable List<String> kind,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var kinds = kind == null ? List.<String>of() : kind;
    if (after < 0) {
      throw new Refused(
          Refused.Code.REQUEST_INVALID, "after 须为事件序号 / after must be the number of an event");
    }
    refuseUnknown(kinds);
    long last = events.last(caller.bank());
    var told = events.after(caller.bank(), after, last, kinds, most);
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("items", told.stream().map(EventText::say).toList());
    // Behind a page that is not full there is nothing more by now, wanted or not.
    body.put("next", told.size() == most ? told.getLast().seq() : Math.max(after, last));
    return Answers.ok(body);
  }

  private static void refuseUnknown(List<String> kinds) {
    for (var kind : kinds) {
      if (!EventText.isKind(kind)) {
        throw new Refused(
            Refused.Code.REQUEST_INVALID, "无此事件种类 / there is no kind of event called so");
      }
    }
  }

  // ------------------------------------------------------------------ webhooks

  @GetMapping("/v1/webhooks")
  @Allowed({Role.OPERATOR, Role.AUDITOR})
  ResponseEntity<byte[]> webhooks(Caller caller) {
    return Answers.page(webhooks.all(caller.bank()).stream().map(EventRoutes::say).toList(), null);
  }

  /**
   * An endpoint that is asked for.
   *
   * @param secret {@code whsec_} and 24 to 64 random bytes in Base64, known to the endpoint
   * @param kinds kinds of events that it wants; all when empty
   * @param after the event behind which it begins
   */
  record Wish(String url, String secret, List<String> kinds, long after) {
    @Override
    public String toString() {
      return url;
    }
  }

  @PostMapping("/v1/webhooks")
  @Allowed(Role.OPERATOR)
  ResponseEntity<byte[]> ask(Caller caller, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Wish.class,
        (wish, at) -> {
          refuseUnknown(wish.kinds());
          var fault = targets.fault(wish.url());
          if (fault != null) {
            throw new Refused(
                Refused.Code.DECISION_REFUSED, "WEBHOOK_TARGET", "/url", fault, List.of());
          }
          if (!Signing.isSecret(wish.secret()) || wish.after() < 0) {
            throw new Refused(
                Refused.Code.BODY_INVALID,
                Refused.Code.BODY_INVALID.name(),
                wish.after() < 0 ? "/after" : "/secret",
                "密钥须为 whsec_ 加 24 至 64 字节的 Base64，序号不得为负 / the secret must be whsec_ and 24 to 64"
                    + " bytes in Base64, and no event is before the first",
                List.of());
          }
          long webhook =
              webhooks.ask(
                  caller.bank(),
                  at,
                  person(caller),
                  wish.url(),
                  wish.kinds(),
                  wish.secret(),
                  wish.after());
          return Answers.answer(201, standing(caller, webhook), "/v1/webhooks");
        });
  }

  /**
   * A person's word about an endpoint.
   *
   * @param reason why it ends; may be empty else
   */
  record Said(Webhooks.Word word, String reason) {}

  @PostMapping("/v1/webhooks/{id}/words")
  @Allowed(Role.OPERATOR)
  ResponseEntity<byte[]> say(Caller caller, @PathVariable long id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Said.class,
        (said, at) -> {
          var refusal =
              webhooks.say(caller.bank(), at, person(caller), id, said.word(), said.reason());
          if (refusal != null) {
            throw new Refused(
                switch (refusal) {
                  case NO_SUCH_WEBHOOK -> Refused.Code.NOT_FOUND;
                  case SAME_PERSON -> Refused.Code.FOUR_EYES;
                  case STATE_CONFLICT -> Refused.Code.STATE_CONFLICT;
                  case NO_REASON -> Refused.Code.DECISION_REFUSED;
                },
                refusal.toString());
          }
          return Answers.answer(200, standing(caller, id), "/v1/webhooks");
        });
  }

  private static String person(Caller caller) {
    return "person " + caller.person();
  }

  private Object standing(Caller caller, long webhook) {
    return webhooks.all(caller.bank()).stream()
        .filter(endpoint -> endpoint.webhook() == webhook)
        .map(EventRoutes::say)
        .findFirst()
        .orElseThrow();
  }

  private static LinkedHashMap<String, @Nullable Object> say(Webhooks.Endpoint endpoint) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", endpoint.webhook());
    body.put("url", endpoint.url());
    body.put("kinds", endpoint.kinds());
    body.put("state", endpoint.state().name());
    body.put("askedBy", endpoint.maker());
    body.put("askedAt", endpoint.askedAt().toString());
    body.put("position", endpoint.position());
    body.put("failures", endpoint.failures());
    body.put("failure", endpoint.failure());
    body.put("failedAt", endpoint.triedAt() == null ? null : endpoint.triedAt().toString());
    return body;
  }
}
