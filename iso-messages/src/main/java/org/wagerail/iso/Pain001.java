package org.wagerail.iso;

import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A customer's credit transfer initiation (pain.001), read as a stream: the group, then each batch
 * with its transactions, in the order of the file. Values stand as the file says them; nothing is
 * folded, trimmed or guessed. The grammar is judged in the same pass, and findings do not stop the
 * reading unless the XML itself breaks.
 */
public final class Pain001 extends MessageReader<Pain001.Event> {

  /** What the file says next. */
  public sealed interface Event {}

  /**
   * The group header.
   *
   * @param nbOfTxs declared number of transactions; null if unreadable
   * @param ctrlSum declared sum of amounts, of whatever currency; null if not declared
   * @param initgPtyId organisation identifier of the initiating party, the first one given
   */
  public record Group(
      @Nullable String msgId,
      @Nullable String creDtTm,
      @Nullable Long nbOfTxs,
      @Nullable BigDecimal ctrlSum,
      @Nullable String initgPtyName,
      @Nullable String initgPtyId)
      implements Event {}

  /**
   * One batch (PmtInf).
   *
   * @param reqdExctnDt requested execution date; of a date and time, the date as written
   * @param dbtrAcct debtor's account, IBAN or other
   * @param dbtrAgtMember clearing member id of the debtor's bank
   * @param project project of the ultimate debtor (scheme PROJECT)
   * @param uscc unified social credit code of the ultimate debtor (scheme USCC)
   * @param ultmtDbtrName name of the ultimate debtor
   * @param ordinal place in the file, from 1
   * @param xmlLine line of the file where the batch is complete
   */
  public record Batch(
      int ordinal,
      int xmlLine,
      @Nullable String pmtInfId,
      @Nullable String pmtMtd,
      @Nullable Long nbOfTxs,
      @Nullable BigDecimal ctrlSum,
      @Nullable String ctgyPurp,
      @Nullable LocalDate reqdExctnDt,
      @Nullable String dbtrName,
      @Nullable String dbtrAcct,
      @Nullable String dbtrAgtMember,
      @Nullable String ultmtDbtrName,
      @Nullable String project,
      @Nullable String uscc)
      implements Event {}

  /**
   * One transaction.
   *
   * @param line ordinal in the file, from 1
   * @param xmlLine line of the file where it begins
   * @param amount instructed amount (or equivalent amount) in currency units, exact; null if
   *     missing or malformed
   * @param cdtrAgtMember clearing member id of the creditor's bank; {@code cdtrAgtSystem} its
   *     clearing system (CNAPS)
   * @param cdtrPersonId first other identification of the creditor as a private person; {@code
   *     cdtrPersonScheme} its scheme, code or proprietary
   * @param remittance unstructured remittance lines, joined as they stand
   * @param project project of the transaction's own ultimate debtor, {@code uscc} his credit code
   */
  public record Transaction(
      long line,
      int xmlLine,
      @Nullable String instrId,
      @Nullable String endToEndId,
      @Nullable String uetr,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable String cdtrAgtMember,
      @Nullable String cdtrAgtSystem,
      @Nullable String cdtrName,
      @Nullable String cdtrPersonId,
      @Nullable String cdtrPersonScheme,
      @Nullable String cdtrAcct,
      @Nullable String remittance,
      @Nullable String ctgyPurp,
      @Nullable String project,
      @Nullable String uscc)
      implements Event {}

  private final CanonicalHash hash;
  private final Reading reading;
  private @Nullable String contentHash;

  private Pain001(InputStream in, Reading reading, CanonicalHash hash) {
    super(in, "pain.001.", Reading.INTEREST, reading, hash);
    this.reading = reading;
    this.hash = hash;
  }

  /** Opens a stream; closing this closes it. A file of another message gives a finding. */
  public static Pain001 open(InputStream in) {
    return new Pain001(in, new Reading(), new CanonicalHash());
  }

  /** Transactions read so far. */
  public long count() {
    return reading.totals.count();
  }

  /** Sum of the amounts read so far, of whatever currency. */
  public BigDecimal sum() {
    return reading.totals.sum();
  }

  /**
   * SHA-256 in hexadecimal of what the file says, without MsgId and CreDtTm: the same for other
   * prefixes, white space between elements, comments and quotes. To be asked after the end.
   */
  public String contentHash() {
    if (contentHash == null) {
      contentHash = hash.hex();
    }
    return contentHash;
  }

