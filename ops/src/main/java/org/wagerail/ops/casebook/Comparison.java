package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.wagerail.audit.Proof;
import org.wagerail.funding.LabourStanding;
import org.wagerail.payroll.WorkItems;

/** Sets what an author expects beside what came about. */
final class Comparison {
  /** Lines that differ beyond these are counted. */
  private static final int LISTED = 20;

  private final Stage stage;
  private final int at;
  private final List<Verdict.Compared> compared = new ArrayList<>();

  /** Lines by file and number, with the worker they are for. */
  private record Place(String file, String worker, Views.LineView view) {
    String name() {
      return file + "/" + worker;
    }
  }

  private Comparison(Stage stage, int at) {
    this.stage = stage;
    this.at = at;
  }

  static List<Verdict.Compared> of(
      Stage stage, int at, Expected expected, List<String> refused, List<Proof> proofs) {
    var comparison = new Comparison(stage, at);
    comparison.compare(expected, refused, proofs);
    return comparison.compared;
  }

  private void compare(Expected expected, List<String> refused, List<Proof> proofs) {
    var heard = stage.heard();
    same("refused", list(expected.refused()), list(refused));
    files(expected.files());
    var places = places();
    lines(expected.lines(), places);
    if (expected.checks() != null) {
      each("checks", expected.checks(), places, p -> list(p.view().checks()), Comparison::list);
    }
    payments(expected.payments(), places);
    totals(expected.totals(), places);
    amounts("paid", expected.paid(), places, Views.LineView::paid);
    amounts("unpaid", expected.unpaid(), places, Views.LineView::unpaid);
    if (expected.due() != null) {
      each("due", expected.due(), places, place -> place.view().due().toString(), Object::toString);
    }
    payDates(expected.payDates());
    if (expected.disputes() != null) {
      expected
          .disputes()
          .forEach(
              (worker, amount) ->
                  same(
                      "disputes " + worker,
                      Amounts.text(amount),
                      Amounts.text(stage.disputed(worker))));
    }
    books("books", expected.books(), stage.views().books());
    books("debits", expected.debits(), stage.views().debits());
    if (expected.inClearing() != null) {
      same(
          "in-clearing",
          Amounts.text(expected.inClearing()),
          Amounts.text(stage.views().inClearing()));
    }
    if (expected.runs() != null) {
      same("runs", list(expected.runs()), list(stage.views().runs()));
    }
    if (expected.exceptions() != null) {
      same("exceptions", list(expected.exceptions()), list(stage.views().exceptions()));
    }
    if (expected.openExceptions() != null) {
      same("open-exceptions", list(expected.openExceptions()), list(stage.openExceptions()));
    }
    packages(expected.packages(), heard);
    inquiries(expected.inquiries(), heard);
    recalls(expected.recalls(), heard);
    returnAdvices(expected.returnAdvices(), heard);
    reports(expected.reports(), heard);
    labourCost(expected.labourCost());
    if (expected.suspense() != null) {
      same("suspense", Amounts.text(expected.suspense()), Amounts.text(stage.views().suspense()));
    }
    if (expected.advices() != null) {
      var actual = stage.views().advices();
      expected
          .advices()
          .forEach(
              (reference, outcome) ->
                  same(
                      "advices " + reference,
                      outcome,
                      briefly(outcome, actual.getOrDefault(reference, "-"))));
    }
    if (expected.marks() != null) {
      expected
          .marks()
          .forEach(
              (account, marked) ->
                  same(
                      "marks " + account,
                      marked ? "yes" : "no",
                      stage.isMarked(account) ? "yes" : "no"));
    }
    if (expected.earliestClosing() != null) {
      expected
          .earliestClosing()
          .forEach(
              (project, date) -> {
                var found = stage.earliestClosing(project);
                same(
                    "earliest-closing " + project,
                    date.toString(),
                    found == null ? "-" : found.toString());
              });
    }
    notices(expected.notices(), heard);
    if (expected.breaks() != null) {
      same("breaks", list(expected.breaks()), list(stage.views().breaks()));
    }
    if (expected.openBreaks() != null) {
      same("open-breaks", list(expected.openBreaks()), list(stage.openBreaks()));
    }
    if (expected.closedDays() != null) {
      same("closed-days", list(expected.closedDays()), list(stage.views().closedDays()));
    }
    work(expected.work(), places);
    if (expected.audited()) {
      var broken = proofs.stream().filter(proof -> !proof.ok()).map(Proof::rule).toList();
      same("audit", "clean", broken.isEmpty() ? "clean" : list(broken));
    }
  }

