package org.wagerail.adapter.staff;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.adapter.rest.Paging;
import org.wagerail.evidence.SecurityEvents;
import org.wagerail.project.Role;
import org.wagerail.project.Users;

/** Who may do what, and what was refused to whom. */
@RestController
@ConditionalOnWebApplication
final class RecordRoutes {
  private final SecurityEvents events;
  private final Users users;
  private final Clock clock;

  RecordRoutes(SecurityEvents events, Users users, Clock clock) {
    this.events = events;
    this.users = users;
    this.clock = clock;
  }

  @GetMapping("/v1/audit")
  @Allowed(Role.AUDITOR)
  ResponseEntity<byte[]> audit(
      Caller caller,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var before = Paging.read(cursor, 1);
    return Paging.page(
        events.before(caller.bank(), before == null ? Long.MAX_VALUE : before[0], most + 1),
        most,
        RecordRoutes::say,
        event -> new long[] {event.event()});
  }

  private static LinkedHashMap<String, @Nullable Object> say(SecurityEvents.Kept event) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("event", event.event());
    body.put("at", event.at().toString());
    body.put("code", event.kind());
    body.put("request", event.subject());
    body.put("person", event.person());
    body.put("detail", event.detail());
    return body;
  }

  @GetMapping("/v1/users")
  @Allowed(Role.ADMINISTRATOR)
  ResponseEntity<byte[]> users(Caller caller) {
    return Answers.page(
        users.all(caller.bankCode(), clock.instant()).stream()
            .map(
                user -> Map.of("user", user.name(), "person", user.person(), "roles", user.roles()))
            .toList(),
        null);
  }
}
