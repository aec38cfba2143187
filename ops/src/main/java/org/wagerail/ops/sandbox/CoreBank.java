package org.wagerail.ops.sandbox;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Entries;
import org.wagerail.reconciliation.BusinessDays;

/**
 * A simulated core banking system, as far as it keeps special wage accounts: it books what it was
 * told of a business day, each movement once, and states the day account by account (camt.053).
 *
 * <pre>{@code
 * var statements = CoreBank.statements(day, 1, days.openings(…), days.movements(…));
 * CoreBank.write(folder, "core.xml", "CB1", at, statements);
 * }</pre>
 */
public final class CoreBank {
  /**
   * A page of the statement of one account and day; amounts in minor units.
   *
   * @param sequence its number among the account's statements
   * @param page from 1
   * @param last whether no page follows
   */
  public record Statement(
      String account,
      LocalDate day,
      long sequence,
      int page,
      boolean last,
      long opening,
      long closing,
      List<Movement> entries) {
    /** The same with other entries, and the closing balance that follows from them. */
    public Statement with(List<Movement> other) {
      return new Statement(
          account, day, sequence, page, last, opening, opening + sum(other), other);
    }
  }

  /**
   * A booked movement.
   *
   * @param amount minor units, credit positive
   * @param booked the business day on which it is booked
   */
  public record Movement(String reference, long amount, LocalDate booked) {}

  private CoreBank() {}

  /**
   * States a business day: each account once, whether money moved or not.
   *
   * @param sequence the statements' number
   * @param openings balances before the day by account
   * @param told movements of the day and of the rest days before it
   */
  public static List<Statement> statements(
      LocalDate day, long sequence, Map<String, Long> openings, List<BusinessDays.Movement> told) {
    var entries = new TreeMap<String, List<Movement>>();
    openings.keySet().forEach(account -> entries.put(account, new ArrayList<>()));
    for (var each : told) {
      entries
          .computeIfAbsent(each.account(), _ -> new ArrayList<>())
          .add(new Movement(each.reference(), each.amount(), day));
    }
    var statements = new ArrayList<Statement>(entries.size());
    entries.forEach(
        (account, booked) -> {
          long opening = openings.getOrDefault(account, 0L);
          statements.add(
              new Statement(
                  account, day, sequence, 1, true, opening, opening + sum(booked), booked));
        });
    return statements;
  }

  private static long sum(List<Movement> entries) {
    return entries.stream().mapToLong(Movement::amount).reduce(0, Math::addExact);
  }

  /**
   * Leaves statements in one document; one of the same name is written over.
   *
   * @param statements at least one
   */
  public static Path write(
      Path folder, String name, String message, OffsetDateTime at, List<Statement> statements) {
    return DroppedFile.leave(folder, name, out -> write(out, message, at, statements));
  }

  private static void write(
      OutputStream out, String message, OffsetDateTime at, List<Statement> statements) {
    try (var writer = Camt053.writer(out, header(message, at, statements.getFirst()))) {
      for (int i = 0; i < statements.size(); i++) {
        var statement = statements.get(i);
        if (i > 0) {
          writer.next(header(message, at, statement));
        }
        for (var entry : statement.entries()) {
          writer.entry(
              new Entries.Booked(
                  entry.reference(),
                  entry.amount(),
                  entry.booked(),
                  entry.amount() >= 0 ? Entries.Code.RECEIVED : Entries.Code.SENT,
                  null,
                  "special wage account"));
        }
      }
    }
  }

  private static Camt053.Header header(String message, OffsetDateTime at, Statement of) {
    return new Camt053.Header(
        message,
        at,
        "S" + of.sequence() + "-" + of.page(),
        of.account(),
        null,
        of.day(),
        of.opening(),
        of.closing(),
        new Camt053.Part(of.sequence(), of.page(), of.last()));
  }
}
