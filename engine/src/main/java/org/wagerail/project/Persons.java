package org.wagerail.project;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.secrecy.Vault;

/** Finds persons of the register by their identifiers. */
final class Persons {
  private Persons() {}

  /** The party that has the identifier today; null when nobody has. */
  static @Nullable Long find(
      JdbcClient jdbc, Vault vault, int bank, IdScheme scheme, String idNumber) {
    var number = IdScheme.normal(idNumber);
    if (!scheme.isPerson() || !scheme.accepts(number)) {
      return null;
    }
    return jdbc.sql(
            """
            SELECT party FROM party_identifier
             WHERE bank = ? AND blind = ? AND until_date IS NULL ORDER BY from_date DESC LIMIT 1
            """)
        .params(bank, BlindIndex.ofIdentifier(vault, bank, scheme, number))
        .query(Long.class)
        .optional()
        .orElse(null);
  }
}
