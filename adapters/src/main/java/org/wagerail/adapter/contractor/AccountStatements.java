package org.wagerail.adapter.contractor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Entries;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.statement.Statements;

/**
 * Says by camt.053 how a contractor's wage book stood on a day, and by camt.054 what was booked on
 * it. Wages are one entry a run: what each worker got is told by pain.002 alone.
 */
@Component
public final class AccountStatements {
  private final MessageStore store;

  AccountStatements(MessageStore store) {
    this.store = store;
  }

  /** Writes a statement of each day and keeps its bytes. */
  public List<Outbox.OutboundMessage> statements(
      List<Statements.Day> days, Instant at, ZoneId zone) {
    var created = at.atZone(zone).toOffsetDateTime();
    return messages(
        days,
        Camt053.VERSION,
        "camt.053-",
        Statements.Day::statement,
        (day, out) -> statement(day, created, out));
  }

  /** Writes a notification of each day's entries and keeps its bytes. */
  public List<Outbox.OutboundMessage> notifications(
      List<Statements.Day> days, Instant at, ZoneId zone) {
    var created = at.atZone(zone).toOffsetDateTime();
    return messages(
        days,
        Camt054.VERSION,
        "camt.054-",
        Statements.Day::notification,
        (day, out) -> notification(day, created, out));
  }

  private List<Outbox.OutboundMessage> messages(
      List<Statements.Day> days,
      String version,
      String prefix,
      java.util.function.Function<Statements.Day, String> subject,
      BiConsumer<Statements.Day, OutputStream> write) {
    var messages = new ArrayList<Outbox.OutboundMessage>(days.size());
    for (var day : days) {
      try (var draft = store.draft()) {
        var buffered = new BufferedOutputStream(draft, 1 << 13);
        write.accept(day, buffered);
        buffered.flush();
        messages.add(
            new Outbox.OutboundMessage(
                Outbox.Counterpart.CONTRACTOR,
                prefix + subject.apply(day).replace(' ', '-') + ".xml",
                version,
                subject.apply(day),
                draft.keep(),
                null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return messages;
  }

  private static void statement(Statements.Day day, OffsetDateTime created, OutputStream out) {
    var id = "B" + day.wageBook() + "-" + day.day().toString().replace("-", "");
    try (var writer =
        Camt053.writer(
            out,
            new Camt053.Header(
                "S" + id,
                created,
                id,
                day.account(),
                name(day),
                day.day(),
                day.opening(),
                day.closing()))) {
      day.items().forEach(item -> writer.entry(booked(item)));
    }
  }

  private static void notification(Statements.Day day, OffsetDateTime created, OutputStream out) {
    var id = "B" + day.wageBook() + "-" + day.items().getLast().version();
    try (var writer = Camt054.writer(out, new Camt054.Header("N" + id, created))) {
      writer.account(id, day.account());
      day.items().forEach(item -> writer.entry(booked(item)));
    }
  }

  /** At most as long as the standard lets an account's name be. */
  private static String name(Statements.Day day) {
    var name = day.project() + " " + day.projectName();
    return name.codePointCount(0, name.length()) <= 70
        ? name
        : name.substring(0, name.offsetByCodePoints(0, 70));
  }

  private static Entries.Booked booked(Statements.Item item) {
    return new Entries.Booked(
        item.reference(),
        item.amount(),
        item.day(),
        code(item),
        item.payments(),
        item.kind() + " " + item.subject());
  }

  private static Entries.Code code(Statements.Item item) {
    return switch (item.kind()) {
      case WAGES -> Entries.Code.WAGES;
      case WAGES_REJECTED, WAGES_RETURNED -> Entries.Code.CAME_BACK;
      case OPENING,
          LABOUR_COST,
          UNASSIGNED,
          SENT_BACK,
          WAGES_SETTLED,
          COURT_TRANSFER_OF_WAGES,
          COURT_EXCESS,
          CREDIT_REVERSAL,
          CLOSING_BALANCE,
          CORRECTION,
          FEE,
          LOAN_REPAYMENT,
          SWEEP,
          OWNER_REFUND ->
          item.amount() >= 0 ? Entries.Code.RECEIVED : Entries.Code.SENT;
    };
  }
}
