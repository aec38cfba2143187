package org.wagerail.audit;

/**
 * What must hold, and the query for the rows that break it.
 *
 * @param rows of one bank, named {@code :bank}
 */
record Rule(String name, String chinese, String english, String rows) {
  Tally tally() {
    return new Tally(name, chinese, english);
  }
}
