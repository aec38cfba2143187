package org.wagerail.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The findings of one import: the first thousand kept, the rest counted. */
final class Findings {
  static final int LISTED = 1_000;

  private final List<Finding> listed = new ArrayList<>();
  private long count;

  void add(Finding finding) {
    if (listed.size() < LISTED) {
      listed.add(finding);
    }
    count++;
  }

  /** Counts findings that are not listed any more. */
  void addUnlisted(long more) {
    count += more;
  }

  int room() {
    return LISTED - listed.size();
  }

  long count() {
    return count;
  }

  /** In the order of the files and, in each, of its rows. */
  List<Finding> listed() {
    var files = listed.stream().map(Finding::file).distinct().toList();
    return listed.stream()
        .sorted(
            Comparator.comparingInt((Finding finding) -> files.indexOf(finding.file()))
                .thenComparingLong(Finding::row))
        .toList();
  }
}
