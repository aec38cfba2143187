package org.wagerail.iso;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Counts and adds up a pain.001 as it passes and compares with what it declares of itself: at the
 * end of each batch, and of the initiation. A sum of amounts is not compared where one of them
 * cannot be read: that is a finding already.
 */
final class Totals implements Sink {
  private static final int INITIATION = 0;
  private static final int BATCH = 1;
  private static final int TRANSACTION = 2;
  private static final int GROUP_COUNT = 3;
  private static final int GROUP_SUM = 4;
  private static final int BATCH_COUNT = 5;
  private static final int BATCH_SUM = 6;
  private static final int AMOUNT = 7;

  static final Interest INTEREST =
      new Interest()
          .hear(INITIATION, "CstmrCdtTrfInitn")
          .hear(BATCH, "CstmrCdtTrfInitn/PmtInf")
          .hear(TRANSACTION, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf")
          .hear(GROUP_COUNT, "CstmrCdtTrfInitn/GrpHdr/NbOfTxs")
          .hear(GROUP_SUM, "CstmrCdtTrfInitn/GrpHdr/CtrlSum")
          .hear(BATCH_COUNT, "CstmrCdtTrfInitn/PmtInf/NbOfTxs")
          .hear(BATCH_SUM, "CstmrCdtTrfInitn/PmtInf/CtrlSum")
          .hear(AMOUNT, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Amt/InstdAmt")
          .hear(AMOUNT, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Amt/EqvtAmt/Amt");

  private final Sum group = new Sum();
  private final Sum batch = new Sum();
  private @Nullable Walker walker;

  void reportTo(Walker walker) {
    this.walker = walker;
  }

  @Override
  public void begin(int mark) {
    switch (mark) {
      case BATCH -> beginBatch();
      case TRANSACTION -> beginTransaction();
      default -> {
        // Values tell the rest.
      }
    }
  }

  @Override
  public void value(int mark, String value) {
    switch (mark) {
      case GROUP_COUNT -> groupCount(value);
      case GROUP_SUM -> groupSum(value);
      case BATCH_COUNT -> batchCount(value);
      case BATCH_SUM -> batchSum(value);
      case AMOUNT -> amount(new BigDecimal(value));
      default -> {
        // Marks of structures carry no value.
      }
    }
  }

  @Override
  public void end(int mark) {
    switch (mark) {
      case TRANSACTION -> endTransaction();
      case BATCH -> endBatch();
      case INITIATION -> endGroup();
      default -> {
        // Values tell the rest.
      }
    }
  }

  /** Takes the declaration of the group at hand. */
  void groupCount(String value) {
    group.declaredCount = count(value);
    group.countLine = line();
  }

  /** Takes the declaration of the group at hand. */
  void groupSum(String value) {
    group.declaredSum = new BigDecimal(value);
    group.sumLine = line();
  }

  /** Takes the declaration of the batch at hand. */
  void batchCount(String value) {
    batch.declaredCount = count(value);
    batch.countLine = line();
  }

  /** Takes the declaration of the batch at hand. */
  void batchSum(String value) {
    batch.declaredSum = new BigDecimal(value);
    batch.sumLine = line();
  }

  void beginBatch() {
    batch.reset();
  }

  void beginTransaction() {
    group.amountSeen = false;
  }

  void amount(BigDecimal amount) {
    group.add(amount);
    batch.add(amount);
    group.amountSeen = true;
  }

  void endTransaction() {
    group.count++;
    batch.count++;
    if (!group.amountSeen) {
      group.complete = false;
      batch.complete = false;
    }
  }

  void endBatch() {
    compare(batch, Rule.TOTALS_BATCH_COUNT, Rule.TOTALS_BATCH_SUM, "");
  }

  void endGroup() {
    compare(group, Rule.TOTALS_GROUP_COUNT, Rule.TOTALS_GROUP_SUM, "GrpHdr/");
  }

  /** Transactions so far. */
  long count() {
    return group.count;
  }

  /** Sum of the amounts so far, of whatever currency. */
  BigDecimal sum() {
    return group.sum();
  }

  /** A number of transactions; null if it is not one (its own finding says so). */
  static @Nullable Long count(String value) {
    if (value.isEmpty() || value.length() > 15) {
      return null;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!Lexical.isDigit(value.charAt(i))) {
        return null;
      }
    }
    return Long.valueOf(value);
  }

  private int line() {
    return walker == null ? 0 : walker.line();
  }

  /** What differs is told where it was declared, though it is known only at the end. */
  private void compare(Sum sum, Rule count, Rule amount, String header) {
    if (walker == null) {
      return;
    }
    if (sum.declaredCount != null && sum.declaredCount != sum.count) {
      walker.find(sum.countLine, count, header + "NbOfTxs", sum.declaredCount + " ≠ " + sum.count);
    }
    if (sum.declaredSum != null && sum.complete && sum.declaredSum.compareTo(sum.sum()) != 0) {
      walker.find(
          sum.sumLine,
          amount,
          header + "CtrlSum",
          sum.declaredSum.toPlainString() + " ≠ " + sum.sum().toPlainString());
    }
  }

  /** Adds in long units of 10^-5 as long as that holds, which is practically for ever. */
  private static final class Sum {
    private static final int SCALE = 5;
    private static final BigDecimal LARGE = BigDecimal.valueOf(Long.MAX_VALUE >> 24, SCALE);

    private long units;
    private BigDecimal rest = BigDecimal.ZERO;
    private long count;
    private boolean complete = true;
    private boolean amountSeen;
    private @Nullable Long declaredCount;
    private @Nullable BigDecimal declaredSum;
    private int countLine;
    private int sumLine;

    void reset() {
      units = 0;
      rest = BigDecimal.ZERO;
      count = 0;
      complete = true;
      declaredCount = null;
      declaredSum = null;
    }

    void add(BigDecimal amount) {
      if (amount.scale() <= SCALE
          && amount.scale() >= 0
          && units < Long.MAX_VALUE >> 1
          && amount.compareTo(LARGE) < 0) {
        units += amount.unscaledValue().longValue() * POWERS[SCALE - amount.scale()];
      } else {
        rest = rest.add(amount);
      }
    }

    BigDecimal sum() {
      BigDecimal whole = BigDecimal.valueOf(units, SCALE).add(rest).stripTrailingZeros();
      return whole.scale() < 0 ? whole.setScale(0) : whole;
    }

    private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000};
  }
}
