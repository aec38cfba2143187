package org.wagerail.adapter.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wagerail.project.Role;

/**
 * Who calls. Bank and person come from the token and the register, never from the request.
 *
 * @param person party number of the one person behind the account
 * @param firms the contractors the person acts for
 */
public record Caller(
    int bank, String bankCode, ZoneId zone, long person, Set<Role> roles, Set<Long> firms) {
  /** The name under which a request carries its caller. */
  public static final String ATTRIBUTE = "wagerail.caller";

  private static final Set<Role> OF_THE_BANK =
      Set.of(Role.MAKER, Role.CHECKER, Role.OPERATOR, Role.RECONCILER, Role.AUDITOR);

  /** Whose payrolls the caller may see: null for all of the bank's. */
  public @Nullable Collection<Long> visibleFirms() {
    return roles.stream().anyMatch(OF_THE_BANK::contains) ? null : firms;
  }

  /** The bank's day. */
  public LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }
}
