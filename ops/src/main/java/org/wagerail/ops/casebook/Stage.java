package org.wagerail.ops.casebook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.clearing.ClearingFiles;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.evidence.FourEyes;
import org.wagerail.funding.Advices;
import org.wagerail.funding.Closings;
import org.wagerail.funding.LabourCosts;
import org.wagerail.funding.LabourStanding;
import org.wagerail.funding.Openings;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.DailyRound;
import org.wagerail.ops.payday.DayEnd;
import org.wagerail.ops.payday.MoneyIn;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.sandbox.CoreBank;
import org.wagerail.payment.Exceptions;
import org.wagerail.payment.Recalls;
import org.wagerail.payment.TxId;
import org.wagerail.payroll.LineDecisions;
import org.wagerail.payroll.Releases;
import org.wagerail.payroll.Repairs;
import org.wagerail.payroll.Screening;
import org.wagerail.payroll.ScreeningLists;
import org.wagerail.payroll.WorkItems;
import org.wagerail.project.Banks;
import org.wagerail.project.BlindIndex;
import org.wagerail.project.Confirmations;
import org.wagerail.project.Corrections;
import org.wagerail.project.Disputes;
import org.wagerail.project.IdScheme;
import org.wagerail.project.Movements;
import org.wagerail.project.PayDates;
import org.wagerail.project.ReferenceData;
import org.wagerail.project.WorkerAccounts;
import org.wagerail.reconciliation.Breaks;
import org.wagerail.reconciliation.BusinessDays;
import org.wagerail.secrecy.Vault;

/**
 * Plays one case: its own bank on the engine, its own clock, its partners as files on disk. Takes
 * the doors that everybody takes.
 */
final class Stage {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String ACTOR = "casebook";

  /** Where the contractor has money of its own. */
  private static final String CONTRACTORS_OWN = "330088000000000001";

  /** A file of the case on disk. */
  record Sent(Step.FileArrives step, Path path, List<String> workers) {
    String name() {
      return step.key() + ".xml";
    }

    /** The worker of a line, from 1; of a text that the author wrote himself, its number. */
    String worker(int line) {
      return line <= workers.size() ? workers.get(line - 1) : Integer.toString(line);
    }
  }

  private final Engine engine;
  private final Given given;
  private final Cast cast;
  private final String code;
  private final Path folder;
  private final int bank;
  private final Views views;
  private final ClearingHouse clearing;
  private final Map<String, Sent> files = new LinkedHashMap<>();
  private final List<Partners.Heard> heard = new ArrayList<>();
  private LocalDateTime clock;
  private int seen;
  private int evidence;
  private int advices;
  private int statements;

  /**
   * The core system's statements are numbered by their days; one that comes again has its number.
   */
  private final Map<LocalDate, Integer> numbers = new HashMap<>();

  /**
   * @param code 12-digit code of the case's bank
   * @param folder the case's own, for its files
   */
  Stage(Engine engine, Case of, String code, Path folder) throws IOException {
    this.engine = engine;
    this.given = of.given();
    this.cast = new Cast(given);
    this.code = code;
    this.folder = folder;
    this.clock = given.clock();
    var sheets = folder.resolve("reference");
    ReferenceSheets.write(sheets, code, of.name(), given, cast);
    var report = engine.bean(ReferenceData.class).importDirectory(sheets, ACTOR, at());
    if (!report.accepted()) {
      var first = report.findings().getFirst();
      throw new IllegalStateException(
          "given: "
              + first.file()
              + ":"
              + first.row()
              + " "
              + first.column()
              + ": "
              + first.en()
              + " / "
              + first.zh());
    }
    this.bank =
        engine.bean(Banks.class).all().stream()
            .filter(b -> b.code().equals(code))
            .findFirst()
            .orElseThrow()
            .bank();
    this.views = new Views(engine.bean(JdbcClient.class), bank);
    this.clearing = new ClearingHouse(code);
  }

