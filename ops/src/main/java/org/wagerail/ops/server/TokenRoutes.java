package org.wagerail.ops.server;

import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.project.Users;

/** The sandbox's counter for tokens: whoever reaches it may be anybody. */
@RestController
@ConditionalOnWebApplication
@ConditionalOnProperty("wagerail.sandbox")
final class TokenRoutes {
  private final TokenIssuer issuer;
  private final Users users;
  private final Clock clock;

  TokenRoutes(TokenIssuer issuer, Users users, Clock clock) {
    this.issuer = issuer;
    this.users = users;
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
}
