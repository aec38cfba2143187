package org.wagerail.ops.casebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wagerail.audit.Proof;

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
    amounts("paid", expected.paid(), places, Views.LineView::paid);
    amounts("unpaid", expected.unpaid(), places, Views.LineView::unpaid);
    if (expected.due() != null) {
      each("due", expected.due(), places, place -> place.view().due().toString(), Object::toString);
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
    packages(expected.packages(), heard);
    reports(expected.reports(), heard);
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
          // Who asks for REFUSED alone does not ask why.
          boolean briefly = !expected.contains(" ") && actual.startsWith(expected + " ");
          same("file " + key, expected, briefly ? expected : actual);
        });
  }

  // ------------------------------------------------------------------ lines

  private List<Place> places() {
    var places = new ArrayList<Place>();
    for (var sent : stage.files().values()) {
      var payroll = stage.views().payroll(sent.name());
      if (payroll != null) {
        for (var view : stage.views().lines(payroll)) {
          var worker =
              view.line() <= sent.workers().size()
                  ? sent.workers().get(view.line() - 1)
                  : Integer.toString(view.line());
          places.add(new Place(sent.step().key(), worker, view));
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

  private void pays(String what, Map<String, Long> expected, Partners.Package actual) {
    var pays = new TreeMap<String, Long>();
    for (var transfer : actual.transfers()) {
      var worker = stage.worker(transfer.endToEnd(), null);
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
      if (want.lines() != null) {
        said(what, want.lines(), got, file);
      }
    }
  }

  private void said(
      String what, Map<String, String> expected, Partners.Report actual, String file) {
    var lines = new LinkedHashMap<String, String>();
    actual
        .lines()
        .forEach(
            (endToEnd, status) -> {
              var worker = stage.worker(endToEnd, file);
              lines.put(worker == null ? endToEnd : worker, status);
            });
    expected.forEach(
        (worker, status) -> {
          var got = lines.get(worker);
          // Who asks for a status alone does not ask why.
          boolean briefly = got != null && !status.contains(" ") && got.startsWith(status + " ");
          same(what + worker, status, got == null ? "-" : briefly ? status : got);
        });
  }
}
