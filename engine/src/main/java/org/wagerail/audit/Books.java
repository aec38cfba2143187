package org.wagerail.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.ledger.AccountKind;
import org.wagerail.ledger.EntryKind;

/**
 * Proves a bank's books from its rows. Everything joins the caller's transaction, which should see
 * one snapshot (repeatable read): then a payday in progress looks as it did between two commits.
 */
@Component
public class Books {
  /** A document or message whose bytes are kept. */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Kept(int month, long number, String kind, String subject, byte[] hash, long size) {}

  private final JdbcClient jdbc;
  private final Signatures signatures;
  private final Commands commands;
  private final Events events;
  private final Secrets secrets;
  private final Guards guards;
  private final TransactionTemplate nested;

  Books(
      JdbcClient jdbc,
      Signatures signatures,
      Commands commands,
      Events events,
      Secrets secrets,
      Guards guards,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.signatures = signatures;
    this.commands = commands;
    this.events = events;
    this.secrets = secrets;
    this.guards = guards;
    this.nested = new TransactionTemplate(transactions);
    this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** The banks there are, by their numbers. */
  public List<Integer> banks() {
    return jdbc.sql("SELECT bank FROM bank ORDER BY bank").query(Integer.class).list();
  }

  /** The number of the bank with a 12-digit code, or null. */
  public @Nullable Integer bank(String code) {
    return jdbc.sql("SELECT bank FROM bank WHERE code = ?")
        .param(code)
        .query(Integer.class)
        .optional()
        .orElse(null);
  }

  /**
   * Tells the planner what has been loaded since it last looked: sets as large as a province's must
   * not be joined as if their tables were still empty. Its locks would hold up the opening of a
   * month, so it comes before the snapshot and each table on its own.
   */
  @Transactional(propagation = Propagation.NEVER)
  public void refresh() {
    jdbc.sql(
            """
            SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables
             WHERE schemaname = 'public' AND n_mod_since_analyze > 1000 + n_live_tup / 10
             ORDER BY 1
            """)
        .query(String.class)
        .list()
        .forEach(table -> jdbc.sql("ANALYZE " + table).update());
  }

  /** Every rule about rows, in the order in which it is printed. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Proof> prove(List<Integer> banks) {
    // Room for the joins of a province; compiling queries that run once costs more than it saves.
    jdbc.sql("SET LOCAL work_mem = '64MB'").update();
    jdbc.sql("SET LOCAL jit = off").update();
    var proofs = new ArrayList<Proof>();
    Stream.of(
            LedgerRules.ALL,
            RunRules.ALL,
            PayrollRules.ALL,
            ClearingRules.ALL,
            QuestionRules.ALL,
            DeskRules.ALL,
            FundingRules.ALL,
            ReconciliationRules.ALL,
            RecordRules.ALL,
            SealRules.ALL,
            RegisterRules.ALL)
        .flatMap(List::stream)
        .map(rule -> prove(rule.tally(), banks, (bank, tally) -> prove(rule, bank, tally)))
        .forEach(proofs::add);
    proofs.add(prove(Signatures.tally(), banks, signatures::walk));
    proofs.add(prove(Commands.tally(), banks, commands::walk));
    proofs.add(prove(Events.tally(), banks, events::walk));
    proofs.add(prove(Secrets.tally(), banks, secrets::walk));
    proofs.addAll(guards.prove());
    return proofs;
  }

  /** Looks at one bank and counts what is wrong. */
  @FunctionalInterface
  interface Look {
    void at(int bank, Tally tally);
  }

  private Proof prove(Tally tally, List<Integer> banks, Look look) {
    banks.forEach(bank -> careful(tally, bank, look));
    return tally.proof();
  }

  /**
   * A row may have been changed into what no rule can reckon with: that is a finding of the rule,
   * and the others go on.
   */
  void careful(Tally tally, int bank, Look look) {
    try {
      nested.executeWithoutResult(_ -> look.at(bank, tally));
    } catch (RuntimeException e) {
      tally.add(
          "bank", bank, "not_computed", NestedExceptionUtils.getMostSpecificCause(e).toString());
    }
  }

  void careful(Tally tally, int bank, Rule rule) {
    careful(tally, bank, (each, into) -> prove(rule, each, into));
  }

  /** Tallies, empty, for the rules about what was {@link Emitted}. */
  public List<Tally> emittedTallies() {
    return EmittedRules.ALL.stream().map(Rule::tally).toList();
  }

  /** Adds what breaks the rules about what was {@link Emitted} by one bank. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void proveEmitted(int bank, List<Tally> tallies) {
    for (int i = 0; i < tallies.size(); i++) {
      careful(tallies.get(i), bank, EmittedRules.ALL.get(i));
    }
  }

  private void prove(Rule rule, int bank, Tally tally) {
    var count = new long[1];
    var rows = new ArrayList<SequencedMap<String, @Nullable Object>>();
    jdbc.sql(
            "SELECT *, count(*) OVER () AS violations FROM ("
                + rule.rows()
                + ") AS broken LIMIT "
                + Tally.LISTED)
        .params(parameters(bank))
        .query(
            row -> {
              count[0] = row.getLong("violations");
              rows.add(read(bank, row));
            });
    tally.add(rows, count[0]);
  }

  private static Map<String, Object> parameters(int bank) {
    return Map.of(
        "bank",
        bank,
        "keeping",
        Arrays.stream(AccountKind.values())
            .filter(AccountKind::keepsWhatIsHeld)
            .map(Enum::name)
            .toArray(String[]::new),
        "leaving",
        Arrays.stream(EntryKind.values())
            .filter(EntryKind::leavesWageBook)
            .map(Enum::name)
            .toArray(String[]::new));
  }

  /** All columns but the last, as the numbers and texts that they are. */
  private static SequencedMap<String, @Nullable Object> read(int bank, ResultSet row)
      throws SQLException {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("bank", bank);
    var columns = row.getMetaData();
    for (int i = 1; i < columns.getColumnCount(); i++) {
      members.put(columns.getColumnLabel(i), plain(row.getObject(i)));
    }
    return members;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case java.sql.Date date -> date.toLocalDate().toString();
      case LocalDate date -> date.toString();
      case java.sql.Timestamp instant -> instant.toInstant().toString();
      default -> value;
    };
  }

  /** The next inbound documents behind a place, in order; from the start with null. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Kept> inbound(int bank, @Nullable Kept behind, int limit) {
    return page("inbound_document", "document", "message", "sender", bank, behind, limit);
  }

  /** The next outbound messages behind a place, in order; from the start with null. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Kept> outbound(int bank, @Nullable Kept behind, int limit) {
    return page("outbound_message", "message", "kind", "subject", bank, behind, limit);
  }

  private List<Kept> page(
      String table,
      String number,
      String kind,
      String subject,
      int bank,
      @Nullable Kept behind,
      int limit) {
    return jdbc.sql(
            """
            SELECT month, %2$s AS number, %3$s AS kind, %4$s AS subject, hash, size FROM %1$s
             WHERE bank = ? AND (month, %2$s) > (?, ?) ORDER BY month, %2$s LIMIT ?
            """
                .formatted(table, number, kind, subject))
        .params(
            bank, behind == null ? 0 : behind.month(), behind == null ? 0 : behind.number(), limit)
        .query(Kept.class)
        .list();
  }
}
