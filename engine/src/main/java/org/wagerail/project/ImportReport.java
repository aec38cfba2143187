package org.wagerail.project;

import java.util.List;

/**
 * What became of a directory of reference data. With a finding nothing was written.
 *
 * @param files what each file held, in the order they were taken in
 * @param findings the first thousand
 * @param findingCount how many there are in all
 */
public record ImportReport(List<FileCount> files, List<Finding> findings, long findingCount) {
  /**
   * @param file its name
   * @param rows rows read
   * @param added rows that were not here before
   */
  public record FileCount(String file, long rows, long added) {}

  /** Whether it was taken in. */
  public boolean accepted() {
    return findingCount == 0;
  }
}
