package org.wagerail.payroll;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Screens payees: between the checks and the release, one who is on a list makes a line wait for
 * two persons. Asked once a block and before any transaction, so that whoever answers may be far
 * away.
 */
public interface Screening {
  /**
   * Why a line is held.
   *
   * @param entry the list's entry, from 1
   * @param matched by what it was found
   * @param reason what the list says of the entry; names nobody
   */
  record Hit(int entry, Match matched, String reason) {}

  /** By what somebody was found. */
  enum Match {
    NAME,
    IDENTIFIER
  }

  /**
   * What came of a block.
   *
   * @param list the number of the list's edition that it was compared with; 0 when there is none
   * @param hits by the very lines of the block; most blocks have none
   */
  record Screened(long list, Map<SaidLine, Hit> hits) {
    /** Compared with nothing. */
    static final Screened NOT = new Screened(0, Map.of());
  }

  /**
   * Screens the lines of a block.
   *
   * @param day the bank's, for the list in force
   */
  Screened screen(int bank, LocalDate day, List<Payrolls.Part> block);
}
