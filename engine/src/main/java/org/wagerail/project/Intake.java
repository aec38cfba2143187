package org.wagerail.project;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.Numbers;
import org.wagerail.ledger.Accounts;
import org.wagerail.secrecy.Vault;

/**
 * One import, inside one transaction that its caller ends. Files are staged one after another, each
 * checked against what is here by then, so a finding may stand beside rows already written: the
 * caller must roll back when there is one.
 */
final class Intake {
  private static final int BLOCK = 10_000;

  private static final class Block {
    private long next;
    private long end;
  }

  private final JdbcClient jdbc;
  private final BulkCopy bulk;
  private final Months months;
  private final Accounts accounts;
  private final Numbers numbers;
  private final Vault vault;
  private final Instant at;
  private final Findings findings = new Findings();
  private final Map<String, Integer> banks = new HashMap<>();
  private final Map<Integer, ZoneId> zones = new HashMap<>();
  private final Map<String, Block> blocks = new HashMap<>();
  private final TreeSet<Integer> touched = new TreeSet<>();
  private final List<ImportReport.FileCount> counts = new ArrayList<>();
  private final List<Runnable> afterCopy = new ArrayList<>();
  private final StringBuilder canonical = new StringBuilder();

  Intake(
      JdbcClient jdbc,
      BulkCopy bulk,
      Months months,
      Accounts accounts,
      Numbers numbers,
      Vault vault,
      Instant at) {
    this.jdbc = jdbc;
    this.bulk = bulk;
    this.months = months;
    this.accounts = accounts;
    this.numbers = numbers;
    this.vault = vault;
    this.at = at;
    jdbc.sql("SELECT code, bank, zone FROM bank")
        .query(
            rows -> {
              know(rows.getString("code"), rows.getInt("bank"), ZoneId.of(rows.getString("zone")));
            });
  }

  Findings findings() {
    return findings;
  }

  ImportReport report() {
    return new ImportReport(List.copyOf(counts), findings.listed(), findings.count());
  }

  /** The banks that rows belong to; 0 stands for all of them. */
  TreeSet<Integer> touched() {
    return touched;
  }

  /** What was taken in: each file with its rows and its SHA-256. */
  String canonical() {
    return canonical.toString();
  }

  @Nullable Integer bank(String code) {
    var bank = banks.get(code);
    if (bank == null) {
      return null;
    }
    touched.add(bank);
    return bank;
  }

  /** What lies behind it has not been confirmed by anybody. */
  Instant horizon() {
    return at.plus(Duration.ofDays(366));
  }

  LocalDate today(int bank) {
    return LocalDate.ofInstant(at, zones.getOrDefault(bank, ZoneId.of("Asia/Shanghai")));
  }

  void touchAll() {
    touched.add(0);
  }

  byte[] blind(int bank, IdScheme scheme, String number) {
    return BlindIndex.ofIdentifier(vault, bank, scheme, number);
  }

  byte[] blindAccount(int bank, String number) {
    return BlindIndex.ofAccount(vault, bank, number);
  }

  /** Of the folded name: lives in the stage only, to find one person with two names. */
  byte[] blindName(int bank, String name) {
    return vault.blind(bank, "NAME", Names.fold(name));
  }

  byte[] seal(int bank, String column, long row, String plain) {
    return vault.seal(bank, column, row, plain);
  }

  /** A number of the bank's own series; what is not used stays a gap. */
  long number(int bank, String series) {
    var block = blocks.computeIfAbsent(bank + "/" + series, _ -> new Block());
    if (block.next == block.end) {
      block.next = numbers.take(bank, series, BLOCK);
      block.end = block.next + BLOCK;
    }
    return block.next++;
  }

  /** Leaves something that asks the database until the COPY in progress has ended. */
  void afterCopy(Runnable action) {
    afterCopy.add(action);
  }

  /** Adds a bank that is not known yet, or compares the one that is. */
  void meetBank(Row row, String code, String zh, String en, String zone) {
    ZoneId where;
    try {
      where = ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      row.flaw("zone", Flaw.BAD_ZONE);
      return;
    }
    if (banks.containsKey(code)) {
      var same =
          jdbc.sql(
                  "SELECT count(*) FROM bank WHERE code = ? AND name_zh = ? AND name_en = ? AND"
                      + " zone = ?")
              .params(code, zh, en, zone)
              .query(Integer.class)
              .single();
      if (same == 0) {
        row.flaw("code", Flaw.CHANGED);
      }
      return;
    }
    int number =
        jdbc.sql("SELECT coalesce(max(bank), 0) + 1 FROM bank").query(Integer.class).single();
    jdbc.sql("INSERT INTO bank (bank, code, name_zh, name_en, zone) VALUES (?, ?, ?, ?, ?)")
        .params(number, code, zh, en, zone)
        .update();
    know(code, number, where);
    touched.add(number);
    for (var kind : Accounts.OWN) {
      accounts.open(number, kind, today(number), 1);
    }
  }

  private void know(String code, int number, ZoneId zone) {
    banks.put(code, number);
    zones.put(number, zone);
  }

