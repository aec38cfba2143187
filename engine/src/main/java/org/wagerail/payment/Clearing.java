package org.wagerail.payment;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.Accounts;
import org.wagerail.ledger.EntryKind;
import org.wagerail.ledger.Journal;
import org.wagerail.ledger.JournalEntry;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Inbox;

/** Takes what clearing answers, in blocks. */
@Component
public class Clearing {
  /** A document and some of its replies. */
  public record Part(InboundDocument document, List<ClearingReply> replies, boolean last) {}

  /** What a block of replies did. */
  public record Outcome(int settled, int rejected, int returned, int unchanged, int exceptions) {}

  private record Known(long wageBook, long amount, PaymentState state) {}

  private record Result(
      TxId id, PaymentState next, @Nullable String reason, InboundDocument document) {}

  private record Problem(ClearingReply reply, ClearingDecision.Kind kind, InboundDocument source) {}

  /** The accounts of one movement, so that a block books each once. */
  private record Way(EntryKind kind, long debited, long credited) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      int byKind = kind.compareTo(other.kind);
      int byDebited = byKind != 0 ? byKind : Long.compare(debited, other.debited);
      return byDebited != 0 ? byDebited : Long.compare(credited, other.credited);
    }
  }

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Numbers numbers;
  private final EventLog events;
  private final Inbox inbox;
  private final Journal journal;
  private final Accounts accounts;

  Clearing(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      Numbers numbers,
      EventLog events,
      Inbox inbox,
      Journal journal,
      Accounts accounts) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.numbers = numbers;
    this.events = events;
    this.inbox = inbox;
    this.journal = journal;
    this.accounts = accounts;
  }

  /**
   * Takes a block of replies. One transaction; a bank's replies are decided one block after the
   * other, so that of two contradictory answers one is the first.
   */
  @Transactional
  public Outcome take(int bank, LocalDate businessDate, Instant at, List<Part> block) {
    keyLookups.only();
    jdbc.sql("SELECT pg_advisory_xact_lock(7246, ?)").param(bank).query(row -> {});
    var known = known(bank, block);
    var results = new ArrayList<Result>();
    var problems = new ArrayList<Problem>();
    var ways = new TreeMap<Way, Long>();
    var wayOf = new ArrayList<Way>();
    int unchanged = 0;
    long inClearing = accounts.own(bank, AccountKind.IN_CLEARING);
    long settlement = accounts.own(bank, AccountKind.SETTLEMENT);
    for (var part : block) {
      for (var reply : part.replies()) {
        var id = TxId.read(reply.txId());
        var payment = id == null ? null : known.get(id);
        var decision =
            ClearingDecision.decide(
                payment == null ? null : payment.state(),
                payment == null ? 0 : payment.amount(),
                reply);
        switch (decision) {
          case ClearingDecision.Unchanged _ -> unchanged++;
          case ClearingDecision.Exception(var kind) ->
              problems.add(new Problem(reply, kind, part.document()));
          case ClearingDecision.Move(var next, var from) -> {
            var moved = Objects.requireNonNull(payment);
            var paid = Objects.requireNonNull(id);
            known.put(paid, new Known(moved.wageBook(), moved.amount(), next));
            results.add(new Result(paid, next, reason(reply), part.document()));
            var way =
                way(
                    next,
                    from == ClearingDecision.From.IN_CLEARING ? inClearing : settlement,
                    settlement,
                    moved.wageBook());
            ways.merge(way, moved.amount(), Math::addExact);
            wayOf.add(way);
          }
        }
      }
    }
    except(bank, at, problems);
    var subject = "replies " + numbers.take(bank, "replies", 1);
    book(bank, businessDate, at, ways, subject, results, wayOf, block);
    return outcome(results, unchanged, problems.size());
  }

  private static Way way(PaymentState next, long from, long settlement, long wageBook) {
    return switch (next) {
      case SETTLED -> new Way(EntryKind.WAGES_SETTLED, from, settlement);
      case REJECTED -> new Way(EntryKind.WAGES_REJECTED, from, wageBook);
      case RETURNED -> new Way(EntryKind.WAGES_RETURNED, from, wageBook);
      case IN_CLEARING -> throw new IllegalArgumentException("no reply leads back into clearing");
    };
  }

  private static @Nullable String reason(ClearingReply reply) {
    return switch (reply) {
      case ClearingReply.Rejection(_, var reason) -> reason;
      case ClearingReply.Return(_, _, var reason) -> reason;
      case ClearingReply.Settlement _, ClearingReply.Progress _ -> null;
    };
  }

  private Map<TxId, Known> known(int bank, List<Part> block) {
    var ids =
        block.stream()
            .flatMap(part -> part.replies().stream())
            .map(reply -> TxId.read(reply.txId()))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    var known = new HashMap<TxId, Known>(ids.size() * 2);
    jdbc.sql(
            """
            SELECT p.pay_month, p.payment, p.wage_book, p.amount,
                   (SELECT r.kind FROM payment_result r
                     WHERE r.bank = p.bank AND r.pay_month = p.pay_month AND r.payment = p.payment
                     ORDER BY r.stage DESC LIMIT 1)
              FROM unnest(?, ?) AS q (month, payment)
              JOIN payment p ON p.bank = ? AND p.pay_month = q.month AND p.payment = q.payment
            """)
        .params(
            ids.stream().map(TxId::month).toArray(Integer[]::new),
            ids.stream().map(TxId::payment).toArray(Long[]::new),
            bank)
        .query(
            row -> {
              var state = row.getString(5);
              known.put(
                  new TxId(row.getInt(1), row.getLong(2)),
                  new Known(
                      row.getLong(3),
                      row.getLong(4),
                      state == null ? PaymentState.IN_CLEARING : PaymentState.valueOf(state)));
            });
    return known;
  }

  private void except(int bank, Instant at, List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    long first = numbers.take(bank, "exception", problems.size());
    jdbc.sql(
            """
            INSERT INTO clearing_exception
              (bank, exception, kind, tx_id, said, reason, doc_month, document, opened_at)
            SELECT ?, ? + n - 1, kind, tx_id, said, reason, month, document, ?
              FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
                AS x (kind, tx_id, said, reason, month, document, n)
            ON CONFLICT DO NOTHING
            """)
        .params(
            bank,
            first,
            Timestamp.from(at),
            problems.stream().map(p -> p.kind().name()).toArray(String[]::new),
            problems.stream().map(p -> p.reply().txId()).toArray(String[]::new),
            problems.stream()
                .map(p -> p.reply().getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT))
                .toArray(String[]::new),
            problems.stream().map(p -> reason(p.reply())).toArray(String[]::new),
            problems.stream().map(p -> p.source().month()).toArray(Integer[]::new),
            problems.stream().map(p -> p.source().document()).toArray(Long[]::new))
        .update();
  }

  /** Results go in before any account is locked. */
  private void book(
      int bank,
      LocalDate businessDate,
      Instant at,
      TreeMap<Way, Long> ways,
      String subject,
      List<Result> results,
      List<Way> wayOf,
      List<Part> block) {
    var order = new ArrayList<>(ways.keySet());
    var place = new HashMap<Way, Integer>();
    order.forEach(way -> place.put(way, place.size()));
    bulk.copy(
        "payment_result",
        "bank, pay_month, payment, stage, kind, reason, doc_month, document, subject, at",
        rows -> {
          for (int i = 0; i < results.size(); i++) {
            var result = results.get(i);
            int nth = Objects.requireNonNull(place.get(wayOf.get(i)));
            rows.row(
                row ->
                    row.integer(bank)
                        .integer(result.id().month())
                        .bigint(result.id().payment())
                        .smallint(result.next() == PaymentState.RETURNED ? 2 : 1)
                        .text(result.next().name())
                        .text(result.reason())
                        .integer(result.document().month())
                        .bigint(result.document().document())
                        .text(subject + "/" + nth)
                        .timestamp(at));
          }
        });
    inbox.done(at, "READ", block.stream().filter(Part::last).map(Part::document).toList());
    var entries =
        order.stream()
            .map(
                way ->
                    JournalEntry.move(
                        way.kind(),
                        subject + "/" + place.get(way),
                        way.debited(),
                        way.credited(),
                        Objects.requireNonNull(ways.get(way))))
            .toList();
    journal.post(bank, businessDate, at, entries, List.of());
    if (!results.isEmpty()) {
      events.append(
          bank,
          at,
          List.of(new EventLog.Event("CLEARING_ANSWERED", subject, results.size() + " payments")));
    }
  }

  private static Outcome outcome(List<Result> results, int unchanged, int exceptions) {
    int settled = 0;
    int rejected = 0;
    int returned = 0;
    for (var result : results) {
      switch (result.next()) {
        case SETTLED -> settled++;
        case REJECTED -> rejected++;
        case RETURNED -> returned++;
        case IN_CLEARING -> throw new IllegalStateException("no result leads back into clearing");
      }
    }
    return new Outcome(settled, rejected, returned, unchanged, exceptions);
  }

  /** Sets a document aside that cannot be read: nothing of it counts, a person looks at it. */
  @Transactional
  public void setAside(int bank, Instant at, InboundDocument document) {
    inbox.done(at, "UNREADABLE", List.of(document));
    events.append(
        bank,
        at,
        List.of(
            new EventLog.Event(
                "CLEARING_UNREADABLE", "document " + document.document(), document.message())));
  }

  /**
   * Opens an exception for each payment sent on or before a day that clearing has not answered:
   * silence is no verdict, so nothing else changes.
   *
   * @return how many are new
   */
  @Transactional
  public int silent(int bank, LocalDate sentBy, Instant at) {
    var silent =
        jdbc.sql(
                """
                SELECT p.pay_month AS month, p.payment
                  FROM package g
                  JOIN payment p ON p.bank = g.bank AND p.pay_month = g.pay_month
                       AND p.payment BETWEEN g.package AND g.last_payment
                 WHERE g.bank = ? AND g.settlement_date <= ?
                   AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                      AND r.pay_month = p.pay_month AND r.payment = p.payment)
                """)
            .params(bank, sentBy)
            .query(TxId.class)
            .list();
    if (silent.isEmpty()) {
      return 0;
    }
    long first = numbers.take(bank, "exception", silent.size());
    return jdbc.sql(
            """
            INSERT INTO clearing_exception (bank, exception, kind, tx_id, said, opened_at)
            SELECT ?, ? + n - 1, 'NO_ANSWER', tx_id, '', ?
              FROM unnest(?) WITH ORDINALITY AS x (tx_id, n)
            ON CONFLICT DO NOTHING
            """)
        .params(
            bank,
            first,
            Timestamp.from(at),
            silent.stream().map(TxId::toString).toArray(String[]::new))
        .update();
  }
}
