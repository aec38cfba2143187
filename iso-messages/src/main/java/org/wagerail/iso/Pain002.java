package org.wagerail.iso;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a customer's initiation (pain.002), at file, batch and line level: written as a
 * stream in version .03 or .10, and read again.
 */
public final class Pain002 extends MessageReader<Pain002.Event> {
  /** The older version, whose statuses are a closed list. */
  public static final String VERSION_03 = "pain.002.001.03";

  /** The newer version. */
  public static final String VERSION_10 = "pain.002.001.10";

  /** What the file says next. */
  public sealed interface Event {}

  /** The status of the file as a whole. */
  public record Original(
      @Nullable String msgId,
      @Nullable String creDtTm,
      @Nullable String orgnlMsgId,
      @Nullable String orgnlMsgNmId,
      @Nullable Long orgnlNbOfTxs,
      @Nullable BigDecimal orgnlCtrlSum,
      @Nullable String grpSts,
      @Nullable String reasonCode,
      @Nullable String reasonInfo)
      implements Event {}

  /** The status of one batch. */
  public record BatchStatus(
      @Nullable String orgnlPmtInfId,
      @Nullable String pmtInfSts,
      @Nullable String reasonCode,
      @Nullable String reasonInfo)
      implements Event {}

  /** The status of one line; {@code xmlLine} is the line of the file where it begins. */
  public record LineStatus(
      int xmlLine,
      @Nullable String orgnlInstrId,
      @Nullable String orgnlEndToEndId,
      @Nullable String txSts,
      @Nullable String reasonCode,
      @Nullable String reasonInfo)
      implements Event {}

  private Pain002(InputStream in) {
    super(in, "pain.002.", Reading.INTEREST, new Reading());
  }

  /** Opens a stream; closing this closes it. */
  public static Pain002 open(InputStream in) {
    return new Pain002(in);
  }

  /**
   * How many transactions have a status.
   *
   * @param sum sum of their amounts in currency units, or null
   */
  public record StatusCount(String status, long count, @Nullable BigDecimal sum) {}

  /**
   * What the answer says of itself and of the file.
   *
   * @param orgnlMsgId the file's own reference; {@code NOTPROVIDED} where it could not be read
   * @param orgnlMsgNmId the file's message version
   * @param orgnlNbOfTxs number of transactions, or null
   * @param orgnlCtrlSum their sum in currency units, or null
   * @param grpSts status of the file, or null
   */
  public record Header(
      String msgId,
      OffsetDateTime creDtTm,
      String orgnlMsgId,
      String orgnlMsgNmId,
      @Nullable Long orgnlNbOfTxs,
      @Nullable BigDecimal orgnlCtrlSum,
      @Nullable String grpSts,
      List<Reason> reasons,
      List<StatusCount> counts) {}

  /**
   * Starts an answer on a stream; closing the writer ends the document, not the stream.
   *
   * @param version {@link #VERSION_03} or {@link #VERSION_10}
   * @throws IllegalArgumentException for another version
   */
  public static Writer writer(OutputStream out, String version, Header header) {
    if (!version.equals(VERSION_03) && !version.equals(VERSION_10)) {
      throw new IllegalArgumentException("not written: " + version);
    }
    return new Writer(new XmlBytes(out), version, header);
  }

  /** Writes batches, and the lines of each, one by one. */
  public static final class Writer implements AutoCloseable {
    private final XmlBytes xml;
    private boolean batchOpen;

    private Writer(XmlBytes xml, String version, Header header) {
      this.xml = xml;
      xml.begin(version, "CstmrPmtStsRpt")
          .raw("<GrpHdr>")
          .element("MsgId", header.msgId())
          .raw("<CreDtTm>")
          .moment(header.creDtTm())
          .raw("</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>")
          .element("OrgnlMsgId", header.orgnlMsgId())
          .element("OrgnlMsgNmId", header.orgnlMsgNmId());
      original(header.orgnlNbOfTxs(), header.orgnlCtrlSum());
      xml.element("GrpSts", header.grpSts());
      details(header.reasons(), header.counts());
      xml.raw("</OrgnlGrpInfAndSts>\n");
    }

