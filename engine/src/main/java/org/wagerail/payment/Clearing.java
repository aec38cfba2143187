package org.wagerail.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
  public record Part(InboundDocument document, List<ClearingReply> replies, boolean last) {
    @Override
    public String toString() {
      return document.toString();
    }
  }

  /** What a block of replies did. */
  public record Outcome(int settled, int rejected, int returned, int unchanged, int exceptions) {}

  private record Known(long payroll, long wageBook, long amount, PaymentState state) {}

  private record Result(
      TxId id, long payroll, PaymentState next, @Nullable String reason, InboundDocument document) {
    Payroll ofPayroll() {
      return new Payroll(id.month(), payroll);
    }
  }

  private record Payroll(int month, long payroll) {}

  private record Noted(
      TxId id, RecallDecision.Fate fate, ClearingReply.RecallWord word, InboundDocument document) {}

  /** The accounts of one movement, so that a block books each once. */
  private record Way(EntryKind kind, long debited, long credited) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      int byKind = kind.compareTo(other.kind);
      int byDebited = byKind != 0 ? byKind : Long.compare(debited, other.debited);
      return byDebited != 0 ? byDebited : Long.compare(credited, other.credited);
    }
  }

  /** How our packages are called, see {@link Payments.Package#messageId}. */
  private static final Pattern PACKAGE = Pattern.compile("P([0-9]{6})-([0-9]{1,18})");

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Numbers numbers;
  private final EventLog events;
  private final Inbox inbox;
  private final Journal journal;
  private final Accounts accounts;
  private final Exceptions exceptions;

  Clearing(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      Numbers numbers,
      EventLog events,
      Inbox inbox,
      Journal journal,
      Accounts accounts,
      Exceptions exceptions) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.numbers = numbers;
    this.events = events;
    this.inbox = inbox;
    this.journal = journal;
    this.accounts = accounts;
    this.exceptions = exceptions;
  }

  /**
   * Takes a block of replies. One transaction; a bank's replies are decided one block after the
   * other, so that of two contradictory answers one is the first.
   */
  @Transactional
  public Outcome take(int bank, LocalDate businessDate, Instant at, List<Part> block) {
    keyLookups.only();
    lock(jdbc, bank);
    var known = known(bank, block);
    var packages = packages(bank, block);
    var fates = fates(bank, block);
    var noted = new ArrayList<Noted>();
    var results = new ArrayList<Result>();
    var problems = new ArrayList<Exceptions.Problem>();
    var ways = new TreeMap<Way, Long>();
    var wayOf = new ArrayList<Way>();
    int unchanged = 0;
    long inClearing = accounts.own(bank, AccountKind.IN_CLEARING);
    long settlement = accounts.own(bank, AccountKind.SETTLEMENT);
    for (var part : block) {
      for (var reply : part.replies()) {
        var id = TxId.read(reply.txId());
        var payment = id == null ? null : known.get(id);
        if (payment != null && !packages.carry(reply, Objects.requireNonNull(id))) {
          problems.add(problem(reply, ClearingDecision.Kind.REFERENCE_DIFFERS, part.document()));
          continue;
        }
        if (reply instanceof ClearingReply.RecallWord word) {
          switch (RecallDecision.answer(
              payment == null ? null : payment.state(),
              id == null ? null : fates.get(id),
              word.word(),
              word.reason())) {
            case RecallDecision.Note(var fate) -> {
              var recalled = Objects.requireNonNull(id);
              fates.put(recalled, fate);
              noted.add(new Noted(recalled, fate, word, part.document()));
            }
            case RecallDecision.Exception(var kind) ->
                problems.add(problem(reply, kind, part.document()));
            case RecallDecision.Unchanged _ -> unchanged++;
          }
          continue;
        }
        var decision =
            ClearingDecision.decide(
                payment == null ? null : payment.state(),
                payment == null ? 0 : payment.amount(),
                reply);
        switch (decision) {
          case ClearingDecision.Unchanged _ -> unchanged++;
          case ClearingDecision.Exception(var kind) ->
              problems.add(problem(reply, kind, part.document()));
          case ClearingDecision.Move(var next, var from) -> {
            var moved = Objects.requireNonNull(payment);
            var paid = Objects.requireNonNull(id);
            known.put(paid, new Known(moved.payroll(), moved.wageBook(), moved.amount(), next));
            results.add(new Result(paid, moved.payroll(), next, reason(reply), part.document()));
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
    // Told last, after accounts are locked.
    var told = new ArrayList<>(exceptions.open(bank, at, problems));
    note(bank, at, noted);
    long replies = numbers.take(bank, "replies", 1);
    answer(bank, replies, results);
    book(bank, businessDate, at, ways, "replies " + replies, results, wayOf, block);
    noted.forEach(
        n -> told.add(new EventLog.Event("RECALL_ANSWERED", "payment " + n.id(), n.fate().name())));
    if (!told.isEmpty()) {
      events.append(bank, at, told);
    }
    return outcome(results, unchanged, problems.size());
  }

  /** Makes whoever decides about a bank's payments wait for the one before, until the commit. */
  static void lock(JdbcClient jdbc, int bank) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7246, ?)").param(bank).query(row -> {});
  }

  private static Way way(PaymentState next, long from, long settlement, long wageBook) {
    return switch (next) {
      case SETTLED -> new Way(EntryKind.WAGES_SETTLED, from, settlement);
      case REJECTED -> new Way(EntryKind.WAGES_REJECTED, from, wageBook);
      case RETURNED -> new Way(EntryKind.WAGES_RETURNED, from, wageBook);
      case IN_CLEARING, UNKNOWN ->
          throw new IllegalArgumentException("no reply leads back into clearing");
    };
  }

  private static @Nullable String reason(ClearingReply reply) {
    return switch (reply) {
      case ClearingReply.Rejection(_, _, var reason) -> reason;
      case ClearingReply.Return(_, _, _, var reason) -> reason;
      case ClearingReply.RecallWord(_, _, _, var reason) -> reason;
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
            SELECT p.pay_month, p.payment, p.payroll, p.wage_book, p.amount,
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
              var state = row.getString(6);
              known.put(
                  new TxId(row.getInt(1), row.getLong(2)),
                  new Known(
                      row.getLong(3),
                      row.getLong(4),
                      row.getLong(5),
                      state == null ? PaymentState.IN_CLEARING : PaymentState.valueOf(state)));
            });
    return known;
  }

  /** The packages that a block's replies name, by MsgId. */
  private record Packages(Map<String, Payments.Package> byMsgId) {
    /** Whether a payment went out in the package that a reply names, where it names one. */
    boolean carry(ClearingReply reply, TxId id) {
      if (reply.original() == null) {
        return true;
      }
      var named = byMsgId.get(reply.original());
      return named != null
          && named.month() == id.month()
          && named.number() <= id.payment()
          && id.payment() <= named.lastPayment();
    }
  }

  private Packages packages(int bank, List<Part> block) {
    var named =
        block.stream()
            .flatMap(part -> part.replies().stream())
            .map(ClearingReply::original)
            .filter(Objects::nonNull)
            .distinct()
            .map(PACKAGE::matcher)
            .filter(Matcher::matches)
            .toList();
    var byMsgId = new HashMap<String, Payments.Package>();
    jdbc.sql(
            """
            SELECT g.bank, g.pay_month AS month, g.package AS number, g.last_payment, g.participant,
                   g.settlement_date, g.payments, g.total
              FROM unnest(?, ?) AS q (month, package)
              JOIN package g ON g.bank = ? AND g.pay_month = q.month AND g.package = q.package
            """)
        .params(
            named.stream().map(m -> Integer.valueOf(m.group(1))).toArray(Integer[]::new),
            named.stream().map(m -> Long.valueOf(m.group(2))).toArray(Long[]::new),
            bank)
        .query(Payments.Package.class)
        .list()
        .forEach(each -> byMsgId.put(each.messageId(), each));
    return new Packages(byMsgId);
  }

  private static Exceptions.Problem problem(
      ClearingReply reply, ClearingDecision.Kind kind, InboundDocument source) {
    return new Exceptions.Problem(
        kind,
        reply.txId(),
        reply instanceof ClearingReply.RecallWord word
            ? "RECALL_" + word.word()
            : reply.getClass().getSimpleName().toUpperCase(Locale.ROOT),
        reason(reply),
        source.month(),
        source.document());
  }

  /** Where the recalls stand that a block speaks of; most blocks speak of none. */
  private Map<TxId, RecallDecision.Fate> fates(int bank, List<Part> block) {
    var ids =
        block.stream()
            .flatMap(part -> part.replies().stream())
            .filter(ClearingReply.RecallWord.class::isInstance)
            .map(reply -> TxId.read(reply.txId()))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    var fates = new HashMap<TxId, RecallDecision.Fate>();
    if (!ids.isEmpty()) {
      jdbc.sql(
              """
              SELECT c.pay_month, c.payment, a.word
                FROM unnest(?, ?) AS q (month, payment)
                JOIN recall c ON c.bank = ? AND c.pay_month = q.month AND c.payment = q.payment
                LEFT JOIN recall_answer a ON a.bank = c.bank AND a.pay_month = c.pay_month
                     AND a.payment = c.payment
              """)
          .params(
              ids.stream().map(TxId::month).toArray(Integer[]::new),
              ids.stream().map(TxId::payment).toArray(Long[]::new),
              bank)
          .query(
              row -> {
                var word = row.getString(3);
                fates.put(
                    new TxId(row.getInt(1), row.getLong(2)),
                    word == null ? RecallDecision.Fate.OPEN : RecallDecision.Fate.valueOf(word));
              });
    }
    return fates;
  }

  private void note(int bank, Instant at, List<Noted> noted) {
    if (noted.isEmpty()) {
      return;
    }
    bulk.copy(
        "recall_answer",
        "bank, pay_month, payment, word, reason, doc_month, document, at",
        noted,
        (n, row) ->
            row.integer(bank)
                .integer(n.id().month())
                .bigint(n.id().payment())
                .text(n.fate().name())
                .text(n.word().reason())
                .integer(n.document().month())
                .bigint(n.document().document())
                .timestamp(at));
  }

  private void answer(int bank, long replies, List<Result> results) {
    var answers = new HashMap<Payroll, Integer>();
    results.forEach(result -> answers.merge(result.ofPayroll(), 1, Math::addExact));
    bulk.copy(
        "payroll_answer",
        "bank, pay_month, payroll, replies, results",
        List.copyOf(answers.entrySet()),
        (answer, row) ->
            row.integer(bank)
                .integer(answer.getKey().month())
                .bigint(answer.getKey().payroll())
                .bigint(replies)
                .integer(answer.getValue()));
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
    var digest = BulkCopy.digest();
    var inOrder =
        IntStream.range(0, results.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> results.get(i).id().month())
                    .thenComparingLong(i -> results.get(i).id().payment())
                    .thenComparing(i -> results.get(i).next()))
            .toList();
    bulk.copy(
        "payment_result",
        "bank, pay_month, payment, stage, kind, reason, doc_month, document, subject, at",
        rows -> {
          rows.digestTo(digest);
          for (int i : inOrder) {
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
          List.of(
              new EventLog.Event(
                  "CLEARING_ANSWERED",
                  subject,
                  results.size() + " payments " + HexFormat.of().formatHex(digest.digest()))));
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
        case IN_CLEARING, UNKNOWN ->
            throw new IllegalStateException("no result leads back into clearing");
      }
    }
    return new Outcome(settled, rejected, returned, unchanged, exceptions);
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
                "CLEARING_UNREADABLE", "document " + document.document(), document.message())));
  }
}
