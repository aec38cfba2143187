package org.wagerail.ops.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.Money;
import org.wagerail.project.Banks;
import org.wagerail.trail.Document;
import org.wagerail.trail.Entry;
import org.wagerail.trail.Ground;
import org.wagerail.trail.Step;
import org.wagerail.trail.Subject;
import org.wagerail.trail.Trail;
import org.wagerail.trail.Words;

/** Prints a trail for a person, in one language or both, or as JSON, an object a step. */
final class TrailText {
  /** A language of the texts. */
  enum Language {
    ZH,
    EN
  }

  private final PrintWriter out;
  private final @Nullable Language language;
  private final Banks.Bank bank;
  private final DateTimeFormatter time;

  /**
   * @param language null prints both
   * @param bank times are in its zone
   */
  TrailText(PrintWriter out, @Nullable Language language, Banks.Bank bank) {
    this.out = out;
    this.language = language;
    this.bank = bank;
    this.time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneId.of(bank.zone()));
  }

  /** Says a sentence. */
  static void say(PrintWriter to, @Nullable Language language, String chinese, String english) {
    if (language != Language.EN) {
      to.println(chinese);
    }
    if (language != Language.ZH) {
      to.println(english);
    }
  }

  /** One of several that a text may name. */
  static String candidate(Subject subject, Banks.Bank bank, boolean json) {
    if (!json) {
      return "  " + subject + "  --bank " + bank.code();
    }
    var object = new LinkedHashMap<String, Object>();
    object.put("candidate", subject.toString());
    object.put("bank", bank.code());
    return Json.line(object);
  }

  void print(Trail trail, boolean json) {
    if (json) {
      trail.steps().forEach(step -> out.println(Json.line(object(trail, step))));
      return;
    }
    say(out, language, trail.title().chinese(), trail.title().english());
    for (var step : trail.steps()) {
      out.println();
      out.println(time.format(step.at()) + "  " + in(step.kind().words()));
      line("  ", step.says());
      for (var ground : step.grounds()) {
        out.println("    " + label("依据", "rule") + " " + rule(ground));
      }
      if (step.who() != null) {
        out.println("    " + label("经办", "by") + " " + in(step.who()));
      }
      if (step.amount() != null) {
        out.println("    " + label("金额", "amount") + " CNY " + Money.format(step.amount(), 2));
      }
      if (step.document() != null) {
        out.println("    " + label("文件", "document") + " " + document(step.document()));
      }
      if (step.entry() != null) {
        entry(step.entry());
      }
    }
  }

  private void line(String indent, Words words) {
    if (language != Language.EN) {
      out.println(indent + words.chinese());
    }
    if (language != Language.ZH) {
      out.println(indent + words.english());
    }
  }

  private String label(String chinese, String english) {
    return in(new Words(chinese, english));
  }

  private String in(Words words) {
    if (language == Language.ZH || words.chinese().equals(words.english())) {
      return words.chinese();
    }
    return language == Language.EN ? words.english() : words.chinese() + " " + words.english();
  }

  private String rule(Ground ground) {
    return ground.name()
        + (ground.code().isEmpty() ? "" : " [" + ground.code() + "]")
        + " "
        + in(ground.says())
        + " ("
        + in(ground.source())
        + ")";
  }

  private static String document(Document document) {
    return (document.received() ? "in " : "out ")
        + document.month()
        + "/"
        + document.number()
        + " "
        + document.name()
        + " "
        + document.message()
        + (document.id().isEmpty() ? "" : " id " + document.id())
        + " sha256 "
        + document.hash();
  }

  private void entry(Entry entry) {
    out.println(
        "    "
            + label("记账", "entry")
            + " "
            + entry.month()
            + "/"
            + entry.number()
            + " "
            + entry.kind()
            + " "
            + entry.businessDate()
            + " ("
            + entry.subject()
            + ")");
    for (var leg : entry.legs()) {
      out.printf(
          "      %-12s %6d %18s → %s%n",
          leg.accountKind(),
          leg.account(),
          (leg.amount() > 0 ? "+" : "") + Money.format(leg.amount(), 2),
          Money.format(leg.balanceAfter(), 2));
    }
  }

  // ------------------------------------------------------------------ JSON

  private LinkedHashMap<String, @Nullable Object> object(Trail trail, Step step) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("subject", trail.subject().toString());
    object.put("bank", bank.code());
    object.put("at", step.at().toString());
    object.put("kind", step.kind().name());
    put(object, "says", step.says());
    object.put("rules", step.grounds().stream().map(this::object).toList());
    if (step.who() != null) {
      put(object, "by", step.who());
    }
    if (step.amount() != null) {
      object.put("amount", Money.format(step.amount(), 2));
    }
    if (step.document() != null) {
      object.put("document", object(step.document()));
    }
    if (step.entry() != null) {
      object.put("entry", object(step.entry()));
    }
    return object;
  }

  /** A text in the languages asked for: {@code name_zh} and {@code name_en}. */
  private void put(LinkedHashMap<String, @Nullable Object> object, String name, Words words) {
    if (language != Language.EN) {
      object.put(name + "_zh", words.chinese());
    }
    if (language != Language.ZH) {
      object.put(name + "_en", words.english());
    }
  }

  private LinkedHashMap<String, @Nullable Object> object(Ground ground) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("name", ground.name());
    object.put("code", ground.code());
    put(object, "says", ground.says());
    put(object, "source", ground.source());
    return object;
  }

  private static LinkedHashMap<String, @Nullable Object> object(Document document) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("direction", document.received() ? "in" : "out");
    object.put("month", document.month());
    object.put("number", document.number());
    object.put("name", document.name());
    object.put("message", document.message());
    object.put("id", document.id());
    object.put("sha256", document.hash());
    return object;
  }

  private static LinkedHashMap<String, @Nullable Object> object(Entry entry) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("month", entry.month());
    object.put("number", entry.number());
    object.put("kind", entry.kind());
    object.put("subject", entry.subject());
    object.put("businessDate", entry.businessDate().toString());
    object.put(
        "postings",
        entry.legs().stream()
            .map(
                leg -> {
                  var posting = new LinkedHashMap<String, @Nullable Object>();
                  posting.put("account", leg.account());
                  posting.put("kind", leg.accountKind());
                  posting.put("amount", Money.format(leg.amount(), 2));
                  posting.put("balanceAfter", Money.format(leg.balanceAfter(), 2));
                  return posting;
                })
            .toList());
    return object;
  }
}
