package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A credit transfer between banks (pacs.008): written for clearing in version {@value #VERSION},
 * and read as a stream by whoever plays the other side.
 */
public final class Pacs008 extends MessageReader<Pacs008.Event> {
  public static final String VERSION = "pacs.008.001.08";

  /** What the file says next. */
  public sealed interface Event {}

  /**
   * The group header.
   *
   * @param total total settlement amount in currency units, null if not given
   */
  public record Group(
      @Nullable String msgId,
      @Nullable String creDtTm,
      @Nullable Long nbOfTxs,
      @Nullable BigDecimal total,
      @Nullable LocalDate settlementDate,
      @Nullable String instgAgtMember,
      @Nullable String instdAgtMember)
      implements Event {}

  /** One transfer; {@code xmlLine} is the line where it begins. */
  public record Transfer(
      int xmlLine,
      @Nullable String txId,
      @Nullable String endToEndId,
      @Nullable String uetr,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable String dbtrName,
      @Nullable String dbtrAcct,
      @Nullable String dbtrAgtMember,
      @Nullable String cdtrAgtMember,
      @Nullable String cdtrName,
      @Nullable String cdtrAcct,
      @Nullable String remittance)
      implements Event {}

  private Pacs008(InputStream in) {
    super(in, "pacs.008.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Pacs008 open(InputStream in) {
    return new Pacs008(in);
  }

  /**
   * What a package says of itself before its transfers.
   *
   * @param msgId at most 35 characters
   * @param count number of transfers that will follow
   * @param totalMinor sum of their amounts in fen
   * @param instgAgtMember CNAPS member id of the sending bank
   * @param instdAgtMember CNAPS member id of the receiving participant
   */
  public record Header(
      String msgId,
      OffsetDateTime creDtTm,
      long count,
      long totalMinor,
      LocalDate settlementDate,
      String instgAgtMember,
      String instdAgtMember) {}

  /** Starts a package on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes transfers one by one. */
  public static final class Writer implements AutoCloseable {
    private static final int REMITTANCE = 140;
    private static final byte[] ID = XmlBytes.bytes("<CdtTrfTxInf><PmtId><EndToEndId>");
    private static final byte[] TX_ID = XmlBytes.bytes("</EndToEndId><TxId>");
    private static final byte[] END_TX_ID = XmlBytes.bytes("</TxId>");
    private static final byte[] AMOUNT = XmlBytes.bytes("</PmtId><IntrBkSttlmAmt Ccy=\"CNY\">");
    private static final byte[] END_AMOUNT =
        XmlBytes.bytes("</IntrBkSttlmAmt><ChrgBr>SLEV</ChrgBr>");
    private static final byte[] ULTIMATE = XmlBytes.bytes("<UltmtDbtr><Id><OrgId>");
    private static final byte[] OTHER = XmlBytes.bytes("<Othr><Id>");
    private static final byte[] PROJECT =
        XmlBytes.bytes("</Id><SchmeNm><Prtry>PROJECT</Prtry></SchmeNm></Othr>");
    private static final byte[] USCC =
        XmlBytes.bytes("</Id><SchmeNm><Prtry>USCC</Prtry></SchmeNm></Othr>");
    private static final byte[] END_ULTIMATE = XmlBytes.bytes("</OrgId></Id></UltmtDbtr>");
    private static final byte[] DEBTOR = XmlBytes.bytes("<Dbtr><Nm>");
    private static final byte[] DEBTOR_ACCOUNT =
        XmlBytes.bytes("</Nm></Dbtr><DbtrAcct><Id><Othr><Id>");
    private static final byte[] DEBTOR_BANK =
        XmlBytes.bytes(
            "</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId>"
                + "<Cd>CNAPS</Cd></ClrSysId><MmbId>");
    private static final byte[] CREDITOR_BANK =
        XmlBytes.bytes(
            "</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt><CdtrAgt><FinInstnId><ClrSysMmbId>"
                + "<ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>");
    private static final byte[] CREDITOR =
        XmlBytes.bytes("</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt><Cdtr><Nm>");
    private static final byte[] CREDITOR_ACCOUNT =
        XmlBytes.bytes("</Nm></Cdtr><CdtrAcct><Id><Othr><Id>");
    private static final byte[] END_ACCOUNT =
        XmlBytes.bytes("</Id></Othr></Id></CdtrAcct><Purp><Cd>SALA</Cd></Purp>");
    private static final byte[] END = XmlBytes.bytes("</CdtTrfTxInf>\n");

    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "FIToFICstmrCdtTrf")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm><NbOfTxs>")
          .number(header.count())
          .raw("</NbOfTxs><TtlIntrBkSttlmAmt Ccy=\"CNY\">")
          .minor(header.totalMinor())
          .raw("</TtlIntrBkSttlmAmt>")
          .element("IntrBkSttlmDt", header.settlementDate().toString())
          .raw(
              "<SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>"
                  + "<PmtTpInf><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>")
          .bank("InstgAgt", header.instgAgtMember())
          .bank("InstdAgt", header.instdAgtMember())
          .raw("</GrpHdr>\n");
    }

    /**
     * Writes one transfer.
     *
     * @param endToEndId the payer's own reference, passed on unchanged
     * @param txId our reference, unique for ever
     * @param uetr version 4 UUID in lower case, or null
     * @param amountMinor amount in fen
     * @param debtorAgtMember CNAPS member id of the debtor's bank
     * @param project project of the ultimate debtor, or null
     * @param uscc unified social credit code of the ultimate debtor, or null
     * @param creditorAgtMember CNAPS member id of the creditor's bank
     * @param remittance text for the payee, or null; cut into lines of 140 characters
     */
    public Writer transfer(
        String endToEndId,
        String txId,
        @Nullable String uetr,
        long amountMinor,
        String debtorName,
        String debtorAcct,
        String debtorAgtMember,
        @Nullable String project,
        @Nullable String uscc,
        String creditorAgtMember,
        String creditorName,
        String creditorAcct,
        @Nullable String remittance) {
      xml.raw(ID).text(endToEndId).raw(TX_ID).text(txId).raw(END_TX_ID);
      xml.element("UETR", uetr);
      xml.raw(AMOUNT).minor(amountMinor).raw(END_AMOUNT);
      if (project != null || uscc != null) {
        xml.raw(ULTIMATE);
        if (project != null) {
          xml.raw(OTHER).text(project).raw(PROJECT);
        }
        if (uscc != null) {
          xml.raw(OTHER).text(uscc).raw(USCC);
        }
        xml.raw(END_ULTIMATE);
      }
      xml.raw(DEBTOR).text(debtorName).raw(DEBTOR_ACCOUNT).text(debtorAcct);
      xml.raw(DEBTOR_BANK).text(debtorAgtMember).raw(CREDITOR_BANK).text(creditorAgtMember);
      xml.raw(CREDITOR).text(creditorName).raw(CREDITOR_ACCOUNT).text(creditorAcct);
      xml.raw(END_ACCOUNT);
      if (remittance != null && !remittance.isEmpty()) {
        xml.raw("<RmtInf>").lines("Ustrd", remittance, REMITTANCE).raw("</RmtInf>");
      }
      xml.raw(END);
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</FIToFICstmrCdtTrf></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int GROUP = 0;
    private static final int MSG_ID = 1;
    private static final int CREATED = 2;
    private static final int COUNT = 3;
    private static final int TOTAL = 4;
    private static final int DATE = 5;
    private static final int SENDER = 6;
    private static final int RECEIVER = 7;
    private static final int TRANSFER = 8;
    private static final int TX_ID = 9;
    private static final int END_TO_END = 10;
    private static final int UETR = 11;
    private static final int AMOUNT = 12;
    private static final int CURRENCY = 13;
    private static final int DEBTOR = 14;
    private static final int DEBTOR_ACCOUNT = 15;
    private static final int DEBTOR_BANK = 16;
    private static final int CREDITOR_BANK = 17;
    private static final int CREDITOR = 18;
    private static final int CREDITOR_ACCOUNT = 19;
    private static final int REMITTANCE = 20;
    private static final int LAST = 21;

    private static final String MEMBER = "/FinInstnId/ClrSysMmbId/MmbId";
    private static final String HEAD = "FIToFICstmrCdtTrf/GrpHdr";
    private static final String TX = "FIToFICstmrCdtTrf/CdtTrfTxInf";
    private static final Interest INTEREST =
        new Interest()
            .hear(GROUP, HEAD)
            .hear(MSG_ID, HEAD + "/MsgId")
            .hear(CREATED, HEAD + "/CreDtTm")
            .hear(COUNT, HEAD + "/NbOfTxs")
            .hear(TOTAL, HEAD + "/TtlIntrBkSttlmAmt")
            .hear(DATE, HEAD + "/IntrBkSttlmDt")
            .hear(SENDER, HEAD + "/InstgAgt" + MEMBER)
            .hear(RECEIVER, HEAD + "/InstdAgt" + MEMBER)
            .hear(TRANSFER, TX)
            .hear(TX_ID, TX + "/PmtId/TxId")
            .hear(END_TO_END, TX + "/PmtId/EndToEndId")
            .hear(UETR, TX + "/PmtId/UETR")
            .hear(AMOUNT, TX + "/IntrBkSttlmAmt")
            .hear(CURRENCY, TX + "/IntrBkSttlmAmt/@Ccy")
            .hear(DEBTOR, TX + "/Dbtr/Nm")
            .hear(DEBTOR_ACCOUNT, TX + "/DbtrAcct/Id/IBAN")
            .hear(DEBTOR_ACCOUNT, TX + "/DbtrAcct/Id/Othr/Id")
            .hear(DEBTOR_BANK, TX + "/DbtrAgt" + MEMBER)
            .hear(CREDITOR_BANK, TX + "/CdtrAgt" + MEMBER)
            .hear(CREDITOR, TX + "/Cdtr/Nm")
            .hear(CREDITOR_ACCOUNT, TX + "/CdtrAcct/Id/IBAN")
            .hear(CREDITOR_ACCOUNT, TX + "/CdtrAcct/Id/Othr/Id")
            .hear(REMITTANCE, TX + "/RmtInf/Ustrd");

    private final Said said = new Said(LAST);
    private int xmlLine;

    @Override
    public void begin(int mark) {
      if (mark == TRANSFER) {
        said.clear(TRANSFER, LAST);
        xmlLine = line();
      }
    }

    @Override
    public void value(int mark, String value) {
      if (mark == REMITTANCE) {
        said.append(mark, value);
      } else {
        said.put(mark, value);
      }
    }

    @Override
    public void end(int mark) {
      if (mark == GROUP) {
        tell(
            new Group(
                said.text(MSG_ID),
                said.text(CREATED),
                said.count(COUNT),
                said.decimal(TOTAL),
                said.date(DATE),
                said.text(SENDER),
                said.text(RECEIVER)));
      } else if (mark == TRANSFER) {
        tell(
            new Transfer(
                xmlLine,
                said.text(TX_ID),
                said.text(END_TO_END),
                said.text(UETR),
                said.decimal(AMOUNT),
                said.text(CURRENCY),
                said.text(DEBTOR),
                said.text(DEBTOR_ACCOUNT),
                said.text(DEBTOR_BANK),
                said.text(CREDITOR_BANK),
                said.text(CREDITOR),
                said.text(CREDITOR_ACCOUNT),
                said.text(REMITTANCE)));
      }
    }
  }
}
