package org.wagerail.audit;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.wagerail.payroll.Releases;

/** Verifies every release's signature again. */
@Component
class Signatures {
  private static final int FETCH = 2_000;

  /** A key counts on the day of the release at the bank. */
  private static final String READ =
      """
      SELECT r.pay_month, r.payroll, r.person, r.signature, p.content_hash, b.code, s.public_key
        FROM release r
        JOIN bank b USING (bank)
        LEFT JOIN payroll p USING (bank, pay_month, payroll)
        LEFT JOIN signatory s ON s.bank = r.bank AND s.firm = p.contractor AND s.person = r.person
             AND s.from_date <= (r.released_at AT TIME ZONE b.zone)::date
             AND (s.until_date IS NULL OR s.until_date >= (r.released_at AT TIME ZONE b.zone)::date)
       WHERE r.bank = ?
      """;

  private final JdbcTemplate jdbc;

  Signatures(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  static Tally tally() {
    return new Tally(
        "RELEASE_SIGNATURE",
        "每次放行的签名由当时有权签署人的公钥验证通过",
        "every release's signature verifies under the key of someone who could sign then");
  }

  void walk(int bank, Tally tally) {
    jdbc.query(
        connection -> {
          var statement = connection.prepareStatement(READ);
          statement.setFetchSize(FETCH);
          statement.setInt(1, bank);
          return statement;
        },
        row -> {
          var content = row.getBytes(5);
          var key = row.getBytes(7);
          if (content == null
              || key == null
              || !Releases.isSigned(
                  key, Releases.toSign(row.getString(6), content), row.getBytes(4))) {
            tally.add(
                "bank",
                bank,
                "pay_month",
                row.getInt(1),
                "payroll",
                row.getLong(2),
                "person",
                row.getLong(3),
                "key",
                key != null);
          }
        });
  }
}