  Views views() {
    return views;
  }

  /** What was due of a project's labour cost before today, met or not. */
  List<LabourStanding> labourCost(String project) {
    var labourCosts = engine.bean(LabourCosts.class);
    return labourCosts.due(bank, clock.toLocalDate(), labourCosts.agreed(bank)).stream()
        .filter(each -> each.project().equals(project))
        .flatMap(each -> each.dues().stream())
        .toList();
  }

  /** What is in dispute of a worker's wages, minor units. */
  long disputed(String worker) {
    var person = cast.person(worker);
    return views.disputed(
        BlindIndex.ofIdentifier(
            engine.bean(Vault.class), bank, IdScheme.valueOf(person.scheme()), person.id()));
  }

  boolean isMarked(String account) {
    return engine.bean(Openings.class).isMarked(bank, cast.special(account));
  }

  @Nullable LocalDate earliestClosing(String project) {
    return engine.bean(Closings.class).earliest(bank, project);
  }

  LocalDate today() {
    return clock.toLocalDate();
  }

  /** When a project's wages of a month are due; null when that is not agreed or not known. */
  @Nullable LocalDate payDate(String project, YearMonth month) {
    return engine.bean(PayDates.class).of(bank, project, month);
  }

  int bank() {
    return bank;
  }

  Map<String, Sent> files() {
    return files;
  }

  /** What partners heard since this was last asked. */
  List<Partners.Heard> heard() {
    var since = List.copyOf(heard);
    heard.clear();
    return since;
  }

  private Instant at() {
    return clock.atZone(ZONE).toInstant();
  }

