package org.wagerail.payroll;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.bulk.BulkCopy;
import org.wagerail.bulk.KeyLookups;
import org.wagerail.bulk.Months;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.mailbox.Inbox;
import org.wagerail.money.BusinessCalendar;
import org.wagerail.project.BlindIndex;
import org.wagerail.project.Calendars;
import org.wagerail.project.Roster;
import org.wagerail.project.WageBooks;
import org.wagerail.secrecy.Vault;

/** Takes contractors' payrolls in: files whole or refused, lines paid, held or refused. */
@Component
public class Payrolls {
  /**
   * A file, or the next lines of a large one.
   *
   * @param first whether the file begins here
   * @param last whether it ends here
   */
  public record Part(SaidPayroll payroll, List<SaidLine> lines, boolean first, boolean last) {
    /** The document's name; what its lines say is personal. */
    @Override
    public String toString() {
      return payroll.document().toString();
    }
  }

  /**
   * What the checks measure against.
   *
   * @param calendar the bank's, for projects whose agreement names none
   */
  public record Yardstick(LocalDate today, LineLimits limits, BusinessCalendar calendar) {}

  /** A payroll whose lines are being taken, and what stands behind its batches. */
  private record Begun(PayrollId id, List<WageBooks.Found> found, List<PayDate> payDates) {}

  /** A payroll by its numbers. */
  public record PayrollId(int month, long payroll) {}

  private record Line(
      PayrollId payroll,
      SaidLine said,
      int period,
      String runType,
      WageBooks.Found found,
      Set<Check> failed,
      LineCheck.@Nullable Identifier identifier) {}

  private static final String MESSAGE_ID_REUSED =
      """
      [{"line":0,"path":"/Document/CstmrCdtTrfInitn/GrpHdr/MsgId","rule":"MESSAGE_ID_REUSED",\
      "code":"DU01","message":"The message identification was used before for other content / \
      报文标识已用于不同内容"}]\
      """;

  private final JdbcClient jdbc;
  private final KeyLookups keyLookups;
  private final BulkCopy bulk;
  private final Months months;
  private final Numbers numbers;
  private final EventLog events;
  private final Inbox inbox;
  private final Roster roster;
  private final WageBooks wageBooks;
  private final WageClaims wageClaims;
  private final Calendars calendars;
  private final Vault vault;

  Payrolls(
      JdbcClient jdbc,
      KeyLookups keyLookups,
      BulkCopy bulk,
      Months months,
      Numbers numbers,
      EventLog events,
      Inbox inbox,
      Roster roster,
      WageBooks wageBooks,
      WageClaims wageClaims,
      Calendars calendars,
      Vault vault) {
    this.jdbc = jdbc;
    this.keyLookups = keyLookups;
    this.bulk = bulk;
    this.months = months;
    this.numbers = numbers;
    this.events = events;
    this.inbox = inbox;
    this.roster = roster;
    this.wageBooks = wageBooks;
    this.wageClaims = wageClaims;
    this.calendars = calendars;
    this.vault = vault;
  }

  /** The last line already taken from a document, 0 when there is none. */
  public int taken(int bank, long document) {
    return jdbc.sql(
            """
            SELECT coalesce(max(b.last_line), 0)
              FROM payroll p JOIN payroll_block b USING (bank, pay_month, payroll)
             WHERE p.bank = ? AND p.document = ?
            """)
        .params(bank, document)
        .query(Integer.class)
        .single();
  }

  /**
   * Takes a block of parts in: up to some 10,000 lines across small files or within a large one.
   * One transaction; no account is locked.
   *
   * @param screened what screening found of the same block
   */
  @Transactional
  public void take(
      int bank, Instant at, Yardstick yardstick, Screening.Screened screened, List<Part> block) {
    keyLookups.only();
    var told = new ArrayList<EventLog.Event>();
    var ids = open(bank, at, yardstick, block, told);
    var lines = new ArrayList<Line>();
    var members = members(bank, yardstick.today());
    for (var part : block) {
      var id = ids.get(part.payroll().document().document());
      if (id != null) {
        lines.addAll(said(yardstick, part, id));
      }
    }
    if (screened.list() > 0) {
      screened(bank, screened, lines, told);
    }
    record(bank, lines, members, told);
    close(bank, at, block, ids, told);
  }

  // ------------------------------------------------------------------ files

