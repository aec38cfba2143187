package org.wagerail.adapter.contractor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.mail.Reception;
import org.wagerail.mailbox.Sender;
import org.wagerail.project.Banks;

/** Payroll files on disk, on their way into the inbox. */
@Component
public final class PayrollFiles {
  private final Reception reception;
  private final Banks banks;

  PayrollFiles(Reception reception, Banks banks) {
    this.reception = reception;
    this.banks = banks;
  }

  /**
   * Receives payroll files.
   *
   * @return how many are new
   */
  public int receive(int bank, List<Path> files, Instant at) {
    return reception.receive(bank, banks.zone(bank), Sender.CONTRACTOR, files, at);
  }
}
