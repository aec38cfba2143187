package org.wagerail.ops.payday;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.contractor.AccountStatements;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt054;
import org.wagerail.project.Banks;
import org.wagerail.statement.Statements;
import org.wagerail.statement.Vouchers;

/**
 * Tells contractors what was booked on their wage books, and how days ended that are over, and
 * gives them the vouchers for their subcontractors. Apart from paydays: it reads what they wrote
 * and locks no account. Doing it twice does it once.
 */
@Component
public final class StatementRound {
  /** Messages of one transaction; their bytes wait for the disk before it. */
  private static final int TOGETHER = 200;

  /** A run has a voucher of each of its firms, with a row a worker. */
  private static final int RUN = 10;

  /**
   * How many messages were made.
   *
   * @param statements of days that are over
   * @param notifications of entries
   * @param vouchers of runs, for subcontractors
   */
  public record Made(int statements, int notifications, int vouchers) {}

  private final Banks banks;
  private final Statements statements;
  private final AccountStatements writer;
  private final Vouchers vouchers;

  StatementRound(Banks banks, Statements statements, AccountStatements writer, Vouchers vouchers) {
    this.banks = banks;
    this.statements = statements;
    this.writer = writer;
    this.vouchers = vouchers;
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
    int vouched = 0;
    for (var block : Shared.blocks(vouchers.due(bank, today), TOGETHER, _ -> RUN)) {
      vouched += vouchers.make(bank, month, at, block);
    }
    return new Made(stated, notifications, vouched);
  }
}
