package org.wagerail.ops.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.staff.TrailObjects;
import org.wagerail.money.Money;
import org.wagerail.project.Banks;
import org.wagerail.trail.Document;
import org.wagerail.trail.Entry;
import org.wagerail.trail.Ground;
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
      var objects = new TrailObjects(bank.code(), language != Language.EN, language != Language.ZH);
      trail.steps().forEach(step -> out.println(Json.line(objects.of(trail, step))));
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
}
