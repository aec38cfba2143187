package org.wagerail.ops.casebook;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wagerail.funding.Closings;
import org.wagerail.ledger.EntryKind;
import org.wagerail.payment.RecallReason;
import org.wagerail.payroll.Screening;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Confirmations;

/** Reads what happens, step by step; what is left unsaid is as the given has it. */
final class StepReader {
  /** Characters of a file's name: in UTF-8 a folder takes no more than four bytes for each. */
  private static final int LONGEST = 60;

  private final Given given;
  private final Map<String, Step.FileArrives> files = new HashMap<>();
  private LocalDateTime clock;

  StepReader(Given given) {
    this.given = given;
    this.clock = given.clock();
  }

  Step read(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.STEP);
    if (words.members().size() != 1) {
      throw entry.fault("one step says one thing", "每一步只做一件事");
    }
    var step = words.members().values().iterator().next();
    return switch (step.name()) {
      case "clock" -> new Step.ClockMoves(step.line(), moment(step));
      case "file" -> file(step);
      case "again" -> new Step.FileAgain(step.line(), known(step, step.text()));
      case "release" -> release(step);
      case "cut-off" -> new Step.CutOff(step.line(), moment(step));
      case "at-once" -> new Step.AtOnce(step.line(), moment(step));
      case "clearing" -> clearing(step);
      case "confirm" -> confirm(step);
      case "settle" -> settle(step);
      case "accept" -> decide(step, true);
      case "refuse" -> decide(step, false);
      case "screening-list" -> screeningList(step);
      case "give" -> give(step);
      case "propose" -> propose(step);
      case "answer" -> answer(step);
      case "account" -> account(step);
      case "repay" -> repay(step);
      case "credit" -> credit(step);
      case "debit" -> debit(step);
      case "correct" -> correct(step);
      case "silence" -> new Step.Silence(step.line(), moment(step));
      case "recall" -> recall(step);
      case "settlement-report" -> settlementReport(step);
      case "repair" -> repair(step);
      case "daily" -> new Step.Daily(step.line(), moment(step));
      case "advice" -> advice(step);
      case "assign" -> assign(step);
      case "send-back" -> sendBack(step);
      case "open-account" -> openAccount(step);
      case "closing" -> closing(step);
      case "close-exception" -> closeException(step);
      case "close-account" -> closeAccount(step);
      case "core-statement" -> coreStatement(step);
      case "reconcile" -> new Step.Reconcile(step.line(), step.date());
      case "explain-break" -> explainBreak(step);
      case "agree-break" -> agreeBreak(step);
      case "then" -> then(step);
      default -> throw new IllegalStateException(step.name());
    };
  }

  Step.Then then(Entry entry) throws GrammarFault {
    return new Step.Then(entry.line(), new ExpectedReader(given, files).read(entry));
  }

  private LocalDateTime moment(Entry entry) throws GrammarFault {
    var moment = entry.moment(clock.toLocalDate());
    if (moment.isBefore(clock)) {
      throw entry.fault(
          "the clock stands at " + clock + " and never goes back: " + moment,
          "时钟已是 " + clock + "，不能倒退：" + moment);
    }
    clock = moment;
    return moment;
  }

  // ------------------------------------------------------------------ files

  private Step.FileArrives file(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.FILE);
    var key = words.get("name").text();
    if (key.contains("/") || key.isBlank() || key.length() > LONGEST) {
      throw entry.fault(
          "a file's name has no slash and 1 to " + LONGEST + " characters",
          "文件名不含斜杠，长 1 至 " + LONGEST + " 字");
    }
    var like = words.find("like");
    var xml = words.text("xml");
    List<Step.Batch> batches;
    if (like != null) {
      batches = original(like).batches();
    } else if (xml != null) {
      batches = List.of();
    } else if (words.find("batches") != null) {
      batches = new ArrayList<>();
      for (var batch : words.list("batches")) {
        batches.add(batch(batch.words(Grammar.BATCH)));
      }
    } else {
      batches = List.of(batch(words));
    }
    var version = words.find("version");
    var file =
        new Step.FileArrives(
            entry.line(),
            key,
            words.text("message", key),
            version == null
                ? "pain.001.001.09"
                : version.choice("pain.001.001.03", "pain.001.001.09", "pain.001.001.11"),
            batches,
            like == null ? null : like.text(),
            xml,
            replacements(words.list("replace")),
            words.text("count"),
            words.text("sum"));
    if (files.putIfAbsent(key, file) != null) {
      throw entry.fault("there is a file of this name already: " + key, "文件名重复：" + key);
    }
    return file;
  }

  private static List<Step.Replacement> replacements(List<Entry> entries) throws GrammarFault {
    var replacements = new ArrayList<Step.Replacement>();
    for (var entry : entries) {
      var words = entry.words(Grammar.REPLACE);
      replacements.add(
          new Step.Replacement(entry.line(), words.get("old").text(), words.get("by").text()));
    }
    return replacements;
  }

  private Step.Batch batch(Entry.Words words) throws GrammarFault {
    var project = project(words);
    var date = words.find("pay-date");
    var lines = new ArrayList<Step.Line>();
    for (var line : words.get("lines").list()) {
      lines(line, words, lines);
    }
    var firm = words.text("firm", given.firms().getFirst().key());
    if (given.firms().stream().noneMatch(f -> f.key().equals(firm))) {
      throw words.get("firm").fault("there is no firm " + firm, "没有单位 " + firm);
    }
    return new Step.Batch(
        project.key(),
        words.text("account", project.account()),
        firm,
        words.text("firm-code"),
        date == null ? clock.toLocalDate() : date.date(),
        words.text("method", "TRF"),
        words.text("purpose", "SALA"),
        lines);
  }

  private void lines(Entry entry, Entry.Words batch, List<Step.Line> lines) throws GrammarFault {
    var words = entry.words(Grammar.LINE);
    var remittance = words.text("remittance", remittance(words, batch));
    for (var worker : Range.of(entry, words.get("worker").text())) {
      worker(entry, worker);
      var of = words.text("account-of");
      if (of != null) {
        worker(entry, of);
      }
      lines.add(
          new Step.Line(
              worker,
              words.get("amount").text(),
              words.text("currency", "CNY"),
              remittance,
              words.text("name"),
              words.text("scheme"),
              words.text("id"),
              words.text("account"),
              of,
              words.text("bank"),
              words.text("end-to-end")));
    }
  }

  private String remittance(Entry.Words line, Entry.Words batch) throws GrammarFault {
    return "/PERIOD/"
        + period(line, period(batch, given.period()))
        + "/RUN/"
        + run(line, run(batch));
  }

  private static YearMonth period(Entry.Words words, YearMonth otherwise) throws GrammarFault {
    var entry = words.find("period");
    return entry == null ? otherwise : entry.month();
  }

  private String run(Entry.Words words) throws GrammarFault {
    return run(words, given.runType());
  }

  private static String run(Entry.Words words, String otherwise) throws GrammarFault {
    var entry = words.find("run");
    return entry == null ? otherwise : entry.choice("REG", "LEAVER", "SUPP");
  }

  private Step.FileArrives original(Entry entry) throws GrammarFault {
    var file = files.get(entry.text());
    if (file == null) {
      throw entry.fault("no such file has arrived: " + entry.text(), "尚无此文件：" + entry.text());
    }
    return file;
  }

  private String known(Entry entry, String file) throws GrammarFault {
    if (!files.containsKey(file)) {
      throw entry.fault("no such file has arrived: " + file, "尚无此文件：" + file);
    }
    return file;
  }

  private String worker(Entry entry, String key) throws GrammarFault {
    if (!given.isWorker(key)) {
      throw entry.fault("there is no worker " + key, "没有工人 " + key);
    }
    return key;
  }

  private Given.Project project(Entry.Words words) throws GrammarFault {
    var entry = words.find("project");
    if (entry == null) {
      return given.projects().getFirst();
    }
    var key = entry.text();
    for (var project : given.projects()) {
      if (project.key().equals(key)) {
        return project;
      }
    }
    throw entry.fault("there is no project " + key, "没有项目 " + key);
  }

  // ------------------------------------------------------------------ persons

  private Step.Release release(Entry entry) throws GrammarFault {
    var two = given.signatories().stream().limit(2).toList();
    if (entry.isText()) {
      var file = known(entry, entry.text());
      return new Step.Release(entry.line(), file, two, file);
    }
    var words = entry.words(Grammar.RELEASE);
    var persons = words.find("by");
    var by = persons == null ? two : persons.texts();
    for (var person : by) {
      if (!given.signatories().contains(person)) {
        throw words.get("by").fault("there is no signatory " + person, "没有签署人 " + person);
      }
    }
    var file = known(entry, words.get("file").text());
    return new Step.Release(entry.line(), file, by, known(entry, words.text("signed", file)));
  }

  private Step.Confirms confirm(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CONFIRM);
    var source = words.find("source");
    return new Step.Confirms(
        entry.line(),
        worker(entry, words.get("worker").text()),
        project(words).key(),
        period(words, given.period()),
        run(words),
        words.get("amount").amount(),
        source == null ? Confirmations.Source.WORKER : source.choice(Confirmations.Source.class),
        words.amount("claims"));
  }

  private Step.Settle settle(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.SETTLE);
    return new Step.Settle(
        entry.line(),
        worker(entry, words.get("worker").text()),
        project(words).key(),
        period(words, given.period()),
        run(words),
        words.get("agreed").amount(),
        two(words));
  }

  private Step.Decides decide(Entry entry, boolean accept) throws GrammarFault {
    var words = entry.words(Grammar.DECIDE);
    var ground = words.find("ground");
    return new Step.Decides(
        entry.line(),
        accept,
        known(entry, words.get("file").text()),
        workerOf(entry, words),
        lineOf(words),
        ground == null ? "EVIDENCE" : ground.choice("CONFIRMATION", "EVIDENCE"),
        two(words));
  }

  private Step.Corrects correct(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CORRECT);
    return new Step.Corrects(
        entry.line(),
        side(words.get("debited")),
        side(words.get("credited")),
        words.get("amount").amount(),
        words.text("corrects", "what was booked wrongly"),
        words.text("document", "letter of the bank"),
        words.text("reason", "booked to the wrong account"),
        two(words));
  }

  /** A project, or the word settlement. */
  private String side(Entry entry) throws GrammarFault {
    var key = entry.text();
    if (key.equals("settlement")) {
      return "";
    }
    if (given.projects().stream().noneMatch(p -> p.key().equals(key))) {
      throw entry.fault("there is no project " + key, "没有项目 " + key);
    }
    return key;
  }

  private Step.ListRecorded screeningList(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.SCREENING_LIST);
    var from = words.find("from");
    var entries = new ArrayList<Step.Listed>();
    for (var item : words.list("entries")) {
      var listed = item.words(Grammar.LISTED);
      var worker = listed.find("worker");
      var match = listed.find("match");
      entries.add(
          new Step.Listed(
              worker == null ? "" : worker(worker, worker.text()),
              listed.text("name", ""),
              match == null ? Screening.Match.NAME : match.choice(Screening.Match.class),
              listed.text("reason", "on the list")));
    }
    return new Step.ListRecorded(
        entry.line(),
        from == null ? clock.toLocalDate() : from.date(),
        words.text("source", "the bank's list"),
        entries);
  }

  private Step.Gives give(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.GIVE);
    return new Step.Gives(
        entry.line(),
        known(entry, words.get("file").text()),
        workerOf(entry, words),
        lineOf(words),
        words.get("to").text(),
        words.text("by", "first"));
  }

  private Step.Proposes propose(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.PROPOSE);
    return new Step.Proposes(
        entry.line(),
        known(entry, words.get("file").text()),
        workerOf(entry, words),
        lineOf(words),
        words.get("action").choice(WorkItems.Action.class),
        words.text("ground", "looked at"),
        words.text("by", "first"));
  }

  private Step.SaysToProposal answer(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.WORD);
    var agree = words.find("agree");
    return new Step.SaysToProposal(
        entry.line(),
        known(entry, words.get("file").text()),
        workerOf(entry, words),
        lineOf(words),
        agree == null || agree.truth(),
        words.text("reason", ""),
        words.text("by", "second"));
  }

  private String workerOf(Entry entry, Entry.Words words) throws GrammarFault {
    return words.find("line") != null ? "" : worker(entry, words.get("worker").text());
  }

  private static int lineOf(Entry.Words words) throws GrammarFault {
    var line = words.find("line");
    return line == null ? 0 : line.count(1, 999_999);
  }

  private static List<String> two(Entry.Words words) throws GrammarFault {
    var by = words.find("by");
    var persons = by == null ? List.of("first", "second") : by.texts();
    if (persons.size() != 2) {
      throw words.of().fault("\"by\" names two persons", "by 须列两人");
    }
    return persons;
  }

  private Step.AccountReplaced account(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.ACCOUNT);
    var of = words.find("account-of");
    return new Step.AccountReplaced(
        entry.line(),
        worker(entry, words.get("worker").text()),
        words.text("account"),
        of == null ? null : worker(of, of.text()),
        words.text("source", "worker's card shown with the identity card"));
  }

  private Step.Repay repay(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.REPAY);
    var file = words.find("file");
    return new Step.Repay(
        entry.line(),
        worker(entry, words.get("worker").text()),
        file == null ? null : known(file, file.text()),
        nth(words),
        two(words));
  }

  private Step.Recall recall(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.RECALL);
    var file = words.find("file");
    var reason = words.find("reason");
    return new Step.Recall(
        entry.line(),
        worker(entry, words.get("worker").text()),
        file == null ? null : known(file, file.text()),
        nth(words),
        reason == null ? RecallReason.DUPL : reason.choice(RecallReason.class),
        two(words));
  }

  private Step.Repair repair(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.REPAIR);
    var file = words.find("file");
    var of = words.find("account-of");
    var worker = worker(entry, words.get("worker").text());
    return new Step.Repair(
        entry.line(),
        worker,
        file == null ? null : known(file, file.text()),
        nth(words),
        words.text("account"),
        of == null ? null : worker(of, of.text()),
        worker(entry, words.text("id-of", worker)),
        words.text("source", "worker's card shown with the identity card"),
        two(words));
  }

  private Step.CloseException closeException(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CLOSE_EXCEPTION);
    return new Step.CloseException(
        entry.line(),
        words.get("exception").count(1, 9_999),
        words.text("reason", "settled with clearing by telephone"),
        two(words));
  }

  private Step.SettlementReported settlementReport(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.SETTLEMENT);
    return new Step.SettlementReported(
        entry.line(),
        words.get("day").date(),
        items(words.list("settled")),
        items(words.list("returned")),
        words.amount("closing"));
  }

  private List<Step.Item> items(List<Entry> entries) throws GrammarFault {
    var items = new ArrayList<Step.Item>();
    for (var entry : entries) {
      if (entry.isText()) {
        for (var worker : Range.of(entry, entry.text())) {
          items.add(new Step.Item(worker(entry, worker), null, null, 0, null));
        }
        continue;
      }
      var words = entry.words(Grammar.ITEM);
      var file = words.find("file");
      var from = file == null ? null : known(file, file.text());
      var transaction = words.text("transaction");
      var amount = words.amount("amount");
      if (transaction != null) {
        items.add(new Step.Item(null, null, transaction, 0, amount));
        continue;
      }
      for (var worker : Range.of(entry, words.get("worker").text())) {
        items.add(new Step.Item(worker(entry, worker), from, null, nth(words), amount));
      }
    }
    return items;
  }

  private static int nth(Entry.Words words) throws GrammarFault {
    var entry = words.find("payment");
    return entry == null ? 0 : entry.count(1, 99);
  }

  private Step.Credit credit(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CREDIT);
    var project = project(words);
    return new Step.Credit(
        entry.line(),
        project.key(),
        words.text("account", project.account()),
        words.get("amount").amount(),
        words.text("document", "advice of line " + entry.line()));
  }

  private Step.Debit debit(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.DEBIT);
    var project = project(words);
    return new Step.Debit(
        entry.line(),
        project.key(),
        words.text("account", project.account()),
        words.get("kind").choice(EntryKind.class),
        words.get("amount").amount());
  }

  private Step.AdviceArrives advice(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.ADVICE);
    var on = words.find("booked-on");
    return new Step.AdviceArrives(
        entry.line(),
        words.get("reference").text(),
        words.text("project", ""),
        words.text("account", given.projects().getFirst().account()),
        words.get("amount").amount(),
        words.text("remittance"),
        on == null ? null : on.date(),
        words.text("status", "BOOK"));
  }

  private Step.Assign assign(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.ASSIGN);
    return new Step.Assign(
        entry.line(),
        words.get("reference").text(),
        project(words).key(),
        two(words),
        words.text("reason", "the payer said so in writing"));
  }

  private static Step.SendBack sendBack(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.SEND_BACK);
    return new Step.SendBack(
        entry.line(),
        words.get("reference").text(),
        two(words),
        words.text("reason", "the payer cannot say what it is for"));
  }

  private Step.OpenAccount openAccount(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.OPEN_ACCOUNT);
    var project = project(words);
    var signed = words.find("signed");
    return new Step.OpenAccount(
        entry.line(),
        project.key(),
        words.text("account", project.account()),
        signed == null ? clock.toLocalDate() : signed.date(),
        words.truth("agreement", true),
        project.payDay(),
        project.shortMoney(),
        words.text("calendar"),
        two(words));
  }

  private Step.Closing closing(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CLOSING);
    return new Step.Closing(
        entry.line(),
        project(words).key(),
        words.get("step").choice(Closings.Step.class),
        words.text("ground", "paper of line " + entry.line()),
        two(words));
  }

  private Step.CloseAccount closeAccount(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CLOSE_ACCOUNT);
    return new Step.CloseAccount(
        entry.line(), project(words).key(), words.text("payee"), two(words));
  }

  // ------------------------------------------------------------------ reconciliation

  private Step.CoreStates coreStatement(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.CORE_STATEMENT);
    var adds = new LinkedHashMap<String, Long>();
    for (var item : words.list("adds")) {
      var added = item.words(Grammar.ADDED);
      adds.put(added.get("reference").text(), added.get("amount").amount());
    }
    return new Step.CoreStates(
        entry.line(),
        words.get("day").date(),
        words.text("account", given.projects().getFirst().account()),
        places(words.list("leaves-out")),
        places(words.list("twice")),
        adds,
        words.amount("closing"));
  }

  private static List<Integer> places(List<Entry> entries) throws GrammarFault {
    var places = new ArrayList<Integer>();
    for (var item : entries) {
      places.add(item.count(1, 9_999));
    }
    return places;
  }

  private static Step.ExplainBreak explainBreak(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.EXPLAIN_BREAK);
    return new Step.ExplainBreak(
        entry.line(),
        words.get("break").count(1, 9_999),
        words.text("reason", "the core system puts it right tomorrow"),
        words.text("by", "first"));
  }

  private static Step.AgreeBreak agreeBreak(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.AGREE_BREAK);
    return new Step.AgreeBreak(
        entry.line(), words.get("break").count(1, 9_999), words.text("by", "second"));
  }

  // ------------------------------------------------------------------ clearing

  private Step.ClearingSays clearing(Entry entry) throws GrammarFault {
    var answers = new ArrayList<Step.Answer>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.ANSWER);
      var says = says(words.get("says"));
      var transaction = words.text("transaction");
      var file = words.find("file");
      var from = file == null ? null : known(file, file.text());
      if (transaction != null) {
        answers.add(answer(item, words, null, null, transaction, says));
        continue;
      }
      for (var worker : Range.of(item, words.get("worker").text())) {
        answers.add(answer(item, words, worker(item, worker), from, null, says));
      }
    }
    return new Step.ClearingSays(entry.line(), answers);
  }

  private static Step.Says says(Entry entry) throws GrammarFault {
    var text =
        entry.choice(
            "settled",
            "rejected",
            "returned",
            "accepted",
            "pending",
            "recall-agreed",
            "recall-refused",
            "recall-pending");
    return Step.Says.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Step.Answer answer(
      Entry item,
      Entry.Words words,
      @Nullable String worker,
      @Nullable String file,
      @Nullable String transaction,
      Step.Says says)
      throws GrammarFault {
    return new Step.Answer(
        item.line(),
        worker,
        file,
        transaction,
        nth(words),
        says,
        words.text("reason"),
        words.amount("amount"));
  }
}
