package org.wagerail.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.money.Money;

/** What happened to a run: decided, reserved, debited. */
@Component
class RunSteps {
  /** Nobody decides a run: it is what follows at the cut-off. */
  private static final Words ENGINE = new Words("引擎，截止时间", "the engine, at the cut-off");

  /** A run; amounts in minor units. */
  record Row(
      int month,
      long run,
      long wageBook,
      LocalDate payDate,
      String outcome,
      int lines,
      long needed,
      long available,
      long paid,
      @Nullable Long hold,
      Instant decidedAt,
      String project) {}

  private static final String RUN =
      """
      SELECT r.pay_month, r.run, r.wage_book, r.pay_date, r.outcome, r.lines, r.needed, r.available,
             r.paid, r.hold, r.decided_at, j.code
        FROM pay_run r
        JOIN wage_book w ON w.bank = r.bank AND w.wage_book = r.wage_book
        JOIN project j ON j.bank = w.bank AND j.project = w.project
      """;

  private final JdbcClient jdbc;
  private final Records records;

  RunSteps(JdbcClient jdbc, Records records) {
    this.jdbc = jdbc;
    this.records = records;
  }

  /** A run by its number; null when there is none. */
  @Nullable Row row(int bank, int month, long run) {
    return jdbc.sql(RUN + " WHERE r.bank = ? AND r.pay_month = ? AND r.run = ?")
        .params(bank, month, run)
        .query((row, _) -> row(row))
        .optional()
        .orElse(null);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getInt(1),
        row.getLong(2),
        row.getLong(3),
        row.getObject(4, LocalDate.class),
        row.getString(5),
        row.getInt(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getObject(10, Long.class),
        row.getTimestamp(11).toInstant(),
        row.getString(12));
  }

  /** What a run is, in a sentence. */
  static Words title(Row row) {
    return Words.of(
        "发放批%d/%d：项目%s，付款日%s，%d笔，应付%s元，已付%s元",
        "Run %d/%d of project %s, pay date %s: %d wages, CNY %s needed, %s paid",
        row.month(),
        row.run(),
        row.project(),
        row.payDate(),
        row.lines(),
        Money.format(row.needed(), 2),
        Money.format(row.paid(), 2));
  }

  /** The runs that decided about a batch. */
  List<Step> ofBatch(int bank, long payroll, int batch) {
    return ofBatch(bank, payroll, batch, "", List.of());
  }

  /**
   * The runs that paid a line of a batch, or had too little money to.
   *
   * @param month of the payroll
   * @param since only those that knew of this event
   */
  List<Step> ofLine(int bank, int month, long payroll, int batch, int line, long since) {
    return ofBatch(
        bank,
        payroll,
        batch,
        """
         AND r.as_of >= ?
         AND (r.outcome <> 'FULL' OR EXISTS (
              SELECT 1 FROM payment x WHERE x.bank = b.bank AND x.pay_month = ? AND x.payroll = b.payroll
                 AND x.line = ? AND x.run_month = r.pay_month AND x.run = r.run))
        """,
        List.of(since, month, line));
  }

  private List<Step> ofBatch(
      int bank, long payroll, int batch, String which, List<Object> parameters) {
    var values = new ArrayList<Object>(List.of(bank, payroll, batch));
    values.addAll(parameters);
    var runs =
        jdbc.sql(
                RUN
                    + """
                     JOIN run_batch b ON b.bank = r.bank AND b.pay_month = r.pay_month AND b.run = r.run
                     WHERE b.bank = ? AND b.payroll = ? AND b.batch = ?
                    """
                    + which
                    + " ORDER BY r.pay_month, r.run")
            .params(values)
            .query((row, _) -> row(row))
            .list();
    var steps = new ArrayList<Step>();
    runs.forEach(run -> steps.addAll(of(bank, run)));
    return steps;
  }

  List<Step> of(int bank, Row run) {
    var steps = new ArrayList<Step>();
    steps.add(
        Step.of(
                run.decidedAt(),
                Step.Kind.RUN_DECIDED,
                Words.of(
                    "发放批%d/%d：%s；应付%s元，可用%s元，决定支付%s元",
                    "run %d/%d is decided %s: CNY %s needed, %s available, %s to be paid",
                    run.month(),
                    run.run(),
                    run.outcome(),
                    Money.format(run.needed(), 2),
                    Money.format(run.available(), 2),
                    Money.format(run.paid(), 2)),
                Grounds.shortMoney(run.outcome()))
            .by(ENGINE)
            .amounting(run.paid()));
    if (run.hold() != null) {
      jdbc.sql(
              """
              SELECT h.amount, h.placed_at, e.outcome FROM hold h
                LEFT JOIN hold_end e ON e.bank = h.bank AND e.hold = h.hold
               WHERE h.bank = ? AND h.hold = ?
              """)
          .params(bank, run.hold())
          .query(
              row -> {
                steps.add(
                    Step.of(
                            row.getTimestamp(2).toInstant(),
                            Step.Kind.RESERVED,
                            Words.of(
                                "分账%d预留资金（冻结额%d，%s）",
                                "money of wage book %d is reserved (hold %d, %s)",
                                run.wageBook(),
                                run.hold(),
                                row.getString(3) == null ? "OPEN" : row.getString(3)),
                            Grounds.OWN_BOOK)
                        .by(ENGINE)
                        .amounting(row.getLong(1)));
              });
    }
    var booked = records.booked(bank, run.month(), "run " + run.month() + "/" + run.run());
    if (booked != null) {
      steps.add(
          Step.of(
                  booked.at(),
                  Step.Kind.DEBITED,
                  Words.of(
                      "分账%d扣款，转入清算中",
                      "wage book %d is debited, in-clearing credited", run.wageBook()),
                  Grounds.CLOSED_LIST)
              .by(ENGINE)
              .amounting(run.paid())
              .booked(booked.entry()));
    }
    return steps;
  }
}
