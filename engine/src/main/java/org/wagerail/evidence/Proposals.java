package org.wagerail.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.Months;

/**
 * What one person proposed and another has to answer. An item has one open proposal at most; it is
 * answered once, by a second person, before it lapses. Whoever owns the item carries out what was
 * agreed, in the transaction of the answer.
 */
@Component
public class Proposals {
  /**
   * A proposal.
   *
   * @param month in which it was made, yyyymm
   * @param item what it is about, as events and commands name it
   * @param ground why, and where the evidence lies
   * @param lapsesAt from when on it can no longer be answered
   */
  public record Proposal(
      int month,
      long proposal,
      String item,
      String action,
      String ground,
      String maker,
      Instant proposedAt,
      Instant lapsesAt) {}

  /** Why nothing was proposed or answered. */
  public enum Refusal {
    PROPOSED_ALREADY("something is proposed already", "已有待复核的处理意见"),
    NO_SUCH_PROPOSAL("there is no such proposal to be answered", "无此待复核的处理意见"),
    SAME_PERSON("a second person must decide", "须由另一人复核"),
    NO_GROUND("it must be said on what ground", "须注明依据"),
    NO_REASON("it must be said why not", "须注明不同意的理由");

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

  private final JdbcClient jdbc;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;

  Proposals(JdbcClient jdbc, Months months, Numbers numbers, EventLog events) {
    this.jdbc = jdbc;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
  }

  /** The open proposal of an item, if there is one. */
  public Optional<Proposal> open(int bank, Instant at, String item) {
    return Optional.ofNullable(open(bank, at, List.of(item)).get(item));
  }

  /** The open proposals of items, by item; those without one are not there. */
  public Map<String, Proposal> open(int bank, Instant at, Collection<String> items) {
    return jdbc
        .sql(
            """
            SELECT p.* FROM proposal p
             WHERE p.bank = ? AND p.item = ANY (?) AND p.lapses_at > ?
               AND NOT EXISTS (SELECT 1 FROM proposal_answer a WHERE a.bank = p.bank
                                  AND a.month = p.month AND a.proposal = p.proposal)
            """)
        .params(bank, items.toArray(String[]::new), Timestamp.from(at))
        .query((row, _) -> read(row))
        .list()
        .stream()
        .collect(Collectors.toMap(Proposal::item, Function.identity()));
  }

  /**
   * Proposes.
   *
   * @param month of the instant in the bank's zone, yyyymm
   * @param lapsesAt when it lapses unanswered
   * @return why not, or null
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public @Nullable Refusal propose(
      int bank,
      int month,
      Instant at,
      Instant lapsesAt,
      String maker,
      String item,
      String action,
      String ground) {
    if (ground.isBlank()) {
      return Refusal.NO_GROUND;
    }
    lock(bank);
    if (open(bank, at, item).isPresent()) {
      return Refusal.PROPOSED_ALREADY;
    }
    months.open(month);
    long number = numbers.take(bank, "proposal", 1);
    jdbc.sql(
            """
            INSERT INTO proposal (bank, month, proposal, item, action, ground, maker, proposed_at,
                                  lapses_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            month,
            number,
            item,
            action,
            ground,
            maker,
            Timestamp.from(at),
            Timestamp.from(lapsesAt))
        .update();
    var said = "proposal " + month + "/" + number + " " + action;
    events.command(bank, at, maker, "PROPOSE", ground, item + " " + said);
    events.append(bank, at, List.of(new EventLog.Event("PROPOSED", item, said)));
    return null;
  }

  /**
   * Whether a person may answer an item's proposal so. Says nothing to anybody yet: what was agreed
   * may turn out impossible.
   *
   * @param proposal the number of the one that was looked at
   * @return why not, or null
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public @Nullable Refusal mayAnswer(
      int bank,
      Instant at,
      String checker,
      String item,
      long proposal,
      boolean agreed,
      String reason) {
    lock(bank);
    var open = open(bank, at, item);
    if (open.isEmpty() || open.get().proposal() != proposal) {
      return Refusal.NO_SUCH_PROPOSAL;
    }
    // Whoever proposed may take it back alone; he may not agree with himself.
    if (agreed && open.get().maker().equals(checker)) {
      return Refusal.SAME_PERSON;
    }
    return agreed || !reason.isBlank() ? null : Refusal.NO_REASON;
  }

  /**
   * Keeps an answer that {@link #mayAnswer} allowed, in the transaction of what follows from it.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void answer(
      int bank, Instant at, String checker, Proposal proposal, boolean agreed, String reason) {
    jdbc.sql(
            """
            INSERT INTO proposal_answer (bank, month, proposal, agreed, checker, reason, answered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            proposal.month(),
            proposal.proposal(),
            agreed,
            checker,
            agreed ? "" : reason,
            // As the command log keeps it: what was done in its name is found by it.
            Timestamp.from(at.truncatedTo(ChronoUnit.MICROS)))
        .update();
    var said =
        "proposal "
            + proposal.month()
            + "/"
            + proposal.proposal()
            + (agreed ? " agreed" : " not agreed");
    events.command(
        bank,
        at,
        checker,
        "ANSWER_PROPOSAL",
        agreed ? proposal.ground() : reason,
        proposal.item() + " " + said);
    events.append(
        bank, at, List.of(new EventLog.Event("PROPOSAL_ANSWERED", proposal.item(), said)));
  }

  /** Proposals and answers of a bank come one after the other: an item has one that is open. */
  private void lock(int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7270, ?)").param(bank).query(_ -> {});
  }

  private static Proposal read(ResultSet row) throws SQLException {
    return new Proposal(
        row.getInt("month"),
        row.getLong("proposal"),
        row.getString("item"),
        row.getString("action"),
        row.getString("ground"),
        row.getString("maker"),
        row.getTimestamp("proposed_at").toInstant(),
        row.getTimestamp("lapses_at").toInstant());
  }
}
