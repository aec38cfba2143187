package org.wagerail.ledger;

import java.util.List;

/**
 * One balanced entry.
 *
 * @param subject what it is booked for, for example {@code run 202610/17}
 */
public record JournalEntry(EntryKind kind, String subject, List<Leg> legs) {
  /**
   * @param amount minor units; a credit is positive, a debit negative
   */
  public record Leg(long account, long amount) {}

  /**
   * @throws IllegalArgumentException when the legs do not add to zero, or one of them is zero
   */
  public JournalEntry {
    legs = List.copyOf(legs);
    long sum = 0;
    for (var leg : legs) {
      if (leg.amount() == 0) {
        throw new IllegalArgumentException("a leg of nothing: " + subject);
      }
      sum = Math.addExact(sum, leg.amount());
    }
    if (sum != 0 || legs.size() < 2) {
      throw new IllegalArgumentException("unbalanced by " + sum + ": " + subject);
    }
  }

  /** Moves an amount from one account to another. */
  public static JournalEntry move(
      EntryKind kind, String subject, long debited, long credited, long amount) {
    return new JournalEntry(
        kind, subject, List.of(new Leg(debited, -amount), new Leg(credited, amount)));
  }
}
