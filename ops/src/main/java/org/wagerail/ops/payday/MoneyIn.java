package org.wagerail.ops.payday;

import java.time.Instant;
import java.util.ArrayList;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.core.AdviceReader;
import org.wagerail.adapter.core.CoreStatementReader;
import org.wagerail.funding.Advices;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.project.Banks;

/**
 * Takes in what the core system tells of credits: a document is a transaction. Its statements wait
 * for the end of the day.
 */
@Component
public final class MoneyIn {
  private final Banks banks;
  private final Inbox inbox;
  private final AdviceReader reader;
  private final Advices advices;

  MoneyIn(Banks banks, Inbox inbox, AdviceReader reader, Advices advices) {
    this.banks = banks;
    this.inbox = inbox;
    this.reader = reader;
    this.advices = advices;
  }

  /**
   * Takes the core system's open documents.
   *
   * @throws SetAside when all were taken but what it names
   */
  public void take(int bank, Instant at) {
    var today = at.atZone(banks.zone(bank)).toLocalDate();
    var aside = new ArrayList<SetAside.Item>();
    for (var document : inbox.open(bank, Sender.CORE)) {
      if (CoreStatementReader.isStatement(document)) {
        continue;
      }
      try {
        var said = reader.read(document);
        if (said == null) {
          advices.setAside(bank, at, document);
        } else {
          advices.take(bank, today, at, document, said);
        }
      } catch (RuntimeException e) {
        if (Jobs.isOfTheWhole(e)) {
          throw e;
        }
        aside.add(new SetAside.Item("credits", document.toString(), e));
      }
    }
    if (!aside.isEmpty()) {
      throw new SetAside("money in", aside);
    }
  }
}
