package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification of debits and credits (camt.054): written in version {@value #VERSION} by whoever
 * keeps the account, to tell its holder what was booked, came in or came back, and read as a
 * stream.
 */
public final class Camt054 extends MessageReader<Camt054.Event> {
  public static final String VERSION = "camt.054.001.08";

  /** What the file says next. */
  public sealed interface Event {}

  /** A notification begins; a file may hold several. */
  public record Notification(@Nullable String id, @Nullable String account) implements Event {}

  /**
   * An entry ends; its transactions were told before.
   *
   * @param amount in currency units
   * @param side CRDT or DBIT
   */
  public record Entry(@Nullable BigDecimal amount, @Nullable String side) implements Event {}

  /**
   * One transaction of an entry; an entry without any is one itself.
   *
   * @param account the number of the account it moved
   * @param msgId of the account holder's own order
   * @param reference of the account's keeper: the transaction's own, else the entry's
   * @param nth ordinal in its entry, from 1
   * @param amount in currency units; null when it is not said of one of several
   * @param side CRDT or DBIT
   * @param status of the entry: BOOK, PDNG and others
   * @param reversal whether the entry takes back another
   * @param project code of the project that the ultimate creditor names, by the scheme PROJECT
   * @param remittance all unstructured lines, put together
   * @param reasonCode why it came back; null when it carries no return information
   * @param xmlLine line of the file where it begins
   */
  public record Transaction(
      @Nullable String account,
      @Nullable String reference,
      @Nullable String msgId,
      @Nullable String pmtInfId,
      @Nullable String instrId,
      @Nullable String endToEndId,
      @Nullable String txId,
      int nth,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable String side,
      @Nullable String status,
      boolean reversal,
      @Nullable LocalDate bookedOn,
      @Nullable String payer,
      @Nullable String payerAccount,
      @Nullable String project,
      @Nullable String remittance,
      @Nullable String reasonCode,
      @Nullable String reasonInfo,
      int xmlLine)
      implements Event {}

  private Camt054(InputStream in) {
    super(in, "camt.054.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Camt054 open(InputStream in) {
    return new Camt054(in);
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

  /**
   * A booked credit.
   *
   * @param amountMinor in fen
   */
  public record Credit(
      String reference,
      long amountMinor,
      LocalDate bookedOn,
      String payer,
      @Nullable String project,
      @Nullable String remittance) {}

  /** Starts a message on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes notifications, at least one, and in each the entries of its account. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;
    private final OffsetDateTime created;
    private boolean open;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      this.created = header.creDtTm();
      xml.begin(VERSION, "BkToCstmrDbtCdtNtfctn")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(created)
          .raw("</CreDtTm></GrpHdr>\n");
    }

    /** Begins what is told of an account. */
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
          .raw(Entries.code(Entries.Code.CAME_BACK))
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

    /** Tells of one credit to the account at hand; what is null is left out. */
    public Writer credit(Credit credit) {
      xml.raw("<Ntry><Amt Ccy=\"CNY\">")
          .minor(credit.amountMinor())
          .raw("</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>")
          .element("Dt", credit.bookedOn().toString())
          .raw("</BookgDt>")
          .element("AcctSvcrRef", credit.reference())
          .raw(Entries.code(Entries.Code.RECEIVED))
          .raw("<NtryDtls><TxDtls><RltdPties><Dbtr><Pty>")
          .element("Nm", credit.payer())
          .raw("</Pty></Dbtr>");
      if (credit.project() != null) {
        xml.raw("<UltmtCdtr><Pty><Id><OrgId><Othr>")
            .element("Id", credit.project())
            .raw("<SchmeNm><Prtry>PROJECT</Prtry></SchmeNm></Othr></OrgId></Id></Pty></UltmtCdtr>");
      }
      xml.raw("</RltdPties>");
      if (credit.remittance() != null) {
        xml.raw("<RmtInf>").element("Ustrd", credit.remittance()).raw("</RmtInf>");
      }
      xml.raw("</TxDtls></NtryDtls></Ntry>\n");
      return this;
    }

    /** Tells of one booked entry of the account at hand as a whole. */
    public Writer entry(Entries.Booked entry) {
      Entries.write(xml, entry);
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      end();
      xml.raw("</BkToCstmrDbtCdtNtfctn></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int ACCOUNT = 0;
    private static final int ENTRY = 1;
    private static final int AMOUNT = 2;
    private static final int CURRENCY = 3;
    private static final int SIDE = 4;
    private static final int REVERSAL = 5;
    private static final int STATUS = 6;
    private static final int BOOKED = 7;
    private static final int REFERENCE = 8;
    private static final int TRANSACTION = 9;
    private static final int TX_REFERENCE = 10;
    private static final int END_TO_END = 11;
    private static final int TX_ID = 12;
    private static final int TX_AMOUNT = 13;
    private static final int TX_CURRENCY = 14;
    private static final int TX_SIDE = 15;
    private static final int PAYER = 16;
    private static final int PAYER_ACCOUNT = 17;
    private static final int REMITTANCE = 18;
    private static final int OTHER = 19;
    private static final int OTHER_ID = 20;
    private static final int OTHER_SCHEME = 21;
    private static final int MESSAGE = 22;
    private static final int BATCH = 23;
    private static final int INSTRUCTION = 24;
    private static final int REASON = 25;
    private static final int INFO = 26;
    private static final int LAST = 27;
    private static final int NOTIFICATION = LAST;
    private static final int ID = LAST + 1;
    private static final int ACCOUNT_PART = LAST + 2;
    private static final int ALL = LAST + 3;

    private static final String NTFCTN = "BkToCstmrDbtCdtNtfctn/Ntfctn";
    private static final String NTRY = NTFCTN + "/Ntry";
    private static final String TX = NTRY + "/NtryDtls/TxDtls";
    private static final String PARTIES = TX + "/RltdPties";
    private static final Interest INTEREST = interest();

    private static Interest interest() {
      var interest =
          new Interest()
              .hear(NOTIFICATION, NTFCTN)
              .hear(ID, NTFCTN + "/Id")
              .hear(ACCOUNT_PART, NTFCTN + "/Acct")
              .hear(ACCOUNT, NTFCTN + "/Acct/Id/IBAN")
              .hear(ACCOUNT, NTFCTN + "/Acct/Id/Othr/Id")
              .hear(ENTRY, NTRY)
              .hear(AMOUNT, NTRY + "/Amt")
              .hear(CURRENCY, NTRY + "/Amt/@Ccy")
              .hear(SIDE, NTRY + "/CdtDbtInd")
              .hear(REVERSAL, NTRY + "/RvslInd")
              .hear(STATUS, NTRY + "/Sts")
              .hear(STATUS, NTRY + "/Sts/Cd")
              .hear(STATUS, NTRY + "/Sts/Prtry")
              .hear(BOOKED, NTRY + "/BookgDt/Dt")
              .hear(BOOKED, NTRY + "/BookgDt/DtTm")
              .hear(REFERENCE, NTRY + "/AcctSvcrRef")
              .hear(TRANSACTION, TX)
              .hear(TX_REFERENCE, TX + "/Refs/AcctSvcrRef")
              .hear(MESSAGE, TX + "/Refs/MsgId")
              .hear(BATCH, TX + "/Refs/PmtInfId")
              .hear(INSTRUCTION, TX + "/Refs/InstrId")
              .hear(END_TO_END, TX + "/Refs/EndToEndId")
              .hear(TX_ID, TX + "/Refs/TxId")
              .hear(TX_AMOUNT, TX + "/Amt")
              .hear(TX_CURRENCY, TX + "/Amt/@Ccy")
              .hear(TX_AMOUNT, TX + "/AmtDtls/TxAmt/Amt")
              .hear(TX_CURRENCY, TX + "/AmtDtls/TxAmt/Amt/@Ccy")
              .hear(TX_SIDE, TX + "/CdtDbtInd")
              .hear(PAYER_ACCOUNT, PARTIES + "/DbtrAcct/Id/IBAN")
              .hear(PAYER_ACCOUNT, PARTIES + "/DbtrAcct/Id/Othr/Id")
              .hear(REMITTANCE, TX + "/RmtInf/Ustrd")
              .hear(REASON, TX + "/RtrInf/Rsn/Cd")
              .hear(REASON, TX + "/RtrInf/Rsn/Prtry")
              .hear(INFO, TX + "/RtrInf/AddtlInf");
      // Until version 7 a party stands there as it is, from 8 on inside a choice.
      for (var party : new String[] {"", "/Pty"}) {
        interest
            .hear(PAYER, PARTIES + "/Dbtr" + party + "/Nm")
            .hear(OTHER, PARTIES + "/UltmtCdtr" + party + "/Id/OrgId/Othr")
            .hear(OTHER_ID, PARTIES + "/UltmtCdtr" + party + "/Id/OrgId/Othr/Id")
            .hear(OTHER_SCHEME, PARTIES + "/UltmtCdtr" + party + "/Id/OrgId/Othr/SchmeNm/Prtry");
      }
      return interest;
    }

    private final Said said = new Said(ALL);
    private final PartyReading party = new PartyReading();
    private final List<Transaction> unsaid = new ArrayList<>();
    private int transactions;
    private int xmlLine;

    @Override
    public void begin(int mark) {
      if (mark == NOTIFICATION) {
        said.clear(ACCOUNT, ALL);
      } else if (mark == ENTRY) {
        said.clear(AMOUNT, LAST);
        party.clear();
        unsaid.clear();
        transactions = 0;
        xmlLine = line();
      } else if (mark == TRANSACTION) {
        said.clear(TRANSACTION, LAST);
        party.clear();
        transactions++;
        xmlLine = line();
      }
    }

    @Override
    public void value(int mark, String value) {
      switch (mark) {
        case TX_AMOUNT, TX_CURRENCY, REASON -> said.putFirst(mark, value);
        case INFO -> said.append(mark, said.text(mark) == null ? value : " " + value);
        case REMITTANCE -> said.append(mark, value);
        case OTHER_ID -> party.id(value);
        case OTHER_SCHEME -> party.scheme(value);
        default -> said.put(mark, value);
      }
    }

    @Override
    public void end(int mark) {
      switch (mark) {
        case ACCOUNT_PART -> tell(new Notification(said.text(ID), said.text(ACCOUNT)));
        case OTHER -> party.endOther();
        case TRANSACTION -> {
          var told = transaction(transactions, said.decimal(TX_AMOUNT), said.text(TX_CURRENCY));
          // Whether it is all of its entry shows at the entry's end.
          if (told.amount() == null) {
            unsaid.add(told);
          } else {
            tell(told);
          }
        }
        case ENTRY -> {
          if (transactions == 0 || transactions == 1 && !unsaid.isEmpty()) {
            tell(transaction(1, said.decimal(AMOUNT), said.text(CURRENCY)));
          } else {
            unsaid.forEach(this::tell);
          }
          tell(new Entry(said.decimal(AMOUNT), said.text(SIDE)));
        }
        default -> {
          // Values tell the rest.
        }
      }
    }

    private Transaction transaction(
        int nth, @Nullable BigDecimal amount, @Nullable String currency) {
      var own = said.text(TX_REFERENCE);
      var side = said.text(TX_SIDE);
      return new Transaction(
          said.text(ACCOUNT),
          own == null ? said.text(REFERENCE) : own,
          said.text(MESSAGE),
          said.text(BATCH),
          said.text(INSTRUCTION),
          said.text(END_TO_END),
          said.text(TX_ID),
          nth,
          amount,
          currency,
          side == null ? said.text(SIDE) : side,
          said.text(STATUS),
          "true".equals(said.text(REVERSAL)) || "1".equals(said.text(REVERSAL)),
          said.date(BOOKED),
          said.text(PAYER),
          said.text(PAYER_ACCOUNT),
          party.project,
          said.text(REMITTANCE),
          said.text(REASON),
          said.text(INFO),
          xmlLine);
    }
  }
}