  private record Opened(
      PayrollId id,
      SaidPayroll said,
      List<WageBooks.Found> found,
      List<Boolean> atOnce,
      List<PayDate> payDates,
      @Nullable String findings) {
    /** Who may release the file. */
    private @Nullable Long contractor() {
      return findings != null ? null : holder(found);
    }
  }

  /**
   * The holder of the first account that is one here; the file's other accounts must be his too.
   */
  private static @Nullable Long holder(List<WageBooks.Found> found) {
    return found.stream()
        .map(WageBooks.Found::contractor)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Opens the payrolls that begin in the block. Documents without a number are done already. */
  private Map<Long, Begun> open(
      int bank, Instant at, Yardstick yardstick, List<Part> block, List<EventLog.Event> told) {
    var ids = new HashMap<Long, Begun>();
    var found = found(bank, block);
    var named = named(yardstick, found.values());
    var candidates = new ArrayList<Opened>();
    long number = numbers.take(bank, "payroll", block.size());
    for (var part : block) {
      var said = part.payroll();
      var behind = Objects.requireNonNull(found.get(said));
      if (!part.first()) {
        ids.put(said.document().document(), begun(bank, said, behind, named));
        continue;
      }
      var id = new PayrollId(month(said, yardstick), number++);
      months.open(id.month());
      var atOnce = atOnce(part);
      candidates.add(
          new Opened(
              id, said, behind, atOnce, payDates(said, behind, atOnce, named), said.findings()));
    }
    var claimed = claim(bank, candidates);
    var opened = new ArrayList<Opened>();
    for (var candidate : candidates) {
      if (candidate.findings() != null) {
        opened.add(candidate);
      } else if (claimed.contains(candidate.id().payroll())) {
        ids.put(
            candidate.said().document().document(),
            new Begun(candidate.id(), candidate.found(), candidate.payDates()));
        opened.add(candidate);
      } else {
        again(bank, at, candidate, opened);
      }
    }
    insert(bank, at, opened, told);
    inbox.done(
        at,
        "REFUSED",
        opened.stream().filter(o -> o.findings() != null).map(o -> o.said().document()).toList());
    return ids;
  }

  /** Claims message identifications; those of the result are new. */
  private Set<Long> claim(int bank, List<Opened> candidates) {
    var readable = candidates.stream().filter(o -> o.findings() == null).toList();
    return jdbc.sql(
            """
            INSERT INTO payroll_key (bank, initiator, msg_id, content_hash, pay_month, payroll)
            SELECT ?, k.* FROM unnest(?, ?, ?, ?, ?)
                AS k (initiator, msg_id, content_hash, pay_month, payroll)
            ON CONFLICT DO NOTHING RETURNING payroll
            """)
        .params(
            bank,
            readable.stream().map(o -> o.said().initiator()).toArray(String[]::new),
            readable.stream().map(o -> o.said().msgId()).toArray(String[]::new),
            readable.stream().map(o -> o.said().contentHash()).toArray(byte[][]::new),
            readable.stream().map(o -> o.id().month()).toArray(Integer[]::new),
            readable.stream().map(o -> o.id().payroll()).toArray(Long[]::new))
        .query(Long.class)
        .set();
  }

  /** A message identification that is known: the same content is answered as before. */
  private void again(int bank, Instant at, Opened candidate, List<Opened> opened) {
    var said = candidate.said();
    var known =
        jdbc.sql(
                "SELECT content_hash FROM payroll_key WHERE bank = ? AND initiator = ? AND msg_id ="
                    + " ?")
            .params(bank, said.initiator(), said.msgId())
            .query(byte[].class)
            .single();
    if (!Arrays.equals(known, said.contentHash())) {
      opened.add(
          new Opened(candidate.id(), said, List.of(), List.of(), List.of(), MESSAGE_ID_REUSED));
      return;
    }
    inbox.done(at, "REPEATED", List.of(said.document()));
    jdbc.sql(
            """
            INSERT INTO outbound_due (bank, month, message)
            SELECT m.bank, m.month, m.message
              FROM payroll_key k JOIN payroll p USING (bank, pay_month, payroll)
              JOIN outbound_message m ON m.bank = p.bank AND m.answers = p.document
             WHERE k.bank = ? AND k.initiator = ? AND k.msg_id = ? ON CONFLICT DO NOTHING
            """)
        .params(bank, said.initiator(), said.msgId())
        .update();
  }

  /** Also tells the digest of each payroll's own row and those of its batches. */
  private void insert(int bank, Instant at, List<Opened> opened, List<EventLog.Event> told) {
    var digests = opened.stream().map(_ -> BulkCopy.digest()).toList();
    bulk.copy(
        "payroll",
        "bank, pay_month, payroll, doc_month, document, message, initiator, msg_id, content_hash,"
            + " verdict, contractor, lines, total, findings, read_at",
        rows -> {
          for (int i = 0; i < opened.size(); i++) {
            var o = opened.get(i);
            rows.digestTo(digests.get(i));
            rows.row(
                row ->
                    row.integer(bank)
                        .integer(o.id().month())
                        .bigint(o.id().payroll())
                        .integer(o.said().document().month())
                        .bigint(o.said().document().document())
                        .text(o.said().document().message())
                        .text(o.said().initiator())
                        .text(o.said().msgId())
                        .bytea(o.said().contentHash())
                        .text(o.findings() == null ? "READ" : "REFUSED")
                        .bigint(o.contractor())
                        .integer(o.said().lines())
                        .bigint(o.said().total())
                        .text(Objects.requireNonNullElse(o.findings(), ""))
                        .timestamp(at));
          }
        });
    bulk.copy(
        "payroll_batch",
        "bank, pay_month, payroll, batch, pmt_inf_id, wage_book, project, firm, firm_code,"
            + " pay_date, moved_from, at_once, lines, total",
        rows -> {
          for (int nth = 0; nth < opened.size(); nth++) {
            var o = opened.get(nth);
            rows.digestTo(digests.get(nth));
            for (int i = 0; i < o.found().size(); i++) {
              var batch = o.said().batches().get(i);
              var behind = o.found().get(i);
              var payDate = o.payDates().get(i);
              boolean atOnce = o.atOnce().get(i);
              rows.row(
                  row ->
                      row.integer(bank)
                          .integer(o.id().month())
                          .bigint(o.id().payroll())
                          .integer(batch.batch())
                          .text(batch.pmtInfId())
                          .bigint(behind.wageBook())
                          .bigint(behind.project())
                          .bigint(behind.firm())
                          .text(Objects.requireNonNullElse(batch.firmCode(), ""))
                          .date(payDate.due())
                          .date(payDate.movedFrom())
                          .flag(atOnce)
                          .integer(batch.lines())
                          .bigint(batch.total()));
            }
          }
        });
    for (int i = 0; i < opened.size(); i++) {
      told.add(
          new EventLog.Event("PAYROLL_SEALED", subject(opened.get(i).id()), hex(digests.get(i))));
    }
  }

  private static String subject(PayrollId id) {
    return "payroll " + id.month() + "/" + id.payroll();
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What stands behind the batches of a block's files, asked for once. */
  private Map<SaidPayroll, List<WageBooks.Found>> found(int bank, List<Part> block) {
    var all =
        wageBooks.find(
            bank,
            block.stream().flatMap(p -> SaidBatch.names(p.payroll().batches()).stream()).toList());
    var found = new IdentityHashMap<SaidPayroll, List<WageBooks.Found>>();
    int from = 0;
    for (var part : block) {
      int to = from + part.payroll().batches().size();
      found.put(part.payroll(), all.subList(from, to));
      from = to;
    }
    return found;
  }

  /** A payroll whose first lines were taken before. */
  private Begun begun(
      int bank,
      SaidPayroll said,
      List<WageBooks.Found> behind,
      Map<String, BusinessCalendar> named) {
    var id =
        jdbc.sql("SELECT pay_month AS month, payroll FROM payroll WHERE bank = ? AND document = ?")
            .params(bank, said.document().document())
            .query(PayrollId.class)
            .single();
    var atOnce =
        jdbc.sql(
                """
                SELECT at_once FROM payroll_batch
                 WHERE bank = ? AND pay_month = ? AND payroll = ? ORDER BY batch
                """)
            .params(bank, id.month(), id.payroll())
            .query(Boolean.class)
            .list();
    return new Begun(id, behind, payDates(said, behind, atOnce, named));
  }

  /**
   * Which batches hold leavers and supplements only. One that goes on in the file's next part is
   * taken for a regular one.
   */
  private static List<Boolean> atOnce(Part part) {
    var batches = part.payroll().batches();
    var others = new int[batches.size()];
    for (var line : part.lines()) {
      var remittance = Remittance.read(line.remittance());
      if (remittance != null && remittance.runType() != RunType.REG) {
        others[line.batch() - 1]++;
      }
    }
    var atOnce = new ArrayList<Boolean>(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      atOnce.add(others[i] > 0 && others[i] == batches.get(i).lines());
    }
    return atOnce;
  }

  /** The calendars that agreements name, by name; under '' the bank's. */
  private Map<String, BusinessCalendar> named(
      Yardstick yardstick, Collection<List<WageBooks.Found>> found) {
    var named = new HashMap<String, BusinessCalendar>();
    named.put("", yardstick.calendar());
    named.put(yardstick.calendar().name(), yardstick.calendar());
    for (var batches : found) {
      for (var behind : batches) {
        if (behind.calendar() != null) {
          named.computeIfAbsent(behind.calendar(), calendars::named);
        }
      }
    }
    return named;
  }

  private static List<PayDate> payDates(
      SaidPayroll said,
      List<WageBooks.Found> found,
      List<Boolean> atOnce,
      Map<String, BusinessCalendar> named) {
    var dates = new ArrayList<PayDate>(found.size());
    for (int i = 0; i < found.size(); i++) {
      var calendar = Objects.requireNonNullElse(found.get(i).calendar(), "");
      dates.add(
          PayDate.of(
              said.batches().get(i).payDate(),
              atOnce.get(i),
              Objects.requireNonNull(named.get(calendar))));
    }
    return dates;
  }

  /**
   * The month a payroll is filed under: of its first pay date, or today's when that is not near.
   */
  private static int month(SaidPayroll said, Yardstick yardstick) {
    var today = yardstick.today();
    var date = said.batches().isEmpty() ? today : said.batches().getFirst().payDate();
    var near =
        date.isBefore(today) || date.isAfter(today.plusDays(yardstick.limits().daysAhead()))
            ? today
            : date;
    return near.getYear() * 100 + near.getMonthValue();
  }

  private void close(
      int bank, Instant at, List<Part> block, Map<Long, Begun> ids, List<EventLog.Event> told) {
    bulk.copy(
        "payroll_block",
        "bank, pay_month, payroll, first_line, last_line",
        block.stream()
            .filter(p -> ids.containsKey(p.payroll().document().document()) && !p.lines().isEmpty())
            .toList(),
        (part, row) -> {
          var id = Objects.requireNonNull(ids.get(part.payroll().document().document())).id();
          row.integer(bank)
              .integer(id.month())
              .bigint(id.payroll())
              .integer(part.lines().getFirst().line())
              .integer(part.lines().getLast().line());
        });
    for (var part : block) {
      var document = part.payroll().document();
      var begun = ids.get(document.document());
      if (begun != null && part.first()) {
        told.addAll(moved(part.payroll(), begun));
      }
      if (begun != null && part.last()) {
        told.add(
            new EventLog.Event(
                "PAYROLL_READ", subject(begun.id()), part.payroll().lines() + " lines"));
      }
    }
    inbox.done(
        at,
        "READ",
        block.stream()
            .filter(p -> p.last() && ids.containsKey(p.payroll().document().document()))
            .map(p -> p.payroll().document())
            .toList());
    if (!told.isEmpty()) {
      events.append(bank, at, told);
    }
  }

  private static List<EventLog.Event> moved(SaidPayroll said, Begun begun) {
    var moved = new ArrayList<EventLog.Event>();
    for (int i = 0; i < begun.payDates().size(); i++) {
      var date = begun.payDates().get(i);
      if (date.movedFrom() != null) {
        moved.add(
            new EventLog.Event(
                "PAY_DATE_MOVED",
                subject(begun.id()),
                "batch "
                    + said.batches().get(i).batch()
                    + " from "
                    + date.movedFrom()
                    + " to "
                    + date.due()));
      }
    }
    return moved;
  }

  // ------------------------------------------------------------------ lines

  private static List<Line> said(Yardstick yardstick, Part part, Begun begun) {
    var batches = part.payroll().batches();
    var found = begun.found();
    var ofBatch = new ArrayList<Set<Check>>();
    for (int i = 0; i < batches.size(); i++) {
      ofBatch.add(
          LineCheck.batch(
              batches.get(i),
              found.get(i),
              holder(found),
              yardstick.today(),
              yardstick.limits(),
              begun.payDates().get(i).known()));
    }
    var lines = new ArrayList<Line>(part.lines().size());
    for (var said : part.lines()) {
      var remittance = Remittance.read(said.remittance());
      var failed = LineCheck.said(said, remittance, yardstick.today(), yardstick.limits());
      failed.addAll(ofBatch.get(said.batch() - 1));
      lines.add(
          new Line(
              begun.id(),
              said,
              remittance == null || failed.contains(Check.PERIOD_UNREADABLE)
                  ? 0
                  : remittance.period(),
              remittance == null ? "" : remittance.runType().name(),
              found.get(said.batch() - 1),
              failed,
              LineCheck.Identifier.of(said)));
    }
    return lines;
  }

  /** Holds who is on a list, and keeps which lines were compared with which. */
  private void screened(
      int bank, Screening.Screened screened, List<Line> lines, List<EventLog.Event> told) {
    record Found(Line line, Screening.Hit hit) {}
    var found = new ArrayList<Found>();
    var firsts = new LinkedHashMap<PayrollId, int[]>();
    for (var line : lines) {
      var counts =
          firsts.computeIfAbsent(line.payroll(), _ -> new int[] {line.said().line(), 0, 0});
      counts[1]++;
      var hit = screened.hits().get(line.said());
      if (hit != null) {
        line.failed().add(Check.SCREENING);
        counts[2]++;
        found.add(new Found(line, hit));
      }
    }
    bulk.copy(
        "payroll_screened",
        "bank, pay_month, payroll, first_line, list, lines, hits",
        List.copyOf(firsts.entrySet()),
        (first, row) ->
            row.integer(bank)
                .integer(first.getKey().month())
                .bigint(first.getKey().payroll())
                .integer(first.getValue()[0])
                .bigint(screened.list())
                .integer(first.getValue()[1])
                .integer(first.getValue()[2]));
    bulk.copy(
        "screening_hit",
        "bank, pay_month, payroll, line, list, entry, matched, reason",
        found,
        (each, row) ->
            row.integer(bank)
                .integer(each.line().payroll().month())
                .bigint(each.line().payroll().payroll())
                .integer(each.line().said().line())
                .bigint(screened.list())
                .integer(each.hit().entry())
                .text(each.hit().matched().name())
                .text(each.hit().reason()));
    for (var each : found) {
      told.add(
          new EventLog.Event(
              "SCREENING_HIT",
              subject(each.line().payroll()) + " line " + each.line().said().line(),
              "list "
                  + screened.list()
                  + " entry "
                  + each.hit().entry()
                  + " by "
                  + each.hit().matched()));
    }
  }

  private void record(int bank, List<Line> lines, Set<String> members, List<EventLog.Event> told) {
    lines.stream().map(Line::period).filter(p -> p != 0).distinct().forEach(months::open);
    var entries = register(bank, lines);
    var accounts = new ArrayList<byte[]>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var account = line.said().account();
      var blind = BlindIndex.ofAccount(vault, bank, account == null ? "" : account);
      accounts.add(blind);
      LineCheck.register(line.said(), blind, entries.get(i), members, line.failed());
    }
    duplicates(bank, lines, entries);
    copy(bank, lines, entries, accounts, told);
  }

  private List<Roster.@Nullable Entry> register(int bank, List<Line> lines) {
    var queries = new ArrayList<Roster.Query>();
    var places = new ArrayList<Integer>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (line.identifier() != null) {
        queries.add(
            new Roster.Query(
                BlindIndex.ofIdentifier(
                    vault, bank, line.identifier().scheme(), line.identifier().number()),
                Objects.requireNonNullElse(line.found().project(), 0L),
                line.period(),
                line.runType()));
        places.add(i);
      }
    }
    var entries = new ArrayList<Roster.@Nullable Entry>(lines.size());
    lines.forEach(_ -> entries.add(null));
    var found = roster.find(bank, queries);
    for (int i = 0; i < found.size(); i++) {
      entries.set(places.get(i), found.get(i));
    }
    return entries;
  }

