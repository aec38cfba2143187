package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The other side's word on a recall (camt.029): read as a stream, and written in version {@value
 * #VERSION} by whoever plays the other side. It is a word only: money comes back by pacs.002 or
 * pacs.004.
 */
public final class Camt029 extends MessageReader<Camt029.Answer> {
  public static final String VERSION = "camt.029.001.09";

  /**
   * The word on one transfer.
   *
   * @param assigneeMember whom the message is for, by its member id
   * @param status the transfer's own status (ACCR, RJCR, PDCR), else the message's (CNCL, RJCR,
   *     PDCR and others)
   * @param reasonCode the first reason given, code or proprietary
   * @param xmlLine line of the file where it begins
   */
  public record Answer(
      @Nullable String assigneeMember,
      @Nullable String orgnlMsgId,
      @Nullable String orgnlEndToEndId,
      @Nullable String orgnlTxId,
      @Nullable String status,
      @Nullable String reasonCode,
      @Nullable String reasonInfo,
      int xmlLine) {}

  private Camt029(InputStream in) {
    super(in, "camt.029.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Camt029 open(InputStream in) {
    return new Camt029(in);
  }

  /**
   * What an answer says before its transfers.
   *
   * @param status confirmation of the whole: CNCL, RJCR or PDCR
   */
  public record Header(
      String id,
      OffsetDateTime creDtTm,
      String assignerMember,
      String assigneeMember,
      String status) {}

  /** Starts an answer on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes the transfers one by one. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "RsltnOfInvstgtn")
          .raw("<Assgnmt>")
          .element("Id", header.id())
          .raw("<Assgnr>")
          .bank("Agt", header.assignerMember())
          .raw("</Assgnr><Assgne>")
          .bank("Agt", header.assigneeMember())
          .raw("</Assgne><CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm></Assgnmt><Sts>")
          .element("Conf", header.status())
          .raw("</Sts><CxlDtls>\n");
    }

    /**
     * Writes the word on one transfer.
     *
     * @param status ACCR, RJCR or PDCR
     * @param reason of a refusal, else null
     */
    public Writer answer(
        String orgnlMsgId,
        String orgnlMsgNmId,
        @Nullable String orgnlEndToEndId,
        String orgnlTxId,
        String status,
        @Nullable Reason reason) {
      xml.raw("<TxInfAndSts><OrgnlGrpInf>")
          .element("OrgnlMsgId", orgnlMsgId)
          .element("OrgnlMsgNmId", orgnlMsgNmId)
          .raw("</OrgnlGrpInf>")
          .element("OrgnlEndToEndId", orgnlEndToEndId)
          .element("OrgnlTxId", orgnlTxId)
          .element("TxCxlSts", status);
      if (reason != null) {
        reason.write(xml, "CxlStsRsnInf");
      }
      xml.raw("</TxInfAndSts>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</CxlDtls></RsltnOfInvstgtn></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Answer> {
    private static final int WHOLE = 0;
    private static final int GROUP_MESSAGE = 1;
    private static final int ANSWER = 2;
    private static final int MESSAGE = 3;
    private static final int END_TO_END = 4;
    private static final int TX_ID = 5;
    private static final int STATUS = 6;
    private static final int REASON = 7;
    private static final int INFO = 8;
    private static final int LAST = 9;
    private static final int ASSIGNEE = 10;
    private static final int ALL = 11;

    private static final String TOP = "RsltnOfInvstgtn";
    private static final String TX = TOP + "/CxlDtls/TxInfAndSts";
    private static final Interest INTEREST =
        new Interest()
            .hear(ASSIGNEE, TOP + "/Assgnmt/Assgne/Agt/FinInstnId/ClrSysMmbId/MmbId")
            .hear(WHOLE, TOP + "/Sts/Conf")
            .hear(GROUP_MESSAGE, TOP + "/CxlDtls/OrgnlGrpInfAndSts/OrgnlMsgId")
            .hear(ANSWER, TX)
            .hear(MESSAGE, TX + "/OrgnlGrpInf/OrgnlMsgId")
            .hear(END_TO_END, TX + "/OrgnlEndToEndId")
            .hear(TX_ID, TX + "/OrgnlTxId")
            .hear(STATUS, TX + "/TxCxlSts")
            .hear(REASON, TX + "/CxlStsRsnInf/Rsn/Cd")
            .hear(REASON, TX + "/CxlStsRsnInf/Rsn/Prtry")
            .hear(INFO, TX + "/CxlStsRsnInf/AddtlInf");

    private final Said said = new Said(ALL);
    private int xmlLine;

    @Override
    public void begin(int mark) {
      if (mark == ANSWER) {
        said.clear(ANSWER, LAST);
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
      if (mark == ANSWER) {
        var message = said.text(MESSAGE);
        var status = said.text(STATUS);
        tell(
            new Answer(
                said.text(ASSIGNEE),
                message == null ? said.text(GROUP_MESSAGE) : message,
                said.text(END_TO_END),
                said.text(TX_ID),
                status == null ? said.text(WHOLE) : status,
                said.text(REASON),
                said.text(INFO),
                xmlLine));
      }
    }
  }
}
