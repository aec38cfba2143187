package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wagerail.project.BankCode;
import org.wagerail.project.Confirmations;
import org.wagerail.project.IdScheme;
import org.wagerail.project.UnifiedSocialCreditCode;

/** Reads what a case begins with. */
final class GivenReader {
  private static final String[] RUNS = {"REG", "LEAVER", "SUPP"};

  private final LocalDateTime clock;
  private final YearMonth period;
  private final String runType;
  private final List<Given.Firm> firms = new ArrayList<>();
  private final List<Given.Project> projects = new ArrayList<>();
  private final List<Given.Worker> workers = new ArrayList<>();
  private final List<Given.Confirmation> confirmations = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  private GivenReader(Entry.Words words) throws GrammarFault {
    clock = words.get("clock").moment(null);
    var month = words.find("period");
    period = month == null ? YearMonth.from(clock).minusMonths(1) : month.month();
    var run = words.find("run");
    runType = run == null ? "REG" : run.choice(RUNS);
  }

  static Given read(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.GIVEN);
    var reader = new GivenReader(words);
    reader.firms(words.list("firms"));
    reader.projects(words.get("projects"));
    reader.workers(words.list("workers"));
    reader.accounts(words.list("workers"));
    for (var confirmation : words.list("confirmations")) {
      reader.confirmation(confirmation);
    }
    var signatories = signatories(words.find("signatories"));
    return new Given(
        reader.clock,
        reader.period,
        reader.runType,
        calendar(words.find("calendar")),
        parameters(words.find("parameters")),
        reader.firms,
        reader.projects,
        reader.workers,
        reader.confirmations,
        signatories);
  }

  private static List<String> signatories(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return List.of("A", "B");
    }
    var signatories = entry.texts();
    if (signatories.isEmpty() || signatories.size() > new HashSet<>(signatories).size()) {
      throw entry.fault("somebody signs, and each has a name of his own", "须有签署人，且名称不得重复");
    }
    return signatories;
  }

  private static Given.@Nullable Calendar calendar(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var words = entry.words(Grammar.CALENDAR);
    int year = words.get("year").count(2000, 2999);
    return new Given.Calendar(
        year,
        words.get("state").choice("PUBLISHED", "ESTIMATED"),
        dates(words.list("holidays"), year),
        dates(words.list("workdays"), year));
  }

  private static List<LocalDate> dates(List<Entry> entries, int year) throws GrammarFault {
    var dates = new ArrayList<LocalDate>();
    for (var entry : entries) {
      var date = entry.date();
      if (date.getYear() != year) {
        throw entry.fault("not a day of " + year + ": " + date, "不在 " + year + " 年内：" + date);
      }
      dates.add(date);
    }
    return dates;
  }

  private static Map<String, String> parameters(@Nullable Entry entry) throws GrammarFault {
    var parameters = new LinkedHashMap<String, String>();
    if (entry != null) {
      for (var parameter : entry.words(Grammar.PARAMETERS).members().values()) {
        parameters.put(parameter.name(), parameter.text());
      }
    }
    return parameters;
  }

  private void once(Entry entry, String key) throws GrammarFault {
    if (key.contains("/") || key.equals("others") || key.equals("total") || !keys.add(key)) {
      throw entry.fault(
          "this name stands here twice, or has a meaning of its own: " + key, "名称重复或另有含义：" + key);
    }
  }

  private void firms(List<Entry> entries) throws GrammarFault {
    for (var entry : entries) {
      if (entry.isText()) {
        firms.add(new Given.Firm(entry.text(), null));
      } else {
        var words = entry.words(Grammar.FIRM);
        var code = words.find("code");
        if (code != null && UnifiedSocialCreditCode.flaw(code.text()) != null) {
          throw code.fault(
              "no unified social credit code, or its check character is wrong: " + code.text(),
              "不是统一社会信用代码，或校验位错误：" + code.text());
        }
        firms.add(new Given.Firm(words.get("firm").text(), code == null ? null : code.text()));
      }
      once(entry, firms.getLast().key());
    }
    if (firms.isEmpty()) {
      firms.add(new Given.Firm("subcontractor", null));
    }
  }

  private void projects(Entry of) throws GrammarFault {
    for (var entry : of.list()) {
      var words = entry.words(Grammar.PROJECT);
      var balance = owned(words, "balance");
      var shortMoney = words.find("short-money");
      var payDay = words.find("pay-day");
      var on = words.find("firms");
      var project =
          new Given.Project(
              words.get("project").text(),
              words.text("account", "special"),
              balance == null ? 0 : balance,
              shortMoney == null ? "NOTHING" : shortMoney.choice("NOTHING", "PRO_RATA"),
              payDay == null ? 15 : payDay.count(1, 31),
              words.truth("agreement", true),
              on == null ? firms.stream().map(Given.Firm::key).toList() : on.texts(),
              term(words.find("labour-cost")),
              words.truth("opened", true));
      once(entry, "project " + project.key());
      for (var firm : project.firms()) {
        if (firms.stream().noneMatch(known -> known.key().equals(firm))) {
          throw entry.fault("there is no firm " + firm, "没有单位 " + firm);
        }
      }
      projects.add(project);
    }
    if (projects.isEmpty()) {
      throw of.fault("a case needs a project", "案例须有项目");
    }
  }

  private static Given.@Nullable Term term(@Nullable Entry entry) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var words = entry.words(Grammar.TERM);
    var share = words.find("share");
    var cycle = words.find("cycle");
    var progress = new LinkedHashMap<LocalDate, Long>();
    var certified = words.find("progress");
    if (certified != null) {
      for (var member : certified.map().values()) {
        progress.put(member.nameAsDate(), member.amount());
      }
    }
    return new Given.Term(
        share == null ? (Long) words.get("amount").amount() : null,
        share == null ? null : (Integer) share.count(1, 10_000),
        cycle == null ? "MONTH" : cycle.choice("MONTH", "WEEK"),
        words.get("day").count(1, 31),
        words.get("from").date(),
        progress);
  }

  private void workers(List<Entry> entries) throws GrammarFault {
    for (var entry : entries) {
      var words = entry.words(Grammar.WORKER);
      var jobs = jobs(words);
      var confirmed = owned(words, "confirmed");
      var scheme = words.find("scheme");
      var firm = words.text("firm", firms.getFirst().key());
      if (firms.stream().noneMatch(f -> f.key().equals(firm))) {
        throw words.get("firm").fault("there is no firm " + firm, "没有单位 " + firm);
      }
      identified(words);
      for (var key : Range.of(entry, words.get("worker").text())) {
        once(entry, key);
        workers.add(
            new Given.Worker(
                key,
                words.text("name"),
                scheme == null
                    ? null
                    : scheme.choice("RESIDENT_ID", "PASSPORT", "HK_MACAU_PERMIT", "TAIWAN_PERMIT"),
                words.text("id"),
                words.text("account"),
                words.text("account-of"),
                words.text("bank"),
                words.truth("second-account", false),
                words.truth("registered", true),
                jobs,
                firm,
                words.truth("contract", true)));
        if (confirmed != null) {
          for (var job : jobs) {
            confirmations.add(
                new Given.Confirmation(
                    key, job.project(), period, runType, confirmed, "WORKER", clock.minusDays(1)));
          }
        }
      }
    }
  }

  /** Where a worker works; what a project's own words do not say, the worker's say for all. */
  private List<Given.Job> jobs(Entry.Words words) throws GrammarFault {
    var from = words.find("from");
    var until = words.find("until");
    var first = from == null ? LocalDate.of(2020, 1, 1) : from.date();
    var last = until == null ? null : until.date();
    var jobs = new ArrayList<Given.Job>();
    for (var at : words.list("projects")) {
      if (at.isText()) {
        jobs.add(new Given.Job(at.text(), first, last));
      } else {
        var job = at.words(Grammar.JOB);
        var begins = job.find("from");
        var ends = job.find("until");
        jobs.add(
            new Given.Job(
                job.get("project").text(),
                begins == null ? first : begins.date(),
                ends == null ? last : ends.date()));
      }
      known(at, jobs.getLast().project());
    }
    if (jobs.isEmpty()) {
      jobs.add(new Given.Job(projects.getFirst().key(), first, last));
    }
    return jobs;
  }

  /** Money that somebody has is no less than nothing. */
  private static @Nullable Long owned(Entry.Words words, String word) throws GrammarFault {
    var amount = words.amount(word);
    if (amount != null && amount < 0) {
      throw words.get(word).fault("must not be less than 0.00", "不得小于 0.00");
    }
    return amount;
  }

  /** What the register would not take cannot be given. */
  private static void identified(Entry.Words words) throws GrammarFault {
    var id = words.find("id");
    if (id != null) {
      var scheme = IdScheme.valueOf(words.text("scheme", "RESIDENT_ID"));
      if (!scheme.accepts(IdScheme.normal(id.text()))) {
        throw id.fault(
            "no number of " + scheme + ", or its check digit is wrong: " + id.text(),
            "不是 " + scheme + " 号码，或校验位错误：" + id.text());
      }
    }
    var bank = words.find("bank");
    if (bank != null && !BankCode.accepts(bank.text())) {
      throw bank.fault("a bank's code is 12 digits: " + bank.text(), "行号为 12 位数字：" + bank.text());
    }
  }

  /** Whose account a worker has must be known, and be that one's own. */
  private void accounts(List<Entry> entries) throws GrammarFault {
    for (var entry : entries) {
      var of = entry.words(Grammar.WORKER).find("account-of");
      if (of != null) {
        var key = of.text();
        if (workers.stream().noneMatch(w -> w.key().equals(key) && w.accountOf() == null)) {
          throw of.fault(
              "there is no worker with an account of his own called " + key, "没有自有账户的工人 " + key);
        }
      }
    }
  }

  private void known(Entry entry, String project) throws GrammarFault {
    if (projects.stream().noneMatch(p -> p.key().equals(project))) {
      throw entry.fault("there is no project " + project, "没有项目 " + project);
    }
  }

  private void confirmation(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CONFIRMATION);
    var project = words.text("project", projects.getFirst().key());
    known(entry, project);
    var month = words.find("period");
    var run = words.find("run");
    var source = words.find("source");
    var at = words.find("at");
    for (var worker : Range.of(entry, words.get("worker").text())) {
      if (workers.stream().noneMatch(w -> w.key().equals(worker) && w.registered())) {
        throw entry.fault("there is no registered worker " + worker, "没有在册工人 " + worker);
      }
      confirmations.add(
          new Given.Confirmation(
              worker,
              project,
              month == null ? period : month.month(),
              run == null ? runType : run.choice(RUNS),
              words.get("amount").amount(),
              source == null ? "WORKER" : source.choice(Confirmations.Source.class).name(),
              at == null ? clock.minusDays(1) : at.moment(clock.toLocalDate())));
    }
  }
}
