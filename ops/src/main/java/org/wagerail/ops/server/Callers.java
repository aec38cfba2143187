package org.wagerail.ops.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.wagerail.adapter.rest.Caller;
import org.wagerail.project.Users;

/**
 * Turns a token that is valid into a caller that the register knows, and lets the request see his
 * bank only.
 */
final class Callers extends OncePerRequestFilter {
  /** The claim that names the bank, by its 12-digit code. */
  static final String BANK = "bank";

  private final Users users;
  private final Clock clock;
  private final Strangers strangers;

  Callers(Users users, Clock clock, Strangers strangers) {
    this.users = users;
    this.clock = clock;
    this.strangers = strangers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!(SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken token)) {
      chain.doFilter(request, response);
      return;
    }
    var user = user(token);
    if (user.isEmpty()) {
      strangers.refuse(request, response);
      return;
    }
    var known = user.get();
    request.setAttribute(
        Caller.ATTRIBUTE,
        new Caller(
            known.bank(),
            known.bankCode(),
            known.zone(),
            known.person(),
            known.roles(),
            known.firms()));
    TenantDataSource.<ServletException>as(known.bank(), () -> chain.doFilter(request, response));
  }

  private Optional<Users.User> user(JwtAuthenticationToken token) {
    var name = token.getToken().getSubject();
    return token.getToken().getClaims().get(BANK) instanceof String bank && name != null
        ? users.find(bank, name, clock.instant())
        : Optional.empty();
  }
}
