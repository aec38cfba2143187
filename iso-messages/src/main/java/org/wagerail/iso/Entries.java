package org.wagerail.iso;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What statements and notifications write alike about an entry. */
public final class Entries {
  /** Bank transaction codes of the payments domain. */
  public enum Code {
    /** Wages that were sent. */
    WAGES("ICDT", "SALA"),
    /** Transfers that came back. */
    CAME_BACK("ICDT", "RRTN"),
    /** A credit transfer that came in. */
    RECEIVED("RCDT", "DMCT"),
    /** A credit transfer that was sent and is no wage. */
    SENT("ICDT", "DMCT");

    private final String family;
    private final String subFamily;

    Code(String family, String subFamily) {
      this.family = family;
      this.subFamily = subFamily;
    }
  }

  /**
   * A booked entry as a whole, whose transactions are told elsewhere.
   *
   * @param reference the account keeper's own
   * @param amountMinor in fen; credit positive, debit negative
   * @param transactions how many it has; null when that is not said
   * @param information what it was booked for
   */
  public record Booked(
      String reference,
      long amountMinor,
      LocalDate booked,
      Code code,
      @Nullable Integer transactions,
      String information) {}

  private Entries() {}

  static String code(Code code) {
    return "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>"
        + code.family
        + "</Cd><SubFmlyCd>"
        + code.subFamily
        + "</SubFmlyCd></Fmly></Domn></BkTxCd>";
  }

  static void write(XmlBytes xml, Booked entry) {
    xml.raw("<Ntry><Amt Ccy=\"CNY\">")
        .minor(Math.abs(entry.amountMinor()))
        .raw("</Amt>")
        .element("CdtDbtInd", entry.amountMinor() >= 0 ? "CRDT" : "DBIT")
        .raw("<Sts><Cd>BOOK</Cd></Sts><BookgDt>")
        .element("Dt", entry.booked().toString())
        .raw("</BookgDt>")
        .element("AcctSvcrRef", entry.reference())
        .raw(code(entry.code()));
    if (entry.transactions() != null) {
      xml.raw("<NtryDtls><Btch><NbOfTxs>")
          .number(entry.transactions())
          .raw("</NbOfTxs></Btch></NtryDtls>");
    }
    xml.element("AddtlNtryInf", entry.information()).raw("</Ntry>\n");
  }
}
