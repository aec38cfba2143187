package org.wagerail.payment;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.evidence.EventLog;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.BusinessCalendar;
import org.wagerail.project.Calendars;
import org.wagerail.project.Parameters;

/**
 * What clearing is asked about: payments that it has not answered in time. Silence is no verdict;
 * such a payment is unknown until an answer or clearing's report of the day tells, it is asked
 * about once, and it is never sent again.
 */
@Component
public class Inquiries {
  /**
   * A package and those of its payments that are silent.
   *
   * @param of the package
   * @param silent in the order of their numbers; maybe none
   */
  public record Silence(Payments.Package of, List<TxId> silent) {
    /** Whether clearing has said nothing about the whole package. */
    public boolean isWhole() {
      return silent.size() == of.payments();
    }

    /** What the question is sent for. */
    public String subject() {
      return "inquiry " + of.month() + "/" + of.number();
    }
  }

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final EventLog events;
  private final Outbox outbox;
  private final Exceptions exceptions;
  private final Parameters parameters;
  private final Calendars calendars;

  Inquiries(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      EventLog events,
      Outbox outbox,
      Exceptions exceptions,
      Parameters parameters,
      Calendars calendars) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.events = events;
    this.outbox = outbox;
    this.exceptions = exceptions;
    this.parameters = parameters;
    this.calendars = calendars;
  }

  /**
   * Whether the time to answer has passed: so many working days after the settlement date, which is
   * not counted, the limit's own day included.
   */
  static boolean isOverdue(
      BusinessCalendar calendar, LocalDate settlementDate, int days, LocalDate today) {
    return !calendar.plusWorkingDays(settlementDate, days).isAfter(today);
  }

  /** Packages whose answers are due by a day and that nobody has looked at since. */
  public List<Payments.Package> due(int bank, LocalDate today) {
    var unlooked =
        jdbc.sql(
                """
                SELECT p.bank, p.pay_month AS month, p.package AS number, p.last_payment,
                       p.participant, p.settlement_date, p.payments, p.total
                  FROM package p
                  JOIN package_sent s ON s.bank = p.bank AND s.pay_month = p.pay_month
                       AND s.package = p.package
                 WHERE p.bank = ? AND p.settlement_date <= ?
                   AND NOT EXISTS (SELECT 1 FROM answer_check c WHERE c.bank = p.bank
                                      AND c.pay_month = p.pay_month AND c.package = p.package)
                 ORDER BY p.pay_month, p.package
                """)
            .params(bank, today)
            .query(Payments.Package.class)
            .list();
    if (unlooked.isEmpty()) {
      return List.of();
    }
    var set = parameters.of(bank, "");
    var calendar = calendars.named(set.text("calendar", today));
    int days = Math.toIntExact(set.number("answer-days", today));
    var overdue = new HashMap<LocalDate, Boolean>();
    return unlooked.stream()
        .filter(
            p ->
                overdue.computeIfAbsent(
                    p.settlementDate(), date -> isOverdue(calendar, date, days, today)))
        .toList();
  }

  /** Looks which payments of packages are silent. */
  @Transactional(readOnly = true)
  public List<Silence> look(int bank, List<Payments.Package> packages) {
    keyLookups.only();
    var silent = new ArrayList<List<TxId>>(packages.size());
    packages.forEach(_ -> silent.add(new ArrayList<>()));
    jdbc.sql(
            """
            SELECT q.n, p.pay_month, p.payment
              FROM unnest(?, ?, ?) WITH ORDINALITY AS q (month, first, last, n)
              JOIN payment p ON p.bank = ? AND p.pay_month = q.month
                   AND p.payment BETWEEN q.first AND q.last
             WHERE NOT EXISTS (SELECT 1 FROM payment_result r WHERE r.bank = p.bank
                                  AND r.pay_month = p.pay_month AND r.payment = p.payment)
             ORDER BY q.n, p.payment
            """)
        .params(
            packages.stream().map(Payments.Package::month).toArray(Integer[]::new),
            packages.stream().map(Payments.Package::number).toArray(Long[]::new),
            packages.stream().map(Payments.Package::lastPayment).toArray(Long[]::new),
            bank)
        .query(
            row -> {
              silent.get(row.getInt(1) - 1).add(new TxId(row.getInt(2), row.getLong(3)));
            });
    var silences = new ArrayList<Silence>(packages.size());
    for (int i = 0; i < packages.size(); i++) {
      silences.add(new Silence(packages.get(i), silent.get(i)));
    }
    return silences;
  }

  /**
   * Notes that packages were looked at: what is silent is unknown from now on, an exception each,
   * an alarm for each package, and the questions go out. Their bytes are kept already.
   *
   * @param month in which the questions go out, yyyymm
   */
  @Transactional
  public void asked(
      int bank,
      int month,
      Instant at,
      List<Silence> silences,
      List<Outbox.OutboundMessage> questions) {
    bulk.copy(
        "answer_check",
        "bank, pay_month, package, silent, checked_at",
        silences,
        (s, row) ->
            row.integer(bank)
                .integer(s.of().month())
                .bigint(s.of().number())
                .integer(s.silent().size())
                .timestamp(at));
    var problems = new ArrayList<Exceptions.Problem>();
    var alarms = new ArrayList<EventLog.Event>();
    for (var silence : silences) {
      for (var id : silence.silent()) {
        problems.add(
            new Exceptions.Problem(
                ClearingDecision.Kind.NO_ANSWER, id.toString(), "", null, null, null));
      }
      if (!silence.silent().isEmpty()) {
        alarms.add(
            new EventLog.Event(
                "CLEARING_SILENT",
                silence.of().subject(),
                silence.silent().size() + " of " + silence.of().payments() + " payments"));
      }
    }
    if (alarms.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO payment_unknown (bank, pay_month, payment, package, asked_at)
            SELECT ?, month, payment, package, ? FROM unnest(?, ?, ?) AS q (month, payment, package)
            """)
        .params(
            bank,
            Timestamp.from(at),
            ids(silences).map(TxId::month).toArray(Integer[]::new),
            ids(silences).map(TxId::payment).toArray(Long[]::new),
            silences.stream()
                .flatMap(s -> s.silent().stream().map(_ -> s.of().number()))
                .toArray(Long[]::new))
        .update();
    alarms.addAll(exceptions.open(bank, at, problems));
    outbox.put(bank, month, at, questions);
    events.append(bank, at, alarms);
  }

  private static java.util.stream.Stream<TxId> ids(List<Silence> silences) {
    return silences.stream().flatMap(s -> s.silent().stream());
  }
}
