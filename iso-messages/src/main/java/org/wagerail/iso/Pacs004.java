package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Money that comes back after settlement (pacs.004): read as a stream, and written in version
 * {@value #VERSION} by whoever plays the clearing house.
 */
public final class Pacs004 extends MessageReader<Pacs004.Event> {
  public static final String VERSION = "pacs.004.001.09";

  /** What the file says next. */
  public sealed interface Event {}

  /**
   * The group header.
   *
   * @param nbOfTxs declared number of returns
   * @param total declared sum of the returns in currency units
   * @param settlementDate settlement date for all returns that name none
   * @param instdAgtMember whom it is for, by its member id
   */
  public record Group(
      @Nullable String msgId,
      @Nullable String creDtTm,
      @Nullable Long nbOfTxs,
      @Nullable BigDecimal total,
      @Nullable LocalDate settlementDate,
      @Nullable String instdAgtMember)
      implements Event {}

  /**
   * One returned transfer.
   *
   * @param orgnlMsgId the original package: the return's own word, else the file's
   * @param amount returned settlement amount in currency units
   * @param settlementDate the return's own date, else the group's
   * @param reasonCode the first reason given, code or proprietary
   * @param reasonInfo all lines of additional information, joined by a space
   * @param xmlLine line of the file where it begins
   */
  public record Return(
      @Nullable String rtrId,
      @Nullable String orgnlMsgId,
      @Nullable String orgnlInstrId,
      @Nullable String orgnlTxId,
      @Nullable String orgnlEndToEndId,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable LocalDate settlementDate,
      @Nullable String reasonCode,
      @Nullable String reasonInfo,
      int xmlLine)
      implements Event {}

  private Pacs004(InputStream in) {
    super(in, "pacs.004.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Pacs004 open(InputStream in) {
    return new Pacs004(in);
  }

  /**
   * What a package of returns says before them.
   *
   * @param count number of returns that will follow
   * @param totalMinor sum of their amounts in fen
   * @param orgnlMsgId null if they are of several packages
   */
  public record Header(
      String msgId,
      OffsetDateTime creDtTm,
      long count,
      long totalMinor,
      LocalDate settlementDate,
      @Nullable String instgAgtMember,
      @Nullable String instdAgtMember,
      @Nullable String orgnlMsgId,
      String orgnlMsgNmId) {}

  /** Starts a package on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes returns one by one. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "PmtRtr")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm><NbOfTxs>")
          .number(header.count())
          .raw("</NbOfTxs><TtlRtrdIntrBkSttlmAmt Ccy=\"CNY\">")
          .minor(header.totalMinor())
          .raw("</TtlRtrdIntrBkSttlmAmt>")
          .element("IntrBkSttlmDt", header.settlementDate().toString())
          .raw("<SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>")
          .bank("InstgAgt", header.instgAgtMember())
          .bank("InstdAgt", header.instdAgtMember())
          .raw("</GrpHdr>");
      if (header.orgnlMsgId() != null) {
        xml.raw("<OrgnlGrpInf>")
            .element("OrgnlMsgId", header.orgnlMsgId())
            .element("OrgnlMsgNmId", header.orgnlMsgNmId())
            .raw("</OrgnlGrpInf>");
      }
      xml.raw("\n");
    }

    /**
     * Writes one return; whatever is null is left out.
     *
     * @param amountMinor returned amount in fen
     */
    public Writer returned(
        String rtrId,
        @Nullable String orgnlInstrId,
        @Nullable String orgnlEndToEndId,
        String orgnlTxId,
        long amountMinor,
        @Nullable Reason reason) {
      xml.raw("<TxInf>")
          .element("RtrId", rtrId)
          .element("OrgnlInstrId", orgnlInstrId)
          .element("OrgnlEndToEndId", orgnlEndToEndId)
          .element("OrgnlTxId", orgnlTxId)
          .raw("<RtrdIntrBkSttlmAmt Ccy=\"CNY\">")
          .minor(amountMinor)
          .raw("</RtrdIntrBkSttlmAmt>");
      if (reason != null) {
        reason.write(xml, "RtrRsnInf");
      }
      xml.raw("</TxInf>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</PmtRtr></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int GROUP = 0;
    private static final int MSG_ID = 1;
    private static final int CREATED = 2;
    private static final int COUNT = 3;
    private static final int GROUP_DATE = 4;
    private static final int GROUP_MESSAGE = 5;
    private static final int RETURN = 6;
    private static final int RETURN_ID = 7;
    private static final int MESSAGE = 8;
    private static final int INSTRUCTION = 9;
    private static final int END_TO_END = 10;
    private static final int TX_ID = 11;
    private static final int AMOUNT = 12;
    private static final int CURRENCY = 13;
    private static final int DATE = 14;
    private static final int REASON = 15;
    private static final int INFO = 16;
    private static final int LAST = 17;
    private static final int GROUP_TOTAL = 18;
    private static final int INSTRUCTED = 19;
    private static final int ALL = 20;

    private static final String HEAD = "PmtRtr/GrpHdr";
    private static final String TX = "PmtRtr/TxInf";
    private static final Interest INTEREST =
        new Interest()
            .hear(GROUP, HEAD)
            .hear(MSG_ID, HEAD + "/MsgId")
            .hear(CREATED, HEAD + "/CreDtTm")
            .hear(COUNT, HEAD + "/NbOfTxs")
            .hear(GROUP_TOTAL, HEAD + "/TtlRtrdIntrBkSttlmAmt")
            .hear(INSTRUCTED, HEAD + "/InstdAgt/FinInstnId/ClrSysMmbId/MmbId")
            .hear(GROUP_DATE, HEAD + "/IntrBkSttlmDt")
            .hear(GROUP_MESSAGE, "PmtRtr/OrgnlGrpInf/OrgnlMsgId")
            .hear(RETURN, TX)
            .hear(RETURN_ID, TX + "/RtrId")
            .hear(MESSAGE, TX + "/OrgnlGrpInf/OrgnlMsgId")
            .hear(INSTRUCTION, TX + "/OrgnlInstrId")
            .hear(END_TO_END, TX + "/OrgnlEndToEndId")
            .hear(TX_ID, TX + "/OrgnlTxId")
            .hear(AMOUNT, TX + "/RtrdIntrBkSttlmAmt")
            .hear(CURRENCY, TX + "/RtrdIntrBkSttlmAmt/@Ccy")
            .hear(DATE, TX + "/IntrBkSttlmDt")
            .hear(REASON, TX + "/RtrRsnInf/Rsn/Cd")
            .hear(REASON, TX + "/RtrRsnInf/Rsn/Prtry")
            .hear(INFO, TX + "/RtrRsnInf/AddtlInf");

    private final Said said = new Said(ALL);
    private int xmlLine;

    @Override
    public void begin(int mark) {
      if (mark == RETURN) {
        said.clear(RETURN, LAST);
        xmlLine = line();
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
      if (mark == GROUP) {
        tell(
            new Group(
                said.text(MSG_ID),
                said.text(CREATED),
                said.count(COUNT),
                said.decimal(GROUP_TOTAL),
                said.date(GROUP_DATE),
                said.text(INSTRUCTED)));
      } else if (mark == RETURN) {
        String message = said.text(MESSAGE);
        LocalDate date = said.date(DATE);
        tell(
            new Return(
                said.text(RETURN_ID),
                message == null ? said.text(GROUP_MESSAGE) : message,
                said.text(INSTRUCTION),
                said.text(TX_ID),
                said.text(END_TO_END),
                said.decimal(AMOUNT),
                said.text(CURRENCY),
                date == null ? said.date(GROUP_DATE) : date,
                said.text(REASON),
                said.text(INFO),
                xmlLine));
      }
    }
  }
}
