package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wagerail.funding.LabourStanding;
import org.wagerail.payment.ClearingDecision;
import org.wagerail.payment.PaymentState;
import org.wagerail.payment.RecallReason;
import org.wagerail.payroll.Check;
import org.wagerail.payroll.WorkItems;
import org.wagerail.reconciliation.BreakKind;

/**
 * Reads what must hold. Names and states that there are not are faults and no expectations: nothing
 * could ever come about as they say.
 */
final class ExpectedReader {
  /** A status, and a reason if it is asked for. */
  private static final Pattern SAID = Pattern.compile("[A-Z]{4}( [A-Z]{2,4}[0-9]{0,2})?");

  private static final Pattern OUTCOME =
      Pattern.compile("(OPEN|READ|REPEATED|REFUSED)( [A-Z]{2,4}[0-9]{2})*");

  private static final String[] RUNS = {"FULL", "PRO_RATA", "NOTHING"};

  private static final String[] STATES = {
    "UNPAID",
    "IN_CLEARING",
    "UNKNOWN",
    "SETTLED",
    "REJECTED",
    "RETURNED",
    "TO_BE_REPAID",
    "ACCEPTED",
    "REFUSED_BY_DECISION"
  };

  private final Given given;
  private final Map<String, Step.FileArrives> files;

  /**
   * @param files those that have arrived by now
   */
  ExpectedReader(Given given, Map<String, Step.FileArrives> files) {
    this.given = given;
    this.files = files;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(Entry entry) throws GrammarFault;
  }

