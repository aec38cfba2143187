package org.wagerail.audit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.wagerail.project.BlindIndex;
import org.wagerail.project.IdScheme;
import org.wagerail.secrecy.Vault;

/**
 * Opens every sealed value again: it opens for its own row and no other, and says what its blind
 * index was made of. What it says goes nowhere.
 */
@Component
class Secrets {
  private static final int FETCH = 2_000;

  private final JdbcTemplate jdbc;
  private final Vault vault;

  Secrets(JdbcTemplate jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  static Tally tally() {
    return new Tally(
        "SEALED_OPENS",
        "每项加密的姓名、证件与账户均可在其所属行解密，并与盲索引一致",
        "every sealed name, identifier and account opens for its own row and is what its blind"
            + " index was made of");
  }

  void walk(int bank, Tally tally) {
    walk(
        bank,
        tally,
        "party",
        "SELECT party, name_sealed, NULL, NULL FROM party WHERE bank = ? AND kind = 'PERSON'",
        "party.name_sealed");
    walk(
        bank,
        tally,
        "party_identifier",
        "SELECT party, sealed, blind, scheme FROM party_identifier WHERE bank = ?",
        "party_identifier.sealed");
    walk(
        bank,
        tally,
        "worker_account",
        "SELECT worker_account, sealed, blind, NULL FROM worker_account WHERE bank = ?",
        "worker_account.sealed");
    walk(
        bank,
        tally,
        "payroll_line",
        "SELECT payroll << 24 | line, said, NULL, NULL FROM payroll_line WHERE bank = ? AND said IS"
            + " NOT NULL",
        "payroll_line.said");
    walk(
        bank,
        tally,
        "advice",
        "SELECT advice, said, NULL, NULL FROM advice WHERE bank = ?",
        "advice.said");
    walk(
        bank,
        tally,
        "webhook",
        "SELECT webhook, secret, NULL, NULL FROM webhook WHERE bank = ?",
        "webhook.secret");
  }

  /**
   * @param rows a query for number, sealed value, blind index or null, scheme or null for accounts
   */
  private void walk(int bank, Tally tally, String table, String rows, String column) {
    jdbc.query(
        connection -> {
          var statement = connection.prepareStatement(rows);
          statement.setFetchSize(FETCH);
          statement.setInt(1, bank);
          return statement;
        },
        row -> {
          long number = row.getLong(1);
          var found =
              found(bank, column, number, row.getBytes(2), row.getBytes(3), row.getString(4));
          if (found != null) {
            tally.add("bank", bank, "table", table, "number", number, "found", found);
          }
        });
  }

  private @Nullable String found(
      int bank,
      String column,
      long number,
      byte @Nullable [] sealed,
      byte @Nullable [] blind,
      @Nullable String scheme) {
    try {
      var plain = vault.open(bank, column, number, sealed == null ? new byte[0] : sealed);
      return blind == null || Arrays.equals(blind, blind(bank, scheme, plain))
          ? null
          : "other blind index";
    } catch (IllegalStateException | IllegalArgumentException e) {
      return "does not open";
    }
  }

  private byte[] blind(int bank, @Nullable String scheme, String plain) {
    return scheme == null
        ? BlindIndex.ofAccount(vault, bank, plain)
        : BlindIndex.ofIdentifier(vault, bank, IdScheme.valueOf(scheme), IdScheme.normal(plain));
  }
}
