package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A recall (camt.056): asks for transfers to be cancelled, or given back where they have settled.
 * Written in version {@value #VERSION}, and read as a stream by whoever plays the other side.
 */
public final class Camt056 extends MessageReader<Camt056.Event> {
  public static final String VERSION = "camt.056.001.08";

  /** What the file says next. */
  public sealed interface Event {}

  /** Who asks whom, by CNAPS member ids. */
  public record Assignment(
      @Nullable String id, @Nullable String assignerMember, @Nullable String assigneeMember)
      implements Event {}

  /**
   * One transfer that is asked back.
   *
   * @param orgnlMsgId the package it went out with
   * @param amount its settlement amount in currency units
   * @param reasonCode the first reason given, code or proprietary
   */
  public record Recall(
      @Nullable String cxlId,
      @Nullable String orgnlMsgId,
      @Nullable String orgnlEndToEndId,
      @Nullable String orgnlTxId,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable String reasonCode,
      @Nullable String reasonInfo)
      implements Event {}

  private Camt056(InputStream in) {
    super(in, "camt.056.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Camt056 open(InputStream in) {
    return new Camt056(in);
  }

  /**
   * What a recall says before its transfers.
   *
   * @param id at most 35 characters
   * @param count number of transfers that will follow
   */
  public record Header(
      String id,
      OffsetDateTime creDtTm,
      String assignerMember,
      String assigneeMember,
      long count,
      String orgnlMsgId,
      String orgnlMsgNmId) {}

  /** Starts a recall on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes the transfers of one package that are asked back. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "FIToFIPmtCxlReq")
          .raw("<Assgnmt>")
          .element("Id", header.id())
          .raw("<Assgnr>")
          .bank("Agt", header.assignerMember())
          .raw("</Assgnr><Assgne>")
          .bank("Agt", header.assigneeMember())
          .raw("</Assgne><CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm></Assgnmt><CtrlData><NbOfTxs>")
          .number(header.count())
          .raw("</NbOfTxs></CtrlData><Undrlyg><OrgnlGrpInfAndCxl>")
          .element("OrgnlMsgId", header.orgnlMsgId())
          .element("OrgnlMsgNmId", header.orgnlMsgNmId())
          .raw("</OrgnlGrpInfAndCxl>\n");
    }

    /**
     * Asks one transfer back.
     *
     * @param cxlId the recall's own reference, at most 35 characters
     * @param amountMinor the transfer's amount in fen
     * @param settlementDate the day it was to settle
     */
    public Writer recall(
        String cxlId,
        @Nullable String orgnlEndToEndId,
        String orgnlTxId,
        long amountMinor,
        LocalDate settlementDate,
        Reason reason) {
      xml.raw("<TxInf>")
          .element("CxlId", cxlId)
          .element("OrgnlEndToEndId", orgnlEndToEndId)
          .element("OrgnlTxId", orgnlTxId)
          .raw("<OrgnlIntrBkSttlmAmt Ccy=\"CNY\">")
          .minor(amountMinor)
          .raw("</OrgnlIntrBkSttlmAmt>")
          .element("OrgnlIntrBkSttlmDt", settlementDate.toString());
      reason.write(xml, "CxlRsnInf");
      xml.raw("</TxInf>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</Undrlyg></FIToFIPmtCxlReq></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int ASSIGNMENT = 0;
    private static final int ID = 1;
    private static final int ASSIGNER = 2;
    private static final int ASSIGNEE = 3;
    private static final int GROUP_MESSAGE = 4;
    private static final int RECALL = 5;
    private static final int CXL_ID = 6;
    private static final int MESSAGE = 7;
    private static final int END_TO_END = 8;
    private static final int TX_ID = 9;
    private static final int AMOUNT = 10;
    private static final int CURRENCY = 11;
    private static final int REASON = 12;
    private static final int INFO = 13;
    private static final int LAST = 14;

    private static final String TOP = "FIToFIPmtCxlReq";
    private static final String MEMBER = "/Agt/FinInstnId/ClrSysMmbId/MmbId";
    private static final String TX = TOP + "/Undrlyg/TxInf";
    private static final Interest INTEREST =
        new Interest()
            .hear(ASSIGNMENT, TOP + "/Assgnmt")
            .hear(ID, TOP + "/Assgnmt/Id")
            .hear(ASSIGNER, TOP + "/Assgnmt/Assgnr" + MEMBER)
            .hear(ASSIGNEE, TOP + "/Assgnmt/Assgne" + MEMBER)
            .hear(GROUP_MESSAGE, TOP + "/Undrlyg/OrgnlGrpInfAndCxl/OrgnlMsgId")
            .hear(RECALL, TX)
            .hear(CXL_ID, TX + "/CxlId")
            .hear(MESSAGE, TX + "/OrgnlGrpInf/OrgnlMsgId")
            .hear(END_TO_END, TX + "/OrgnlEndToEndId")
            .hear(TX_ID, TX + "/OrgnlTxId")
            .hear(AMOUNT, TX + "/OrgnlIntrBkSttlmAmt")
            .hear(CURRENCY, TX + "/OrgnlIntrBkSttlmAmt/@Ccy")
            .hear(REASON, TX + "/CxlRsnInf/Rsn/Cd")
            .hear(REASON, TX + "/CxlRsnInf/Rsn/Prtry")
            .hear(INFO, TX + "/CxlRsnInf/AddtlInf");

    private final Said said = new Said(LAST);

    @Override
    public void begin(int mark) {
      if (mark == RECALL) {
        said.clear(RECALL, LAST);
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
      if (mark == ASSIGNMENT) {
        tell(new Assignment(said.text(ID), said.text(ASSIGNER), said.text(ASSIGNEE)));
      } else if (mark == RECALL) {
        var message = said.text(MESSAGE);
        tell(
            new Recall(
                said.text(CXL_ID),
                message == null ? said.text(GROUP_MESSAGE) : message,
                said.text(END_TO_END),
                said.text(TX_ID),
                said.decimal(AMOUNT),
                said.text(CURRENCY),
                said.text(REASON),
                said.text(INFO)));
      }
    }
  }
}
