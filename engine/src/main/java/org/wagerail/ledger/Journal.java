package org.wagerail.ledger;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;

/**
 * The only writer of the books. Works in sets and joins the caller's transaction: accounts are
 * locked in one sorted order and written once, so call it last and commit at once.
 */
@Component
public class Journal {
  /** A wish to hold an amount of an account for a subject. */
  public record Reservation(long account, long amount, String subject) {}

  /** A hold on its way out with the entry that uses it. */
  public record Held(long hold, long account, long amount) {}

  /** What an account has, as its locked row says. */
  public record Standing(AccountKind kind, long balance, long held, long version) {
    /** Balance less holds. */
    public long available() {
      return balance - held;
    }
  }

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;
  private final Months months;
  private final LockWatch watch = new LockWatch();

  Journal(JdbcClient jdbc, Numbers numbers, EventLog events, Months months) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
    this.months = months;
  }

  /** Locks accounts, in the one order that everybody uses, until the caller's commit. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Standing> lock(int bank, TreeSet<Long> accounts) {
    var standings = new HashMap<Long, Standing>();
    jdbc.sql(
            """
            SELECT b.account, a.kind, b.balance, b.held, b.version
              FROM account_balance b JOIN account a USING (bank, account)
             WHERE b.bank = ? AND b.account = ANY (?) ORDER BY b.account FOR UPDATE OF b
            """)
        .params(bank, accounts.toArray(Long[]::new))
        .query(
            row -> {
              standings.put(
                  row.getLong(1),
                  new Standing(
                      AccountKind.valueOf(row.getString(2)),
                      row.getLong(3),
                      row.getLong(4),
                      row.getLong(5)));
            });
    watch.begin();
    for (var account : accounts) {
      if (!standings.containsKey(account)) {
        throw new IllegalArgumentException("no account " + account + " at bank " + bank);
      }
    }
    return standings;
  }

  /**
   * The longest that any transaction held accounts locked, from the lock to the commit, since this
   * was last asked.
   */
  public Duration longestLock() {
    return watch.longest();
  }

  /**
   * Numbers for holds, to be taken before any account is locked: it is a transaction of its own,
   * whose commit waits for the disk.
   *
   * @return the first of {@code count} numbers in a row
   */
  public long holdNumbers(int bank, int count) {
    return numbers.take(bank, "hold", count);
  }

  /**
   * Holds money on accounts that the caller has locked and found able.
   *
   * @param first the first reservation's number; the others follow it
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void hold(
      int bank, Instant at, HoldClass holdClass, long first, List<Reservation> reservations) {
    if (reservations.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            WITH placed AS (
              INSERT INTO hold (bank, hold, account, class, rank, amount, subject, placed_at)
              SELECT ?, ? + n - 1, account, ?, ? + n - 1, amount, subject, ?
                FROM unnest(?, ?, ?) WITH ORDINALITY AS r (account, amount, subject, n)
              RETURNING account, amount)
            UPDATE account_balance b SET held = b.held + p.amount
              FROM (SELECT account, sum(amount)::bigint AS amount FROM placed GROUP BY account) p
             WHERE b.bank = ? AND b.account = p.account
            """)
        .params(
            bank,
            first,
            holdClass.name(),
            first,
            Timestamp.from(at),
            reservations.stream().map(Reservation::account).toArray(Long[]::new),
            reservations.stream().map(Reservation::amount).toArray(Long[]::new),
            reservations.stream().map(Reservation::subject).toArray(String[]::new),
            bank)
        .update();
  }

  /**
   * Books entries, and ends the holds that they use up.
   *
   * @param bookMonth yyyymm of the business date
   * @return the entries' numbers, in order
   * @throws ForbiddenDebit when a debit is not lawful or not covered; the caller rolls back
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Long> post(
      int bank,
      LocalDate businessDate,
      Instant at,
      List<JournalEntry> entries,
      List<Held> consumed) {
    if (entries.isEmpty()) {
      return List.of();
    }
    int month = businessDate.getYear() * 100 + businessDate.getMonthValue();
    months.open(month);
    end(bank, at, consumed);
    // Its commit brings to the disk what the caller wrote so far, so that the commit which ends the
    // accounts' lock has little left to wait for.
    long firstEntry = numbers.take(bank, "entry", entries.size());
    var touched = new TreeSet<Long>();
    entries.forEach(e -> e.legs().forEach(leg -> touched.add(leg.account())));
    consumed.forEach(hold -> touched.add(hold.account()));
    var before = lock(bank, touched);
    var after = new HashMap<>(before);
    for (var hold : consumed) {
      after.computeIfPresent(
          hold.account(),
          (_, s) -> new Standing(s.kind(), s.balance(), s.held() - hold.amount(), s.version()));
    }
    var postings = new Postings();
    for (int i = 0; i < entries.size(); i++) {
      for (var leg : entries.get(i).legs()) {
        var next = apply(entries.get(i), leg, after);
        postings.add(firstEntry + i, leg, next);
      }
    }
    for (var account : after.entrySet()) {
      if (account.getValue().kind().keepsWhatIsHeld() && account.getValue().available() < 0) {
        throw new ForbiddenDebit(
            ForbiddenDebit.Ground.MORE_THAN_AVAILABLE,
            entries.getFirst().subject(),
            account.getKey());
      }
    }
    long firstEvent =
        events.append(
            bank,
            at,
            entries.stream()
                .map(e -> new EventLog.Event("BOOKED", e.subject(), told(e, businessDate)))
                .toList());
    write(bank, month, businessDate, at, entries, firstEntry, firstEvent, postings, after);
    var booked = new ArrayList<Long>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      booked.add(firstEntry + i);
    }
    return booked;
  }

  /** All that an entry says, so that its event proves it. */
  private static String told(JournalEntry entry, LocalDate businessDate) {
    return entry.legs().stream()
        .map(leg -> leg.account() + " " + leg.amount())
        .collect(Collectors.joining(", ", entry.kind() + " on " + businessDate + ": ", ""));
  }

  private static Standing apply(
      JournalEntry entry, JournalEntry.Leg leg, Map<Long, Standing> after) {
    var old = java.util.Objects.requireNonNull(after.get(leg.account()));
    if (leg.amount() < 0 && old.kind() == AccountKind.WAGE_BOOK && !entry.kind().leavesWageBook()) {
      throw new ForbiddenDebit(
          ForbiddenDebit.Ground.NOT_ON_THE_CLOSED_LIST,
          entry.kind() + " " + entry.subject(),
          leg.account());
    }
    var next =
        new Standing(
            old.kind(), Math.addExact(old.balance(), leg.amount()), old.held(), old.version() + 1);
    after.put(leg.account(), next);
    return next;
  }

  private void end(int bank, Instant at, List<Held> consumed) {
    if (!consumed.isEmpty()) {
      jdbc.sql(
              """
              INSERT INTO hold_end (bank, hold, outcome, ended_at)
              SELECT ?, hold, 'CONSUMED', ? FROM unnest(?) AS h (hold)
              """)
          .params(bank, Timestamp.from(at), consumed.stream().map(Held::hold).toArray(Long[]::new))
          .update();
    }
  }

  private void write(
      int bank,
      int month,
      LocalDate businessDate,
      Instant at,
      List<JournalEntry> entries,
      long firstEntry,
      long firstEvent,
      Postings postings,
      Map<Long, Standing> after) {
    var accounts = new ArrayList<>(after.keySet());
    var standings =
        accounts.stream().map(after::get).map(java.util.Objects::requireNonNull).toList();
    jdbc.sql(
            """
            WITH entered AS (
              INSERT INTO journal_entry
                (bank, book_month, entry, kind, subject, business_date, booked_at, seq)
              SELECT ?, ?, ? + n - 1, kind, subject, ?, ?, ? + n - 1
                FROM unnest(?, ?) WITH ORDINALITY AS e (kind, subject, n)),
            moved AS (
              UPDATE account_balance b SET balance = s.balance, held = s.held, version = s.version
                FROM unnest(?, ?, ?, ?) AS s (account, balance, held, version)
               WHERE b.bank = ? AND b.account = s.account)
            INSERT INTO posting (bank, book_month, entry, leg, account, amount, balance_after, version)
            SELECT ?, ?, p.* FROM unnest(?, ?, ?, ?, ?, ?) AS p
            """)
        .params(
            bank,
            month,
            firstEntry,
            businessDate,
            Timestamp.from(at),
            firstEvent,
            entries.stream().map(e -> e.kind().name()).toArray(String[]::new),
            entries.stream().map(JournalEntry::subject).toArray(String[]::new),
            accounts.toArray(Long[]::new),
            standings.stream().map(Standing::balance).toArray(Long[]::new),
            standings.stream().map(Standing::held).toArray(Long[]::new),
            standings.stream().map(Standing::version).toArray(Long[]::new),
            bank,
            bank,
            month,
            postings.entry.toArray(Long[]::new),
            postings.leg.toArray(Short[]::new),
            postings.account.toArray(Long[]::new),
            postings.amount.toArray(Long[]::new),
            postings.balanceAfter.toArray(Long[]::new),
            postings.version.toArray(Long[]::new))
        .update();
  }

  /** Postings as columns, as a set is written. */
  private static final class Postings {
    private final List<Long> entry = new ArrayList<>();
    private final List<Short> leg = new ArrayList<>();
    private final List<Long> account = new ArrayList<>();
    private final List<Long> amount = new ArrayList<>();
    private final List<Long> balanceAfter = new ArrayList<>();
    private final List<Long> version = new ArrayList<>();

    private void add(long number, JournalEntry.Leg posted, Standing next) {
      int count = entry.size();
      leg.add((short) (count > 0 && entry.get(count - 1) == number ? leg.get(count - 1) + 1 : 1));
      entry.add(number);
      account.add(posted.account());
      amount.add(posted.amount());
      balanceAfter.add(next.balance());
      version.add(next.version());
    }
  }
}
