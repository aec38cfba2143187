package org.wagerail.adapter.clearing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.mail.Reception;
import org.wagerail.mailbox.Sender;
import org.wagerail.project.Banks;

/** The clearing house's files on disk, on their way into the inbox. */
@Component
public final class ClearingFiles {
  private final Reception reception;
  private final Banks banks;

  ClearingFiles(Reception reception, Banks banks) {
    this.reception = reception;
    this.banks = banks;
  }

  /**
   * Receives answers and returns.
   *
   * @return how many are new
   */
  public int receive(int bank, List<Path> files, Instant at) {
    return reception.receive(bank, banks.zone(bank), Sender.CLEARING, files, at);
  }
}
