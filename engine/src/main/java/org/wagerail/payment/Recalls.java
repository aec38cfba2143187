package org.wagerail.payment;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.FourEyes;
import org.wagerail.mailbox.Outbox;

/**
 * Payments that the bank asks back, each once. Two persons decide it; {@link RecallDecision} tells
 * whether it may be; {@link Clearing} hears what is answered.
 */
@Component
public class Recalls {
  /**
   * A recall on its way out; amount in minor units.
   *
   * @param packageId message identification of the pacs.008 that carried the payment
   */
  public record Request(
      TxId txId,
      String endToEnd,
      long amount,
      LocalDate settlementDate,
      String participant,
      String packageId,
      RecallReason reason) {
    /** What the message is sent for. */
    public String subject() {
      return "recall " + txId;
    }
  }

  private record Standing(boolean sent, boolean recalled) {}

  private final JdbcClient jdbc;
  private final EventLog events;
  private final Payments payments;
  private final Outbox outbox;

  Recalls(JdbcClient jdbc, EventLog events, Payments payments, Outbox outbox) {
    this.jdbc = jdbc;
    this.events = events;
    this.payments = payments;
    this.outbox = outbox;
  }

  /**
   * Asks a payment back.
   *
   * @param evidence where the ground lies: the payer's letter, the case file
   * @return why not, or null
   */
  @Transactional
  public RecallDecision.@Nullable Refusal ask(
      int bank, Instant at, FourEyes by, TxId id, RecallReason reason, String evidence) {
    if (by.isOnePerson()) {
      return RecallDecision.Refusal.SAME_PERSON;
    }
    if (evidence.isBlank()) {
      return RecallDecision.Refusal.NO_EVIDENCE;
    }
    // The state must not change between the look and the asking.
    Clearing.lock(jdbc, bank);
    var standing =
        jdbc.sql(
                """
                SELECT EXISTS (SELECT 1 FROM package g
                                JOIN package_sent s ON s.bank = g.bank
                                     AND s.pay_month = g.pay_month AND s.package = g.package
                                WHERE g.bank = :bank AND g.pay_month = :month
                                  AND :payment BETWEEN g.package AND g.last_payment) AS sent,
                       EXISTS (SELECT 1 FROM recall c WHERE c.bank = :bank
                                  AND c.pay_month = :month AND c.payment = :payment) AS recalled
                """)
            .param("bank", bank)
            .param("month", id.month())
            .param("payment", id.payment())
            .query(Standing.class)
            .single();
    return switch (RecallDecision.ask(
        payments.state(bank, id), standing.sent(), standing.recalled())) {
      case RecallDecision.Refuse(var why) -> why;
      case RecallDecision.Ask(var stage) -> {
        record(bank, at, by, id, stage, reason, evidence);
        yield null;
      }
    };
  }

  private void record(
      int bank,
      Instant at,
      FourEyes by,
      TxId id,
      RecallDecision.Stage stage,
      RecallReason reason,
      String evidence) {
    jdbc.sql(
            """
            INSERT INTO recall (bank, pay_month, payment, stage, reason, maker, checker, evidence,
                                asked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            id.month(),
            id.payment(),
            stage.name(),
            reason.name(),
            by.maker(),
            by.checker(),
            evidence,
            Timestamp.from(at))
        .update();
    var canonical = "payment " + id + " " + stage + " reason " + reason;
    events.command(bank, at, by.toString(), "RECALL_PAYMENT", evidence, canonical);
    events.append(
        bank, at, List.of(new EventLog.Event("RECALL_ASKED", "payment " + id, canonical)));
  }

  /** Recalls that no message carries yet. */
  public List<Request> unsent(int bank) {
    return jdbc.sql(
            """
            SELECT c.pay_month, c.payment, coalesce(d.end_to_end, l.end_to_end) AS end_to_end,
                   p.amount, g.settlement_date, g.participant, g.package, c.reason
              FROM recall c
              JOIN payment p ON p.bank = c.bank AND p.pay_month = c.pay_month
                   AND p.payment = c.payment
              JOIN package g ON g.bank = p.bank AND g.pay_month = p.pay_month
                   AND p.payment BETWEEN g.package AND g.last_payment
              JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                   AND l.payroll = p.payroll AND l.line = p.line
              LEFT JOIN line_decision d ON d.bank = p.bank AND d.pay_month = p.pay_month
                   AND d.payroll = p.payroll AND d.line = p.line AND d.decision = p.decision
             WHERE c.bank = ?
               AND NOT EXISTS (SELECT 1 FROM recall_sent s WHERE s.bank = c.bank
                                  AND s.pay_month = c.pay_month AND s.payment = c.payment)
             ORDER BY c.pay_month, c.payment
            """)
        .param(bank)
        .query(
            (row, _) ->
                new Request(
                    new TxId(row.getInt("pay_month"), row.getLong("payment")),
                    row.getString("end_to_end"),
                    row.getLong("amount"),
                    row.getDate("settlement_date").toLocalDate(),
                    row.getString("participant"),
                    Payments.Package.messageId(row.getInt("pay_month"), row.getLong("package")),
                    RecallReason.valueOf(row.getString("reason"))))
        .list();
  }

  /** Puts recalls' messages out; their bytes are kept already. */
  @Transactional
  public void sent(
      int bank,
      int month,
      Instant at,
      List<Request> requests,
      List<Outbox.OutboundMessage> messages) {
    jdbc.sql(
            """
            INSERT INTO recall_sent (bank, pay_month, payment)
            SELECT ?, q.* FROM unnest(?, ?) AS q (pay_month, payment)
            """)
        .params(
            bank,
            requests.stream().map(r -> r.txId().month()).toArray(Integer[]::new),
            requests.stream().map(r -> r.txId().payment()).toArray(Long[]::new))
        .update();
    outbox.put(bank, month, at, messages);
  }
}
