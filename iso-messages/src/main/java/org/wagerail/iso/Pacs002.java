package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Clearing's word on the transfers it was given (pacs.002): read as a stream, and written in
 * version {@value #VERSION} by whoever plays the clearing house.
 */
public final class Pacs002 extends MessageReader<Pacs002.Event> {
  public static final String VERSION = "pacs.002.001.10";

  /** What the file says next. */
  public sealed interface Event {}

  /**
   * The group header.
   *
   * @param instdAgtMember whom it is for, by its member id
   */
  public record Group(@Nullable String msgId, @Nullable String instdAgtMember) implements Event {}

  /**
   * The status of an original message as a whole; a file may hold none, one or several.
   *
   * @param msgId reference of this message
   * @param grpSts external group status code, such as ACSC, PART or RJCT; null if not given
   */
  public record OriginalGroup(
      @Nullable String msgId,
      @Nullable String creDtTm,
      @Nullable String orgnlMsgId,
      @Nullable String orgnlMsgNmId,
      @Nullable String grpSts,
      @Nullable String reasonCode,
      @Nullable String reasonInfo)
      implements Event {}

  /**
   * The status of one original transaction.
   *
   * @param msgId reference of this message
   * @param orgnlMsgId the original message: the transaction's own word, else the group's if the
   *     file names one only
   * @param reasonCode the first reason given, code or proprietary
   * @param reasonInfo all lines of additional information, joined by a space
   * @param acceptedAt date and time as written
   * @param xmlLine line of the file where it begins
   */
  public record TransactionStatus(
      @Nullable String msgId,
      @Nullable String orgnlMsgId,
      @Nullable String orgnlInstrId,
      @Nullable String orgnlEndToEndId,
      @Nullable String orgnlTxId,
      @Nullable String txSts,
      @Nullable String reasonCode,
      @Nullable String reasonInfo,
      @Nullable String acceptedAt,
      @Nullable LocalDate settlementDate,
      int xmlLine)
      implements Event {}

  private Pacs002(InputStream in) {
    super(in, "pacs.002.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Pacs002 open(InputStream in) {
    return new Pacs002(in);
  }

  /**
   * What a status report says of itself and of the package it answers.
   *
   * @param orgnlMsgId null if the transactions are of several packages
   * @param grpSts group status, or null if only transactions have one
   */
  public record Header(
      String msgId,
      OffsetDateTime creDtTm,
      @Nullable String instgAgtMember,
      @Nullable String instdAgtMember,
      @Nullable String orgnlMsgId,
      String orgnlMsgNmId,
      @Nullable String grpSts,
      @Nullable Reason reason) {}

  /** Starts a report on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes the statuses of transactions one by one. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "FIToFIPmtStsRpt")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm>")
          .bank("InstgAgt", header.instgAgtMember())
          .bank("InstdAgt", header.instdAgtMember())
          .raw("</GrpHdr>");
      if (header.orgnlMsgId() != null) {
        xml.raw("<OrgnlGrpInfAndSts>")
            .element("OrgnlMsgId", header.orgnlMsgId())
            .element("OrgnlMsgNmId", header.orgnlMsgNmId())
            .element("GrpSts", header.grpSts());
        if (header.reason() != null) {
          header.reason().write(xml, "StsRsnInf");
        }
        xml.raw("</OrgnlGrpInfAndSts>");
      }
      xml.raw("\n");
    }

    /** Writes the status of one transaction; whatever is null is left out. */
    public Writer status(
        @Nullable String orgnlInstrId,
        @Nullable String orgnlEndToEndId,
        @Nullable String orgnlTxId,
        String txSts,
        @Nullable Reason reason,
        @Nullable OffsetDateTime acceptedAt,
        @Nullable LocalDate settlementDate) {
      xml.raw("<TxInfAndSts>")
          .element("OrgnlInstrId", orgnlInstrId)
          .element("OrgnlEndToEndId", orgnlEndToEndId)
          .element("OrgnlTxId", orgnlTxId)
          .element("TxSts", txSts);
      if (reason != null) {
        reason.write(xml, "StsRsnInf");
      }
      if (acceptedAt != null) {
        xml.raw("<AccptncDtTm>").moment(acceptedAt).raw("</AccptncDtTm>");
      }
      if (settlementDate != null) {
        xml.raw("<FctvIntrBkSttlmDt>")
            .element("Dt", settlementDate.toString())
            .raw("</FctvIntrBkSttlmDt>");
      }
      xml.raw("</TxInfAndSts>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</FIToFIPmtStsRpt></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int MSG_ID = 0;
    private static final int CREATED = 1;
    private static final int GROUP = 2;
    private static final int GROUP_MESSAGE = 3;
    private static final int GROUP_KIND = 4;
    private static final int GROUP_STATUS = 5;
    private static final int GROUP_REASON = 6;
    private static final int GROUP_INFO = 7;
    private static final int STATUS = 8;
    private static final int MESSAGE = 9;
    private static final int INSTRUCTION = 10;
    private static final int END_TO_END = 11;
    private static final int TX_ID = 12;
    private static final int TX_STATUS = 13;
    private static final int REASON = 14;
    private static final int INFO = 15;
    private static final int ACCEPTED = 16;
    private static final int DATE = 17;
    private static final int LAST = 18;
    private static final int HEADER = 19;
    private static final int INSTRUCTED = 20;
    private static final int ALL = 21;

    private static final String TOP = "FIToFIPmtStsRpt";
    private static final String ORIGINAL = TOP + "/OrgnlGrpInfAndSts";
    private static final String TX = TOP + "/TxInfAndSts";
    private static final Interest INTEREST =
        new Interest()
            .hear(HEADER, TOP + "/GrpHdr")
            .hear(INSTRUCTED, TOP + "/GrpHdr/InstdAgt/FinInstnId/ClrSysMmbId/MmbId")
            .hear(MSG_ID, TOP + "/GrpHdr/MsgId")
            .hear(CREATED, TOP + "/GrpHdr/CreDtTm")
            .hear(GROUP, ORIGINAL)
            .hear(GROUP_MESSAGE, ORIGINAL + "/OrgnlMsgId")
            .hear(GROUP_KIND, ORIGINAL + "/OrgnlMsgNmId")
            .hear(GROUP_STATUS, ORIGINAL + "/GrpSts")
            .hear(GROUP_REASON, ORIGINAL + "/StsRsnInf/Rsn/Cd")
            .hear(GROUP_REASON, ORIGINAL + "/StsRsnInf/Rsn/Prtry")
            .hear(GROUP_INFO, ORIGINAL + "/StsRsnInf/AddtlInf")
            .hear(STATUS, TX)
            .hear(MESSAGE, TX + "/OrgnlGrpInf/OrgnlMsgId")
            .hear(INSTRUCTION, TX + "/OrgnlInstrId")
            .hear(END_TO_END, TX + "/OrgnlEndToEndId")
            .hear(TX_ID, TX + "/OrgnlTxId")
            .hear(TX_STATUS, TX + "/TxSts")
            .hear(REASON, TX + "/StsRsnInf/Rsn/Cd")
            .hear(REASON, TX + "/StsRsnInf/Rsn/Prtry")
            .hear(INFO, TX + "/StsRsnInf/AddtlInf")
            .hear(ACCEPTED, TX + "/AccptncDtTm")
            .hear(DATE, TX + "/FctvIntrBkSttlmDt/Dt")
            .hear(DATE, TX + "/FctvIntrBkSttlmDt/DtTm");

    private final Said said = new Said(ALL);
    private int groups;
    private @Nullable String onlyMessage;
    private int xmlLine;

    @Override
    public void begin(int mark) {
      if (mark == GROUP) {
        said.clear(GROUP, STATUS);
      } else if (mark == STATUS) {
        said.clear(STATUS, LAST);
        xmlLine = line();
      }
    }

    @Override
    public void value(int mark, String value) {
      switch (mark) {
        case GROUP_REASON, REASON -> said.putFirst(mark, value);
        case GROUP_INFO, INFO -> said.append(mark, said.text(mark) == null ? value : " " + value);
        default -> said.put(mark, value);
      }
    }

    @Override
    public void end(int mark) {
      if (mark == HEADER) {
        tell(new Group(said.text(MSG_ID), said.text(INSTRUCTED)));
      } else if (mark == GROUP) {
        onlyMessage = groups++ == 0 ? said.text(GROUP_MESSAGE) : null;
        tell(
            new OriginalGroup(
                said.text(MSG_ID),
                said.text(CREATED),
                said.text(GROUP_MESSAGE),
                said.text(GROUP_KIND),
                said.text(GROUP_STATUS),
                said.text(GROUP_REASON),
                said.text(GROUP_INFO)));
      } else if (mark == STATUS) {
        String message = said.text(MESSAGE);
        tell(
            new TransactionStatus(
                said.text(MSG_ID),
                message == null ? onlyMessage : message,
                said.text(INSTRUCTION),
                said.text(END_TO_END),
                said.text(TX_ID),
                said.text(TX_STATUS),
                said.text(REASON),
                said.text(INFO),
                said.text(ACCEPTED),
                said.date(DATE),
                xmlLine));
      }
    }
  }
}
