package org.wagerail.payroll;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;

/** Claims wages: one of one worker, project, period and kind of run exists once. */
@Component
class WageClaims {
  /**
   * What exists once.
   *
   * @param runType the kind it is claimed under, see {@link RunType#claimed}
   */
  record Wage(int period, long project, long party, String runType) {
    static final Comparator<Wage> ORDER =
        Comparator.comparingInt(Wage::period)
            .thenComparingLong(Wage::project)
            .thenComparingLong(Wage::party)
            .thenComparing(Wage::runType);
  }

  /** A line that wants to be the wage. */
  record Claim(Wage wage, int month, long payroll, int line) {}

  private final JdbcClient jdbc;
  private final BulkCopy bulk;

  WageClaims(JdbcClient jdbc, BulkCopy bulk) {
    this.jdbc = jdbc;
    this.bulk = bulk;
  }

  /**
   * Claims a block's wages; of two claims on one wage the first in the list wins.
   *
   * <p>Claims go in sorted, so that two blocks that want the same wages wait for each other in one
   * order. Where another block was first since this one looked, it looks again.
   *
   * @return the claims that came too late
   */
  @Transactional(propagation = Propagation.MANDATORY)
  List<Claim> claim(int bank, List<Claim> claims) {
    while (true) {
      var taken = taken(bank, claims);
      var late = new ArrayList<Claim>();
      var fresh = new ArrayList<Claim>(claims.size());
      for (var claim : claims) {
        (taken.add(claim.wage()) ? fresh : late).add(claim);
      }
      fresh.sort(Comparator.comparing(Claim::wage, Wage.ORDER));
      if (enter(bank, fresh)) {
        return late;
      }
    }
  }

  private Set<Wage> taken(int bank, List<Claim> claims) {
    var taken = new HashSet<Wage>(claims.size() * 2);
    jdbc.sql(
            """
            SELECT c.* FROM (SELECT period, project, array_agg(party) AS parties
                               FROM unnest(?, ?, ?) AS q (period, project, party)
                              GROUP BY period, project) q
             CROSS JOIN LATERAL (
                   SELECT period, project, party, run_type FROM wage_claim
                    WHERE bank = ? AND period = q.period AND project = q.project
                      AND party = ANY (q.parties)) c
            """)
        .params(
            claims.stream().map(c -> c.wage().period()).toArray(Integer[]::new),
            claims.stream().map(c -> c.wage().project()).toArray(Long[]::new),
            claims.stream().map(c -> c.wage().party()).toArray(Long[]::new),
            bank)
        .query(
            row -> {
              taken.add(new Wage(row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4)));
            });
    return taken;
  }

  /** False, and nothing entered, when another block's claim on one of them has come in. */
  private boolean enter(int bank, List<Claim> fresh) {
    jdbc.sql("SAVEPOINT claims").update();
    try {
      bulk.copy(
          "wage_claim",
          "bank, period, project, party, run_type, pay_month, payroll, line",
          fresh,
          (claim, row) ->
              row.integer(bank)
                  .integer(claim.wage().period())
                  .bigint(claim.wage().project())
                  .bigint(claim.wage().party())
                  .text(claim.wage().runType())
                  .integer(claim.month())
                  .bigint(claim.payroll())
                  .integer(claim.line()));
      jdbc.sql("RELEASE SAVEPOINT claims").update();
      return true;
    } catch (DuplicateKeyException rival) {
      jdbc.sql("ROLLBACK TO SAVEPOINT claims").update();
      return false;
    }
  }
}