  private static final class Reading extends Gathering<Event> {
    private static final int GROUP = 0;
    private static final int MSG_ID = 1;
    private static final int CREATED = 2;
    private static final int GROUP_COUNT = 3;
    private static final int GROUP_SUM = 4;
    private static final int INITIATOR = 5;
    private static final int INITIATOR_ID = 6;
    private static final int BATCH = 10;
    private static final int BATCH_ID = 11;
    private static final int METHOD = 12;
    private static final int BATCH_COUNT = 13;
    private static final int BATCH_SUM = 14;
    private static final int BATCH_PURPOSE = 15;
    private static final int DATE = 16;
    private static final int DEBTOR = 17;
    private static final int DEBTOR_ACCOUNT = 18;
    private static final int DEBTOR_BANK = 19;
    private static final int BATCH_ULTIMATE = 20;
    private static final int BATCH_OTHER = 21;
    private static final int BATCH_OTHER_ID = 22;
    private static final int BATCH_OTHER_SCHEME = 23;
    private static final int TRANSACTION = 30;
    private static final int INSTRUCTION = 31;
    private static final int END_TO_END = 32;
    private static final int UETR = 33;
    private static final int AMOUNT = 34;
    private static final int CURRENCY = 35;
    private static final int CREDITOR_BANK = 36;
    private static final int CREDITOR_SYSTEM = 37;
    private static final int CREDITOR = 38;
    private static final int PERSON = 39;
    private static final int PERSON_SCHEME = 40;
    private static final int CREDITOR_ACCOUNT = 41;
    private static final int REMITTANCE = 42;
    private static final int PURPOSE = 43;
    private static final int OTHER = 44;
    private static final int OTHER_ID = 45;
    private static final int OTHER_SCHEME = 46;
    private static final int INITIATION = 50;
    private static final int PERSON_OTHER = 51;

    private static final String TOP = "CstmrCdtTrfInitn";
    private static final String HEAD = TOP + "/GrpHdr";
    private static final String INFO = TOP + "/PmtInf";
    private static final String TX = INFO + "/CdtTrfTxInf";

    private static final Interest INTEREST =
        new Interest()
            .hear(INITIATION, TOP)
            .hear(GROUP, HEAD)
            .hear(MSG_ID, HEAD + "/MsgId")
            .hear(CREATED, HEAD + "/CreDtTm")
            .hear(GROUP_COUNT, HEAD + "/NbOfTxs")
            .hear(GROUP_SUM, HEAD + "/CtrlSum")
            .hear(INITIATOR, HEAD + "/InitgPty/Nm")
            .hear(INITIATOR_ID, HEAD + "/InitgPty/Id/OrgId/Othr/Id")
            .hear(BATCH, INFO)
            .hear(BATCH_ID, INFO + "/PmtInfId")
            .hear(METHOD, INFO + "/PmtMtd")
            .hear(BATCH_COUNT, INFO + "/NbOfTxs")
            .hear(BATCH_SUM, INFO + "/CtrlSum")
            .hear(BATCH_PURPOSE, INFO + "/PmtTpInf/CtgyPurp/Cd")
            .hear(BATCH_PURPOSE, INFO + "/PmtTpInf/CtgyPurp/Prtry")
            .hear(DATE, INFO + "/ReqdExctnDt")
            .hear(DATE, INFO + "/ReqdExctnDt/Dt")
            .hear(DATE, INFO + "/ReqdExctnDt/DtTm")
            .hear(DEBTOR, INFO + "/Dbtr/Nm")
            .hear(DEBTOR_ACCOUNT, INFO + "/DbtrAcct/Id/IBAN")
            .hear(DEBTOR_ACCOUNT, INFO + "/DbtrAcct/Id/Othr/Id")
            .hear(DEBTOR_BANK, INFO + "/DbtrAgt/FinInstnId/ClrSysMmbId/MmbId")
            .hear(BATCH_ULTIMATE, INFO + "/UltmtDbtr/Nm")
            .hear(BATCH_OTHER, INFO + "/UltmtDbtr/Id/OrgId/Othr")
            .hear(BATCH_OTHER_ID, INFO + "/UltmtDbtr/Id/OrgId/Othr/Id")
            .hear(BATCH_OTHER_SCHEME, INFO + "/UltmtDbtr/Id/OrgId/Othr/SchmeNm/Prtry")
            .hear(TRANSACTION, TX)
            .hear(INSTRUCTION, TX + "/PmtId/InstrId")
            .hear(END_TO_END, TX + "/PmtId/EndToEndId")
            .hear(UETR, TX + "/PmtId/UETR")
            .hear(AMOUNT, TX + "/Amt/InstdAmt")
            .hear(CURRENCY, TX + "/Amt/InstdAmt/@Ccy")
            .hear(AMOUNT, TX + "/Amt/EqvtAmt/Amt")
            .hear(CURRENCY, TX + "/Amt/EqvtAmt/Amt/@Ccy")
            .hear(CREDITOR_BANK, TX + "/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId")
            .hear(CREDITOR_SYSTEM, TX + "/CdtrAgt/FinInstnId/ClrSysMmbId/ClrSysId/Cd")
            .hear(CREDITOR_SYSTEM, TX + "/CdtrAgt/FinInstnId/ClrSysMmbId/ClrSysId/Prtry")
            .hear(CREDITOR, TX + "/Cdtr/Nm")
            .hear(PERSON_OTHER, TX + "/Cdtr/Id/PrvtId/Othr")
            .hear(PERSON, TX + "/Cdtr/Id/PrvtId/Othr/Id")
            .hear(PERSON_SCHEME, TX + "/Cdtr/Id/PrvtId/Othr/SchmeNm/Cd")
            .hear(PERSON_SCHEME, TX + "/Cdtr/Id/PrvtId/Othr/SchmeNm/Prtry")
            .hear(CREDITOR_ACCOUNT, TX + "/CdtrAcct/Id/IBAN")
            .hear(CREDITOR_ACCOUNT, TX + "/CdtrAcct/Id/Othr/Id")
            .hear(REMITTANCE, TX + "/RmtInf/Ustrd")
            .hear(PURPOSE, TX + "/PmtTpInf/CtgyPurp/Cd")
            .hear(PURPOSE, TX + "/PmtTpInf/CtgyPurp/Prtry")
            .hear(OTHER, TX + "/UltmtDbtr/Id/OrgId/Othr")
            .hear(OTHER_ID, TX + "/UltmtDbtr/Id/OrgId/Othr/Id")
            .hear(OTHER_SCHEME, TX + "/UltmtDbtr/Id/OrgId/Othr/SchmeNm/Prtry");

