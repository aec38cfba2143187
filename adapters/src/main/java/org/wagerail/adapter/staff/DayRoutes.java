package org.wagerail.adapter.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
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
import org.wagerail.mailbox.Requests;
import org.wagerail.project.Role;
import org.wagerail.reconciliation.Breaks;
import org.wagerail.reconciliation.BusinessDays;

/** Business days and what differs on them, for those who reconcile. */
@RestController
@ConditionalOnWebApplication
final class DayRoutes {
  private final BusinessDays days;
  private final Breaks breaks;
  private final MoneyPosts posts;
  private final Clock clock;

  DayRoutes(BusinessDays days, Breaks breaks, MoneyPosts posts, Clock clock) {
    this.days = days;
    this.breaks = breaks;
    this.posts = posts;
    this.clock = clock;
  }

  @GetMapping("/v1/days/{day}")
  @Allowed({Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> day(Caller caller, @PathVariable String day) {
    return Answers.ok(say(caller, date(day)));
  }

  /** What differs on one day, closed or not; without a day all that is not closed. */
  @GetMapping("/v1/breaks")
  @Allowed({Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> breaks(
      Caller caller,
      @RequestParam(required = false) @Nullable String day,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var after = Paging.read(cursor, 1);
    long behind = after == null ? 0 : after[0];
    var now = clock.instant();
    return Paging.page(
        day == null
            ? breaks.unclosed(caller.bank(), behind, most + 1)
            : breaks.of(caller.bank(), date(day), behind, most + 1),
        most,
        each -> say(each, now),
        each -> new long[] {each.number()});
  }

  @GetMapping("/v1/breaks/{id}")
  @Allowed({Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> one(Caller caller, @PathVariable String id) {
    return Answers.ok(say(find(caller, id), clock.instant()));
  }

  /** Why it is there. */
  record Explanation(String reason) {}

  /** Nothing but the wish. */
  record Nothing() {}

  /** Whose it is from now on. */
  record Handover(String owner) {}

  @PostMapping("/v1/breaks/{id}/explanations")
  @Allowed(Role.RECONCILER)
  ResponseEntity<byte[]> explain(
      Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Explanation.class,
        (body, at) ->
            done(
                caller,
                at,
                id,
                breaks.explain(
                    caller.bank(), at, person(caller), find(caller, id).number(), body.reason())));
  }

  @PostMapping("/v1/breaks/{id}/agreement")
  @Allowed(Role.RECONCILER)
  ResponseEntity<byte[]> agree(Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Nothing.class,
        (_, at) ->
            done(
                caller,
                at,
                id,
                breaks.agree(caller.bank(), at, person(caller), find(caller, id).number())));
  }

  @PostMapping("/v1/breaks/{id}/owner")
  @Allowed(Role.RECONCILER)
  ResponseEntity<byte[]> handOver(
      Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Handover.class,
        (body, at) ->
            done(
                caller,
                at,
                id,
                breaks.handOver(
                    caller.bank(), at, person(caller), find(caller, id).number(), body.owner())));
  }

  @PostMapping("/v1/days/{day}/closing")
  @Allowed(Role.RECONCILER)
  ResponseEntity<byte[]> close(
      Caller caller, @PathVariable String day, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Nothing.class,
        (_, at) -> {
          var of = date(day);
          var refusal = days.close(caller.bank(), at, person(caller), of);
          if (refusal == BusinessDays.Refusal.NOT_COMPARED) {
            throw new Refused(Refused.Code.NOT_FOUND);
          }
          if (refusal != null) {
            throw refused(Refused.Code.STATE_CONFLICT, refusal.name(), refusal.toString());
          }
          return Answers.answer(200, say(caller, of), "/v1/days/" + of);
        });
  }

  private Requests.Answer done(
      Caller caller, Instant at, String id, Breaks.@Nullable Refusal refusal) {
    if (refusal != null) {
      throw refused(
          switch (refusal) {
            case NO_SUCH_BREAK -> Refused.Code.NOT_FOUND;
            case BREAK_CLOSED, NOT_EXPLAINED -> Refused.Code.STATE_CONFLICT;
            case SAME_PERSON -> Refused.Code.FOUR_EYES;
            case NO_REASON -> Refused.Code.DECISION_REFUSED;
          },
          refusal.name(),
          refusal.toString());
    }
    return Answers.answer(200, say(find(caller, id), at), "/v1/breaks/" + id);
  }

  private static Refused refused(Refused.Code code, String name, String detail) {
    return new Refused(code, name, null, detail, List.of());
  }

  private static String person(Caller caller) {
    return "person " + caller.person();
  }

  private static LocalDate date(String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeParseException e) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
  }

  private Breaks.Break find(Caller caller, String id) {
    var found = id.matches("[0-9]{1,18}") ? breaks.of(caller.bank(), Long.parseLong(id)) : null;
    if (found == null) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    return found;
  }

  private LinkedHashMap<String, @Nullable Object> say(Caller caller, LocalDate day) {
    var standing =
        days.standing(caller.bank(), day).orElseThrow(() -> new Refused(Refused.Code.NOT_FOUND));
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("day", standing.day().toString());
    body.put("after", standing.after().toString());
    body.put("comparison", standing.nth());
    body.put("comparedAt", standing.comparedAt().toString());
    body.put("ours", standing.ours());
    body.put("theirs", standing.theirs());
    body.put("agreed", standing.agreed());
    body.put("statements", standing.statements());
    body.put("reports", standing.reports());
    body.put("items", standing.items());
    body.put("itemsAgreed", standing.itemsAgreed());
    body.put("breaks", standing.breaks());
    body.put("open", standing.open());
    body.put("explained", standing.explained());
    body.put("closedBy", standing.closedBy());
    body.put("closedAt", standing.closedAt() == null ? null : standing.closedAt().toString());
    body.put("obstacle", standing.obstacle() == null ? null : standing.obstacle().toString());
    return body;
  }

  private static LinkedHashMap<String, @Nullable Object> say(Breaks.Break each, Instant now) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("break", each.number());
    body.put("day", each.day().toString());
    body.put("state", each.state().name());
    body.put("counterpart", each.counterpart());
    body.put("kind", each.kind().name());
    body.put("meaning", each.kind().chinese() + " / " + each.kind().english());
    body.put("money", each.kind().concernsMoney());
    body.put("account", each.account());
    body.put("reference", each.reference());
    body.put("elsewhere", each.elsewhere());
    body.put("ours", yuan(each.ours()));
    body.put("theirs", yuan(each.theirs()));
    body.put("oursOn", Objects.toString(each.oursOn(), null));
    body.put("theirsOn", Objects.toString(each.theirsOn(), null));
    body.put("owner", each.owner());
    body.put("openedAt", each.openedAt().toString());
    body.put("hours", each.age(now).toHours());
    body.put("outcome", each.outcome());
    body.put("by", each.by());
    body.put("reason", each.reason());
    return body;
  }

  private static @Nullable String yuan(@Nullable Long minor) {
    return minor == null ? null : Answers.yuan(minor);
  }
}