    /** Starts the answer to one batch; its lines follow. */
    public Writer batch(
        String orgnlPmtInfId,
        @Nullable Long orgnlNbOfTxs,
        @Nullable BigDecimal orgnlCtrlSum,
        @Nullable String pmtInfSts,
        List<Reason> reasons,
        List<StatusCount> counts) {
      endBatch();
      batchOpen = true;
      xml.raw("<OrgnlPmtInfAndSts>").element("OrgnlPmtInfId", orgnlPmtInfId);
      original(orgnlNbOfTxs, orgnlCtrlSum);
      xml.element("PmtInfSts", pmtInfSts);
      details(reasons, counts);
      xml.raw("\n");
      return this;
    }

    /**
     * Writes one line of the batch at hand; whatever is null is left out.
     *
     * @throws IllegalStateException before the first batch
     */
    public Writer line(
        @Nullable String orgnlInstrId,
        @Nullable String orgnlEndToEndId,
        @Nullable String txSts,
        @Nullable Reason reason) {
      if (!batchOpen) {
        throw new IllegalStateException("a line needs a batch");
      }
      xml.raw("<TxInfAndSts>")
          .element("OrgnlInstrId", orgnlInstrId)
          .element("OrgnlEndToEndId", orgnlEndToEndId)
          .element("TxSts", txSts);
      if (reason != null) {
        reason.write(xml, "StsRsnInf");
      }
      xml.raw("</TxInfAndSts>\n");
      return this;
    }

    /** Ends the document and flushes the stream; does not close it. */
    @Override
    public void close() {
      endBatch();
      xml.raw("</CstmrPmtStsRpt></Document>\n").finish();
    }

    private void endBatch() {
      if (batchOpen) {
        xml.raw("</OrgnlPmtInfAndSts>\n");
      }
    }

    private void original(@Nullable Long count, @Nullable BigDecimal sum) {
      if (count != null) {
        xml.raw("<OrgnlNbOfTxs>").number(count).raw("</OrgnlNbOfTxs>");
      }
      if (sum != null) {
        xml.raw("<OrgnlCtrlSum>").decimal(sum).raw("</OrgnlCtrlSum>");
      }
    }

    private void details(List<Reason> reasons, List<StatusCount> counts) {
      for (Reason reason : reasons) {
        reason.write(xml, "StsRsnInf");
      }
      for (StatusCount each : counts) {
        xml.raw("<NbOfTxsPerSts><DtldNbOfTxs>")
            .number(each.count())
            .raw("</DtldNbOfTxs>")
            .element("DtldSts", each.status());
        if (each.sum() != null) {
          xml.raw("<DtldCtrlSum>").decimal(each.sum()).raw("</DtldCtrlSum>");
        }
        xml.raw("</NbOfTxsPerSts>");
      }
    }
  }

  private static final class Reading extends Gathering<Event> {
    private static final int MSG_ID = 0;
    private static final int CREATED = 1;
    private static final int GROUP = 2;
    private static final int MESSAGE = 3;
    private static final int KIND = 4;
    private static final int COUNT = 5;
    private static final int SUM = 6;
    private static final int GROUP_STATUS = 7;
    private static final int GROUP_REASON = 8;
    private static final int GROUP_INFO = 9;
    private static final int BATCH = 10;
    private static final int BATCH_ID = 11;
    private static final int BATCH_STATUS = 12;
    private static final int BATCH_REASON = 13;
    private static final int BATCH_INFO = 14;
    private static final int LINE = 15;
    private static final int INSTRUCTION = 16;
    private static final int END_TO_END = 17;
    private static final int STATUS = 18;
    private static final int REASON = 19;
    private static final int INFO = 20;
    private static final int LAST = 21;

