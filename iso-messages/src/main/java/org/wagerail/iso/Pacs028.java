package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A question to clearing about transfers it has not answered (pacs.028): written in version {@value
 * #VERSION}, and read as a stream by whoever plays the clearing house. It asks; it moves nothing
 * and repeats no transfer.
 */
public final class Pacs028 extends MessageReader<Pacs028.Event> {
  public static final String VERSION = "pacs.028.001.03";

  /** What the file says next. */
  public sealed interface Event {}

  /**
   * The package that is asked about.
   *
   * @param orgnlNbOfTxs how many transfers the package had
   */
  public record Original(
      @Nullable String orgnlMsgId, @Nullable String orgnlMsgNmId, @Nullable Long orgnlNbOfTxs)
      implements Event {}

  /** One transfer that is asked about; a file without any asks about all of the package. */
  public record Asked(
      @Nullable String stsReqId, @Nullable String orgnlEndToEndId, @Nullable String orgnlTxId)
      implements Event {}

  private Pacs028(InputStream in) {
    super(in, "pacs.028.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Pacs028 open(InputStream in) {
    return new Pacs028(in);
  }

  /**
   * What a question says of itself and of the package it asks about.
   *
   * @param msgId at most 35 characters
   * @param orgnlNbOfTxs number of transfers of the package
   */
  public record Header(
      String msgId,
      OffsetDateTime creDtTm,
      String instgAgtMember,
      String instdAgtMember,
      String orgnlMsgId,
      String orgnlMsgNmId,
      long orgnlNbOfTxs) {}

  /** Starts a question on a stream; closing the writer ends the document, not the stream. */
  public static Writer writer(OutputStream out, Header header) {
    return new Writer(new XmlBytes(out), header);
  }

  /** Writes the transfers that are asked about one by one; none to ask about the whole package. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;

    private Writer(XmlBytes xml, Header header) {
      this.xml = xml;
      xml.begin(VERSION, "FIToFIPmtStsReq")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm>")
          .bank("InstgAgt", header.instgAgtMember())
          .bank("InstdAgt", header.instdAgtMember())
          .raw("</GrpHdr><OrgnlGrpInf>")
          .element("OrgnlMsgId", header.orgnlMsgId())
          .element("OrgnlMsgNmId", header.orgnlMsgNmId())
          .raw("<OrgnlNbOfTxs>")
          .number(header.orgnlNbOfTxs())
          .raw("</OrgnlNbOfTxs></OrgnlGrpInf>\n");
    }

    /**
     * Asks about one transfer.
     *
     * @param stsReqId the question's own reference, at most 35 characters
     */
    public Writer transaction(String stsReqId, @Nullable String orgnlEndToEndId, String orgnlTxId) {
      xml.raw("<TxInf>")
          .element("StsReqId", stsReqId)
          .element("OrgnlEndToEndId", orgnlEndToEndId)
          .element("OrgnlTxId", orgnlTxId)
          .raw("</TxInf>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      xml.raw("</FIToFIPmtStsReq></Document>\n").finish();
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int ORIGINAL = 0;
    private static final int MESSAGE = 1;
    private static final int KIND = 2;
    private static final int COUNT = 3;
    private static final int ASKED = 4;
    private static final int REQUEST = 5;
    private static final int END_TO_END = 6;
    private static final int TX_ID = 7;
    private static final int LAST = 8;

    private static final String GROUP = "FIToFIPmtStsReq/OrgnlGrpInf";
    private static final String TX = "FIToFIPmtStsReq/TxInf";
    private static final Interest INTEREST =
        new Interest()
            .hear(ORIGINAL, GROUP)
            .hear(MESSAGE, GROUP + "/OrgnlMsgId")
            .hear(KIND, GROUP + "/OrgnlMsgNmId")
            .hear(COUNT, GROUP + "/OrgnlNbOfTxs")
            .hear(ASKED, TX)
            .hear(REQUEST, TX + "/StsReqId")
            .hear(END_TO_END, TX + "/OrgnlEndToEndId")
            .hear(TX_ID, TX + "/OrgnlTxId");

    private final Said said = new Said(LAST);

    @Override
    public void begin(int mark) {
      if (mark == ORIGINAL) {
        said.clear(ORIGINAL, ASKED);
      } else if (mark == ASKED) {
        said.clear(ASKED, LAST);
      }
    }

    @Override
    public void value(int mark, String value) {
      said.put(mark, value);
    }

    @Override
    public void end(int mark) {
      if (mark == ORIGINAL) {
        tell(new Original(said.text(MESSAGE), said.text(KIND), said.count(COUNT)));
      } else if (mark == ASKED) {
        tell(new Asked(said.text(REQUEST), said.text(END_TO_END), said.text(TX_ID)));
      }
    }
  }
}