  /**
   * Plays a step.
   *
   * @return the code of its refusal, or null
   */
  @Nullable String play(Step step) throws IOException {
    clock = clock.plusSeconds(1);
    return switch (step) {
      case Step.ClockMoves moves -> {
        move(moves.to());
        yield null;
      }
      case Step.FileArrives file -> {
        arrive(file);
        yield null;
      }
      case Step.FileAgain again -> {
        intake(Objects.requireNonNull(files.get(again.key())).path());
        yield null;
      }
      case Step.Release release -> release(release);
      case Step.CutOff cutOff -> {
        move(cutOff.moment());
        engine.bean(PayDay.class).run(bank, at());
        deliver();
        yield null;
      }
      case Step.AtOnce atOnce -> {
        move(atOnce.moment());
        engine.bean(PayDay.class).runAtOnce(bank, at());
        deliver();
        yield null;
      }
      case Step.ClearingSays says -> {
        answered(clearing.answers(says, folder, clock));
        yield null;
      }
      case Step.Confirms confirms -> confirm(confirms);
      case Step.Settle settle -> {
        var person = cast.person(settle.worker());
        yield name(
            engine
                .bean(Disputes.class)
                .end(
                    bank,
                    at(),
                    new Disputes.End(
                        settle.project(),
                        IdScheme.valueOf(person.scheme()),
                        person.id(),
                        settle.period().getYear() * 100 + settle.period().getMonthValue(),
                        settle.runType(),
                        settle.agreed(),
                        settle.by().getFirst(),
                        settle.by().getLast(),
                        evidence())));
      }
      case Step.Decides decides -> decide(decides);
      case Step.Corrects corrects -> correct(corrects);
      case Step.ListRecorded list -> record(list);
      case Step.Gives gives -> give(gives);
      case Step.Proposes proposes -> propose(proposes);
      case Step.SaysToProposal says -> answer(says);
      case Step.AccountReplaced replaced -> replace(replaced);
      case Step.Repay repay -> repay(repay);
      case Step.Credit credit -> credit(credit);
      case Step.Silence silence -> {
        move(silence.moment());
        engine.bean(PayDay.class).ask(bank, at());
        deliver();
        yield null;
      }
      case Step.Recall recall -> recall(recall);
      case Step.SettlementReported reported -> {
        answered(List.of(clearing.report(reported, folder, clock)));
        yield null;
      }
      case Step.Repair repair -> repair(repair);
      case Step.CloseException close -> {
        var exceptions = views.exceptionNumbers();
        var refusal =
            engine
                .bean(Exceptions.class)
                .close(
                    bank,
                    at(),
                    new FourEyes(close.by().getFirst(), close.by().getLast()),
                    number(exceptions, close.nth()),
                    close.reason());
        yield refusal == null ? null : refusal.name();
      }
      case Step.Debit debit -> {
        var refusal =
            engine
                .bean(Movements.class)
                .debit(
                    bank,
                    at(),
                    ACTOR,
                    new Movements.Wish(
                        cast.special(debit.account()),
                        debit.project(),
                        debit.kind(),
                        debit.amount(),
                        "a step of a case"));
        deliver();
        yield refusal.name();
      }
      case Step.Daily daily -> {
        move(daily.moment());
        engine.bean(DailyRound.class).run(bank, at());
        deliver();
        yield null;
      }
      case Step.AdviceArrives advice -> {
        var path =
            CoreSystem.write(folder, ++advices, cast.special(advice.account()), advice, clock);
        engine.bean(CoreFiles.class).receive(bank, List.of(path), at());
        engine.bean(MoneyIn.class).take(bank, at());
        deliver();
        yield null;
      }
      case Step.Assign assign ->
          name(
              engine
                  .bean(Advices.class)
                  .assign(
                      bank,
                      clock.toLocalDate(),
                      at(),
                      new FourEyes(assign.by().getFirst(), assign.by().getLast()),
                      views.advice(assign.reference()),
                      assign.project(),
                      assign.reason()));
      case Step.SendBack back -> {
        var refusal =
            engine
                .bean(Advices.class)
                .sendBack(
                    bank,
                    clock.toLocalDate(),
                    at(),
                    new FourEyes(back.by().getFirst(), back.by().getLast()),
                    views.advice(back.reference()),
                    back.reason());
        deliver();
        yield name(refusal);
      }
      case Step.OpenAccount open ->
          name(
              engine
                  .bean(Openings.class)
                  .open(
                      bank,
                      clock.toLocalDate(),
                      at(),
                      new FourEyes(open.by().getFirst(), open.by().getLast()),
                      new Openings.Opening(
                          open.project(),
                          cast.special(open.account()),
                          open.signed(),
                          open.agreement() ? sha256("agreement of " + open.project()) : null,
                          open.payDay(),
                          open.shortMoney(),
                          open.calendar() == null ? "CN" : open.calendar())));
      case Step.Closing closing ->
          name(
              engine
                  .bean(Closings.class)
                  .step(
                      bank,
                      clock.toLocalDate(),
                      at(),
                      new FourEyes(closing.by().getFirst(), closing.by().getLast()),
                      closing.project(),
                      closing.step(),
                      closing.ground()));
      case Step.CloseAccount close -> {
        var refusal =
            engine
                .bean(Closings.class)
                .close(
                    bank,
                    clock.toLocalDate(),
                    at(),
                    new FourEyes(close.by().getFirst(), close.by().getLast()),
                    close.project(),
                    close.payee() == null ? CONTRACTORS_OWN : close.payee());
        deliver();
        yield name(refusal);
      }
      case Step.CoreStates states -> {
        var days = engine.bean(BusinessDays.class);
        var path =
            CoreSystem.write(
                folder,
                ++statements,
                cast.special(states.account()),
                states,
                CoreBank.statements(
                    states.day(),
                    numbers.computeIfAbsent(states.day(), _ -> numbers.size() + 1),
                    days.openings(bank, today(), states.day()),
                    days.movements(bank, today(), states.day())),
                clock);
        engine.bean(CoreFiles.class).receive(bank, List.of(path), at());
        engine.bean(DayEnd.class).read(bank, at());
        yield null;
      }
      case Step.Reconcile reconcile -> {
        var refusal = engine.bean(DayEnd.class).compare(bank, at(), reconcile.day());
        yield name(
            refusal != null
                ? refusal
                : engine
                    .bean(BusinessDays.class)
                    .standing(bank, reconcile.day())
                    .map(BusinessDays.Standing::obstacle)
                    .filter(obstacle -> obstacle != BusinessDays.Refusal.DAY_CLOSED)
                    .orElse(null));
      }
      case Step.ExplainBreak explain ->
          name(
              engine
                  .bean(Breaks.class)
                  .explain(
                      bank,
                      at(),
                      explain.by(),
                      number(views.breakNumbers(), explain.nth()),
                      explain.reason()));
      case Step.AgreeBreak agree ->
          name(
              engine
                  .bean(Breaks.class)
                  .agree(bank, at(), agree.by(), number(views.breakNumbers(), agree.nth())));
      case Step.Then then -> throw new IllegalArgumentException("line " + then.at());
    };
  }

