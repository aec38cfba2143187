package org.wagerail.project;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.secrecy.Vault;

/**
 * Who works where, with which account, and what they confirmed: read for a block of lines at once.
 */
@Component
public class Roster {
  /**
   * Whom to look for.
   *
   * @param blind blind index of the identifier
   * @param period yyyymm
   */
  @SuppressWarnings("ArrayRecordComponent") // a blind index travels as the column that holds it
  public record Query(byte[] blind, long project, int period, String runType) {}

  /**
   * An account of a worker.
   *
   * @param shared whether another person has the same account
   */
  @SuppressWarnings("ArrayRecordComponent") // a blind index travels as the column that holds it
  public record Account(long number, byte[] blind, String member, boolean shared) {}

  /**
   * What is known of one person, project and period.
   *
   * @param employed whether an employment on the project touches the period
   * @param contract whether a labour contract is on file for it
   * @param confirmed what the worker confirmed, minor units; null when nothing
   */
  public record Entry(
      long party,
      String name,
      List<Account> accounts,
      boolean employed,
      boolean contract,
      @Nullable Long confirmed) {}

  private static final String FIND =
      """
      SELECT q.n, p.party, p.name_sealed, a.worker_account, a.blind, a.member,
             EXISTS (SELECT 1 FROM worker_account o
                      WHERE o.bank = a.bank AND o.blind = a.blind AND o.party <> a.party
                        AND o.until_date IS NULL) AS shared,
             e.from_date, e.until_date, e.contract, c.nth, c.amount
        FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS q (blind, project, period, run_type, n)
        JOIN party_identifier i ON i.bank = ? AND i.blind = q.blind AND i.until_date IS NULL
        JOIN party p ON p.bank = i.bank AND p.party = i.party
        LEFT JOIN worker_account a
               ON a.bank = p.bank AND a.party = p.party AND a.until_date IS NULL
        LEFT JOIN employment e ON e.bank = p.bank AND e.project = q.project AND e.party = p.party
        LEFT JOIN confirmation c ON c.bank = p.bank AND c.period = q.period AND c.project = q.project
              AND c.party = p.party AND c.run_type = q.run_type
      """;

  private final JdbcClient jdbc;
  private final Vault vault;

  Roster(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Finds an entry for each query, in its place; null where nobody has the identifier. */
  public List<@Nullable Entry> find(int bank, List<Query> queries) {
    var found = new Gathered[queries.size()];
    jdbc.sql(FIND)
        .params(
            queries.stream().map(Query::blind).toArray(byte[][]::new),
            queries.stream().map(Query::project).toArray(Long[]::new),
            queries.stream().map(Query::period).toArray(Integer[]::new),
            queries.stream().map(Query::runType).toArray(String[]::new),
            bank)
        .query(
            row -> {
              int n = (int) row.getLong(1) - 1;
              var gathered = found[n];
              if (gathered == null) {
                gathered = new Gathered(row.getLong(2));
                gathered.name =
                    vault.open(bank, "party.name_sealed", row.getLong(2), row.getBytes(3));
                found[n] = gathered;
              }
              gathered.account(
                  row.getLong(4), row.getBytes(5), row.getString(6), row.getBoolean(7));
              gathered.employment(
                  row.getObject(8, LocalDate.class),
                  row.getObject(9, LocalDate.class),
                  row.getString(10),
                  queries.get(n).period());
              gathered.confirmation(row.getInt(11), row.getLong(12));
            });
    var entries = new ArrayList<@Nullable Entry>(found.length);
    for (var gathered : found) {
      entries.add(gathered == null ? null : gathered.entry());
    }
    return entries;
  }

  /** A person's rows on the way to an entry: each kind repeats with the others. */
  private static final class Gathered {
    private final long party;
    private String name = "";
    private final List<Account> accounts = new ArrayList<>(1);
    private boolean employed;
    private boolean contract;
    private int nth;
    private @Nullable Long confirmed;

    private Gathered(long party) {
      this.party = party;
    }

    private void account(
        long number, byte @Nullable [] blind, @Nullable String member, boolean shared) {
      if (blind != null
          && member != null
          && accounts.stream().noneMatch(known -> known.number() == number)) {
        accounts.add(new Account(number, blind, member, shared));
      }
    }

    private void employment(
        @Nullable LocalDate from, @Nullable LocalDate until, @Nullable String on, int period) {
      if (from == null || period < 100) {
        return;
      }
      var first = LocalDate.of(period / 100, period % 100, 1);
      if (from.isBefore(first.plusMonths(1)) && (until == null || !until.isBefore(first))) {
        employed = true;
        contract |= on != null && !on.isEmpty();
      }
    }

    private void confirmation(int times, long amount) {
      if (times > nth) {
        nth = times;
        confirmed = amount;
      }
    }

    private Entry entry() {
      return new Entry(party, name, accounts, employed, contract, confirmed);
    }
  }
}
