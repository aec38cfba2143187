package org.wagerail.project;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who works where, with which account, and what they confirmed: read for a block of lines at once,
 * each table by its own key and once, and put together in memory. So no plan can go wrong, and rows
 * that lie side by side are read side by side.
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

  /** A blind index as a key. */
  private record Blind(long high, long low) {
    static Blind of(byte[] index) {
      var bytes = ByteBuffer.wrap(index);
      return new Blind(bytes.getLong(), bytes.getLong());
    }
  }

  private record Employment(
      long project, long party, LocalDate from, @Nullable LocalDate until, String contract) {
    boolean touches(int period) {
      if (period < 100) {
        return false;
      }
      var first = LocalDate.of(period / 100, period % 100, 1);
      return from.isBefore(first.plusMonths(1)) && (until == null || !until.isBefore(first));
    }
  }

  private record Job(long project, long party) {}

  private record Wage(int period, long project, long party, String runType) {}

  private record Confirmed(int nth, long amount) {}

  /** Employments that one block is ready to read for each of its lines, to find workers by site. */
  private static final int EMPLOYMENTS_A_LINE = 3;

  private final JdbcClient jdbc;
  private final Payees payees;

  Roster(JdbcClient jdbc, Payees payees) {
    this.jdbc = jdbc;
    this.payees = payees;
  }

  /** Finds an entry for each query, in its place; null where nobody has the identifier. */
  public List<@Nullable Entry> find(int bank, List<Query> queries) {
    if (queries.isEmpty()) {
      return List.of();
    }
    var site = site(bank, queries);
    var parties = parties(bank, queries, site == null ? List.of() : site);
    var found = new ArrayList<@Nullable Long>(queries.size());
    queries.forEach(q -> found.add(parties.get(Blind.of(q.blind()))));
    var persons = found.stream().filter(Objects::nonNull).distinct().sorted().toArray(Long[]::new);
    var names = payees.names(bank, persons);
    var accounts = accounts(bank, persons);
    var employments =
        byJob(site == null ? employments(bank, queries, found) : Objects.requireNonNull(site));
    var confirmed = confirmed(bank, queries, found);
    var entries = new ArrayList<@Nullable Entry>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      var party = found.get(i);
      var query = queries.get(i);
      if (party == null) {
        entries.add(null);
        continue;
      }
      var touching =
          employments.getOrDefault(new Job(query.project(), party), List.of()).stream()
              .filter(e -> e.touches(query.period()))
              .toList();
      var said = confirmed.get(new Wage(query.period(), query.project(), party, query.runType()));
      entries.add(
          new Entry(
              party,
              Objects.requireNonNull(names.get(party)),
              accounts.getOrDefault(party, List.of()),
              !touching.isEmpty(),
              touching.stream().anyMatch(e -> !e.contract().isEmpty()),
              said == null ? null : (Long) said.amount()));
    }
    return entries;
  }

  /**
   * All employments on the projects of a block: most of its lines are for those who work there, and
   * are found without searching the whole register. Null when the projects have far more people
   * than the block has lines.
   */
  private @Nullable List<Employment> site(int bank, List<Query> queries) {
    int most = EMPLOYMENTS_A_LINE * queries.size();
    var site =
        jdbc.sql(
                """
                SELECT project, party, from_date, until_date, contract FROM employment
                 WHERE bank = ? AND project = ANY (?) LIMIT ?
                """)
            .params(
                bank,
                queries.stream().map(Query::project).distinct().sorted().toArray(Long[]::new),
                most + 1)
            .query((row, _) -> employment(row))
            .list();
    return site.size() > most ? null : site;
  }

  private static Employment employment(ResultSet row) throws SQLException {
    return new Employment(
        row.getLong(1),
        row.getLong(2),
        row.getObject(3, LocalDate.class),
        row.getObject(4, LocalDate.class),
        row.getString(5));
  }

  /** Who has the identifiers asked for: first those of the site, then whoever is left. */
  private Map<Blind, Long> parties(int bank, List<Query> queries, List<Employment> site) {
    var parties = new HashMap<Blind, Long>(queries.size() * 2);
    identifiers(
        bank,
        "party = ANY (?)",
        site.stream().map(Employment::party).distinct().sorted().toArray(Long[]::new),
        parties);
    var strangers =
        queries.stream()
            .map(Query::blind)
            .filter(blind -> !parties.containsKey(Blind.of(blind)))
            .toArray(byte[][]::new);
    identifiers(bank, "blind = ANY (?)", strangers, parties);
    return parties;
  }

  private void identifiers(int bank, String which, Object[] keys, Map<Blind, Long> into) {
    if (keys.length == 0) {
      return;
    }
    jdbc.sql(
            "SELECT blind, party FROM party_identifier WHERE bank = ? AND until_date IS NULL AND "
                + which)
        .params(bank, keys)
        .query(
            row -> {
              into.put(Blind.of(row.getBytes(1)), row.getLong(2));
            });
  }

  private Map<Long, List<Account>> accounts(int bank, Long[] persons) {
    var shared = shared(bank, persons);
    var accounts = new HashMap<Long, List<Account>>(persons.length * 2);
    jdbc.sql(
            """
            SELECT party, worker_account, blind, member FROM worker_account
             WHERE bank = ? AND party = ANY (?) AND until_date IS NULL
            """)
        .params(bank, persons)
        .query(
            row -> {
              long number = row.getLong(2);
              accounts
                  .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>(1))
                  .add(
                      new Account(
                          number, row.getBytes(3), row.getString(4), shared.contains(number)));
            });
    return accounts;
  }

  /** Of the persons' accounts those that another person has in use as well. */
  private Set<Long> shared(int bank, Long[] persons) {
    return jdbc.sql(
            """
            SELECT a.worker_account FROM shared_account s
              JOIN worker_account a ON a.bank = s.bank AND a.worker_account = s.worker_account
             WHERE s.bank = ? AND s.party = ANY (?)
               AND EXISTS (SELECT 1 FROM worker_account o
                            WHERE o.bank = a.bank AND o.blind = a.blind AND o.party <> a.party
                              AND o.until_date IS NULL)
            """)
        .params(bank, persons)
        .query(Long.class)
        .set();
  }

  private List<Employment> employments(int bank, List<Query> queries, List<@Nullable Long> found) {
    var jobs = new HashSet<Job>();
    for (int i = 0; i < queries.size(); i++) {
      var party = found.get(i);
      if (party != null) {
        jobs.add(new Job(queries.get(i).project(), party));
      }
    }
    return jdbc.sql(
            """
            SELECT e.* FROM (SELECT project, array_agg(party) AS parties
                               FROM unnest(?, ?) AS q (project, party) GROUP BY project) q
             CROSS JOIN LATERAL (
                   SELECT project, party, from_date, until_date, contract FROM employment
                    WHERE bank = ? AND project = q.project AND party = ANY (q.parties)) e
            """)
        .params(
            jobs.stream().map(Job::project).toArray(Long[]::new),
            jobs.stream().map(Job::party).toArray(Long[]::new),
            bank)
        .query((row, _) -> employment(row))
        .list();
  }

  private static Map<Job, List<Employment>> byJob(List<Employment> employments) {
    var byJob = new HashMap<Job, List<Employment>>(employments.size() * 2);
    for (var employment : employments) {
      byJob
          .computeIfAbsent(
              new Job(employment.project(), employment.party()), _ -> new ArrayList<>(1))
          .add(employment);
    }
    return byJob;
  }

  /** What each wage's worker said last of it. */
  private Map<Wage, Confirmed> confirmed(
      int bank, List<Query> queries, List<@Nullable Long> found) {
    var wanted = new ArrayList<Wage>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      var party = found.get(i);
      var query = queries.get(i);
      if (party != null) {
        wanted.add(new Wage(query.period(), query.project(), party, query.runType()));
      }
    }
    var confirmed = new HashMap<Wage, Confirmed>(wanted.size() * 2);
    jdbc.sql(
            """
            SELECT c.* FROM (SELECT period, project, array_agg(party) AS parties
                               FROM unnest(?, ?, ?) AS q (period, project, party)
                              GROUP BY period, project) q
             CROSS JOIN LATERAL (
                   SELECT period, project, party, run_type, nth, amount FROM confirmation
                    WHERE bank = ? AND period = q.period AND project = q.project
                      AND party = ANY (q.parties)) c
            """)
        .params(
            wanted.stream().map(Wage::period).toArray(Integer[]::new),
            wanted.stream().map(Wage::project).toArray(Long[]::new),
            wanted.stream().map(Wage::party).toArray(Long[]::new),
            bank)
        .query(
            row -> {
              confirmed.merge(
                  new Wage(row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4)),
                  new Confirmed(row.getInt(5), row.getLong(6)),
                  (a, b) -> a.nth() > b.nth() ? a : b);
            });
    return confirmed;
  }
}
