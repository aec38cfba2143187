package org.wagerail.project;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.secrecy.Vault;

/** Whom money goes to: names and accounts in the clear, read for a block at once. */
@Component
public class Payees {
  /**
   * An account in the clear.
   *
   * @param member 12-digit code of its bank
   */
  public record Account(String member, String number) {}

  private final JdbcClient jdbc;
  private final Vault vault;

  Payees(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Persons' names as registered, by party. */
  public Map<Long, String> names(int bank, Long[] persons) {
    var names = new HashMap<Long, String>(persons.length * 2);
    jdbc.sql("SELECT party, name_sealed FROM party WHERE bank = ? AND party = ANY (?)")
        .params(bank, persons)
        .query(
            row -> {
              long party = row.getLong(1);
              names.put(party, vault.open(bank, "party.name_sealed", party, row.getBytes(2)));
            });
    return names;
  }

  /** Workers' accounts by their numbers in the register, open or ended. */
  public Map<Long, Account> accounts(int bank, Long[] workerAccounts) {
    var accounts = new HashMap<Long, Account>(workerAccounts.length * 2);
    jdbc.sql(
            """
            SELECT worker_account, member, sealed FROM worker_account
             WHERE bank = ? AND worker_account = ANY (?)
            """)
        .params(bank, workerAccounts)
        .query(
            row -> {
              long account = row.getLong(1);
              accounts.put(
                  account,
                  new Account(
                      row.getString(2),
                      vault.open(bank, "worker_account.sealed", account, row.getBytes(3))));
            });
    return accounts;
  }

  /**
   * The accounts that took the place of those that have ended, each under the one before: the one
   * account that its worker has open on a day. Nothing for a worker who has none, or several.
   */
  public Map<Long, Long> successors(int bank, LocalDate on, Long[] workerAccounts) {
    var successors = new HashMap<Long, Long>();
    jdbc.sql(
            """
            SELECT a.worker_account, (array_agg(o.worker_account))[1]
              FROM worker_account a
              JOIN worker_account o ON o.bank = a.bank AND o.party = a.party
                   AND o.from_date <= ? AND (o.until_date IS NULL OR o.until_date > ?)
             WHERE a.bank = ? AND a.worker_account = ANY (?) AND a.until_date <= ?
             GROUP BY a.worker_account HAVING count(*) = 1
            """)
        .params(on, on, bank, workerAccounts, on)
        .query(
            row -> {
              successors.put(row.getLong(1), row.getLong(2));
            });
    return successors;
  }

  /**
   * The direct participants through which workers' accounts are reached. A member that has left the
   * directory since its line was checked is addressed as it last could be: clearing will reject
   * what it cannot deliver, and the wage comes back.
   */
  public Map<Long, String> directParticipants(int bank, LocalDate on, Long[] workerAccounts) {
    var members = new HashMap<Long, String>(workerAccounts.length * 2);
    jdbc.sql(
            """
            SELECT worker_account, member FROM worker_account
             WHERE bank = ? AND worker_account = ANY (?)
            """)
        .params(bank, workerAccounts)
        .query(
            row -> {
              members.put(row.getLong(1), row.getString(2));
            });
    var directs = new HashMap<String, String>();
    jdbc.sql(
            """
            SELECT DISTINCT ON (member) member, direct FROM participant
             WHERE bank = ? AND member = ANY (?)
             ORDER BY member,
                      (from_date <= ? AND (until_date IS NULL OR until_date >= ?)) DESC,
                      from_date <= ? DESC, from_date DESC
            """)
        .params(bank, members.values().stream().distinct().toArray(String[]::new), on, on, on)
        .query(
            row -> {
              directs.put(row.getString(1), row.getString(2));
            });
    members.replaceAll((_, member) -> directs.getOrDefault(member, member));
    return members;
  }
}
