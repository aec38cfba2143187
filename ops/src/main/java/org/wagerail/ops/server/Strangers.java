package org.wagerail.ops.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.adapter.rest.SecurityLog;

/** Refuses whoever has no valid token, in the same words whatever is wrong with it. */
@Component
@ConditionalOnWebApplication
final class Strangers implements AuthenticationEntryPoint {
  private final SecurityLog log;

  Strangers(SecurityLog log) {
    this.log = log;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    refuse(request, response);
  }

  void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    log.refused(request, new Refused(Refused.Code.TOKEN_INVALID));
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    write(response, Refused.Code.TOKEN_INVALID);
  }

  static void write(HttpServletResponse response, Refused.Code code) throws IOException {
    var body = Answers.problemText(code).getBytes(StandardCharsets.UTF_8);
    response.setStatus(code.status());
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