  private void same(String what, String expected, String actual) {
    compared.add(new Verdict.Compared(at, what, expected, actual, expected.equals(actual)));
  }

  private static String list(List<String> texts) {
    return texts.isEmpty() ? "-" : String.join(", ", texts);
  }

  private void files(@Nullable SequencedMap<String, String> files) {
    if (files == null) {
      return;
    }
    files.forEach(
        (key, expected) -> {
          var sent = stage.files().get(key);
          var actual = sent == null ? "-" : stage.views().file(sent.name());
          same("file " + key, expected, briefly(expected, actual));
        });
  }

  // ------------------------------------------------------------------ lines

  private List<Place> places() {
    var places = new ArrayList<Place>();
    for (var sent : stage.files().values()) {
      var payroll = stage.views().payroll(sent.name());
      if (payroll != null) {
        for (var view : stage.views().lines(payroll)) {
          places.add(new Place(sent.step().key(), sent.worker(view.line()), view));
        }
      }
    }
    return places;
  }

  /** The lines that a name stands for. */
  private static List<Place> named(String name, Set<String> names, List<Place> places) {
    if (name.equals("total")) {
      return places;
    }
    if (name.equals("others")) {
      return places.stream()
          .filter(
              p ->
                  !names.contains(p.worker())
                      && !names.contains(p.name())
                      && !names.contains(p.file() + "/" + p.view().line())
                      && !names.contains(p.file() + "/others"))
          .toList();
    }
    int slash = name.indexOf('/');
    if (slash < 0) {
      return places.stream().filter(p -> p.worker().equals(name)).toList();
    }
    var file = name.substring(0, slash);
    var line = name.substring(slash + 1);
    return places.stream()
        .filter(p -> p.file().equals(file))
        .filter(
            p ->
                line.equals("total")
                    || (line.equals("others")
                        ? !names.contains(p.name())
                            && !names.contains(p.worker())
                            && !names.contains(file + "/" + p.view().line())
                        : p.worker().equals(line)
                            || Integer.toString(p.view().line()).equals(line)))
        .toList();
  }

  private void lines(@Nullable SequencedMap<String, List<String>> lines, List<Place> places) {
    if (lines == null) {
      return;
    }
    lines.forEach(
        (name, expected) ->
            lines(
                "lines",
                name,
                list(expected),
                named(name, lines.keySet(), places),
                p -> expected.size() > 1 ? list(p.view().checks()) : p.view().state()));
  }

  private <T> void each(
      String what,
      SequencedMap<String, T> wanted,
      List<Place> places,
      Function<Place, String> actual,
      Function<T, String> text) {
    wanted.forEach(
        (name, expected) ->
            lines(what, name, text.apply(expected), named(name, wanted.keySet(), places), actual));
  }

  /** Compares each line of a name; those that agree are one row. */
  private void lines(
      String what,
      String name,
      String expected,
      List<Place> places,
      Function<Place, String> actual) {
    if (places.isEmpty()) {
      same(what + " " + name, expected, "-");
      return;
    }
    var wrong = places.stream().filter(p -> !actual.apply(p).equals(expected)).toList();
    if (wrong.isEmpty()) {
      same(
          what + " " + name + (places.size() > 1 ? " (" + places.size() + ")" : ""),
          expected,
          expected);
    }
    for (var place : wrong.stream().limit(LISTED).toList()) {
      same(what + " " + place.name(), expected, actual.apply(place));
    }
    if (wrong.size() > LISTED) {
      same(what + " " + name, expected, "+" + (wrong.size() - LISTED));
    }
  }

  private void amounts(
      String what,
      @Nullable SequencedMap<String, Long> amounts,
      List<Place> places,
      Function<Views.LineView, Long> of) {
    if (amounts == null) {
      return;
    }
    amounts.forEach(
        (name, expected) -> {
          var named = named(name, amounts.keySet(), places);
          if (name.endsWith("others")) {
            lines(what, name, Amounts.text(expected), named, p -> Amounts.text(of.apply(p.view())));
          } else {
            long sum = named.stream().mapToLong(p -> of.apply(p.view())).sum();
            same(
                what + " " + name,
                Amounts.text(expected),
                named.isEmpty() ? "-" : Amounts.text(sum));
          }
        });
  }

