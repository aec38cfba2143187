package org.wagerail.adapter.contractor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.mail.Reception;
import org.wagerail.mailbox.Sender;
import org.wagerail.project.Banks;

/** Payroll files, messages and sheets alike, on their way into the inbox. */
@Component
public final class PayrollFiles {
  private static final Set<String> ENDINGS = Set.of("xml", "xlsx", "csv", "xls", "xlsm");

  private final Reception reception;
  private final Banks banks;

  PayrollFiles(Reception reception, Banks banks) {
    this.reception = reception;
    this.banks = banks;
  }

  /**
   * Whether a folder's file may be meant as a payroll. Old and active workbooks are taken too, so
   * that their senders are told why not.
   */
  static boolean isPayroll(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending);
  }

  /**
   * Receives payroll files.
   *
   * @return how many are new
   */
  public int receive(int bank, List<Path> files, Instant at) {
    return reception.receive(bank, banks.zone(bank), Sender.CONTRACTOR, files, at);
  }

  /**
   * Receives one payroll whose bytes stand in a file of another name.
   *
   * @param name as the sender called it
   * @return whether it is new
   */
  public boolean receive(int bank, String name, Path bytes, Instant at) {
    return reception.receive(bank, banks.zone(bank), Sender.CONTRACTOR, name, bytes, at);
  }
}
