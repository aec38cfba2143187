package org.wagerail.ops.casebook;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads what must hold. */
final class ExpectedReader {
  private ExpectedReader() {}

  @FunctionalInterface
  private interface Reading<T> {
    T of(Entry entry) throws GrammarFault;
  }

  static Expected read(Entry entry) throws GrammarFault {
    var words = entry.words(Grammar.THEN);
    var refused = words.find("refused");
    var audit = words.find("audit");
    if (audit != null) {
      audit.choice("clean");
    }
    return new Expected(
        map(words.find("files"), Entry::text),
        map(words.find("lines"), Entry::texts),
        map(words.find("paid"), Entry::amount),
        map(words.find("unpaid"), Entry::amount),
        map(words.find("due"), ExpectedReader::date),
        map(words.find("books"), Entry::amount),
        map(words.find("debits"), Entry::amount),
        words.amount("in-clearing"),
        texts(words.find("runs")),
        texts(words.find("exceptions")),
        refused == null ? List.of() : refused.texts(),
        packages(words.find("pacs.008")),
        reports(words.find("pain.002")),
        audit != null);
  }

  private static LocalDate date(Entry entry) throws GrammarFault {
    return entry.date();
  }

  private static @Nullable List<String> texts(@Nullable Entry entry) throws GrammarFault {
    return entry == null ? null : entry.texts();
  }

  /** Members by name; a range of names is written once. */
  private static <T> @Nullable SequencedMap<String, T> map(
      @Nullable Entry entry, Reading<T> reading) throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var read = new LinkedHashMap<String, T>();
    for (var member : entry.map().values()) {
      for (var name : Range.of(member, member.name())) {
        if (read.putIfAbsent(name, reading.of(member)) != null) {
          throw member.fault("stands here twice: " + name, "重复出现：" + name);
        }
      }
    }
    return read;
  }

  private static @Nullable List<Expected.Package> packages(@Nullable Entry entry)
      throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var packages = new ArrayList<Expected.Package>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.PACKAGE);
      var count = words.find("count");
      packages.add(
          new Expected.Package(
              count == null ? null : (Long) (long) count.count(0, 999_999_999),
              words.amount("sum"),
              map(words.find("pays"), Entry::amount)));
    }
    return packages;
  }

  private static @Nullable List<Expected.Report> reports(@Nullable Entry entry)
      throws GrammarFault {
    if (entry == null) {
      return null;
    }
    var reports = new ArrayList<Expected.Report>();
    for (var item : entry.list()) {
      var words = item.words(Grammar.REPORT);
      reports.add(
          new Expected.Report(
              words.get("file").text(),
              words.text("status"),
              words.text("reason"),
              map(words.find("lines"), Entry::text)));
    }
    return reports;
  }
}