  /** Stages, checks and takes in one file, if it is there. */
  void take(Sheet sheet, Path path) {
    jdbc.sql(
            "CREATE TEMP TABLE %s (row_no bigint, bad boolean, %s) ON COMMIT DROP"
                .formatted(sheet.table(), sheet.stage()))
        .update();
    // Its stage is asked by later files' checks even where it is missing.
    if (!Files.exists(path)) {
      return;
    }
    var read = new long[1];
    bulk.copy(
        sheet.table(), sheet.columns(), out -> read[0] = read(sheet, path, new StageRows(out)));
    jdbc.sql("ANALYZE " + sheet.table()).update();
    long known = banks.size();
    afterCopy.forEach(Runnable::run);
    afterCopy.clear();
    for (var check : sheet.checks()) {
      check(sheet, check);
    }
    if (sheet.stage().contains("name_blind")) {
      compareNames(sheet);
    }
    long added = banks.size() - known;
    if (sheet == RosterSheets.CONFIRMATIONS) {
      // Nothing is checked against them, so a doomed import need not open months for them.
      if (findings.count() > 0) {
        return;
      }
      openMonths();
    }
    for (var insert : sheet.inserts()) {
      added = jdbc.sql(insert).update();
    }
    counts.add(new ImportReport.FileCount(sheet.file(), read[0], added));
  }

  private void openMonths() {
    var wanted =
        jdbc.sql("SELECT DISTINCT period FROM stage_confirmations ORDER BY 1")
            .query(Integer.class)
            .list();
    wanted.forEach(months::open);
  }

  /** Names of persons who are here already are sealed, so no query can compare them. */
  private void compareNames(Sheet sheet) {
    jdbc.sql(
            """
            SELECT s.row_no, s.bank, s.name_blind, p.party, p.name_sealed FROM $stage s
              JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
              JOIN party p ON (p.bank, p.party) = (i.bank, i.party)
             WHERE s.name_blind IS NOT NULL
            """
                .replace("$stage", sheet.table()))
        .withFetchSize(BLOCK)
        .query(
            row -> {
              int bank = row.getInt("bank");
              var name =
                  vault.open(
                      bank, "party.name_sealed", row.getLong("party"), row.getBytes("name_sealed"));
              if (!Arrays.equals(blindName(bank, name), row.getBytes("name_blind"))) {
                findings.add(Flaw.CONTRADICTION.at(sheet.file(), row.getLong("row_no"), "name"));
              }
            });
  }

  private void check(Sheet sheet, Sheet.Check check) {
    var sql =
        "SELECT row_no, count(*) OVER () AS n FROM ("
            + check.rows()
            + ") AS found ORDER BY row_no LIMIT "
            + Math.max(1, findings.room());
    var listed = new long[2];
    jdbc.sql(sql)
        .query(
            rows -> {
              if (findings.room() > 0) {
                findings.add(check.flaw().at(sheet.file(), rows.getLong("row_no"), check.column()));
                listed[0]++;
              }
              listed[1] = rows.getLong("n");
            });
    findings.addUnlisted(listed[1] - listed[0]);
  }

  private long read(Sheet sheet, Path path, StageRows out) {
    long rows = 0;
    var digest = sha256();
    try (var bytes = new DigestInputStream(Files.newInputStream(path), digest);
        var text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
        var csv =
            CsvReader.builder().allowExtraFields(true).allowMissingFields(true).ofCsvRecord(text)) {
      var records = csv.iterator();
      if (!records.hasNext()) {
        findings.add(Flaw.EMPTY_FILE.at(sheet.file(), 0, ""));
        return 0;
      }
      var columns = header(sheet, records.next());
      while (records.hasNext()) {
        var row = new Row(this, sheet.file(), columns, records.next());
        rows++;
        if (row.fieldCount() != columns.size()) {
          row.flaw("", Flaw.FIELD_COUNT);
          continue;
        }
        sheet.reader().read(row, out);
      }
      canonical
          .append(sheet.file())
          .append(' ')
          .append(rows)
          .append(' ')
          .append(HexFormat.of().formatHex(digest.digest()))
          .append('\n');
    } catch (IOException broken) {
      unreadable(sheet, rows, broken);
    } catch (UncheckedIOException broken) {
      unreadable(sheet, rows, new IOException(broken.getMessage(), broken.getCause()));
    } catch (CsvParseException broken) {
      if (broken.getCause() instanceof IOException cause) {
        unreadable(sheet, rows, cause);
      } else {
        findings.add(
            Flaw.BAD_CSV.at(sheet.file(), rows + 2, "", String.valueOf(broken.getMessage())));
      }
    }
    return rows;
  }

  private void unreadable(Sheet sheet, long rows, IOException cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    findings.add(
        root instanceof CharacterCodingException
            ? Flaw.BAD_ENCODING.at(sheet.file(), rows + 2, "")
            : Flaw.CANNOT_READ.at(sheet.file(), 0, "", root));
  }

  private Map<String, Integer> header(Sheet sheet, CsvRecord record) {
    var columns = new HashMap<String, Integer>();
    for (int i = 0; i < record.getFieldCount(); i++) {
      var name = record.getField(i).strip();
      // A byte-order mark stands before the first word of files that spreadsheets write.
      name = i == 0 && name.startsWith("\ufeff") ? name.substring(1) : name;
      if (!sheet.required().contains(name) && !sheet.optional().contains(name)) {
        findings.add(Flaw.UNKNOWN_COLUMN.at(sheet.file(), 1, name));
      }
      if (columns.put(name, i) != null) {
        findings.add(Flaw.REPEATED_COLUMN.at(sheet.file(), 1, name));
      }
    }
    for (var name : sheet.required()) {
      if (!columns.containsKey(name)) {
        findings.add(Flaw.MISSING_COLUMN.at(sheet.file(), 1, name));
      }
    }
    return columns;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
