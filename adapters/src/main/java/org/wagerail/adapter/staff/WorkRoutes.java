package org.wagerail.adapter.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
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
import org.wagerail.evidence.Proposals;
import org.wagerail.mailbox.Requests;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Role;

/** The work list: what waits for a person, whose it is, what is proposed and agreed about it. */
@RestController
@ConditionalOnWebApplication
final class WorkRoutes {
  private final WorkItems items;
  private final MoneyPosts posts;
  private final Clock clock;

  WorkRoutes(WorkItems items, MoneyPosts posts, Clock clock) {
    this.items = items;
    this.posts = posts;
    this.clock = clock;
  }

  // ------------------------------------------------------------------ looking

  @GetMapping("/v1/work")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> list(
      Caller caller,
      @RequestParam(required = false) WorkItems.@Nullable Kind kind,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) WorkItems.@Nullable State state,
      @RequestParam(required = false) @Nullable Boolean overdue,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    int most = Paging.limit(limit);
    var after = Paging.read(cursor, 4);
    var now = clock.instant();
    return Paging.page(
        items.list(
            caller.bank(),
            now,
            new WorkItems.Wanted(kind, "me".equals(owner) ? me(caller) : owner, state, overdue),
            after == null ? null : id(after),
            most + 1),
        most,
        item -> say(item, now),
        item ->
            new long[] {
              item.id().kind().ordinal(), item.id().month(), item.id().number(), item.id().line()
            });
  }

  private static WorkItems.Id id(long[] cursor) {
    var kinds = WorkItems.Kind.values();
    if (cursor[0] < 0 || cursor[0] >= kinds.length) {
      throw new Refused(Refused.Code.REQUEST_INVALID, "cursor 无效 / the cursor is none of ours");
    }
    return new WorkItems.Id(kinds[(int) cursor[0]], (int) cursor[1], cursor[2], (int) cursor[3]);
  }

  @GetMapping("/v1/work/{id}")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> item(Caller caller, @PathVariable String id) {
    var now = clock.instant();
    var item = items.find(caller.bank(), now, read(id));
    if (item == null) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    return Answers.ok(say(item, now));
  }

  // ------------------------------------------------------------------ owners

  /**
   * Whose an item becomes.
   *
   * @param owner {@code me}, a person of the bank ({@code person 17}), or a role in small letters
   */
  record Owner(String owner) {}

  @PostMapping("/v1/work/{id}/owners")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER})
  ResponseEntity<byte[]> give(Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Owner.class,
        (body, at) -> {
          var owner = body.owner().equals("me") ? me(caller) : body.owner();
          refuse(items.give(caller.bank(), at, me(caller), read(id), owner));
          return standing(caller, id, at);
        });
  }

  // ------------------------------------------------------------------ two persons

  /**
   * What a maker proposes.
   *
   * @param ground where the evidence lies, what is to be amended, or why
   */
  record Wish(WorkItems.Action action, String ground) {}

  @PostMapping("/v1/work/{id}/proposals")
  @Allowed(Role.MAKER)
  ResponseEntity<byte[]> propose(
      Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Wish.class,
        (body, at) -> {
          refuse(
              items.propose(caller.bank(), at, me(caller), read(id), body.action(), body.ground()));
          return standing(caller, id, at);
        });
  }

  /**
   * What another says to it.
   *
   * @param proposal the number of the proposal that was looked at
   * @param reason why not; empty when agreed
   */
  record Word(long proposal, boolean agreed, String reason) {}

  @PostMapping("/v1/work/{id}/answers")
  @Allowed({Role.MAKER, Role.CHECKER})
  ResponseEntity<byte[]> answer(
      Caller caller, @PathVariable String id, HttpServletRequest request) {
    return posts.json(
        caller,
        request,
        Word.class,
        (body, at) -> {
          // A maker may take his own proposal back; to agree is for checkers.
          if (body.agreed() && !caller.roles().contains(Role.CHECKER)) {
            throw new Refused(Refused.Code.FORBIDDEN);
          }
          refuse(
              items.answer(
                  caller.bank(),
                  at,
                  me(caller),
                  read(id),
                  body.proposal(),
                  body.agreed(),
                  body.reason()));
          return standing(caller, id, at);
        });
  }

  /** The item as it stands now; what is decided waits no longer. */
  private Requests.Answer standing(Caller caller, String id, Instant at) {
    var item = items.find(caller.bank(), at, read(id));
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", id);
    body.put("waits", item != null);
    body.put("item", item == null ? null : say(item, at));
    return Answers.answer(200, body, "/v1/work/" + id);
  }

  private static void refuse(@Nullable Enum<?> why) {
    if (why == null) {
      return;
    }
    var code =
        switch (why.name()) {
          case "SAME_PERSON" -> Refused.Code.FOUR_EYES;
          case "NO_SUCH_ITEM", "NO_SUCH_LINE", "NO_SUCH_EXCEPTION" -> Refused.Code.NOT_FOUND;
          case "PROPOSED_ALREADY",
              "NO_SUCH_PROPOSAL",
              "DECIDED_ALREADY",
              "CLOSED_ALREADY",
              "NOT_HELD" ->
              Refused.Code.STATE_CONFLICT;
          default -> Refused.Code.DECISION_REFUSED;
        };
    var general =
        code == Refused.Code.FOUR_EYES || code == Refused.Code.NOT_FOUND ? code.name() : why.name();
    throw new Refused(code, general, null, why.toString(), List.of());
  }

  // ------------------------------------------------------------------ words

  private static String me(Caller caller) {
    return WorkItems.person(caller.person());
  }

  private static WorkItems.Id read(String id) {
    var read = WorkItems.Id.read(id);
    if (read == null) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    return read;
  }

  private static LinkedHashMap<String, @Nullable Object> say(WorkItems.Item item, Instant now) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", item.id().toString());
    body.put("kind", item.id().kind().name());
    body.put("state", item.state().name());
    body.put("why", item.why());
    body.put("transaction", item.about().isEmpty() ? null : item.about());
    body.put(
        "amount",
        item.amount() == null ? null : Answers.yuan(Objects.requireNonNull(item.amount())));
    body.put("owner", item.owner());
    body.put("openedAt", item.openedAt().toString());
    body.put("hours", item.age(now).toHours());
    body.put("dueAt", item.dueAt().toString());
    body.put("overdue", item.isOverdue(now));
    body.put("actions", item.actions());
    body.put("proposal", say(item.proposal()));
    return body;
  }

  private static @Nullable LinkedHashMap<String, Object> say(
      Proposals.@Nullable Proposal proposal) {
    if (proposal == null) {
      return null;
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("proposal", proposal.proposal());
    body.put("action", proposal.action());
    body.put("ground", proposal.ground());
    body.put("maker", proposal.maker());
    body.put("proposedAt", proposal.proposedAt().toString());
    body.put("lapsesAt", proposal.lapsesAt().toString());
    return body;
  }
}
