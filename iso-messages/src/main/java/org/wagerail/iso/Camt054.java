package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A notification of credits (camt.054): written in version {@value #VERSION} to tell an account's
 * holder what came back to it, and read as a stream by whoever plays the holder.
 */
public final class Camt054 implements AutoCloseable {
  public static final String VERSION = "camt.054.001.08";

  /** What the file says next. */
  public sealed interface Event {}

  /** A notification begins; a file may hold several. */
  public record Notification(@Nullable String id, @Nullable String account) implements Event {}

  /**
   * One transaction.
   *
   * @param amount in currency units
   * @param reasonCode why it came back; null when it carries no return information
   */
  public record Transaction(
      @Nullable String msgId,
      @Nullable String pmtInfId,
      @Nullable String instrId,
      @Nullable String endToEndId,
      @Nullable String txId,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable String side,
      @Nullable String reasonCode,
      @Nullable String reasonInfo)
      implements Event {}

  private final Deque<Event> ready = new ArrayDeque<>(4);
  private final Walker walker;

  private Camt054(InputStream in) {
    walker = new Walker(in, "camt.054.", Reading.INTEREST, new Reading(), null);
  }

  /** Opens a stream; closing this closes it. */
  public static Camt054 open(InputStream in) {
    return new Camt054(in);
  }

  /** The next event, or null at the end. */
  public @Nullable Event next() {
    while (ready.isEmpty() && walker.advance()) {
      // The reading fills the queue.
    }
    return ready.poll();
  }

  /** The judgement; complete once {@link #next} has given null. */
  public Report report() {
    return walker.report();
  }

  @Override
  public void close() {
    walker.close();
  }

  /** What a message says before its notifications. */
  public record Header(String msgId, OffsetDateTime creDtTm) {}

  /**
   * A transfer that came back.
   *
   * @param msgId of the account holder's own order
   * @param amountMinor in fen
   */
  public record Returned(
      String reference,
      String msgId,
      String pmtInfId,
      @Nullable String instrId,
      String endToEndId,
      String txId,
      long amountMinor,
      LocalDate booked,
      Reason reason) {}

  /** Starts a message on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes notifications, at least one, and in each what came back to its account. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;
    private final OffsetDateTime created;
    private boolean open;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      this.created = header.creDtTm();
      xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"")
          .raw(Grammar.NAMESPACE_PREFIX + VERSION)
          .raw("\"><BkToCstmrDbtCdtNtfctn>\n<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(created)
          .raw("</CreDtTm></GrpHdr>\n");
    }

    /** Begins what came back to an account. */
    public Writer account(String id, String account) {
      end();
      open = true;
      xml.raw("<Ntfctn>")
          .element("Id", id)
          .raw("<CreDtTm>")
          .moment(created)
          .raw("</CreDtTm><Acct><Id><Othr>")
          .element("Id", account)
          .raw("</Othr></Id><Ccy>CNY</Ccy></Acct>\n");
      return this;
    }

    private void end() {
      if (open) {
        xml.raw("</Ntfctn>\n");
      }
      open = false;
    }

    /** Tells of one transfer that came back to the account at hand. */
    public Writer returned(Returned transfer) {
      xml.raw("<Ntry>")
          .element("NtryRef", transfer.reference())
          .raw("<Amt Ccy=\"CNY\">")
          .minor(transfer.amountMinor())
          .raw("</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>")
          .element("Dt", transfer.booked().toString())
          .raw("</BookgDt>")
          .raw(Entries.code("RRTN"))
          .raw("<NtryDtls><TxDtls><Refs>")
          .element("MsgId", transfer.msgId())
          .element("PmtInfId", transfer.pmtInfId())
          .element("InstrId", transfer.instrId())
          .element("EndToEndId", transfer.endToEndId())
          .element("TxId", transfer.txId())
          .raw("</Refs><Amt Ccy=\"CNY\">")
          .minor(transfer.amountMinor())
          .raw("</Amt><CdtDbtInd>CRDT</CdtDbtInd>");
      transfer.reason().write(xml, "RtrInf");
      xml.raw("</TxDtls></NtryDtls></Ntry>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      end();
      xml.raw("</BkToCstmrDbtCdtNtfctn></Document>\n").finish();
    }
  }

  /** Gathers the values of the element at hand into records. */
  private final class Reading implements Sink {
    private static final int NOTIFICATION = 0;
    private static final int ID = 1;
    private static final int ACCOUNT_PART = 2;
    private static final int ACCOUNT = 3;
    private static final int TRANSACTION = 4;
    private static final int MESSAGE = 5;
    private static final int BATCH = 6;
    private static final int INSTRUCTION = 7;
    private static final int END_TO_END = 8;
    private static final int TX_ID = 9;
    private static final int AMOUNT = 10;
    private static final int CURRENCY = 11;
    private static final int SIDE = 12;
    private static final int REASON = 13;
    private static final int INFO = 14;
    private static final int LAST = 15;

    private static final String NTFCTN = "BkToCstmrDbtCdtNtfctn/Ntfctn";
    private static final String TX = NTFCTN + "/Ntry/NtryDtls/TxDtls";
    private static final Interest INTEREST =
        new Interest()
            .hear(NOTIFICATION, NTFCTN)
            .hear(ID, NTFCTN + "/Id")
            .hear(ACCOUNT_PART, NTFCTN + "/Acct")
            .hear(ACCOUNT, NTFCTN + "/Acct/Id/IBAN")
            .hear(ACCOUNT, NTFCTN + "/Acct/Id/Othr/Id")
            .hear(TRANSACTION, TX)
            .hear(MESSAGE, TX + "/Refs/MsgId")
            .hear(BATCH, TX + "/Refs/PmtInfId")
            .hear(INSTRUCTION, TX + "/Refs/InstrId")
            .hear(END_TO_END, TX + "/Refs/EndToEndId")
            .hear(TX_ID, TX + "/Refs/TxId")
            .hear(AMOUNT, TX + "/Amt")
            .hear(CURRENCY, TX + "/Amt/@Ccy")
            .hear(SIDE, TX + "/CdtDbtInd")
            .hear(REASON, TX + "/RtrInf/Rsn/Cd")
            .hear(REASON, TX + "/RtrInf/Rsn/Prtry")
            .hear(INFO, TX + "/RtrInf/AddtlInf");

    private final Said said = new Said(LAST);

    @Override
    public void begin(int mark) {
      if (mark == NOTIFICATION) {
        said.clear(NOTIFICATION, LAST);
      } else if (mark == TRANSACTION) {
        said.clear(TRANSACTION, LAST);
      }
    }

    @Override
    public void value(int mark, String value) {
      switch (mark) {
        case REASON -> said.putFirst(mark, value);
        case INFO -> said.append(mark, said.text(mark) == null ? value : " " + value);
        default -> said.put(mark, value);
      }
    }

    @Override
    public void end(int mark) {
      if (mark == ACCOUNT_PART) {
        ready.add(new Notification(said.text(ID), said.text(ACCOUNT)));
      } else if (mark == TRANSACTION) {
        ready.add(
            new Transaction(
                said.text(MESSAGE),
                said.text(BATCH),
                said.text(INSTRUCTION),
                said.text(END_TO_END),
                said.text(TX_ID),
                said.decimal(AMOUNT),
                said.text(CURRENCY),
                said.text(SIDE),
                said.text(REASON),
                said.text(INFO)));
      }
    }
  }
}