    private static final String TOP = "CstmrPmtStsRpt";
    private static final String ORIGINAL = TOP + "/OrgnlGrpInfAndSts";
    private static final String INF = TOP + "/OrgnlPmtInfAndSts";
    private static final String TX = INF + "/TxInfAndSts";
    private static final Interest INTEREST =
        new Interest()
            .hear(MSG_ID, TOP + "/GrpHdr/MsgId")
            .hear(CREATED, TOP + "/GrpHdr/CreDtTm")
            .hear(GROUP, ORIGINAL)
            .hear(MESSAGE, ORIGINAL + "/OrgnlMsgId")
            .hear(KIND, ORIGINAL + "/OrgnlMsgNmId")
            .hear(COUNT, ORIGINAL + "/OrgnlNbOfTxs")
            .hear(SUM, ORIGINAL + "/OrgnlCtrlSum")
            .hear(GROUP_STATUS, ORIGINAL + "/GrpSts")
            .hear(GROUP_REASON, ORIGINAL + "/StsRsnInf/Rsn/Cd")
            .hear(GROUP_REASON, ORIGINAL + "/StsRsnInf/Rsn/Prtry")
            .hear(GROUP_INFO, ORIGINAL + "/StsRsnInf/AddtlInf")
            .hear(BATCH, INF)
            .hear(BATCH_ID, INF + "/OrgnlPmtInfId")
            .hear(BATCH_STATUS, INF + "/PmtInfSts")
            .hear(BATCH_REASON, INF + "/StsRsnInf/Rsn/Cd")
            .hear(BATCH_REASON, INF + "/StsRsnInf/Rsn/Prtry")
            .hear(BATCH_INFO, INF + "/StsRsnInf/AddtlInf")
            .hear(LINE, TX)
            .hear(INSTRUCTION, TX + "/OrgnlInstrId")
            .hear(END_TO_END, TX + "/OrgnlEndToEndId")
            .hear(STATUS, TX + "/TxSts")
            .hear(REASON, TX + "/StsRsnInf/Rsn/Cd")
            .hear(REASON, TX + "/StsRsnInf/Rsn/Prtry")
            .hear(INFO, TX + "/StsRsnInf/AddtlInf");

    private final Said said = new Said(LAST);
    private boolean batchTold = true;
    private int xmlLine;

    @Override
    public void begin(int mark) {
      if (mark == BATCH) {
        said.clear(BATCH, LINE);
        batchTold = false;
      } else if (mark == LINE) {
        tellBatch();
        said.clear(LINE, LAST);
        xmlLine = line();
      }
    }

    @Override
    public void value(int mark, String value) {
      switch (mark) {
        case GROUP_REASON, BATCH_REASON, REASON -> said.putFirst(mark, value);
        case GROUP_INFO, BATCH_INFO, INFO ->
            said.append(mark, said.text(mark) == null ? value : " " + value);
        default -> said.put(mark, value);
      }
    }

    @Override
    public void end(int mark) {
      switch (mark) {
        case GROUP ->
            tell(
                new Original(
                    said.text(MSG_ID),
                    said.text(CREATED),
                    said.text(MESSAGE),
                    said.text(KIND),
                    said.count(COUNT),
                    said.decimal(SUM),
                    said.text(GROUP_STATUS),
                    said.text(GROUP_REASON),
                    said.text(GROUP_INFO)));
        case BATCH -> tellBatch();
        case LINE ->
            tell(
                new LineStatus(
                    xmlLine,
                    said.text(INSTRUCTION),
                    said.text(END_TO_END),
                    said.text(STATUS),
                    said.text(REASON),
                    said.text(INFO)));
        default -> {
          // Values tell the rest.
        }
      }
    }

    private void tellBatch() {
      if (!batchTold) {
        batchTold = true;
        tell(
            new BatchStatus(
                said.text(BATCH_ID),
                said.text(BATCH_STATUS),
                said.text(BATCH_REASON),
                said.text(BATCH_INFO)));
      }
    }
  }
}