    private final Totals totals = new Totals();
    private final Said said = new Said(64);
    private final PartyReading batchParty = new PartyReading();
    private final PartyReading party = new PartyReading();
    private int batches;
    private boolean batchTold;
    private boolean personTold;
    private @Nullable BigDecimal amount;
    private int xmlLine;

    @Override
    public boolean hashed(int mark) {
      return mark != MSG_ID && mark != CREATED;
    }

    @Override
    void follow(Walker reads) {
      super.follow(reads);
      totals.reportTo(reads);
    }

    @Override
    public void begin(int mark) {
      switch (mark) {
        case BATCH -> {
          said.clear(BATCH, TRANSACTION);
          batchParty.clear();
          totals.beginBatch();
          batchTold = false;
          batches++;
        }
        case TRANSACTION -> {
          tellBatch();
          said.clear(TRANSACTION, INITIATION);
          party.clear();
          personTold = false;
          amount = null;
          totals.beginTransaction();
          xmlLine = line();
        }
        default -> {
          // Values tell the rest.
        }
      }
    }

    @Override
    public void value(int mark, String value) {
      switch (mark) {
        case INITIATOR_ID -> said.putFirst(mark, value);
        case BATCH_OTHER_ID -> batchParty.id(value);
        case BATCH_OTHER_SCHEME -> batchParty.scheme(value);
        case OTHER_ID -> party.id(value);
        case OTHER_SCHEME -> party.scheme(value);
        case PERSON, PERSON_SCHEME -> {
          if (!personTold) {
            said.put(mark, value);
          }
        }
        case REMITTANCE -> said.append(mark, value);
        case AMOUNT -> {
          amount = new BigDecimal(value);
          totals.amount(amount);
        }
        case GROUP_COUNT -> {
          said.put(mark, value);
          totals.groupCount(value);
        }
        case GROUP_SUM -> {
          said.put(mark, value);
          totals.groupSum(value);
        }
        case BATCH_COUNT -> {
          said.put(mark, value);
          totals.batchCount(value);
        }
        case BATCH_SUM -> {
          said.put(mark, value);
          totals.batchSum(value);
        }
        default -> said.put(mark, value);
      }
    }

    @Override
    public void end(int mark) {
      switch (mark) {
        case GROUP ->
            tell(
                new Group(
                    said.text(MSG_ID),
                    said.text(CREATED),
                    said.count(GROUP_COUNT),
                    said.decimal(GROUP_SUM),
                    said.text(INITIATOR),
                    said.text(INITIATOR_ID)));
        case BATCH_OTHER -> batchParty.endOther();
        case OTHER -> party.endOther();
        case PERSON_OTHER -> personTold |= said.text(PERSON) != null;
        case TRANSACTION -> {
          totals.endTransaction();
          tellTransaction();
        }
        case BATCH -> {
          tellBatch();
          totals.endBatch();
        }
        case INITIATION -> totals.endGroup();
        default -> {
          // Values tell the rest.
        }
      }
    }

    private void tellBatch() {
      if (batchTold) {
        return;
      }
      batchTold = true;
      tell(
          new Batch(
              batches,
              line(),
              said.text(BATCH_ID),
              said.text(METHOD),
              said.count(BATCH_COUNT),
              said.decimal(BATCH_SUM),
              said.text(BATCH_PURPOSE),
              said.date(DATE),
              said.text(DEBTOR),
              said.text(DEBTOR_ACCOUNT),
              said.text(DEBTOR_BANK),
              said.text(BATCH_ULTIMATE),
              batchParty.project,
              batchParty.uscc));
    }

    private void tellTransaction() {
      tell(
          new Transaction(
              totals.count(),
              xmlLine,
              said.text(INSTRUCTION),
              said.text(END_TO_END),
              said.text(UETR),
              amount,
              said.text(CURRENCY),
              said.text(CREDITOR_BANK),
              said.text(CREDITOR_SYSTEM),
              said.text(CREDITOR),
              said.text(PERSON),
              said.text(PERSON_SCHEME),
              said.text(CREDITOR_ACCOUNT),
              said.text(REMITTANCE),
              said.text(PURPOSE),
              party.project,
              party.uscc));
    }
  }
}
