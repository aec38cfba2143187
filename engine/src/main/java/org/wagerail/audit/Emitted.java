package org.wagerail.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.payment.TxId;
import org.wagerail.project.BlindIndex;
import org.wagerail.secrecy.Vault;

/**
 * What the messages that went to clearing say, as rows of temporary tables, so that a province's
 * transfers are compared as a set. An account number is there as its blind index only.
 */
@Component
public class Emitted {
  /**
   * A transfer as a message says it.
   *
   * @param subject what the message was sent for
   * @param amount minor units, -1 when it is no amount
   */
  public record Transfer(
      long message,
      String subject,
      String txId,
      long amount,
      @Nullable String endToEnd,
      @Nullable String debtorAccount,
      @Nullable String creditorMember,
      @Nullable String creditorAccount) {}

  /**
   * A message's own figures beside those of its transfers, minor units; -1 for no amount.
   *
   * @param sender clearing member that sends it
   */
  public record Message(
      long message,
      String subject,
      @Nullable Long saidCount,
      @Nullable Long saidTotal,
      long counted,
      long summed,
      @Nullable String sender,
      @Nullable String participant,
      @Nullable LocalDate settlementDate) {}

  /** Where a page of messages puts what it read. */
  public static final class Page {
    private final Consumer<Transfer> transfers;
    private final List<Message> messages = new ArrayList<>();

    private Page(Consumer<Transfer> transfers) {
      this.transfers = transfers;
    }

    public void add(Transfer transfer) {
      transfers.accept(transfer);
    }

    public void add(Message message) {
      messages.add(message);
    }
  }

  private final JdbcClient jdbc;
  private final BulkCopy bulk;
  private final Vault vault;

  Emitted(JdbcClient jdbc, BulkCopy bulk, Vault vault) {
    this.jdbc = jdbc;
    this.bulk = bulk;
    this.vault = vault;
  }

  /** Begins with no messages, for the rest of the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void begin() {
    jdbc.sql(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS emitted (
              message bigint, subject text, tx_id text, month integer, payment bigint,
              amount bigint, end_to_end text, debtor text, member text, payee bytea)
            ON COMMIT DROP
            """)
        .update();
    jdbc.sql(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS emitted_message (
              message bigint, subject text, said_count bigint, said_total bigint, counted bigint,
              summed bigint, sender text, participant text, settlement_date date)
            ON COMMIT DROP
            """)
        .update();
    jdbc.sql("TRUNCATE emitted, emitted_message").update();
  }

  /** Adds what a page of messages says; {@code read} must not ask the database meanwhile. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(int bank, Consumer<Page> read) {
    // The key is fetched before COPY has the connection to itself.
    BlindIndex.ofAccount(vault, bank, "");
    var pages = new ArrayList<Page>(1);
    bulk.copy(
        "emitted",
        "message, subject, tx_id, month, payment, amount, end_to_end, debtor, member, payee",
        rows -> {
          var page = new Page(transfer -> rows.row(row -> write(bank, transfer, row)));
          pages.add(page);
          read.accept(page);
        });
    bulk.copy(
        "emitted_message",
        "message, subject, said_count, said_total, counted, summed, sender, participant,"
            + " settlement_date",
        pages.getFirst().messages,
        (m, row) ->
            row.bigint(m.message())
                .text(m.subject())
                .bigint(m.saidCount())
                .bigint(m.saidTotal())
                .bigint(m.counted())
                .bigint(m.summed())
                .text(m.sender())
                .text(m.participant())
                .date(m.settlementDate()));
  }

  private void write(int bank, Transfer transfer, BulkCopy.Row row) {
    var id = Objects.requireNonNullElse(TxId.read(transfer.txId()), new TxId(0, 0));
    var account = transfer.creditorAccount();
    row.bigint(transfer.message())
        .text(transfer.subject())
        .text(transfer.txId())
        .integer(id.month())
        .bigint(id.payment())
        .bigint(transfer.amount())
        .text(transfer.endToEnd())
        .text(transfer.debtorAccount())
        .text(transfer.creditorMember())
        .bytea(account == null ? null : BlindIndex.ofAccount(vault, bank, account));
  }

  /** Makes the planner know how much there is; called once, when all pages are in. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void end() {
    jdbc.sql("ANALYZE emitted").update();
    jdbc.sql("ANALYZE emitted_message").update();
  }
}