  /** The payments of a name, in the order in which they were made. */
  private void payments(
      @Nullable SequencedMap<String, List<Expected.Payment>> wanted, List<Place> places) {
    if (wanted == null) {
      return;
    }
    wanted.forEach(
        (name, expected) -> {
          var actual =
              named(name, wanted.keySet(), places).stream()
                  .flatMap(place -> place.view().payments().stream())
                  .sorted(Comparator.comparingLong(Views.PaymentView::payment))
                  .toList();
          var what = "payments " + name;
          same(what, expected.size() + " made", actual.size() + " made");
          for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            payment(what + " " + (i + 1) + " ", expected.get(i), actual.get(i), actual);
          }
        });
  }

  private void payment(
      String what, Expected.Payment want, Views.PaymentView got, List<Views.PaymentView> all) {
    if (want.amount() != null) {
      same(what + "amount", Amounts.text(want.amount()), Amounts.text(got.amount()));
    }
    if (want.state() != null) {
      same(what + "state", want.state(), got.state());
    }
    if (want.reason() != null) {
      same(what + "reason", want.reason(), got.reason() == null ? "-" : got.reason());
    }
    if (want.on() != null) {
      same(what + "on", want.on().toString(), got.on().toString());
    }
    if (want.replaces() != null) {
      long replaced = got.replaces() == null ? 0 : got.replaces();
      int place = all.stream().map(Views.PaymentView::payment).toList().indexOf(replaced) + 1;
      same(what + "replaces", want.replaces().toString(), Integer.toString(place));
    }
  }

  private void totals(
      @Nullable SequencedMap<String, SequencedMap<String, Long>> wanted, List<Place> places) {
    if (wanted == null) {
      return;
    }
    wanted.forEach(
        (file, expected) -> {
          var lines = places.stream().filter(p -> p.file().equals(file)).map(Place::view).toList();
          expected.forEach(
              (word, amount) ->
                  same(
                      "totals " + file + " " + word,
                      Amounts.text(amount),
                      Amounts.text(total(word, lines))));
        });
  }

  private static long total(String word, List<Views.LineView> lines) {
    return switch (word) {
      case "said" -> sum(lines, Views.Share::said);
      case "refused" -> sum(lines, Views.Share::refused);
      case "held" -> sum(lines, Views.Share::held);
      case "unpaid" -> sum(lines, Views.Share::unpaid);
      case "paid-out" -> sum(lines, Views.Share::paidOut);
      case "repaid" -> sum(lines, Views.Share::repaid);
      case "in-clearing", "settled", "rejected", "returned" -> {
        var state = word.replace('-', '_').toUpperCase(Locale.ROOT);
        yield lines.stream()
            .flatMap(line -> line.payments().stream())
            // What is unknown is in clearing still.
            .filter(payment -> payment.state().replace("UNKNOWN", "IN_CLEARING").equals(state))
            .mapToLong(Views.PaymentView::amount)
            .sum();
      }
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static long sum(List<Views.LineView> lines, ToLongFunction<Views.Share> of) {
    return lines.stream().map(Views.LineView::share).mapToLong(of).sum();
  }

  private void payDates(
      @Nullable SequencedMap<String, SequencedMap<YearMonth, LocalDate>> expected) {
    if (expected != null) {
      expected.forEach(
          (project, months) ->
              months.forEach(
                  (month, date) -> {
                    var found = stage.payDate(project, month);
                    same(
                        "pay-dates " + project + " " + month,
                        date.toString(),
                        found == null ? "-" : found.toString());
                  }));
    }
  }

  private void books(
      String what, @Nullable SequencedMap<String, Long> expected, Map<String, Long> actual) {
    if (expected != null) {
      expected.forEach(
          (project, amount) -> {
            var found = actual.get(project);
            same(
                what + " " + project,
                Amounts.text(amount),
                found == null ? "-" : Amounts.text(found));
          });
    }
  }

  // ------------------------------------------------------------------ messages

  private void packages(@Nullable List<Expected.Package> expected, List<Partners.Heard> heard) {
    if (expected == null) {
      return;
    }
    var actual =
        heard.stream()
            .filter(Partners.Package.class::isInstance)
            .map(Partners.Package.class::cast)
            .toList();
    same("pacs.008", expected.size() + " sent", actual.size() + " sent");
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      var what = "pacs.008 " + (i + 1) + " ";
      var want = expected.get(i);
      var got = actual.get(i);
      if (want.count() != null) {
        same(what + "NbOfTxs", want.count().toString(), Long.toString(got.count()));
      }
      if (want.sum() != null) {
        same(what + "CtrlSum", Amounts.text(want.sum()), Amounts.text(got.sum()));
      }
      if (want.pays() != null) {
        pays(what, want.pays(), got);
      }
    }
  }

  private static <T> List<T> of(Class<T> kind, List<Partners.Heard> heard) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private String whose(String txId) {
    var worker = stage.worker(txId);
    return worker == null ? txId : worker;
  }

  private void inquiries(@Nullable List<List<String>> expected, List<Partners.Heard> heard) {
    if (expected == null) {
      return;
    }
    var actual = of(Partners.Inquiry.class, heard);
    same("pacs.028", expected.size() + " sent", actual.size() + " sent");
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      var asked =
          actual.get(i).transactions().isEmpty()
              ? stage.transactions(actual.get(i).message())
              : actual.get(i).transactions();
      same(
          "pacs.028 " + (i + 1) + " asks",
          list(expected.get(i)),
          list(asked.stream().map(this::whose).toList()));
    }
  }

  private void recalls(@Nullable List<Expected.AskedBack> expected, List<Partners.Heard> heard) {
    if (expected == null) {
      return;
    }
    var actual = of(Partners.Recall.class, heard);
    same("camt.056", expected.size() + " sent", actual.size() + " sent");
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      var what = "camt.056 " + (i + 1) + " ";
      same(what + "of", expected.get(i).worker(), whose(actual.get(i).txId()));
      var reason = expected.get(i).reason();
      if (reason != null) {
        var said = actual.get(i).reason();
        same(what + "reason", reason, said == null ? "-" : said);
      }
    }
  }

  private void returnAdvices(
      @Nullable List<Expected.ReturnAdvice> expected, List<Partners.Heard> heard) {
    if (expected == null) {
      return;
    }
    var actual = of(Partners.Advice.class, heard);
    same("camt.054", expected.size() + " sent", actual.size() + " sent");
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      var what = "camt.054 " + (i + 1) + " ";
      var want = expected.get(i);
      var got = actual.get(i);
      var file = got.file() == null ? "-" : got.file().replaceFirst("\\.xml$", "");
      same(what + "of", want.file(), file);
      if (want.returns() != null) {
        var returns = new TreeMap<String, Long>();
        got.returns().forEach(r -> returns.merge(whose(r.txId()), r.amount(), Long::sum));
        same(what + "returns", amounts(new TreeMap<>(want.returns())), amounts(returns));
      }
      if (want.reason() != null) {
        var reasons = got.returns().stream().map(Partners.Returned::reason).distinct().toList();
        same(what + "reason", want.reason(), list(reasons));
      }
    }
  }

  private static String amounts(Map<String, Long> of) {
    return list(
        of.entrySet().stream().map(e -> e.getKey() + " " + Amounts.text(e.getValue())).toList());
  }

  private void pays(String what, Map<String, Long> expected, Partners.Package actual) {
    var pays = new TreeMap<String, Long>();
    for (var transfer : actual.transfers()) {
      var worker = stage.worker(transfer.txId());
      pays.merge(worker == null ? transfer.endToEnd() : worker, transfer.amount(), Long::sum);
    }
    var names = new LinkedHashSet<>(expected.keySet());
    names.addAll(pays.keySet());
    for (var name : names) {
      var want = expected.get(name);
      var got = pays.get(name);
      same(
          what + name,
          want == null ? "-" : Amounts.text(want),
          got == null ? "-" : Amounts.text(got));
    }
  }

  private void labourCost(@Nullable SequencedMap<String, List<Expected.Labour>> wanted) {
    if (wanted == null) {
      return;
    }
    wanted.forEach(
        (project, expected) -> {
          var actual = stage.labourCost(project);
          var what = "labour-cost " + project;
          same(what, expected.size() + " due", actual.size() + " due");
          for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            labour(what + " " + (i + 1) + " ", expected.get(i), actual.get(i));
          }
        });
  }

  private void labour(String what, Expected.Labour want, LabourStanding got) {
    if (want.due() != null) {
      same(what + "due", want.due().toString(), got.due().toString());
    }
    if (want.amount() != null) {
      same(what + "amount", Amounts.text(want.amount()), Amounts.text(got.amount()));
    }
    if (want.credited() != null) {
      same(what + "credited", Amounts.text(want.credited()), Amounts.text(got.credited()));
    }
    if (want.outstanding() != null) {
      same(what + "outstanding", Amounts.text(want.outstanding()), Amounts.text(got.outstanding()));
    }
    if (want.days() != null) {
      same(what + "days", want.days().toString(), Long.toString(got.daysLate(stage.today())));
    }
    if (want.state() != null) {
      same(what + "state", want.state(), got.state().name());
    }
  }

  private void work(@Nullable SequencedMap<String, Expected.Work> wanted, List<Place> places) {
    if (wanted == null) {
      return;
    }
    wanted.forEach(
        (name, expected) -> {
          for (var place : named(name, wanted.keySet(), places)) {
            work(
                "work " + place.name() + " ",
                expected,
                stage.work(place.file(), place.view().line()));
          }
        });
  }

  private void work(String what, Expected.Work want, WorkItems.@Nullable Item got) {
    if (want.state() != null) {
      same(what + "state", want.state(), got == null ? "NONE" : got.state().name());
    }
    if (want.owner() != null) {
      same(what + "owner", want.owner(), got == null ? "-" : got.owner());
    }
    if (want.action() != null) {
      same(
          what + "action",
          want.action(),
          got == null || got.proposal() == null ? "-" : got.proposal().action());
    }
    if (want.due() != null) {
      same(what + "due", want.due().toString(), got == null ? "-" : stage.local(got.dueAt()));
    }
    if (want.overdue() != null) {
      same(
          what + "overdue",
          want.overdue() ? "yes" : "no",
          got == null ? "-" : stage.isOverdue(got) ? "yes" : "no");
    }
  }

  private void notices(@Nullable List<Expected.Told> expected, List<Partners.Heard> heard) {
    if (expected == null) {
      return;
    }
    var actual =
        heard.stream()
            .filter(Partners.Told.class::isInstance)
            .map(Partners.Told.class::cast)
            .toList();
    same(
        "notices",
        list(expected.stream().map(n -> n.kind() + " to " + n.to()).toList()),
        list(actual.stream().map(n -> n.kind() + " to " + n.to()).toList()));
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      var what = "notices " + (i + 1) + " ";
      var got = actual.get(i).facts();
      expected
          .get(i)
          .facts()
          .forEach((name, value) -> same(what + name, value, got.getOrDefault(name, "-")));
    }
  }

  private void reports(@Nullable List<Expected.Report> expected, List<Partners.Heard> heard) {
    if (expected == null) {
      return;
    }
    var actual =
        heard.stream()
            .filter(Partners.Report.class::isInstance)
            .map(Partners.Report.class::cast)
            .toList();
    same("pain.002", expected.size() + " sent", actual.size() + " sent");
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      var what = "pain.002 " + (i + 1) + " ";
      var want = expected.get(i);
      var got = actual.get(i);
      var file = got.file() == null ? "-" : got.file().replaceFirst("\\.xml$", "");
      same(what + "of", want.file(), file);
      if (want.status() != null) {
        same(what + "GrpSts", want.status(), got.status());
      }
      if (want.reason() != null) {
        same(what + "reason", want.reason(), got.reason() == null ? "-" : got.reason());
      }
      if (want.batches() != null) {
        want.batches()
            .forEach(
                (place, said) -> {
                  int nth = Integer.parseInt(place);
                  var batch = nth <= got.batches().size() ? got.batches().get(nth - 1) : "-";
                  same(what + "batch " + place, said, briefly(said, batch));
                });
      }
      if (want.count() != null) {
        same(what + "lines", want.count().toString(), Integer.toString(got.lines().size()));
      }
      if (want.lines() != null) {
        said(what, want.lines(), got, stage.files().get(file));
      }
    }
  }

  /** Who asks for a status alone does not ask why. */
  private static String briefly(String expected, String actual) {
    return !expected.contains(" ") && actual.startsWith(expected + " ") ? expected : actual;
  }

  /** What a report says of lines by their worker or number; of several lines, what all say. */
  private void said(
      String what,
      Map<String, String> expected,
      Partners.Report actual,
      Stage.@Nullable Sent sent) {
    expected.forEach(
        (name, status) -> {
          var got =
              actual.lines().stream()
                  .filter(
                      line -> line.instruction().equals(name) || name.equals(worker(line, sent)))
                  .map(line -> briefly(status, line.said()))
                  .distinct()
                  .toList();
          same(what + name, status, list(got));
        });
  }

  private static @Nullable String worker(Partners.Line line, Stage.@Nullable Sent sent) {
    return sent != null && line.instruction().matches("[1-9][0-9]{0,8}")
        ? sent.worker(Integer.parseInt(line.instruction()))
        : null;
  }
}
