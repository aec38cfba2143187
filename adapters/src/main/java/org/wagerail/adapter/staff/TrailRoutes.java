package org.wagerail.adapter.staff;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.project.Role;
import org.wagerail.trail.Trails;

/** Everything that happened to a worker, line, payment, run or payroll. */
@RestController
@ConditionalOnWebApplication
final class TrailRoutes {
  private static final int LONGEST_NAME = 200;

  private final Trails trails;

  TrailRoutes(Trails trails) {
    this.trails = trails;
  }

  /** The one trail that a text names, or what it may name when that is more than one thing. */
  @GetMapping("/v1/explain")
  @Allowed({Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR})
  ResponseEntity<byte[]> explain(Caller caller, @RequestParam String id) {
    if (id.length() > LONGEST_NAME) {
      throw new Refused(Refused.Code.REQUEST_INVALID);
    }
    var found = trails.find(caller.bank(), id.strip());
    if (found.size() > 1) {
      return Answers.ok(Map.of("candidates", found.stream().map(Object::toString).toList()));
    }
    return Answers.ok(
        found.stream()
            .findFirst()
            .flatMap(trails::follow)
            .map(trail -> new TrailObjects(caller.bankCode(), true, true).of(trail))
            .orElseThrow(() -> new Refused(Refused.Code.NOT_FOUND)));
  }
}
