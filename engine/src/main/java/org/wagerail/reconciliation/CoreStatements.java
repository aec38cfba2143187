package org.wagerail.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;

/** Keeps what the core system states of special wage accounts, as it states it. Judges nothing. */
@Component
public class CoreStatements {
  /** What a document says next: a page, then its lines. */
  public sealed interface Said {}

  /**
   * A page of a statement of one account and day.
   *
   * @param name its own identification
   * @param account number of the account
   * @param page from 1
   * @param last whether no page follows
   * @param sequence its number among the account's statements, null if it has none
   * @param opening balance before the day in minor units, null where the page does not say
   * @param closing balance after the day, null where the page does not say
   */
  public record Page(
      String name,
      String account,
      LocalDate day,
      int page,
      boolean last,
      @Nullable Long sequence,
      @Nullable Long opening,
      @Nullable Long closing)
      implements Said {}

  /**
   * A booked movement.
   *
   * @param reference ours for what we told the core system, else its own
   * @param amount minor units, credit positive; 0 for what is not in cents of CNY
   * @param valued from when it bears interest, null if it does not say
   */
  public record Line(String reference, long amount, LocalDate booked, @Nullable LocalDate valued)
      implements Said {}

  /**
   * What a document holds, before it is taken.
   *
   * @param pages how many
   * @param months of their days, yyyymm
   */
  public record Outline(int pages, Set<Integer> months) {}

  private record Read(Page page, long statement, int entries, long total) {}

  private final BulkCopy bulk;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;
  private final Inbox inbox;

  CoreStatements(BulkCopy bulk, Months months, Numbers numbers, EventLog events, Inbox inbox) {
    this.bulk = bulk;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
    this.inbox = inbox;
  }

  /** The month of a day, yyyymm. */
  public static int month(LocalDate day) {
    return day.getYear() * 100 + day.getMonthValue();
  }

  /** Takes a document whole: one that was cut off is read from its beginning. */
  @Transactional
  public void take(
      int bank, Instant at, InboundDocument document, Outline outline, Iterator<Said> said) {
    outline.months().forEach(months::open);
    long first = numbers.take(bank, "core_statement", outline.pages());
    var pages = new ArrayList<Read>();
    bulk.copy(
        "core_entry",
        "bank, month, statement, entry, reference, amount, booked, valued",
        rows -> {
          while (said.hasNext()) {
            switch (said.next()) {
              case Page page -> pages.add(new Read(page, first + pages.size(), 0, 0));
              case Line line -> {
                var of = pages.removeLast();
                var now =
                    new Read(
                        of.page(),
                        of.statement(),
                        of.entries() + 1,
                        Math.addExact(of.total(), line.amount()));
                pages.add(now);
                rows.row(
                    row ->
                        row.integer(bank)
                            .integer(month(now.page().day()))
                            .bigint(now.statement())
                            .integer(now.entries())
                            .text(line.reference())
                            .bigint(line.amount())
                            .date(line.booked())
                            .date(line.valued()));
              }
            }
          }
        });
    bulk.copy(
        "core_statement",
        "bank, month, statement, doc_month, document, name, account, day, page, last_page,"
            + " sequence, opening, closing, entries, total, read_at",
        pages,
        (read, row) ->
            row.integer(bank)
                .integer(month(read.page().day()))
                .bigint(read.statement())
                .integer(document.month())
                .bigint(document.document())
                .text(read.page().name())
                .text(read.page().account())
                .date(read.page().day())
                .integer(read.page().page())
                .flag(read.page().last())
                .bigint(read.page().sequence())
                .bigint(read.page().opening())
                .bigint(read.page().closing())
                .integer(read.entries())
                .bigint(read.total())
                .timestamp(at));
    inbox.done(at, "READ", List.of(document));
    events.append(
        bank,
        at,
        List.of(
            new EventLog.Event(
                "STATEMENTS_READ",
                "document " + document.month() + "/" + document.document(),
                pages.size()
                    + " pages, "
                    + pages.stream().mapToLong(Read::entries).sum()
                    + " entries, "
                    + pages.stream().mapToLong(Read::total).reduce(0, Math::addExact))));
  }

  /** Sets a document aside that cannot be read: nothing of it counts, a person looks at it. */
  @Transactional
  public void setAside(int bank, Instant at, InboundDocument document) {
    inbox.done(at, "SET_ASIDE", List.of(document));
    events.append(
        bank,
        at,
        List.of(
            new EventLog.Event(
                "STATEMENTS_SET_ASIDE",
                "document " + document.month() + "/" + document.document(),
                document.message())));
  }
}
