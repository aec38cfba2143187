package org.wagerail.iso;

/** What statements and notifications write alike about an entry. */
final class Entries {
  private Entries() {}

  /**
   * The bank transaction code of an issued credit transfer.
   *
   * @param subFamily SALA for wages, RRTN for what came back
   */
  static String code(String subFamily) {
    return "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>"
        + subFamily
        + "</SubFmlyCd></Fmly></Domn></BkTxCd>";
  }
}