  private static long number(List<Long> numbers, int nth) {
    return nth > numbers.size() ? 0 : numbers.get(nth - 1);
  }

  /** The kinds of breaks that are not closed. */
  List<String> openBreaks() {
    return engine.bean(Breaks.class).unclosed(bank, 0, 10_000).stream()
        .map(each -> each.kind().name())
        .toList();
  }

  private static @Nullable String name(@Nullable Enum<?> refusal) {
    return refusal == null ? null : refusal.name();
  }

  /** The clock never goes back; a step takes a second, which is not counted against its author. */
  private void move(LocalDateTime to) {
    if (to.isBefore(clock.minusMinutes(30))) {
      throw new IllegalStateException(
          "the clock stands at " + clock + " and never goes back to " + to + " / 时钟不能倒退");
    }
    clock = to.isBefore(clock) ? clock : to;
  }

  // ------------------------------------------------------------------ the contractor

  private void arrive(Step.FileArrives file) throws IOException {
    String text;
    if (file.xml() != null) {
      text = file.xml();
    } else {
      text = PayrollText.of(code, cast, file, clock);
      // The same content under another name: all but the header as it was.
      if (file.like() != null) {
        var like = Objects.requireNonNull(files.get(file.like()));
        text = relabelled(Files.readString(like.path()), like.step().message(), file.message());
      }
    }
    for (var replacement : file.replace()) {
      if (!text.contains(replacement.old())) {
        throw new IllegalStateException(
            "line " + replacement.at() + ": the file does not hold: " + replacement.old());
      }
      text = text.replace(replacement.old(), replacement.by());
    }
    var path = folder.resolve(file.key() + ".xml");
    Files.writeString(path, text, StandardCharsets.UTF_8);
    var workers =
        file.batches().stream().flatMap(b -> b.lines().stream()).map(Step.Line::worker).toList();
    files.put(file.key(), new Sent(file, path, workers));
    intake(path);
  }

  private static String relabelled(String text, String old, String message) {
    return text.replace("<MsgId>" + old + "</MsgId>", "<MsgId>" + message + "</MsgId>");
  }

  private void intake(Path path) throws IOException {
    engine.bean(PayrollFiles.class).receive(bank, List.of(path), at());
    engine.bean(PayDay.class).intake(bank, at());
    deliver();
  }

  private @Nullable String release(Step.Release release) {
    var payroll = payroll(release.key());
    var signed = payroll(release.signed());
    if (payroll == null || signed == null) {
      return Releases.Refusal.NO_SUCH_PAYROLL.name();
    }
    String refused = null;
    for (var key : release.by()) {
      var signatory = cast.signatory(key);
      var refusal =
          engine
              .bean(Releases.class)
              .release(
                  bank,
                  clock.toLocalDate(),
                  at(),
                  List.of(
                      new Releases.Release(
                          payroll.month(),
                          payroll.payroll(),
                          views.signatory(signatory.keys().getPublic().getEncoded()),
                          signed(signatory, signed.contentHash()))))
              .getFirst();
      refused = refused == null && refusal != null ? refusal.name() : refused;
    }
    return refused;
  }

