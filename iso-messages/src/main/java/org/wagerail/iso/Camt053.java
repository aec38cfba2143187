package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of an account (camt.053): read as a stream, and written in version {@value #VERSION}
 * by whoever keeps the account. A transaction is told before the end of its entry, because the
 * entry ends behind it.
 */
public final class Camt053 extends MessageReader<Camt053.Event> {
  public static final String VERSION = "camt.053.001.08";

  /** What the file says next. */
  public sealed interface Event {}

  /**
   * A statement begins; a file may hold several.
   *
   * @param account IBAN or other identification
   * @param from first day it covers, null if it names none
   * @param to last day it covers, null if it names none
   * @param sequence its number among the account's statements, null if it has none
   * @param page which page of the statement this is, null if it does not say
   * @param lastPage whether it says that no page follows
   */
  public record Statement(
      @Nullable String msgId,
      @Nullable String id,
      @Nullable String account,
      @Nullable String currency,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Long sequence,
      @Nullable Long page,
      boolean lastPage)
      implements Event {}

  /**
   * A balance.
   *
   * @param code OPBD, CLBD and others
   * @param amount in currency units, never negative
   * @param credit whether the account's owner has the amount, rather than owing it
   * @param intermediate whether it is the balance between two pages only
   */
  public record Balance(
      @Nullable String code,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      boolean credit,
      boolean intermediate,
      @Nullable LocalDate date)
      implements Event {}

  /**
   * A transaction of the entry at hand.
   *
   * @param reference the account keeper's own
   * @param amount in currency units; null where the entry's own is meant
   * @param credit whether it is a credit: by its own word, else by the entry's
   * @param returned whether it carries return information
   * @param reasonCode why it was returned
   */
  public record Transaction(
      @Nullable String reference,
      @Nullable String txId,
      @Nullable String endToEndId,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      boolean credit,
      boolean returned,
      @Nullable String reasonCode,
      int xmlLine)
      implements Event {}

  /**
   * An entry, after its transactions.
   *
   * @param reference its place in this statement, as the statement numbers it
   * @param servicerReference the account keeper's own, for ever
   * @param valued from when it bears interest, null if it does not say
   * @param status BOOK, PDNG, INFO and others
   * @param batch how many transactions it says it has, null if it does not say
   */
  public record Entry(
      @Nullable String reference,
      @Nullable String servicerReference,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      boolean credit,
      @Nullable String status,
      @Nullable LocalDate booked,
      @Nullable LocalDate valued,
      @Nullable Long batch)
      implements Event {}

  private Camt053(InputStream in) {
    super(in, "camt.053.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Camt053 open(InputStream in) {
    return new Camt053(in);
  }

  /**
   * A page of a numbered statement.
   *
   * @param sequence the statement's number among the account's
   * @param page from 1
   * @param last whether no page follows
   */
  public record Part(long sequence, int page, boolean last) {}

  /**
   * What a statement of one day says before its entries.
   *
   * @param name of the account, null when its number says enough
   * @param opening balance in fen before the day or page, negative when the owner owes it
   * @param closing balance in fen after the day or page
   * @param part null when the statement is whole and has no number
   */
  public record Header(
      String msgId,
      OffsetDateTime creDtTm,
      String id,
      String account,
      @Nullable String name,
      LocalDate day,
      long opening,
      long closing,
      @Nullable Part part) {
    /** Whole and without a number. */
    public Header(
        String msgId,
        OffsetDateTime creDtTm,
        String id,
        String account,
        @Nullable String name,
        LocalDate day,
        long opening,
        long closing) {
      this(msgId, creDtTm, id, account, name, day, opening, closing, null);
    }

    /** Of an account that its number names. */
    public Header(
        String msgId,
        OffsetDateTime creDtTm,
        String id,
        String account,
        LocalDate day,
        long opening,
        long closing) {
      this(msgId, creDtTm, id, account, null, day, opening, closing);
    }
  }

  /**
   * A transaction to be written.
   *
   * @param amountMinor in fen
   * @param returned why it came back; null when it did not
   */
  public record Detail(
      String txId, @Nullable String endToEndId, long amountMinor, @Nullable Reason returned) {}

  /** Starts a document on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes entries one by one. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "BkToCstmrStmt")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm></GrpHdr>");
      begin(header);
    }

    /** Ends the statement and begins the next of the same document. */
    public Writer next(Header header) {
      xml.raw("</Stmt>");
      begin(header);
      return this;
    }

    private void begin(Header header) {
      xml.raw("<Stmt>").element("Id", header.id());
      var part = header.part();
      if (part != null) {
        xml.raw("<StmtPgntn>")
            .element("PgNb", Integer.toString(part.page()))
            .element("LastPgInd", Boolean.toString(part.last()))
            .raw("</StmtPgntn>")
            .element("ElctrncSeqNb", Long.toString(part.sequence()));
      }
      xml.raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm><FrToDt>")
          .element("FrDtTm", header.day() + "T00:00:00")
          .element("ToDtTm", header.day() + "T23:59:59")
          .raw("</FrToDt><Acct><Id><Othr>")
          .element("Id", header.account())
          .raw("</Othr></Id><Ccy>CNY</Ccy>")
          .element("Nm", header.name())
          .raw("</Acct>\n");
      balance("OPBD", header.opening(), header.day(), part != null && part.page() > 1);
      balance("CLBD", header.closing(), header.day(), part != null && !part.last());
    }

    private void balance(String code, long minor, LocalDate day, boolean intermediate) {
      xml.raw("<Bal><Tp><CdOrPrtry>")
          .element("Cd", code)
          .raw("</CdOrPrtry>")
          .raw(intermediate ? "<SubTp><Cd>INTM</Cd></SubTp>" : "")
          .raw("</Tp><Amt Ccy=\"CNY\">")
          .minor(Math.abs(minor))
          .raw("</Amt>")
          .element("CdtDbtInd", indicator(minor >= 0))
          .raw("<Dt>")
          .element("Dt", day.toString())
          .raw("</Dt></Bal>\n");
    }

    /**
     * Writes one booked entry with its transactions.
     *
     * @param batch the package whose transactions these are, or null
     */
    public Writer entry(
        String reference,
        boolean credit,
        LocalDate booked,
        @Nullable String batch,
        List<Detail> details) {
      long total = details.stream().mapToLong(Detail::amountMinor).reduce(0, Math::addExact);
      xml.raw("<Ntry>")
          .element("NtryRef", reference)
          .raw("<Amt Ccy=\"CNY\">")
          .minor(total)
          .raw("</Amt>")
          .element("CdtDbtInd", indicator(credit))
          .raw("<Sts><Cd>BOOK</Cd></Sts><BookgDt>")
          .element("Dt", booked.toString())
          .raw("</BookgDt>")
          .raw(Entries.code(credit ? Entries.Code.CAME_BACK : Entries.Code.WAGES))
          .raw("<NtryDtls><Btch>")
          .element("MsgId", batch)
          .raw("<NbOfTxs>")
          .number(details.size())
          .raw("</NbOfTxs></Btch>\n");
      for (var detail : details) {
        xml.raw("<TxDtls><Refs>")
            .element("EndToEndId", detail.endToEndId())
            .element("TxId", detail.txId())
            .raw("</Refs><Amt Ccy=\"CNY\">")
            .minor(detail.amountMinor())
            .raw("</Amt>")
            .element("CdtDbtInd", indicator(credit));
        if (detail.returned() != null) {
          detail.returned().write(xml, "RtrInf");
        }
        xml.raw("</TxDtls>\n");
      }
      xml.raw("</NtryDtls></Ntry>\n");
      return this;
    }

    /** Writes one booked entry as a whole. */
    public Writer entry(Entries.Booked entry) {
      Entries.write(xml, entry);
      return this;
    }

    private static String indicator(boolean credit) {
      return credit ? "CRDT" : "DBIT";
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</Stmt></BkToCstmrStmt></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int MSG_ID = 0;
    private static final int MSG_PAGE = 1;
    private static final int MSG_LAST_PAGE = 2;
    private static final int STATEMENT = 3;
    private static final int ID = 4;
    private static final int PAGE = 5;
    private static final int LAST_PAGE = 6;
    private static final int SEQUENCE = 7;
    private static final int FROM = 8;
    private static final int TO = 9;
    private static final int ACCOUNT_PART = 10;
    private static final int ACCOUNT = 11;
    private static final int ACCOUNT_CURRENCY = 12;
    private static final int BALANCE = 13;
    private static final int BALANCE_CODE = 14;
    private static final int BALANCE_INTERMEDIATE = 15;
    private static final int BALANCE_AMOUNT = 16;
    private static final int BALANCE_CURRENCY = 17;
    private static final int BALANCE_SIDE = 18;
    private static final int BALANCE_DATE = 19;
    private static final int ENTRY = 20;
    private static final int REFERENCE = 21;
    private static final int SERVICER_REFERENCE = 22;
    private static final int AMOUNT = 23;
    private static final int CURRENCY = 24;
    private static final int SIDE = 25;
    private static final int STATUS = 26;
    private static final int BOOKED = 27;
    private static final int VALUED = 28;
    private static final int BATCH = 29;
    private static final int TRANSACTION = 30;
    private static final int TX_REFERENCE = 31;
    private static final int TX_ID = 32;
    private static final int END_TO_END = 33;
    private static final int TX_AMOUNT = 34;
    private static final int TX_CURRENCY = 35;
    private static final int TX_SIDE = 36;
    private static final int RETURN = 37;
    private static final int REASON = 38;
    private static final int LAST = 39;

    private static final String STMT = "BkToCstmrStmt/Stmt";
    private static final String BAL = STMT + "/Bal";
    private static final String NTRY = STMT + "/Ntry";
    private static final String TX = NTRY + "/NtryDtls/TxDtls";
    private static final Interest INTEREST =
        new Interest()
            .hear(MSG_ID, "BkToCstmrStmt/GrpHdr/MsgId")
            .hear(STATEMENT, STMT)
            .hear(ID, STMT + "/Id")
            .hear(MSG_PAGE, "BkToCstmrStmt/GrpHdr/MsgPgntn/PgNb")
            .hear(MSG_LAST_PAGE, "BkToCstmrStmt/GrpHdr/MsgPgntn/LastPgInd")
            .hear(PAGE, STMT + "/StmtPgntn/PgNb")
            .hear(LAST_PAGE, STMT + "/StmtPgntn/LastPgInd")
            .hear(SEQUENCE, STMT + "/ElctrncSeqNb")
            .hear(SEQUENCE, STMT + "/LglSeqNb")
            .hear(FROM, STMT + "/FrToDt/FrDtTm")
            .hear(TO, STMT + "/FrToDt/ToDtTm")
            .hear(ACCOUNT_PART, STMT + "/Acct")
            .hear(ACCOUNT, STMT + "/Acct/Id/IBAN")
            .hear(ACCOUNT, STMT + "/Acct/Id/Othr/Id")
            .hear(ACCOUNT_CURRENCY, STMT + "/Acct/Ccy")
            .hear(BALANCE, BAL)
            .hear(BALANCE_CODE, BAL + "/Tp/CdOrPrtry/Cd")
            .hear(BALANCE_INTERMEDIATE, BAL + "/Tp/SubTp/Cd")
            .hear(BALANCE_AMOUNT, BAL + "/Amt")
            .hear(BALANCE_CURRENCY, BAL + "/Amt/@Ccy")
            .hear(BALANCE_SIDE, BAL + "/CdtDbtInd")
            .hear(BALANCE_DATE, BAL + "/Dt/Dt")
            .hear(BALANCE_DATE, BAL + "/Dt/DtTm")
            .hear(ENTRY, NTRY)
            .hear(REFERENCE, NTRY + "/NtryRef")
            .hear(SERVICER_REFERENCE, NTRY + "/AcctSvcrRef")
            .hear(AMOUNT, NTRY + "/Amt")
            .hear(CURRENCY, NTRY + "/Amt/@Ccy")
            .hear(SIDE, NTRY + "/CdtDbtInd")
            .hear(STATUS, NTRY + "/Sts/Cd")
            .hear(STATUS, NTRY + "/Sts/Prtry")
            .hear(BOOKED, NTRY + "/BookgDt/Dt")
            .hear(BOOKED, NTRY + "/BookgDt/DtTm")
            .hear(VALUED, NTRY + "/ValDt/Dt")
            .hear(VALUED, NTRY + "/ValDt/DtTm")
            .hear(BATCH, NTRY + "/NtryDtls/Btch/NbOfTxs")
            .hear(TRANSACTION, TX)
            .hear(TX_REFERENCE, TX + "/Refs/AcctSvcrRef")
            .hear(TX_ID, TX + "/Refs/TxId")
            .hear(END_TO_END, TX + "/Refs/EndToEndId")
            .hear(TX_AMOUNT, TX + "/Amt")
            .hear(TX_CURRENCY, TX + "/Amt/@Ccy")
            .hear(TX_SIDE, TX + "/CdtDbtInd")
            .hear(RETURN, TX + "/RtrInf")
            .hear(REASON, TX + "/RtrInf/Rsn/Cd")
            .hear(REASON, TX + "/RtrInf/Rsn/Prtry");

    private final Said said = new Said(LAST);
    private boolean returned;
    private int xmlLine;

    @Override
    public void begin(int mark) {
      switch (mark) {
        case STATEMENT -> said.clear(STATEMENT, LAST);
        case BALANCE -> said.clear(BALANCE, ENTRY);
        case ENTRY -> said.clear(ENTRY, LAST);
        case TRANSACTION -> {
          said.clear(TRANSACTION, LAST);
          returned = false;
          xmlLine = line();
        }
        case RETURN -> returned = true;
        default -> {
          // Its end tells.
        }
      }
    }

    @Override
    public void value(int mark, String value) {
      // Of two numbers the first is the electronic one.
      if (mark == REASON || mark == SEQUENCE) {
        said.putFirst(mark, value);
      } else {
        said.put(mark, value);
      }
    }

    private boolean credit(int mark, boolean otherwise) {
      var side = said.text(mark);
      return side == null ? otherwise : side.equals("CRDT");
    }

    private static boolean truth(@Nullable String said) {
      return "true".equals(said) || "1".equals(said);
    }

    @Override
    public void end(int mark) {
      switch (mark) {
        case ACCOUNT_PART ->
            tell(
                new Statement(
                    said.text(MSG_ID),
                    said.text(ID),
                    said.text(ACCOUNT),
                    said.text(ACCOUNT_CURRENCY),
                    said.date(FROM),
                    said.date(TO),
                    said.count(SEQUENCE),
                    said.count(said.text(PAGE) == null ? MSG_PAGE : PAGE),
                    truth(said.text(said.text(PAGE) == null ? MSG_LAST_PAGE : LAST_PAGE))));
        case BALANCE ->
            tell(
                new Balance(
                    said.text(BALANCE_CODE),
                    said.decimal(BALANCE_AMOUNT),
                    said.text(BALANCE_CURRENCY),
                    credit(BALANCE_SIDE, false),
                    "INTM".equals(said.text(BALANCE_INTERMEDIATE)),
                    said.date(BALANCE_DATE)));
        case TRANSACTION ->
            tell(
                new Transaction(
                    said.text(TX_REFERENCE),
                    said.text(TX_ID),
                    said.text(END_TO_END),
                    said.decimal(TX_AMOUNT),
                    said.text(TX_CURRENCY),
                    credit(TX_SIDE, credit(SIDE, false)),
                    returned,
                    said.text(REASON),
                    xmlLine));
        case ENTRY ->
            tell(
                new Entry(
                    said.text(REFERENCE),
                    said.text(SERVICER_REFERENCE),
                    said.decimal(AMOUNT),
                    said.text(CURRENCY),
                    credit(SIDE, false),
                    said.text(STATUS),
                    said.date(BOOKED),
                    said.date(VALUED),
                    said.count(BATCH)));
        default -> {
          // What it holds is told by the others.
        }
      }
    }
  }
}