  Expected read(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.THEN);
    if (words.members().isEmpty()) {
      throw entry.fault("must say what must hold", "须写明应当如何");
    }
    var audit = words.find("audit");
    if (audit != null) {
      audit.choice("clean");
    }
    var refused = refused(words.find("refused"));
    return new Expected(
        map(words.find("files"), this::file, ExpectedReader::outcome),
        map(words.find("lines"), this::line, ExpectedReader::states),
        map(words.find("checks"), this::line, ExpectedReader::checks),
        map(words.find("payments"), this::line, ExpectedReader::payments),
        map(words.find("totals"), this::file, ExpectedReader::totals),
        map(words.find("paid"), this::line, Entry::amount),
        map(words.find("unpaid"), this::line, Entry::amount),
        map(words.find("due"), this::line, Entry::date),
        map(words.find("pay-dates"), this::project, ExpectedReader::payDates),
        map(words.find("disputes"), this::worker, Entry::amount),
        map(words.find("books"), this::project, Entry::amount),
        map(words.find("debits"), this::project, Entry::amount),
        words.amount("in-clearing"),
        texts(words.find("runs"), RUNS),
        texts(words.find("exceptions"), exceptions()),
        texts(words.find("open-exceptions"), exceptions()),
        refused,
        packages(words.find("pacs.008")),
        inquiries(words.find("pacs.028")),
        recalls(words.find("camt.056")),
        returnAdvices(words.find("camt.054")),
        reports(words.find("pain.002")),
        map(words.find("labour-cost"), this::project, ExpectedReader::labour),
        words.amount("suspense"),
        map(words.find("advices"), (_, _) -> {}, Entry::text),
        map(words.find("marks"), this::account, Entry::truth),
        map(words.find("earliest-closing"), this::project, Entry::date),
        notices(words.find("notices")),
        texts(words.find("breaks"), kinds()),
        texts(words.find("open-breaks"), kinds()),
        dates(words.find("closed-days")),
        map(words.find("work"), this::line, ExpectedReader::work),
        audit != null);
  }

  private static List<String> refused(@Nullable Entry entry) throws GrammarFault {
    var codes = new ArrayList<String>();
    for (var item : entry == null ? List.<Entry>of() : entry.list()) {
      if (!Grammar.refusals().contains(item.text())) {
        throw item.fault(
            item.text() + " is no code of a refusal, see CASEBOOK.md",
            item.text() + " 不是拒绝代码，见 CASEBOOK.md");
      }
      codes.add(item.text());
    }
    return codes;
  }

  private static @Nullable List<String> texts(@Nullable Entry entry, String... allowed)
      throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var texts = new ArrayList<String>();
    for (var item : entry.list()) {
      texts.add(item.choice(allowed));
    }
    return texts;
  }

  /** Members by name; a range of names is written once. */
  private <T> @Nullable SequencedMap<String, T> map(
      @Nullable Entry entry, Naming naming, Reading<T> reading) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var read = new LinkedHashMap<String, T>();
    for (var member : entry.map().values()) {
      for (var name : names(member)) {
        naming.check(member, name);
        if (read.putIfAbsent(name, reading.of(member)) != null) {
          throw member.fault("stands here twice: " + name, "重复出现：" + name);
        }
      }
    }
    return read;
  }

  /** A range may stand behind its file: {@code october/w1..w3}. */
  private static List<String> names(Entry member) throws GrammarFault {
    int slash = member.name().indexOf('/');
    var file = member.name().substring(0, slash + 1);
    return Range.of(member, member.name().substring(slash + 1)).stream()
        .map(name -> file + name)
        .toList();
  }

  // ------------------------------------------------------------------ names

  @FunctionalInterface
  private interface Naming {
    void check(Entry entry, String name) throws GrammarFault;
  }

  private void file(Entry entry, String name) throws GrammarFault {
    if (!files.containsKey(name)) {
      throw entry.fault("no such file has arrived: " + name, "尚无此文件：" + name);
    }
  }

  private void project(Entry entry, String name) throws GrammarFault {
    if (given.projects().stream().noneMatch(p -> p.key().equals(name))) {
      throw entry.fault("there is no project " + name, "没有项目 " + name);
    }
  }

  private void account(Entry entry, String name) throws GrammarFault {
    if (given.projects().stream().noneMatch(p -> p.account().equals(name))) {
      throw entry.fault("there is no account " + name, "没有专户 " + name);
    }
  }

  private void worker(Entry entry, String name) throws GrammarFault {
    if (!given.isWorker(name)) {
      throw entry.fault("there is no worker " + name, "没有工人 " + name);
    }
  }

  /** A worker, a file and a worker or number, all of them or the others. */
  private void line(Entry entry, String name) throws GrammarFault {
    int slash = name.indexOf('/');
    var line = name.substring(slash + 1);
    if (slash >= 0) {
      file(entry, name.substring(0, slash));
    }
    if (line.equals("total") || line.equals("others")) {
      return;
    }
    if (slash < 0) {
      worker(entry, line);
    } else {
      ofFile(entry, name.substring(0, slash), line);
    }
  }

  private void ofFile(Entry entry, String key, String line) throws GrammarFault {
    var file = files.get(key);
    if (file == null || file.xml() != null) {
      return;
    }
    var workers = file.batches().stream().flatMap(b -> b.lines().stream()).map(Step.Line::worker);
    var lines = workers.toList();
    boolean number = line.matches("[1-9][0-9]{0,8}") && Integer.parseInt(line) <= lines.size();
    if (!number && !lines.contains(line)) {
      throw entry.fault(
          "the file " + key + " has no line of " + line, "文件 " + key + " 无此明细：" + line);
    }
  }

  // ------------------------------------------------------------------ values

  private static String outcome(Entry entry) throws GrammarFault {
    return formed(entry, OUTCOME, "READ, REFUSED DU01");
  }

  private static String said(Entry entry) throws GrammarFault {
    return formed(entry, SAID, "PDNG, PDNG NARR");
  }

  private static String formed(Entry entry, Pattern form, String example) throws GrammarFault {
    var text = entry.text();
    if (!form.matcher(text).matches()) {
      throw entry.fault(
          "must be written as " + example + ": " + text, "应写作 " + example + "：" + text);
    }
    return text;
  }

  /** A state, or a list of checks. */
  private static List<String> states(Entry entry) throws GrammarFault {
    if (!entry.isText()) {
      return checks(entry);
    }
    var text = entry.text();
    boolean check =
        Arrays.stream(Check.values())
            .filter(c -> c.outcome() != Check.Outcome.TELL)
            .anyMatch(c -> c.state().equals(text));
    if (!check && !Arrays.asList(STATES).contains(text)) {
      throw entry.fault(
          text + " is no state of a line: " + String.join(", ", STATES) + ", or of CHECKS.md",
          text + " 不是明细状态：" + String.join("、", STATES) + "，或见 CHECKS.md");
    }
    return List.of(text);
  }

  private static List<String> checks(Entry entry) throws GrammarFault {
    var checks = new ArrayList<String>();
    for (var item : entry.list()) {
      var text = item.text();
      if (Arrays.stream(Check.values()).noneMatch(check -> check.state().equals(text))) {
        throw item.fault(text + " is no check of CHECKS.md", text + " 不是 CHECKS.md 所列检查");
      }
      checks.add(text);
    }
    return checks;
  }

  private static List<Expected.Payment> payments(Entry entry) throws GrammarFault {
    var payments = new ArrayList<Expected.Payment>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.PAYMENT);
      var state = words.find("state");
      var on = words.find("on");
      var replaces = words.find("replaces");
      payments.add(
          new Expected.Payment(
              words.amount("amount"),
              state == null ? null : state.choice(PaymentState.class).name(),
              words.text("reason"),
              on == null ? null : on.date(),
              replaces == null ? null : (Integer) replaces.count(0, 99)));
    }
    return payments;
  }

  private static SequencedMap<YearMonth, LocalDate> payDates(Entry entry) throws GrammarFault {
    var dates = new LinkedHashMap<YearMonth, LocalDate>();
    for (var member : entry.map().values()) {
      dates.put(member.nameAsMonth(), member.date());
    }
    return dates;
  }

  private static SequencedMap<String, Long> totals(Entry entry) throws GrammarFault {
    var totals = new LinkedHashMap<String, Long>();
    for (var member : entry.words(Grammar.TOTALS).members().values()) {
      totals.put(member.name(), member.amount());
    }
    return totals;
  }

  private static List<Expected.Labour> labour(Entry entry) throws GrammarFault {
    var labour = new ArrayList<Expected.Labour>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.LABOUR);
      var due = words.find("due");
      var state = words.find("state");
      labour.add(
          new Expected.Labour(
              due == null ? null : due.date(),
              words.amount("amount"),
              words.amount("credited"),
              words.amount("outstanding"),
              number(words.find("days")),
              state == null ? null : state.choice(LabourStanding.State.class).name()));
    }
    return labour;
  }

  private static Expected.Work work(Entry entry) throws GrammarFault {
    if (entry.isText()) {
      return new Expected.Work(null, entry.choice("NONE"), null, null, null);
    }
    var words = entry.words(Grammar.WORK);
    var state = words.find("state");
    var action = words.find("action");
    var due = words.find("due");
    var overdue = words.find("overdue");
    return new Expected.Work(
        words.text("owner"),
        state == null ? null : state.choice("OPEN", "PROPOSED", "NONE"),
        action == null ? null : action.choice(WorkItems.Action.class).name(),
        due == null ? null : due.moment(null),
        overdue == null ? null : (Boolean) overdue.truth());
  }

  private static @Nullable List<Expected.Told> notices(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var notices = new ArrayList<Expected.Told>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.NOTICE);
      var facts = new LinkedHashMap<String, String>();
      var wanted = words.find("facts");
      if (wanted != null) {
        for (var fact : wanted.map().values()) {
          facts.put(fact.name(), fact.text());
        }
      }
      for (var to : words.get("to").list()) {
        notices.add(
            new Expected.Told(
                to.choice("contractor", "owner", "supervisor", "core"),
                words.get("kind").text(),
                facts));
      }
    }
    return notices;
  }

  private @Nullable List<Expected.Package> packages(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var packages = new ArrayList<Expected.Package>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.PACKAGE);
      packages.add(
          new Expected.Package(
              number(words.find("count")),
              words.amount("sum"),
              map(words.find("pays"), this::worker, Entry::amount)));
    }
    return packages;
  }

  private static String[] kinds() {
    return Arrays.stream(BreakKind.values()).map(Enum::name).toArray(String[]::new);
  }

  private static @Nullable List<String> dates(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var dates = new ArrayList<String>();
    for (var item : entry.list()) {
      dates.add(item.date().toString());
    }
    return dates;
  }

  private static String[] exceptions() {
    return Arrays.stream(ClearingDecision.Kind.values()).map(Enum::name).toArray(String[]::new);
  }

  private @Nullable List<List<String>> inquiries(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var inquiries = new ArrayList<List<String>>();
    for (var item : entry.list()) {
      var asks = new ArrayList<String>();
      for (var name : item.words(Grammar.INQUIRY).list("asks")) {
        for (var worker : Range.of(name, name.text())) {
          worker(name, worker);
          asks.add(worker);
        }
      }
      inquiries.add(asks);
    }
    return inquiries;
  }

  private @Nullable List<Expected.AskedBack> recalls(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var recalls = new ArrayList<Expected.AskedBack>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.ASKED_BACK);
      var worker = words.get("worker");
      worker(worker, worker.text());
      var reason = words.find("reason");
      recalls.add(
          new Expected.AskedBack(
              worker.text(), reason == null ? null : reason.choice(RecallReason.class).name()));
    }
    return recalls;
  }

  private @Nullable List<Expected.ReturnAdvice> returnAdvices(@Nullable Entry entry)
      throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var advices = new ArrayList<Expected.ReturnAdvice>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.RETURN_ADVICE);
      var file = words.get("file");
      file(file, file.text());
      advices.add(
          new Expected.ReturnAdvice(
              file.text(),
              map(words.find("returns"), this::worker, Entry::amount),
              words.text("reason")));
    }
    return advices;
  }

  private static @Nullable Long number(@Nullable Entry entry) throws GrammarFault {
    return entry == null ? null : (Long) (long) entry.count(0, 999_999_999);
  }

  private @Nullable List<Expected.Report> reports(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var reports = new ArrayList<Expected.Report>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.REPORT);
      var file = words.get("file");
      file(file, file.text());
      var status = words.find("status");
      reports.add(
          new Expected.Report(
              file.text(),
              status == null ? null : said(status),
              words.text("reason"),
              map(words.find("batches"), ExpectedReader::place, ExpectedReader::said),
              number(words.find("count")),
              map(
                  words.find("lines"),
                  (of, name) -> ofFile(of, file.text(), name),
                  ExpectedReader::said)));
    }
    return reports;
  }

  private static void place(Entry entry, String name) throws GrammarFault {
    if (!name.matches("[1-9][0-9]{0,5}")) {
      throw entry.fault("a batch is named by its place, from 1: " + name, "批次以序号（自 1 起）指称：" + name);
    }
  }
}
