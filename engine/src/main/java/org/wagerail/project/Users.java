package org.wagerail.project;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may come in, as the register says: a user is a person, and rights are the person's. */
@Component
public final class Users {
  /**
   * A user on a day.
   *
   * @param name what the issuer of tokens calls the account
   * @param person the party number of the one person behind it
   * @param firms the contractors the person acts for
   */
  public record User(
      int bank,
      String bankCode,
      ZoneId zone,
      String name,
      long person,
      Set<Role> roles,
      Set<Long> firms) {}

  private record Right(
      int bank, String zone, String userName, long person, String role, @Nullable Long firm) {}

  private final JdbcClient jdbc;

  Users(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The user of that name at a bank; nothing when there is none on the bank's day. */
  public Optional<User> find(String bankCode, String name, Instant at) {
    return users(bankCode, name, at).stream().findFirst();
  }

  /** A bank's users, by name. */
  public List<User> all(String bankCode, Instant at) {
    return users(bankCode, null, at);
  }

  private List<User> users(String bankCode, @Nullable String name, Instant at) {
    var rights =
        jdbc.sql(
                """
                SELECT b.bank, b.zone, u.user_name, u.person, u.role, u.firm
                  FROM (SELECT bank, zone, (:at::timestamptz AT TIME ZONE zone)::date AS today
                          FROM bank WHERE code = :code) b
                  JOIN user_role u ON u.bank = b.bank
                 WHERE (:name::text IS NULL OR u.user_name = :name) AND u.from_date <= b.today
                   AND (u.until_date IS NULL OR u.until_date >= b.today)
                 ORDER BY u.user_name, u.role
                """)
            .param("code", bankCode)
            .param("name", name)
            .param("at", Timestamp.from(at))
            .query(Right.class)
            .list();
    return rights.stream()
        .map(Right::userName)
        .distinct()
        .map(
            user -> user(bankCode, rights.stream().filter(r -> r.userName().equals(user)).toList()))
        .toList();
  }

  private static User user(String bankCode, List<Right> rights) {
    var first = rights.getFirst();
    var roles = EnumSet.noneOf(Role.class);
    var firms = new TreeSet<Long>();
    for (var right : rights) {
      roles.add(Role.valueOf(right.role()));
      if (right.firm() != null) {
        firms.add(right.firm());
      }
    }
    return new User(
        first.bank(),
        bankCode,
        ZoneId.of(first.zone()),
        first.userName(),
        first.person(),
        roles,
        firms);
  }
}
