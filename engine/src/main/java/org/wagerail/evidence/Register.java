package org.wagerail.evidence;

import java.math.BigDecimal;

/**
 * Tables whose rows are stated by others and looked up by every payday. Whatever adds rows to one
 * of them tells how many and what they were, so that the events prove the table: rows that were
 * added, changed or removed behind the program's back no longer add up.
 *
 * <p>The columns are named, not all that there are: a column that a later version adds does not
 * change what was told before.
 */
public enum Register {
  PARAMETER("bank, region, name, from_date, value, source"),
  PARTICIPANT("bank, member, name, direct, from_date, until_date, source"),
  PARTY("bank, party, kind, firm_name, name_sealed, source"),
  PARTY_IDENTIFIER("bank, blind, party, scheme, sealed, from_date, until_date, source"),
  WORKER_ACCOUNT(
      "bank, worker_account, party, blind, sealed, member, from_date, until_date, source"),
  SIGNATORY("bank, firm, person, public_key, from_date, until_date, source"),
  PROJECT("bank, project, code, name, region, owner, contractor, source"),
  SPECIAL_ACCOUNT("bank, special_account, number, contractor, opened_on, source"),
  WAGE_BOOK("bank, wage_book, special_account, project, source"),
  AGREEMENT("bank, project, from_date, document, pay_day, short_money, calendar, source"),
  SUBCONTRACT("bank, project, firm, from_date, source"),
  LABOUR_TERM(
      "bank, project, from_date, until_date, document, cycle, due_day, amount, share, source"),
  CERTIFIED_PROGRESS("bank, project, certified_on, amount, document, source"),
  EMPLOYMENT("bank, project, party, firm, from_date, until_date, contract, source"),
  CONFIRMATION(
      "bank, period, project, party, run_type, nth, amount, confirmed_at, source, evidence");

  /** The kind of the events that tell of added rows. */
  public static final String KIND = "ROWS_SEALED";

  private final String columns;

  Register(String columns) {
    this.columns = columns;
  }

  /** The table's name. */
  public String table() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Makes an INSERT tell what it added: a row for each bank, with the columns {@code bank}, {@code
   * added}, and those of an {@link EventLog.Event}, to be appended in the same transaction.
   */
  public String sealing(String insert) {
    return "WITH added AS ("
        + insert
        + " RETURNING *) SELECT bank, rows AS added, '"
        + KIND
        + "' AS kind, '"
        + table()
        + "' AS subject, rows || ' ' || high || ' ' || low AS detail FROM ("
        + digest("added")
        + ") AS sealed";
  }

  /**
   * What is told of rows that were changed: the digests after, less those before.
   *
   * @param before each half's sum over the rows as they were
   * @param after each half's sum over the same rows now
   */
  public EventLog.Event changed(Sums before, Sums after) {
    return new EventLog.Event(
        KIND,
        table(),
        after.rows()
            - before.rows()
            + " "
            + after.high().subtract(before.high())
            + " "
            + after.low().subtract(before.low()));
  }

  /** What {@link #digest} finds of one bank. */
  public record Sums(long rows, BigDecimal high, BigDecimal low) {}

  /**
   * A query for what rows of this table are together, for each bank: how many, and the sums of both
   * halves of the first 128 bits of each row's SHA-256, as whole numbers with a sign. Sums, so that
   * the order in which rows came is of no account.
   *
   * @param rows the table, or a relation with its columns
   */
  public String digest(String rows) {
    return """
    SELECT bank, count(*) AS rows, coalesce(sum(('x' || substr(hash, 1, 16))::bit(64)::bigint), 0)
             AS high, coalesce(sum(('x' || substr(hash, 17, 16))::bit(64)::bigint), 0) AS low
      FROM (SELECT bank, encode(sha256(record_send(ROW(%s))), 'hex') AS hash FROM %s) AS hashed
     GROUP BY bank\
    """
        .formatted(columns, rows);
  }
}
