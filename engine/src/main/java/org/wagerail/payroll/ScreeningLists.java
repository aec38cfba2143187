package org.wagerail.payroll;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.project.IdScheme;
import org.wagerail.project.Names;

/**
 * The screening that comes with the engine: a list that the bank keeps, of names and identifiers.
 * An edition is a file; its bytes lie in the store, sealed like messages, and the rows name their
 * hash. Read once, and compared as a set.
 */
@Component
public class ScreeningLists implements Screening {
  /** An edition of a bank's list. */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Edition(long list, LocalDate from, int entries, String source, byte[] hash) {}

  /** What came of a file. */
  public sealed interface Outcome {}

  /** It is the bank's list from its day on. */
  public record Recorded(long list, int entries) implements Outcome {}

  /**
   * It is none.
   *
   * @param row of the file, from 1; 0 where none is meant
   */
  public record Unreadable(int row, Fault fault) implements Outcome {}

  /** What is wrong with a list. */
  public enum Fault {
    NO_LIST(
        "it is no csv file in UTF-8 with the columns name, scheme, number and reason",
        "须为含 name、scheme、number、reason 列的 UTF-8 csv 文件"),
    NOBODY("an entry has neither a name nor an identifier", "条目既无姓名也无证件号码"),
    SCHEME_UNKNOWN("the scheme of an identifier is unknown", "证件种类不明"),
    NO_REASON("it must be said why somebody is on the list", "须注明列入原因"),
    FROM_THE_PAST("an edition cannot be in force before it was there", "版本不得早于登记日生效");

    private final String english;
    private final String chinese;

    Fault(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  private static final List<String> COLUMNS = List.of("name", "scheme", "number", "reason");

  private record Key(int bank, long list) {}

  private record Entry(int number, String reason) {}

  /** Entries by folded name, and by scheme and number. */
  private record Loaded(Map<String, Entry> names, Map<String, Entry> identifiers) {}

  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Unreadable why;

    private Wrong(int row, Fault fault) {
      this.why = new Unreadable(row, fault);
    }
  }

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;
  private final MessageStore store;
  private final Map<Key, Loaded> loaded = new ConcurrentHashMap<>();

  ScreeningLists(JdbcClient jdbc, Numbers numbers, EventLog events, MessageStore store) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
    this.store = store;
  }

