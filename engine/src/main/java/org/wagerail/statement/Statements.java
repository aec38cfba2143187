package org.wagerail.statement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.ledger.EntryKind;
import org.wagerail.mailbox.Outbox;

/**
 * What contractors are told of their wage books: each entry once, and each day with entries once
 * when it is over. Read as sets, apart from what books.
 */
@Component
public class Statements {
  /**
   * One entry on a wage book.
   *
   * @param month yyyymm of the books
   * @param subject what it was booked for
   * @param amount minor units; credit positive, debit negative
   * @param payments how many it paid; null where that is not one number
   * @param version its place among all postings of the wage book
   */
  public record Item(
      int month,
      long entry,
      EntryKind kind,
      String subject,
      long amount,
      LocalDate day,
      @Nullable Integer payments,
      long version) {
    /** The bank's own reference of the entry. */
    public String reference() {
      return "E" + month + "-" + entry;
    }
  }

  /**
   * Entries of one wage book on one business day; balances in minor units.
   *
   * @param account number of the special account
   * @param project its code
   */
  public record Day(
      long wageBook,
      String account,
      String project,
      String projectName,
      LocalDate day,
      long opening,
      long closing,
      List<Item> items) {
    /** What a statement of it is sent for. */
    public String statement() {
      return "statement " + wageBook + " " + day;
    }

    /** What a notification of its entries up to the last is sent for. */
    public String notification() {
      return "entries " + wageBook + " up to " + items.getLast().version();
    }
  }

  /** A day that nobody was told of for so long is for a person to look at. */
  private static final int DAYS_BACK = 31;

  private static final String ENTRIES =
      """
      SELECT w.wage_book, s.number, j.code, j.name, e.business_date, p.balance_after, p.amount,
             e.book_month, e.entry, e.kind, e.subject,
             CASE WHEN e.kind = 'WAGES' THEN (
               SELECT r.payments FROM run_paid r WHERE r.bank = e.bank
                  AND r.pay_month = substring(e.subject FROM '^run ([0-9]{6})/')::integer
                  AND r.run = substring(e.subject FROM '/([0-9]+)$')::bigint) END,
             p.version
        FROM journal_entry e
        JOIN posting p ON p.bank = e.bank AND p.book_month = e.book_month AND p.entry = e.entry
        JOIN wage_book w ON w.bank = p.bank AND w.wage_book = p.account
        JOIN special_account s ON s.bank = w.bank AND s.special_account = w.special_account
        JOIN project j ON j.bank = w.bank AND j.project = w.project
       WHERE e.bank = :bank AND e.book_month >= :month AND e.business_date >= :from
         AND e.business_date < :until
      """;

  private final JdbcClient jdbc;
  private final Outbox outbox;

  Statements(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /**
   * Days before today whose statements are not made, by wage book and day.
   *
   * @param kind ISO name of the statement
   */
  public List<Day> unstated(int bank, LocalDate today, String kind) {
    return days(
        bank,
        today,
        today,
        """
         AND NOT EXISTS (SELECT 1 FROM outbound_message m WHERE m.bank = e.bank AND m.kind = :kind
                AND m.subject COLLATE "C" = 'statement ' || w.wage_book || ' ' || e.business_date)
        """,
        kind);
  }

  /**
   * Entries up to today that no notification has told of, by wage book and day. A wage book counts
   * its postings under its lock: the count that was told last says where to go on.
   *
   * @param kind ISO name of the notification
   */
  public List<Day> unnotified(int bank, LocalDate today, String kind) {
    return days(
        bank,
        today,
        today.plusDays(1),
        """
         AND p.version > ALL (
              SELECT substring(m.subject FROM '([0-9]+)$')::bigint FROM outbound_message m
               WHERE m.bank = e.bank AND m.kind = :kind
                 AND m.subject COLLATE "C" >= 'entries ' || w.wage_book || ' '
                 AND m.subject COLLATE "C" < 'entries ' || w.wage_book || '!')
        """,
        kind);
  }

  private List<Day> days(int bank, LocalDate today, LocalDate until, String untold, String kind) {
    var from = today.minusDays(DAYS_BACK);
    var days = new ArrayList<Day>();
    jdbc.sql(ENTRIES + untold + " ORDER BY w.wage_book, e.business_date, p.version")
        .param("bank", bank)
        .param("month", from.getYear() * 100 + from.getMonthValue())
        .param("from", from)
        .param("until", until)
        .param("kind", kind)
        .query(
            row -> {
              long wageBook = row.getLong(1);
              var day = row.getObject(5, LocalDate.class);
              long after = row.getLong(6);
              var item =
                  new Item(
                      row.getInt(8),
                      row.getLong(9),
                      EntryKind.valueOf(row.getString(10)),
                      row.getString(11),
                      row.getLong(7),
                      day,
                      row.getObject(12, Integer.class),
                      row.getLong(13));
              var last = days.isEmpty() ? null : days.getLast();
              if (last != null && last.wageBook() == wageBook && last.day().equals(day)) {
                days.removeLast();
                last.items().add(item);
                days.add(
                    new Day(
                        wageBook,
                        last.account(),
                        last.project(),
                        last.projectName(),
                        day,
                        last.opening(),
                        after,
                        last.items()));
              } else {
                days.add(
                    new Day(
                        wageBook,
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        day,
                        after - item.amount(),
                        after,
                        new ArrayList<>(List.of(item))));
              }
            });
    return days;
  }

  /** Puts the messages out; their bytes are kept already. */
  @Transactional
  public void told(int bank, int month, Instant at, List<Outbox.OutboundMessage> messages) {
    outbox.put(bank, month, at, messages);
  }
}
