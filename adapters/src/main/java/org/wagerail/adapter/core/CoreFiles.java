package org.wagerail.adapter.core;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.mail.Reception;
import org.wagerail.mailbox.Sender;
import org.wagerail.project.Banks;

/** The core banking system's files on disk, on their way into the inbox. */
@Component
public final class CoreFiles {
  private final Reception reception;
  private final Banks banks;

  CoreFiles(Reception reception, Banks banks) {
    this.reception = reception;
    this.banks = banks;
  }

  /**
   * Receives notifications.
   *
   * @return how many are new
   */
  public int receive(int bank, List<Path> files, Instant at) {
    return reception.receive(bank, banks.zone(bank), Sender.CORE, files, at);
  }
}
