package org.wagerail.iso;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgement on one file.
 *
 * @param message name of the message version, such as {@code pain.001.001.09}; null if the file did
 *     not get as far as naming one
 * @param verdict on grammar and totals together
 * @param schemaVerdict on grammar alone: what the published schema says of the document
 * @param findings the first findings in the order of the file, but those on totals where they came
 *     out; at most {@value #LISTED}
 * @param findingsTotal number of all findings, listed or only counted
 */
public record Report(
    @Nullable String message,
    Verdict verdict,
    Verdict schemaVerdict,
    List<Finding> findings,
    long findingsTotal) {

  /** Findings beyond this number are counted, not listed. */
  public static final int LISTED = 1000;

  public Report {
    findings = List.copyOf(findings);
  }
}
