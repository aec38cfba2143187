package org.wagerail.adapter.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the server itself refuses before or behind a route: a code, and not a word of why. */
@RestController
@ConditionalOnWebApplication
final class ErrorRoutes implements ErrorController {
  @RequestMapping("/error")
  ResponseEntity<byte[]> error(HttpServletRequest request) {
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var code = Problems.code(status instanceof Integer number ? number : 404);
    return Answers.http(Answers.problem(new Refused(code)));
  }
}
