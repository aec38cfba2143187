package org.wagerail.ops.server;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.ops.sandbox.PlayedPartners;
import org.wagerail.project.Banks;
import org.wagerail.project.Users;

/** The sandbox's counter: tokens of anybody, money of nobody, and the time. */
@RestController
@ConditionalOnWebApplication
@ConditionalOnProperty("wagerail.sandbox")
final class SandboxRoutes {
  private static final BigDecimal MOST = new BigDecimal("1000000000000");

  private final TokenIssuer issuer;
  private final Users users;
  private final Banks banks;
  private final PlayedPartners partners;
  private final Clock clock;

  SandboxRoutes(
      TokenIssuer issuer, Users users, Banks banks, PlayedPartners partners, Clock clock) {
    this.issuer = issuer;
    this.users = users;
    this.banks = banks;
    this.partners = partners;
    this.clock = clock;
  }

  @PostMapping("/sandbox/tokens")
  ResponseEntity<byte[]> token(@RequestParam String bank, @RequestParam String user) {
    var at = clock.instant();
    if (users.find(bank, user, at).isEmpty()) {
      throw new Refused(Refused.Code.NOT_FOUND);
    }
    return Answers.ok(Map.of("token", issuer.issue(bank, user, at)));
  }

  /** The core system tells of a credit, within a round or two. */
  @PostMapping("/sandbox/credits")
  ResponseEntity<byte[]> credit(
      @RequestParam String bank,
      @RequestParam String account,
      @RequestParam(required = false) @Nullable String project,
      @RequestParam BigDecimal amount) {
    if (amount.signum() <= 0 || amount.scale() > 2 || amount.compareTo(MOST) > 0) {
      throw new Refused(Refused.Code.REQUEST_INVALID);
    }
    var known =
        banks.all().stream()
            .filter(each -> each.code().equals(bank))
            .findFirst()
            .orElseThrow(() -> new Refused(Refused.Code.NOT_FOUND));
    return Answers.ok(
        Map.of("reference", partners.credit(known, account, project, amount, clock.instant())));
  }

  @GetMapping("/sandbox/clock")
  ResponseEntity<byte[]> clock() {
    return Answers.ok(Map.of("now", clock.instant().toString()));
  }

  /** Puts the clock forward; it never goes back. */
  @PostMapping("/sandbox/clock")
  ResponseEntity<byte[]> putClock(@RequestParam String to) {
    try {
      if (clock instanceof SandboxClock sandbox
          && sandbox.forward(OffsetDateTime.parse(to).toInstant())) {
        return clock();
      }
    } catch (DateTimeException notAnInstant) {
      throw new Refused(Refused.Code.REQUEST_INVALID);
    }
    throw new Refused(Refused.Code.STATE_CONFLICT);
  }
}
