package org.wagerail.ops.payday;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.core.CoreStatementReader;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.project.Banks;
import org.wagerail.reconciliation.BusinessDays;
import org.wagerail.reconciliation.CoreStatements;

/**
 * The end of business days: reads the core system's statements, compares what is over, and closes
 * what agrees or is explained. Clearing's reports come by the job that takes its answers. Doing it
 * twice does it once.
 */
@Component
public final class DayEnd {
  /** Who closes a day over which nobody needs to decide. */
  private static final String ACTOR = "daily round";

  private final Banks banks;
  private final Inbox inbox;
  private final CoreStatementReader reader;
  private final CoreStatements statements;
  private final BusinessDays days;

  DayEnd(
      Banks banks,
      Inbox inbox,
      CoreStatementReader reader,
      CoreStatements statements,
      BusinessDays days) {
    this.banks = banks;
    this.inbox = inbox;
    this.reader = reader;
    this.statements = statements;
    this.days = days;
  }

  /**
   * Compares every day that is over and not closed, and closes what it can.
   *
   * @return how many days are closed now
   * @throws SetAside when all was done but reading what it names
   */
  public int run(int bank, Instant at) {
    SetAside aside = null;
    try {
      read(bank, at);
    } catch (SetAside e) {
      aside = e;
    }
    var today = at.atZone(banks.zone(bank)).toLocalDate();
    int closed = 0;
    for (var day : days.due(bank, today)) {
      if (days.compare(bank, today, at, day) == null && days.close(bank, at, ACTOR, day) == null) {
        closed++;
      }
    }
    if (aside != null) {
      throw aside;
    }
    return closed;
  }

  /**
   * Compares one day, and closes it if it can.
   *
   * @return why it was not compared, or null
   */
  public BusinessDays.@Nullable Refusal compare(int bank, Instant at, LocalDate day) {
    var today = at.atZone(banks.zone(bank)).toLocalDate();
    var refusal = days.compare(bank, today, at, day);
    if (refusal == null) {
      days.close(bank, at, ACTOR, day);
    }
    return refusal;
  }

  /**
   * Reads the core system's open statements.
   *
   * @return how many documents could not be read and are set aside
   * @throws SetAside when all were read but what it names
   */
  public int read(int bank, Instant at) {
    int refused = 0;
    var aside = new ArrayList<SetAside.Item>();
    for (var document : inbox.open(bank, Sender.CORE)) {
      if (!CoreStatementReader.isStatement(document)) {
        continue;
      }
      try {
        refused += read(bank, at, document) ? 0 : 1;
      } catch (RuntimeException e) {
        if (Jobs.isOfTheWhole(e)) {
          throw e;
        }
        aside.add(new SetAside.Item("statements", document.toString(), e));
      }
    }
    if (!aside.isEmpty()) {
      throw new SetAside("statements of the core system", aside);
    }
    return refused;
  }

  private boolean read(int bank, Instant at, InboundDocument document) {
    var outline = reader.outline(document);
    if (outline == null) {
      statements.setAside(bank, at, document);
      return false;
    }
    try (var said = reader.said(document)) {
      statements.take(bank, at, document, outline, said);
      return true;
    }
  }
}
