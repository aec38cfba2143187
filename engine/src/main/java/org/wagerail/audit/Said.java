package org.wagerail.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.Sender;
import org.wagerail.payroll.Remittance;
import org.wagerail.payroll.SaidLine;
import org.wagerail.payroll.SaidPayroll;
import org.wagerail.project.BlindIndex;
import org.wagerail.secrecy.Vault;

/**
 * What contractors' files say when they are read again, as rows of temporary tables, a page of
 * files after another: memory and disk do not grow with the province.
 */
@Component
public class Said {
  /**
   * A payroll that was read.
   *
   * @param readOn the day at the bank on which it was
   */
  public record Payroll(int month, long payroll, InboundDocument document, LocalDate readOn) {}

  /** Reads a file again to its end, and passes its lines on. */
  @FunctionalInterface
  public interface Reader {
    SaidPayroll read(Payroll payroll, Consumer<SaidLine> lines);
  }

  private record Read(Payroll of, @Nullable SaidPayroll said) {}

  private record Batch(Payroll of, org.wagerail.payroll.SaidBatch said) {}

  private final JdbcClient jdbc;
  private final BulkCopy bulk;
  private final Vault vault;
  private final Books books;

  Said(JdbcClient jdbc, BulkCopy bulk, Vault vault, Books books) {
    this.jdbc = jdbc;
    this.bulk = bulk;
    this.vault = vault;
    this.books = books;
  }

  /** Tallies, empty, for the rules about what files say. */
  public List<Tally> tallies() {
    return SaidRules.ALL.stream().map(Rule::tally).toList();
  }

  /** The next payrolls that were read to their end, in order; from the first with null. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Payroll> page(int bank, @Nullable Payroll behind, int limit) {
    return jdbc.sql(
            """
            SELECT p.pay_month, p.payroll, d.month, d.document, d.name, d.message, d.hash, d.size,
                   (p.read_at AT TIME ZONE b.zone)::date AS read_on
              FROM payroll p
              JOIN bank b USING (bank)
              JOIN inbound_document d ON d.bank = p.bank AND d.month = p.doc_month
                   AND d.document = p.document
              JOIN inbound_done x ON x.bank = d.bank AND x.month = d.month
                   AND x.document = d.document
             WHERE p.bank = ? AND p.verdict = 'READ' AND (p.pay_month, p.payroll) > (?, ?)
             ORDER BY p.pay_month, p.payroll LIMIT ?
            """)
        .params(
            bank, behind == null ? 0 : behind.month(), behind == null ? 0 : behind.payroll(), limit)
        .query(
            (row, _) ->
                new Payroll(
                    row.getInt(1),
                    row.getLong(2),
                    new InboundDocument(
                        bank,
                        row.getInt(3),
                        row.getLong(4),
                        Sender.CONTRACTOR,
                        row.getString(5),
                        row.getString(6),
                        row.getBytes(7),
                        row.getLong(8)),
                    row.getDate(9).toLocalDate()))
        .list();
  }

  /**
   * Compares a page of payrolls with what their files say; {@code reader} must not ask the database
   * meanwhile. A file that cannot be read again is a finding.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void prove(int bank, List<Payroll> page, Reader reader, List<Tally> tallies) {
    books.careful(
        tallies.getFirst(),
        bank,
        (_, _) -> {
          gather(bank, page, reader);
          for (int i = 0; i < tallies.size(); i++) {
            books.careful(tallies.get(i), bank, SaidRules.ALL.get(i));
          }
        });
  }

  private void gather(int bank, List<Payroll> page, Reader reader) {
    begin();
    // The key is fetched before COPY has the connection to itself.
    BlindIndex.ofAccount(vault, bank, "");
    var read = new ArrayList<Read>(page.size());
    bulk.copy(
        "said_line",
        "pay_month, payroll, line, batch, instr_id, end_to_end, amount, period, run_type, account",
        rows -> {
          for (var payroll : page) {
            read.add(
                new Read(
                    payroll,
                    again(
                        payroll,
                        reader,
                        line -> rows.row(row -> write(bank, payroll, line, row)))));
          }
        });
    bulk.copy(
        "said_payroll",
        "pay_month, payroll, initiator, msg_id, content_hash, lines, total",
        read,
        (each, row) -> {
          row.integer(each.of().month()).bigint(each.of().payroll());
          var said = each.said();
          if (said == null || said.findings() != null) {
            row.nothing().nothing().nothing().nothing().nothing();
          } else {
            row.text(said.initiator())
                .text(said.msgId())
                .bytea(said.contentHash())
                .integer(said.lines())
                .bigint(said.total());
          }
        });
    var batches = new ArrayList<Batch>();
    for (var each : read) {
      if (each.said() != null) {
        each.said().batches().forEach(batch -> batches.add(new Batch(each.of(), batch)));
      }
    }
    bulk.copy(
        "said_batch",
        "pay_month, payroll, batch, pmt_inf_id, account, project, firm_code, pay_date, lines,"
            + " total",
        batches,
        (batch, row) ->
            row.integer(batch.of().month())
                .bigint(batch.of().payroll())
                .integer(batch.said().batch())
                .text(batch.said().pmtInfId())
                .text(batch.said().account())
                .text(batch.said().project())
                .text(Objects.requireNonNullElse(batch.said().firmCode(), ""))
                .date(batch.said().payDate())
                .integer(batch.said().lines())
                .bigint(batch.said().total()));
    List.of("said_line", "said_payroll", "said_batch")
        .forEach(table -> jdbc.sql("ANALYZE " + table).update());
  }

  private static @Nullable SaidPayroll again(
      Payroll payroll, Reader reader, Consumer<SaidLine> lines) {
    try {
      return reader.read(payroll, lines);
    } catch (DataAccessException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever is wrong with the file: it says nothing, and that is what is found.
      return null;
    }
  }

  private void write(int bank, Payroll payroll, SaidLine line, BulkCopy.Row row) {
    var remittance = Remittance.read(line.remittance());
    row.integer(payroll.month())
        .bigint(payroll.payroll())
        .integer(line.line())
        .integer(line.batch())
        .text(line.instrId())
        .text(line.endToEnd())
        .bigint(line.minor())
        .integer(remittance == null ? 0 : remittance.period())
        .text(remittance == null ? "" : remittance.runType().name())
        .bytea(BlindIndex.ofAccount(vault, bank, Objects.requireNonNullElse(line.account(), "")));
  }

  private void begin() {
    jdbc.sql(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS said_payroll (
              pay_month integer, payroll bigint, initiator text, msg_id text, content_hash bytea,
              lines integer, total bigint)
            ON COMMIT DROP
            """)
        .update();
    jdbc.sql(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS said_batch (
              pay_month integer, payroll bigint, batch integer, pmt_inf_id text, account text,
              project text, firm_code text, pay_date date, lines integer, total bigint)
            ON COMMIT DROP
            """)
        .update();
    jdbc.sql(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS said_line (
              pay_month integer, payroll bigint, line integer, batch integer, instr_id text,
              end_to_end text, amount bigint, period integer, run_type text, account bytea)
            ON COMMIT DROP
            """)
        .update();
    jdbc.sql("TRUNCATE said_payroll, said_batch, said_line").update();
  }
}