  private byte[] signed(Cast.Signatory by, byte[] contentHash) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(by.keys().getPrivate());
      signature.update(Releases.toSign(code, contentHash));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Views.@Nullable PayrollView payroll(String key) {
    return views.payroll(Objects.requireNonNull(files.get(key)).name());
  }

  // ------------------------------------------------------------------ workers and the bank

  private @Nullable String confirm(Step.Confirms confirms) {
    var person = cast.person(confirms.worker());
    var refusal =
        engine
            .bean(Confirmations.class)
            .confirm(
                bank,
                at(),
                ACTOR,
                new Confirmations.Confirmation(
                    confirms.project(),
                    IdScheme.valueOf(person.scheme()),
                    person.id(),
                    confirms.period().getYear() * 100 + confirms.period().getMonthValue(),
                    confirms.runType(),
                    confirms.amount(),
                    confirms.source(),
                    evidence(),
                    confirms.claimed()));
    return refusal == null ? null : refusal.name();
  }

  /** A line by its number, or the worker's first; null when there is none. */
  private LineDecisions.@Nullable LineId lineId(String file, String worker, int number) {
    var payroll = payroll(file);
    var sent = Objects.requireNonNull(files.get(file));
    int line = number > 0 ? number : sent.workers().indexOf(worker) + 1;
    return payroll == null || line == 0
        ? null
        : new LineDecisions.LineId(payroll.month(), payroll.payroll(), line);
  }

  /** What waits for a person about a line; null when nothing does. */
  WorkItems.@Nullable Item work(String file, int line) {
    var id = lineId(file, "", line);
    return id == null ? null : engine.bean(WorkItems.class).find(bank, at(), WorkItems.Id.of(id));
  }

