package org.wagerail.project;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.secrecy.Vault;

/** Finds wage books by what a payroll says of them. */
@Component
public class WageBooks {
  /** A special account, project and subcontractor as a file names them. */
  public record Named(String account, String project, String firmCode) {}

  /**
   * What stands behind the names; each part is null where there is no such thing here.
   *
   * @param special the special account
   * @param contractor its holder
   * @param project the project of that code
   * @param wageBook the project's book, when it lies in this very account and is not closed
   * @param firm the firm of that code, when it has a subcontract on the project or is its
   *     contractor
   * @param calendar the one that the last tripartite agreement on file names; null when there is no
   *     agreement
   */
  public record Found(
      @Nullable Long special,
      @Nullable Long contractor,
      @Nullable Long project,
      @Nullable Long wageBook,
      @Nullable Long firm,
      @Nullable String calendar) {
    /** Whether a tripartite agreement is on file. */
    public boolean agreed() {
      return calendar != null;
    }
  }

  private final JdbcClient jdbc;
  private final Vault vault;

  WageBooks(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Finds each, in its place. */
  public List<Found> find(int bank, List<Named> names) {
    var found = new ArrayList<Found>(names.size());
    jdbc.sql(
            """
            SELECT s.special_account, s.contractor, p.project, w.wage_book,
                   (SELECT i.party FROM party_identifier i
                     WHERE i.bank = ? AND i.blind = q.blind AND i.scheme = 'USCC'
                       AND (i.party = p.contractor
                            OR EXISTS (SELECT 1 FROM subcontract c
                                        WHERE c.bank = i.bank AND c.project = p.project
                                          AND c.firm = i.party))
                     LIMIT 1) AS firm,
                   (SELECT g.calendar FROM agreement g
                     WHERE g.bank = ? AND g.project = p.project
                     ORDER BY g.from_date DESC LIMIT 1)
              FROM unnest(?, ?, ?) WITH ORDINALITY AS q (number, code, blind, n)
              LEFT JOIN special_account s ON s.bank = ? AND s.number = q.number
              LEFT JOIN project p ON p.bank = ? AND p.code = q.code
              LEFT JOIN wage_book w ON w.bank = ? AND w.special_account = s.special_account
                    AND w.project = p.project
                    AND NOT EXISTS (SELECT 1 FROM closing_step c WHERE c.bank = w.bank
                                       AND c.wage_book = w.wage_book AND c.step = 'CLOSED')
             ORDER BY q.n
            """)
        .params(
            bank,
            bank,
            names.stream().map(Named::account).toArray(String[]::new),
            names.stream().map(Named::project).toArray(String[]::new),
            names.stream()
                .map(n -> BlindIndex.ofIdentifier(vault, bank, IdScheme.USCC, n.firmCode()))
                .toArray(byte[][]::new),
            bank,
            bank,
            bank)
        .query(
            row -> {
              found.add(
                  new Found(
                      row.getObject(1, Long.class),
                      row.getObject(2, Long.class),
                      row.getObject(3, Long.class),
                      row.getObject(4, Long.class),
                      row.getObject(5, Long.class),
                      row.getString(6)));
            });
    return found;
  }
}