  /** A line whose wage is there already is a duplicate; a refused line claims nothing. */
  private void duplicates(int bank, List<Line> lines, List<Roster.@Nullable Entry> entries) {
    var claims = new ArrayList<WageClaims.Claim>(lines.size());
    var ofPlace = new HashMap<Long, Line>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var entry = entries.get(i);
      var project = line.found().project();
      if (entry != null
          && project != null
          && line.period() != 0
          && LineCheck.verdict(line.failed()) != Check.Outcome.REFUSE) {
        var id = line.payroll();
        var wage =
            new WageClaims.Wage(
                line.period(), project, entry.party(), RunType.claimed(line.runType()));
        claims.add(new WageClaims.Claim(wage, id.month(), id.payroll(), line.said().line()));
        ofPlace.put(place(id.payroll(), line.said().line()), line);
      }
    }
    if (claims.isEmpty()) {
      return;
    }
    for (var late : wageClaims.claim(bank, claims)) {
      Objects.requireNonNull(ofPlace.get(place(late.payroll(), late.line())))
          .failed()
          .add(Check.DUPLICATE_WAGE);
    }
  }

  /** A payroll's line as one number: files have fewer than 2^24 lines. */
  static long place(long payroll, int line) {
    return payroll << 24 | line;
  }

  /** Also tells the digest of each part's lines, which stand together. */
  private void copy(
      int bank,
      List<Line> lines,
      List<Roster.@Nullable Entry> entries,
      List<byte[]> accounts,
      List<EventLog.Event> told) {
    var digest = BulkCopy.digest();
    bulk.copy(
        "payroll_line",
        "bank, pay_month, payroll, line, batch, period, run_type, party, worker_account, amount,"
            + " verdict, checks, instr_id, end_to_end, said",
        rows -> {
          rows.digestTo(digest);
          int first = 0;
          for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var entry = entries.get(i);
            var account = entry == null ? null : LineCheck.named(entry, accounts.get(i));
            var verdict = LineCheck.verdict(line.failed());
            rows.row(
                row ->
                    row.integer(bank)
                        .integer(line.payroll().month())
                        .bigint(line.payroll().payroll())
                        .integer(line.said().line())
                        .integer(line.said().batch())
                        .integer(line.period())
                        .text(line.runType())
                        .bigint(entry == null ? null : (Long) entry.party())
                        .bigint(account == null ? null : (Long) account.number())
                        .bigint(line.said().minor())
                        .text(verdict == Check.Outcome.TELL ? "PAY" : verdict.name())
                        .text(LineCheck.names(line.failed()))
                        .text(line.said().instrId())
                        .text(line.said().endToEnd())
                        .bytea(verdict == Check.Outcome.TELL ? null : sealed(bank, line)));
            if (i == lines.size() - 1 || !lines.get(i + 1).payroll().equals(line.payroll())) {
              told.add(
                  new EventLog.Event(
                      "LINES_SEALED",
                      subject(line.payroll())
                          + " lines "
                          + lines.get(first).said().line()
                          + " to "
                          + line.said().line(),
                      hex(digest)));
              first = i + 1;
            }
          }
        });
  }

  /** What a line that is not paid said, for the person who will look at it. */
  private byte[] sealed(int bank, Line line) {
    var said = line.said();
    var text = new StringBuilder();
    for (var part :
        new @Nullable Object[] {
          said.name(),
          said.idScheme(),
          said.idNumber(),
          said.account(),
          said.member(),
          said.amount(),
          said.currency(),
          said.remittance()
        }) {
      text.append(part == null ? "" : part.toString().replace('\n', ' ')).append('\n');
    }
    return vault.seal(
        bank, "payroll_line.said", place(line.payroll().payroll(), said.line()), text.toString());
  }

  /**
   * What a line that is not paid said: name, scheme of the identifier, identifier, account, member
   * code, amount, currency, remittance; empty what it left out.
   *
   * @param sealed {@code payroll_line.said}
   */
  public List<String> said(int bank, long payroll, int line, byte[] sealed) {
    return List.of(
        vault.open(bank, "payroll_line.said", place(payroll, line), sealed).split("\n", -1));
  }

  private Set<String> members(int bank, LocalDate today) {
    return jdbc.sql(
            """
            SELECT member FROM participant
             WHERE bank = ? AND from_date <= ? AND (until_date IS NULL OR until_date >= ?)
            """)
        .params(bank, today, today)
        .query(String.class)
        .set();
  }

  /** The checks of a set by name, for those who show them. */
  public static Set<Check> checks(@Nullable String names) {
    var read = LineCheck.read(names);
    return read.isEmpty() ? EnumSet.noneOf(Check.class) : EnumSet.copyOf(read);
  }
}