  /**
   * Takes an edition of the bank's list. It replaces the one before from its day on.
   *
   * @param today the bank's day; an edition is in force from then or later
   * @param csv with the columns name, scheme, number, reason; a reason names nobody
   * @param source whose list it is
   */
  @Transactional
  public Outcome record(
      int bank,
      LocalDate today,
      Instant at,
      String actor,
      LocalDate from,
      String source,
      byte[] csv) {
    int entries;
    try {
      entries = read(csv).entries();
    } catch (Wrong e) {
      return e.why;
    }
    if (from.isBefore(today)) {
      return new Unreadable(0, Fault.FROM_THE_PAST);
    }
    MessageStore.Kept kept;
    try {
      kept = store.keep(new ByteArrayInputStream(csv));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long list = numbers.take(bank, "screening list", 1);
    jdbc.sql(
            """
            INSERT INTO screening_list (bank, list, from_date, hash, size, entries, source, actor,
                                        recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            bank,
            list,
            Date.valueOf(from),
            kept.hash(),
            kept.size(),
            entries,
            source,
            actor,
            Timestamp.from(at))
        .update();
    var said = "from " + from + " " + entries + " entries " + HexFormat.of().formatHex(kept.hash());
    var subject = "screening list " + list;
    events.command(bank, at, actor, "RECORD_SCREENING_LIST", source, subject + " " + said);
    events.append(bank, at, List.of(new EventLog.Event("SCREENING_LIST_RECORDED", subject, said)));
    return new Recorded(list, entries);
  }

  /** The edition in force on a day; null when there is none. */
  public @Nullable Edition inForce(int bank, LocalDate day) {
    return jdbc.sql(
            """
            SELECT list, from_date, entries, source, hash FROM screening_list
             WHERE bank = ? AND from_date <= ? ORDER BY from_date DESC, list DESC LIMIT 1
            """)
        .params(bank, Date.valueOf(day))
        .query(
            (row, _) ->
                new Edition(
                    row.getLong(1),
                    row.getObject(2, LocalDate.class),
                    row.getInt(3),
                    row.getString(4),
                    row.getBytes(5)))
        .optional()
        .orElse(null);
  }

  @Override
  public Screened screen(int bank, LocalDate day, List<Payrolls.Part> block) {
    var edition = inForce(bank, day);
    if (edition == null) {
      return Screened.NOT;
    }
    var list = loaded.computeIfAbsent(new Key(bank, edition.list()), _ -> load(edition));
    var hits = new IdentityHashMap<SaidLine, Hit>();
    for (var part : block) {
      for (var line : part.lines()) {
        var hit = hit(list, line);
        if (hit != null) {
          hits.put(line, hit);
        }
      }
    }
    return new Screened(edition.list(), hits);
  }

  private static @Nullable Hit hit(Loaded list, SaidLine line) {
    var identifier = LineCheck.Identifier.of(line);
    if (identifier != null) {
      var entry = list.identifiers().get(key(identifier.scheme(), identifier.number()));
      if (entry != null) {
        return new Hit(entry.number(), Match.IDENTIFIER, entry.reason());
      }
    }
    var name = line.name();
    var entry = name == null ? null : list.names().get(Names.fold(name));
    return entry == null ? null : new Hit(entry.number(), Match.NAME, entry.reason());
  }

  private Loaded load(Edition edition) {
    try (var bytes = store.read(edition.hash())) {
      return read(bytes.readAllBytes()).list();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Wrong e) {
      throw new IllegalStateException("screening list " + edition.list() + " " + e.why, e);
    }
  }

  private record Read(Loaded list, int entries) {}

  private static Read read(byte[] csv) throws Wrong {
    var names = new HashMap<String, Entry>();
    var identifiers = new HashMap<String, Entry>();
    int number = 0;
    try (var rows = CsvReader.builder().ofNamedCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
      for (var row : rows) {
        if (number == 0 && !row.getHeader().equals(COLUMNS)) {
          throw new Wrong(1, Fault.NO_LIST);
        }
        entry(row, ++number, names, identifiers);
      }
    } catch (IOException | CsvParseException e) {
      throw new Wrong(0, Fault.NO_LIST);
    }
    if (number == 0
        && !new String(csv, StandardCharsets.UTF_8).strip().equals(String.join(",", COLUMNS))) {
      throw new Wrong(0, Fault.NO_LIST);
    }
    return new Read(new Loaded(names, identifiers), number);
  }

  private static void entry(
      NamedCsvRecord row, int number, Map<String, Entry> names, Map<String, Entry> identifiers)
      throws Wrong {
    if (row.getFieldCount() != COLUMNS.size()) {
      throw new Wrong(number + 1, Fault.NO_LIST);
    }
    var name = row.getField("name");
    var id = row.getField("number");
    var entry = new Entry(number, row.getField("reason").strip());
    if (name.isBlank() && id.isBlank()) {
      throw new Wrong(number + 1, Fault.NOBODY);
    }
    if (entry.reason().isEmpty()) {
      throw new Wrong(number + 1, Fault.NO_REASON);
    }
    if (id.isBlank()) {
      // A name alone is compared with everybody's; beside an identifier it only says whose that is.
      names.putIfAbsent(Names.fold(name), entry);
      return;
    }
    try {
      identifiers.putIfAbsent(
          key(IdScheme.valueOf(row.getField("scheme")), IdScheme.normal(id)), entry);
    } catch (IllegalArgumentException unknown) {
      throw new Wrong(number + 1, Fault.SCHEME_UNKNOWN);
    }
  }

  private static String key(IdScheme scheme, String number) {
    return scheme + " " + number;
  }
}