  /** A moment by the bank's clock; steps take seconds, which no author counts. */
  String local(Instant at) {
    return at.atZone(ZONE).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES).toString();
  }

  boolean isOverdue(WorkItems.Item item) {
    return item.isOverdue(at());
  }

  private @Nullable String correct(Step.Corrects corrects) throws IOException {
    var corrections = engine.bean(Corrections.class);
    var hash = new byte[32];
    if (!corrects.document().isEmpty()) {
      var bytes = corrects.document().getBytes(StandardCharsets.UTF_8);
      var kept = engine.bean(MessageStore.class).keep(new ByteArrayInputStream(bytes));
      corrections.keep(bank, at(), corrects.by().getFirst(), kept);
      hash = kept.hash();
    }
    var outcome =
        corrections.ask(
            bank,
            at(),
            corrects.by().getFirst(),
            new Corrections.Wish(
                side(corrects.debited()),
                side(corrects.credited()),
                corrects.amount(),
                corrects.corrects(),
                corrects.reason(),
                hash));
    if (outcome instanceof Corrections.Refused refused) {
      return refused.why().name();
    }
    long number = ((Corrections.Asked) outcome).correction();
    var refusal = corrections.answer(bank, at(), corrects.by().getLast(), number, true, "");
    corrections.book(bank, clock.toLocalDate(), at());
    deliver();
    // What was agreed may still not be possible.
    return refusal != null
        ? refusal.name()
        : corrections.before(bank, number + 1, 1).getFirst().why();
  }

  private Corrections.Side side(String project) {
    return project.isEmpty()
        ? Corrections.Side.SETTLEMENT
        : new Corrections.Side(
            cast.special(
                given.projects().stream()
                    .filter(p -> p.key().equals(project))
                    .findFirst()
                    .orElseThrow()
                    .account()),
            project);
  }

  private @Nullable String record(Step.ListRecorded list) {
    var csv = new StringBuilder("name,scheme,number,reason\n");
    for (var entry : list.entries()) {
      if (entry.worker().isEmpty()) {
        csv.append(entry.name()).append(",,,");
      } else {
        var person = cast.person(entry.worker());
        csv.append(
            entry.match() == Screening.Match.NAME
                ? person.name() + ",,,"
                : "," + person.scheme() + "," + person.id() + ",");
      }
      csv.append(entry.reason()).append('\n');
    }
    var outcome =
        engine
            .bean(ScreeningLists.class)
            .record(
                bank,
                clock.toLocalDate(),
                at(),
                ACTOR,
                list.from(),
                list.source(),
                csv.toString().getBytes(StandardCharsets.UTF_8));
    return outcome instanceof ScreeningLists.Unreadable unreadable
        ? unreadable.fault().name()
        : null;
  }

  private @Nullable String give(Step.Gives gives) {
    var id = lineId(gives.file(), gives.worker(), gives.line());
    return id == null
        ? WorkItems.Refusal.NO_SUCH_ITEM.name()
        : name(
            engine
                .bean(WorkItems.class)
                .give(bank, at(), gives.by(), WorkItems.Id.of(id), gives.to()));
  }

  private @Nullable String propose(Step.Proposes proposes) {
    var id = lineId(proposes.file(), proposes.worker(), proposes.line());
    return id == null
        ? WorkItems.Refusal.NO_SUCH_ITEM.name()
        : name(
            engine
                .bean(WorkItems.class)
                .propose(
                    bank,
                    at(),
                    proposes.by(),
                    WorkItems.Id.of(id),
                    proposes.action(),
                    proposes.ground()));
  }

  private @Nullable String answer(Step.SaysToProposal says) throws IOException {
    var id = lineId(says.file(), says.worker(), says.line());
    if (id == null) {
      return WorkItems.Refusal.NO_SUCH_ITEM.name();
    }
    var item = engine.bean(WorkItems.class).find(bank, at(), WorkItems.Id.of(id));
    var refusal =
        engine
            .bean(WorkItems.class)
            .answer(
                bank,
                at(),
                says.by(),
                WorkItems.Id.of(id),
                item == null || item.proposal() == null ? 0 : item.proposal().proposal(),
                says.agree(),
                says.reason());
    deliver();
    return name(refusal);
  }

  private @Nullable String decide(Step.Decides decides) {
    var id = lineId(decides.file(), decides.worker(), decides.line());
    if (id == null) {
      return LineDecisions.Refusal.NO_SUCH_LINE.name();
    }
    var by = new FourEyes(decides.by().getFirst(), decides.by().getLast());
    var decisions = engine.bean(LineDecisions.class);
    return code(
        decides.accept()
            ? decisions.accept(
                bank, at(), by, id, LineDecisions.Ground.valueOf(decides.ground()), evidence())
            : decisions.refuse(bank, at(), by, id, evidence()));
  }

  private static @Nullable String code(LineDecisions.Outcome outcome) {
    return switch (outcome) {
      case LineDecisions.Decided _ -> null;
      case LineDecisions.Refused refused -> refused.why().name();
    };
  }

  private @Nullable String replace(Step.AccountReplaced replaced) {
    var person = cast.person(replaced.worker());
    var account =
        replaced.accountOf() != null
            ? cast.person(replaced.accountOf()).account()
            : replaced.account() != null ? replaced.account() : cast.freshAccount();
    var refusal =
        engine
            .bean(WorkerAccounts.class)
            .replace(
                bank,
                at(),
                ACTOR,
                new WorkerAccounts.Replacement(
                    IdScheme.valueOf(person.scheme()),
                    person.id(),
                    account,
                    person.member(),
                    clock.toLocalDate(),
                    replaced.source()));
    if (refusal == null) {
      cast.moves(replaced.worker(), account);
    }
    return refusal == null ? null : refusal.name();
  }

  private @Nullable String repay(Step.Repay repay) {
    var transfer = clearing.find(repay.worker(), repay.file(), repay.nth());
    return code(
        engine
            .bean(LineDecisions.class)
            .repay(
                bank,
                at(),
                new FourEyes(repay.by().getFirst(), repay.by().getLast()),
                Objects.requireNonNull(TxId.read(transfer.txId())),
                evidence()));
  }

  private void answered(List<Path> documents) throws IOException {
    engine.bean(ClearingFiles.class).receive(bank, documents, at());
    engine.bean(PayDay.class).answers(bank, at());
    deliver();
  }

  private @Nullable String recall(Step.Recall recall) throws IOException {
    var transfer = clearing.find(recall.worker(), recall.file(), recall.nth());
    var refusal =
        engine
            .bean(Recalls.class)
            .ask(
                bank,
                at(),
                new FourEyes(recall.by().getFirst(), recall.by().getLast()),
                Objects.requireNonNull(TxId.read(transfer.txId())),
                recall.reason(),
                evidence());
    engine.bean(PayDay.class).ask(bank, at());
    deliver();
    return refusal == null ? null : refusal.name();
  }

  private @Nullable String repair(Step.Repair repair) {
    var transfer = clearing.find(repair.worker(), repair.file(), repair.nth());
    var shown = cast.person(repair.idOf());
    var account =
        repair.accountOf() != null
            ? cast.person(repair.accountOf()).account()
            : repair.account() != null ? repair.account() : cast.freshAccount();
    var outcome =
        engine
            .bean(Repairs.class)
            .repair(
                bank,
                at(),
                new FourEyes(repair.by().getFirst(), repair.by().getLast()),
                Objects.requireNonNull(TxId.read(transfer.txId())),
                new WorkerAccounts.Replacement(
                    IdScheme.valueOf(shown.scheme()),
                    shown.id(),
                    account,
                    shown.member(),
                    clock.toLocalDate(),
                    repair.source()));
    return switch (outcome) {
      case Repairs.Repaired _ -> {
        cast.moves(repair.worker(), account);
        yield null;
      }
      case Repairs.NotPaidAgain(var why) -> why.name();
      case Repairs.NotReplaced(var why) -> why.name();
    };
  }

  /** Kinds of the exceptions that are open, in the order in which they were opened. */
  List<String> openExceptions() {
    return engine.bean(Exceptions.class).open(bank, 10_000).stream()
        .map(open -> open.kind().name())
        .toList();
  }

  private @Nullable String credit(Step.Credit credit) {
    var refusal =
        engine
            .bean(Movements.class)
            .credit(
                bank,
                clock.toLocalDate(),
                at(),
                ACTOR,
                new Movements.LabourCost(
                    cast.special(credit.account()),
                    credit.project(),
                    credit.amount(),
                    credit.document(),
                    sha256(credit.document())));
    return refusal == null ? null : refusal.name();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String evidence() {
    return "casebook record " + ++evidence;
  }

  // ------------------------------------------------------------------ what partners receive

  private void deliver() throws IOException {
    engine.bean(Delivery.class).drain(at());
    var all = views.delivered();
    var fresh = new ArrayList<>(all.subList(seen, all.size()));
    seen = all.size();
    fresh.sort(Comparator.comparingLong(Views.Delivered::message));
    for (var message : fresh) {
      var path =
          engine
              .bean(Home.class)
              .out()
              .resolve(message.counterpart().toLowerCase(java.util.Locale.ROOT))
              .resolve(code)
              .resolve(message.name());
      var received = Partners.read(message, path);
      heard.add(received);
      if (received instanceof Partners.Package sent && message.nth() == 1) {
        clearing.took(sent, views, files);
      }
    }
  }

  /** The transactions of a package, by its message identification. */
  List<String> transactions(String message) {
    return clearing.transactions(message);
  }

  /** The worker whose wage a transaction is; null when it is nobody's. */
  @Nullable String worker(String txId) {
    return clearing.worker(txId);
  }
}
