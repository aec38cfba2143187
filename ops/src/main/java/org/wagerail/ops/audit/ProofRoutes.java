package org.wagerail.ops.audit;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.project.Role;

/** The audit of the caller's bank, computed anew at each request. */
@RestController
@ConditionalOnWebApplication
final class ProofRoutes {
  private final Audit audit;

  ProofRoutes(Audit audit) {
    this.audit = audit;
  }

  @GetMapping("/v1/proofs")
  @Allowed(Role.AUDITOR)
  ResponseEntity<byte[]> proofs(Caller caller) {
    return Answers.page(audit.run(caller.bank()), null);
  }
}
