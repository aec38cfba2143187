package org.wagerail.payroll;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wagerail.project.WageBooks;

/**
 * A batch as the contractor said it.
 *
 * @param batch ordinal in the file, from 1
 * @param project code of the project, from the ultimate debtor
 * @param firmCode unified social credit code of the subcontractor
 * @param lines how many there are
 * @param total their sum in minor units, amounts in cents only
 */
public record SaidBatch(
    int batch,
    String pmtInfId,
    String paymentMethod,
    @Nullable String categoryPurpose,
    LocalDate payDate,
    @Nullable String account,
    @Nullable String project,
    @Nullable String firmCode,
    int lines,
    long total) {
  /** What batches name, to be looked up. */
  static List<WageBooks.Named> names(List<SaidBatch> batches) {
    return batches.stream()
        .map(
            b ->
                new WageBooks.Named(
                    Objects.requireNonNullElse(b.account(), ""),
                    Objects.requireNonNullElse(b.project(), ""),
                    Objects.requireNonNullElse(b.firmCode(), "")))
        .toList();
  }
}
