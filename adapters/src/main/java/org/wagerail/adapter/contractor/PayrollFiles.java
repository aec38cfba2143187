package org.wagerail.adapter.contractor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.mail.Reception;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.payroll.SaidPayroll;
import org.wagerail.project.Banks;
import org.wagerail.project.Parameters;

/**
 * Payroll files, messages and sheets alike, on their way into the inbox, whatever way they come.
 */
@Component
public final class PayrollFiles {
  /** A file whose bytes are kept, and what it says as a whole; it is not in the inbox yet. */
  public record Arrived(Inbox.Letter letter, SaidPayroll said) {}

  /**
   * A file in the inbox.
   *
   * @param fresh whether its bytes never came before
   */
  public record Received(InboundDocument document, boolean fresh) {}

  private static final Set<String> ENDINGS = Set.of("xml", "xlsx", "csv", "xls", "xlsm");

  private final Reception reception;
  private final Banks banks;
  private final Inbox inbox;
  private final PayrollReader reader;
  private final Parameters parameters;

  PayrollFiles(
      Reception reception, Banks banks, Inbox inbox, PayrollReader reader, Parameters parameters) {
    this.reception = reception;
    this.banks = banks;
    this.inbox = inbox;
    this.reader = reader;
    this.parameters = parameters;
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

  /**
   * Keeps the bytes of a file and reads it to its end for what it says as a whole.
   *
   * @param name as the sender called it
   */
  public Arrived keep(int bank, LocalDate today, String name, InputStream bytes)
      throws IOException {
    var letter = reception.keep(name, bytes);
    var draft =
        new InboundDocument(
            bank,
            0,
            0,
            Sender.CONTRACTOR,
            name,
            letter.message(),
            letter.bytes().hash(),
            letter.bytes().size());
    return new Arrived(
        letter, reader.read(draft, 0, SheetLimits.of(parameters.of(bank, ""), today)).payroll());
  }

  /** Receives a file that was kept; joins the caller's transaction. */
  public Received receive(int bank, ZoneId zone, Inbox.Letter letter, Instant at) {
    boolean fresh = reception.receive(bank, zone, Sender.CONTRACTOR, letter, at);
    var document = inbox.find(bank, Sender.CONTRACTOR, letter.bytes().hash());
    return new Received(Objects.requireNonNull(document), fresh);
  }
}
