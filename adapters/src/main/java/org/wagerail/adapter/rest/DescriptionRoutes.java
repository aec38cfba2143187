package org.wagerail.adapter.rest;

import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wagerail.project.Role;

/** The description of all routes, in OpenAPI 3.1. */
@RestController
@ConditionalOnWebApplication
final class DescriptionRoutes {
  private final byte[] description;

  DescriptionRoutes() throws IOException {
    description =
        new ClassPathResource("openapi.json", DescriptionRoutes.class).getContentAsByteArray();
  }

  @GetMapping("/v1/openapi.json")
  @Allowed({
    Role.CONTRACTOR,
    Role.MAKER,
    Role.CHECKER,
    Role.OPERATOR,
    Role.RECONCILER,
    Role.AUDITOR,
    Role.ADMINISTRATOR
  })
  ResponseEntity<byte[]> description() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(description);
  }
}
