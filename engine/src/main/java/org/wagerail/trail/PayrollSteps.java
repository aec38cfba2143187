package org.wagerail.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.money.Money;

/** What happened to a payroll as a whole: received, read, signed, answered. */
@Component
class PayrollSteps {
  /** A payroll; amounts in minor units. */
  record Row(
      int month,
      long payroll,
      int docMonth,
      long document,
      String message,
      String msgId,
      String verdict,
      int lines,
      long total,
      String findings,
      Instant readAt,
      @Nullable String contractor) {}

  private final JdbcClient jdbc;
  private final Records records;

  PayrollSteps(JdbcClient jdbc, Records records) {
    this.jdbc = jdbc;
    this.records = records;
  }

  /** A payroll by its number; null when there is none. */
  @Nullable Row row(int bank, int month, long payroll) {
    return jdbc.sql(
            """
            SELECT p.pay_month, p.payroll, p.doc_month, p.document, p.message, p.msg_id, p.verdict,
                   p.lines, p.total, p.findings, p.read_at, f.firm_name
              FROM payroll p LEFT JOIN party f ON f.bank = p.bank AND f.party = p.contractor
             WHERE p.bank = ? AND p.pay_month = ? AND p.payroll = ?
            """)
        .params(bank, month, payroll)
        .query((row, _) -> row(row))
        .optional()
        .orElse(null);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getInt(1),
        row.getLong(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getInt(8),
        row.getLong(9),
        row.getString(10),
        row.getTimestamp(11).toInstant(),
        row.getString(12));
  }

  /** What a payroll is, in a sentence. */
  static Words title(Row row) {
    var contractor = row.contractor() == null ? "-" : row.contractor();
    return Words.of(
        "工资表%d/%d（%s，标识%s），%s，%d笔，合计%s元",
        "Payroll %d/%d (%s, message %s) of %s: %d wages, CNY %s",
        row.month(),
        row.payroll(),
        row.message(),
        row.msgId(),
        contractor,
        row.lines(),
        Money.format(row.total(), 2));
  }

  /** How the file came in, once or more, and was read or refused. */
  List<Step> file(int bank, int month, long payroll) {
    var row = row(bank, month, payroll);
    if (row == null) {
      return List.of();
    }
    var document = records.received(bank, row.docMonth(), row.document(), row.msgId());
    var steps = new ArrayList<Step>();
    jdbc.sql(
            """
            SELECT d.received_at, NULL AS name FROM inbound_document d
             WHERE d.bank = ? AND d.month = ? AND d.document = ?
            UNION ALL
            SELECT r.received_at, r.name FROM inbound_repeat r
             WHERE r.bank = ? AND r.month = ? AND r.document = ?
            """)
        .params(bank, row.docMonth(), row.document(), bank, row.docMonth(), row.document())
        .query(
            arrival -> {
              var at = arrival.getTimestamp(1).toInstant();
              var again = arrival.getString(2);
              steps.add(
                  again == null
                      ? Step.of(
                              at,
                              Step.Kind.RECEIVED,
                              Words.of(
                                  "收到工资表文件（%s）",
                                  "the payroll's file is received (%s)", row.message()),
                              Grounds.ONCE)
                          .on(document)
                      : Step.of(
                              at,
                              Step.Kind.REPEATED,
                              Words.of(
                                  "同一文件再次收到（%s），返回原应答",
                                  "the same file comes again (%s) and is answered as before",
                                  again),
                              Grounds.ONCE)
                          .on(document));
            });
    steps.add(
        row.verdict().equals("REFUSED")
            ? Step.of(
                    row.readAt(),
                    Step.Kind.FILE_REFUSED,
                    Words.of(
                        "整份文件被拒绝，问题：%s",
                        "the file is refused as a whole; findings: %s", row.findings()),
                    Grounds.GRAMMAR)
                .on(document)
            : Step.of(
                    row.readAt(),
                    Step.Kind.READ,
                    Words.of("读取完毕，共%d笔", "read to its end: %d wages", row.lines()),
                    Grounds.GRAMMAR)
                .amounting(row.total())
                .on(document));
    return steps;
  }

  /** Who signed it. */
  List<Step> signatures(int bank, int month, long payroll) {
    record Signed(long person, Instant at) {}
    var signed =
        jdbc.sql(
                """
                SELECT person, released_at FROM release
                 WHERE bank = ? AND pay_month = ? AND payroll = ? ORDER BY released_at, person
                """)
            .params(bank, month, payroll)
            .query((row, _) -> new Signed(row.getLong(1), row.getTimestamp(2).toInstant()))
            .list();
    var persons = records.persons(bank, signed.stream().map(Signed::person).toList());
    return signed.stream()
        .map(
            s ->
                Step.of(
                        s.at(),
                        Step.Kind.SIGNED,
                        Words.of(
                            "以Ed25519签署工资表%d/%d的内容",
                            "signs the content of payroll %d/%d (Ed25519)", month, payroll),
                        Grounds.TWO_SIGNATURES)
                    .by(persons.get(s.person())))
        .toList();
  }

  /** What the contractor was told of it. */
  List<Step> messages(int bank, int month, long payroll) {
    var id = month + "/" + payroll;
    var sent = new ArrayList<Records.Sent>();
    // An answer goes out when the file has come, which may be a month before it is paid.
    sent.addAll(records.sent(bank, 0, "received " + id, ""));
    sent.addAll(records.sentAbout(bank, 0, "short " + id));
    sent.addAll(records.sentAbout(bank, 0, "answered " + id));
    return Records.told(Step.Kind.TOLD, sent, Grounds.TOLD);
  }
}
