package org.wagerail.ops.payday;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.wagerail.funding.LabourCosts;
import org.wagerail.project.Banks;

/** What a bank looks after once a day, whatever else happens. Doing it twice does it once. */
@Component
public final class DailyRound {
  /**
   * Projects of one transaction: each that is late is told to three, and bytes wait for the disk.
   */
  private static final int TOGETHER = 200;

  private final Banks banks;
  private final LabourCosts labourCosts;
  private final DayEnd dayEnd;

  DailyRound(Banks banks, LabourCosts labourCosts, DayEnd dayEnd) {
    this.banks = banks;
    this.labourCosts = labourCosts;
    this.dayEnd = dayEnd;
  }

  /**
   * What a round did.
   *
   * @param told states of labour cost that were told
   * @param closed business days that were compared and closed
   */
  public record Done(int told, int closed) {}

  /**
   * Looks after a bank.
   *
   * @throws SetAside when all was done but what it names
   */
  public Done run(int bank, Instant at) {
    var today = at.atZone(banks.zone(bank)).toLocalDate();
    int month = today.getYear() * 100 + today.getMonthValue();
    int told = 0;
    for (var block : Shared.blocks(labourCosts.agreed(bank), TOGETHER, _ -> 1)) {
      told += labourCosts.check(bank, today, month, at, block);
    }
    return new Done(told, dayEnd.run(bank, at));
  }
}
