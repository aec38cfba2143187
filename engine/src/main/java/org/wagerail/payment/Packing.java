package org.wagerail.payment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.wagerail.payment.Payments.Instruction;

/**
 * Numbers instructed payments so that each package is a range of numbers: of one month and one
 * direct participant, and not too large.
 *
 * @param payments in the order of their numbers, without a gap
 */
record Packing(List<Numbered> payments, List<Range> packages) {
  /** A payment with its number. */
  record Numbered(long number, Instruction instruction) {}

  /**
   * A package.
   *
   * @param total minor units
   */
  record Range(int month, long first, long last, String participant, long total) {
    int payments() {
      return Math.toIntExact(last - first + 1);
    }
  }

  private record Addressed(String participant, Instruction instruction) {
    static final Comparator<Addressed> ORDER =
        Comparator.comparingInt((Addressed a) -> a.instruction().month())
            .thenComparing(Addressed::participant)
            .thenComparingLong(a -> a.instruction().run())
            .thenComparingLong(a -> a.instruction().payroll())
            .thenComparingInt(a -> a.instruction().line())
            .thenComparingInt(a -> a.instruction().decision());
  }

  /**
   * Packs.
   *
   * @param first the first number
   * @param most the most payments of a package
   * @param participants the direct participant of each worker's account
   */
  static Packing of(
      long first, int most, List<Instruction> instructions, Map<Long, String> participants) {
    var addressed = new ArrayList<Addressed>(instructions.size());
    for (var each : instructions) {
      var participant = participants.get(each.workerAccount());
      if (participant == null) {
        throw new IllegalArgumentException("no worker account " + each.workerAccount());
      }
      addressed.add(new Addressed(participant, each));
    }
    addressed.sort(Addressed.ORDER);
    var payments = new ArrayList<Numbered>(addressed.size());
    var packages = new ArrayList<Range>();
    long begin = first;
    long total = 0;
    for (int i = 0; i < addressed.size(); i++) {
      var at = addressed.get(i);
      payments.add(new Numbered(first + i, at.instruction()));
      total = Math.addExact(total, at.instruction().amount());
      boolean full = first + i - begin + 1 == most;
      boolean last =
          i + 1 == addressed.size()
              || addressed.get(i + 1).instruction().month() != at.instruction().month()
              || !addressed.get(i + 1).participant().equals(at.participant());
      if (full || last) {
        packages.add(
            new Range(at.instruction().month(), begin, first + i, at.participant(), total));
        begin = first + i + 1;
        total = 0;
      }
    }
    return new Packing(payments, packages);
  }
}
