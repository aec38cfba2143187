package org.wagerail.project;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.secrecy.Vault;

/**
 * What workers claim beyond what they accepted of a wage. A dispute holds no wage and no money:
 * what was accepted is paid, and what a mediation gives is listed as a supplement.
 */
@Component
public class Disputes {
  /**
   * How a dispute ends.
   *
   * @param project code of the project
   * @param period yyyymm
   * @param runType REG, LEAVER or SUPP
   * @param agreed what of the claim is given beyond what was accepted, minor units
   * @param maker who proposes, by number or role
   * @param checker who agrees
   * @param ground the mediation's paper
   */
  public record End(
      String project,
      IdScheme scheme,
      String idNumber,
      int period,
      String runType,
      long agreed,
      String maker,
      String checker,
      String ground) {}

  /** Why a dispute was not ended. */
  public enum Refusal {
    NO_DISPUTE("there is no open dispute about this wage", "该工资无未结争议"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_GROUND("it must be said on what paper it rests", "须注明依据"),
    MORE_THAN_DISPUTED("no more can be agreed than is disputed", "协商金额不得超过争议金额");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  private record Open(long project, int nth, long disputed) {}

  private final JdbcClient jdbc;
  private final EventLog events;
  private final Vault vault;

  Disputes(JdbcClient jdbc, EventLog events, Vault vault) {
    this.jdbc = jdbc;
    this.events = events;
    this.vault = vault;
  }

  /** Writes down what a worker claims, in the transaction that takes his confirmation. */
  @Transactional(propagation = Propagation.MANDATORY)
  void open(int bank, Instant at, Confirmations.Confirmed confirmed, long claimed) {
    long seq =
        events.append(
            bank,
            at,
            List.of(
                new EventLog.Event(
                    "WAGE_DISPUTED",
                    wage(
                        confirmed.period(),
                        confirmed.runType(),
                        confirmed.project(),
                        confirmed.party()),
                    "accepted " + confirmed.amount() + " claimed " + claimed)));
    jdbc.sql(
            """
            INSERT INTO wage_dispute (bank, period, project, party, run_type, nth, accepted, claimed,
                                      seq, opened_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            confirmed.period(),
            confirmed.project(),
            confirmed.party(),
            confirmed.runType(),
            confirmed.nth(),
            confirmed.amount(),
            claimed,
            seq,
            Timestamp.from(at))
        .update();
  }

  /**
   * Ends the open dispute about a wage.
   *
   * @return why not, or null
   */
  @Transactional
  public @Nullable Refusal end(int bank, Instant at, End end) {
    if (end.maker().equals(end.checker())) {
      return Refusal.SAME_PERSON;
    }
    if (end.ground().isBlank()) {
      return Refusal.NO_GROUND;
    }
    // As confirmations do: a dispute opens and ends one after the other.
    jdbc.sql("SELECT pg_advisory_xact_lock(7248, ?)").param(bank).query(_ -> {});
    var party = Persons.find(jdbc, vault, bank, end.scheme(), end.idNumber());
    var open = party == null ? null : open(bank, end, party);
    if (party == null || open == null) {
      return Refusal.NO_DISPUTE;
    }
    if (end.agreed() < 0 || end.agreed() > open.disputed()) {
      return Refusal.MORE_THAN_DISPUTED;
    }
    var wage = wage(end.period(), end.runType(), open.project(), party);
    events.command(
        bank,
        at,
        end.maker() + " and " + end.checker(),
        "END_DISPUTE",
        end.ground(),
        wage + " nth " + open.nth() + " agreed " + end.agreed());
    long seq =
        events.append(
            bank,
            at,
            List.of(
                new EventLog.Event(
                    "DISPUTE_ENDED", wage, "agreed " + end.agreed() + " of " + open.disputed())));
    jdbc.sql(
            """
            INSERT INTO wage_dispute_end (bank, period, project, party, run_type, nth, agreed, maker,
                                          checker, ground, seq, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            end.period(),
            open.project(),
            party,
            end.runType(),
            open.nth(),
            end.agreed(),
            end.maker(),
            end.checker(),
            end.ground(),
            seq,
            Timestamp.from(at))
        .update();
    return null;
  }

  /** The last dispute about a wage, when it is open. */
  private @Nullable Open open(int bank, End end, long party) {
    return jdbc.sql(
            """
            SELECT d.project, d.nth, d.claimed - d.accepted AS disputed
              FROM project p
              JOIN wage_dispute d ON d.bank = p.bank AND d.project = p.project
             WHERE p.bank = ? AND p.code = ? AND d.period = ? AND d.party = ? AND d.run_type = ?
               AND NOT EXISTS (SELECT 1 FROM wage_dispute_end e
                                WHERE e.bank = d.bank AND e.period = d.period
                                  AND e.project = d.project AND e.party = d.party
                                  AND e.run_type = d.run_type AND e.nth = d.nth)
             ORDER BY d.nth DESC LIMIT 1
            """)
        .params(bank, end.project(), end.period(), party, end.runType())
        .query(Open.class)
        .optional()
        .orElse(null);
  }

  private static String wage(int period, String runType, long project, long party) {
    return "wage " + period + "/" + runType + " project " + project + " person " + party;
  }
}
