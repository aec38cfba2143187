package org.wagerail.ops.payday;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.contractor.AccountStatements;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt054;
import org.wagerail.project.Banks;
import org.wagerail.statement.Statements;

/**
 * Tells contractors what was booked on their wage books, and how days ended that are over. Apart
 * from paydays: it reads what they wrote and locks no account. Doing it twice does it once.
 */
@Component
public final class StatementRound {
  /** Messages of one transaction; their bytes wait for the disk before it. */
  private static final int TOGETHER = 200;

  /**
   * How many messages were made.
   *
   * @param statements of days that are over
   * @param notifications of entries
   */
  public record Made(int statements, int notifications) {}

  private final Banks banks;
  private final Statements statements;
  private final AccountStatements writer;

  StatementRound(Banks banks, Statements statements, AccountStatements writer) {
    this.banks = banks;
    this.statements = statements;
    this.writer = writer;
  }

  /** Makes what is due of a bank's wage books. */
  public Made run(int bank, Instant at) {
    var zone = banks.zone(bank);
    var today = at.atZone(zone).toLocalDate();
    int month = today.getYear() * 100 + today.getMonthValue();
    int notifications = 0;
    for (var block :
        Shared.blocks(statements.unnotified(bank, today, Camt054.VERSION), TOGETHER, _ -> 1)) {
      statements.told(bank, month, at, writer.notifications(block, at, zone));
      notifications += block.size();
    }
    int stated = 0;
    for (var block :
        Shared.blocks(statements.unstated(bank, today, Camt053.VERSION), TOGETHER, _ -> 1)) {
      statements.told(bank, month, at, writer.statements(block, at, zone));
      stated += block.size();
    }
    return new Made(stated, notifications);
  }
}
