package org.wagerail.project;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Register;
import org.wagerail.secrecy.Vault;

/**
 * Takes one worker's confirmation of one wage. Confirmations stand beside each other and the last
 * one counts; what is confirmed is always an amount, never a file.
 */
@Component
public class Confirmations {
  /** Who confirmed. The contractor's word counts only as a sheet that the worker signed. */
  public enum Source {
    WORKER,
    SUPERVISOR,
    SIGNED_SHEET,
    COURT
  }

  /**
   * A confirmation on its way in.
   *
   * @param project code of the project
   * @param period yyyymm
   * @param runType REG, LEAVER or SUPP
   * @param amount minor units
   * @param evidence where the record or sheet can be found
   * @param claimed what the worker says he is owed, if it is more than he accepts here; else null.
   *     What he accepts is paid all the same
   */
  public record Confirmation(
      String project,
      IdScheme scheme,
      String idNumber,
      int period,
      String runType,
      long amount,
      Source source,
      String evidence,
      @Nullable Long claimed) {
    /** A confirmation by one who claims no more. */
    public Confirmation(
        String project,
        IdScheme scheme,
        String idNumber,
        int period,
        String runType,
        long amount,
        Source source,
        String evidence) {
      this(project, scheme, idNumber, period, runType, amount, source, evidence, null);
    }
  }

  /**
   * What was confirmed, for whoever waits for it.
   *
   * @param nth which confirmation of this wage it is
   */
  public record Confirmed(
      long project, long party, int period, String runType, int nth, long amount) {}

  /** Hears of confirmations in the transaction that takes them. */
  public interface Hearer {
    void confirmed(int bank, Instant at, Confirmed confirmed);
  }

  /** Why a confirmation was not taken. */
  public enum Refusal {
    UNKNOWN_PROJECT("there is no such project at this bank", "本行无此项目"),
    UNKNOWN_PERSON("nobody on the register has this identifier", "名册无此证件号码"),
    AMOUNT_NOT_POSITIVE("what is confirmed must be more than nothing", "确认金额须大于零"),
    NO_EVIDENCE("a confirmation must say where its evidence lies", "确认须注明凭证所在"),
    CLAIM_NOT_MORE("what is claimed must be more than what is accepted", "主张金额须大于确认金额"),
    NOT_LATER("a later confirmation of this wage is there already", "该工资已有更晚的确认");

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

  private record Last(int nth, Instant at, long amount, String source, String evidence) {}

  private final JdbcClient jdbc;
  private final Months months;
  private final EventLog events;
  private final Vault vault;
  private final Disputes disputes;
  private final List<Hearer> hearers;

  Confirmations(
      JdbcClient jdbc,
      Months months,
      EventLog events,
      Vault vault,
      Disputes disputes,
      List<Hearer> hearers) {
    this.jdbc = jdbc;
    this.months = months;
    this.events = events;
    this.vault = vault;
    this.disputes = disputes;
    this.hearers = hearers;
  }

  /**
   * Takes a confirmation. The very same one again changes nothing.
   *
   * @param actor who brings it, by number or role
   * @param at when it was given
   * @return why it was not taken, or null
   */
  @Transactional
  public @Nullable Refusal confirm(int bank, Instant at, String actor, Confirmation said) {
    if (said.amount() <= 0) {
      return Refusal.AMOUNT_NOT_POSITIVE;
    }
    if (said.evidence().isBlank()) {
      return Refusal.NO_EVIDENCE;
    }
    if (said.claimed() != null && said.claimed() <= said.amount()) {
      return Refusal.CLAIM_NOT_MORE;
    }
    var project =
        jdbc.sql("SELECT project FROM project WHERE bank = ? AND code = ?")
            .params(bank, said.project())
            .query(Long.class)
            .optional();
    if (project.isEmpty()) {
      return Refusal.UNKNOWN_PROJECT;
    }
    var party = Persons.find(jdbc, vault, bank, said.scheme(), said.idNumber());
    if (party == null) {
      return Refusal.UNKNOWN_PERSON;
    }
    months.open(said.period());
    // Two confirmations of one wage come one after the other.
    jdbc.sql("SELECT pg_advisory_xact_lock(7248, ?)").param(bank).query(_ -> {});
    var last = last(bank, said, project.get(), party);
    if (last != null && !at.isAfter(last.at())) {
      boolean same =
          at.equals(last.at())
              && last.amount() == said.amount()
              && last.source().equals(said.source().name())
              && last.evidence().equals(said.evidence());
      return same ? null : Refusal.NOT_LATER;
    }
    take(
        bank,
        at,
        actor,
        said,
        new Confirmed(
            project.get(),
            party,
            said.period(),
            said.runType(),
            last == null ? 1 : last.nth() + 1,
            said.amount()));
    return null;
  }

  private @Nullable Last last(int bank, Confirmation said, long project, long party) {
    return jdbc.sql(
            """
            SELECT nth, confirmed_at, amount, source, evidence FROM confirmation
             WHERE bank = ? AND period = ? AND project = ? AND party = ? AND run_type = ?
             ORDER BY nth DESC LIMIT 1
            """)
        .params(bank, said.period(), project, party, said.runType())
        .query(
            (row, _) ->
                new Last(
                    row.getInt(1),
                    row.getTimestamp(2).toInstant(),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5)))
        .optional()
        .orElse(null);
  }

  private void take(int bank, Instant at, String actor, Confirmation said, Confirmed confirmed) {
    var told =
        new ArrayList<>(
            jdbc.sql(
                    Register.CONFIRMATION.sealing(
                        """
                        INSERT INTO confirmation (bank, period, project, party, run_type, nth, amount,
                                                  confirmed_at, source, evidence)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """))
                .params(
                    bank,
                    confirmed.period(),
                    confirmed.project(),
                    confirmed.party(),
                    confirmed.runType(),
                    confirmed.nth(),
                    confirmed.amount(),
                    Timestamp.from(at),
                    said.source().name(),
                    said.evidence())
                .query(EventLog.Event.class)
                .list());
    var wage =
        "wage "
            + confirmed.period()
            + "/"
            + confirmed.runType()
            + " project "
            + confirmed.project()
            + " person "
            + confirmed.party();
    events.command(
        bank,
        at,
        actor,
        "CONFIRM",
        said.source() + " " + said.evidence(),
        wage + " amount " + confirmed.amount() + " nth " + confirmed.nth());
    told.add(
        new EventLog.Event(
            "WAGE_CONFIRMED", wage, "nth " + confirmed.nth() + " by " + said.source()));
    events.append(bank, at, told);
    if (said.claimed() != null) {
      disputes.open(bank, at, confirmed, said.claimed());
    }
    hearers.forEach(hearer -> hearer.confirmed(bank, at, confirmed));
  }
}
