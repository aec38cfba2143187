package org.wagerail.adapter.staff;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.Money;
import org.wagerail.trail.Document;
import org.wagerail.trail.Entry;
import org.wagerail.trail.Ground;
import org.wagerail.trail.Step;
import org.wagerail.trail.Trail;
import org.wagerail.trail.Words;

/** Trails as objects for JSON: amounts as decimal text, instants in UTC. */
public final class TrailObjects {
  private final String bank;
  private final boolean chinese;
  private final boolean english;

  /**
   * @param bank its 12-digit code
   * @param chinese whether texts are told in Chinese
   * @param english whether texts are told in English
   */
  public TrailObjects(String bank, boolean chinese, boolean english) {
    this.bank = bank;
    this.chinese = chinese;
    this.english = english;
  }

  /** A step that says for itself what it is about. */
  public SequencedMap<String, @Nullable Object> of(Trail trail, Step step) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("subject", trail.subject().toString());
    object.put("bank", bank);
    object.putAll(of(step));
    return object;
  }

  /** A whole trail. */
  SequencedMap<String, @Nullable Object> of(Trail trail) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("subject", trail.subject().toString());
    put(object, "title", trail.title());
    object.put("steps", trail.steps().stream().map(this::of).toList());
    return object;
  }

  private SequencedMap<String, @Nullable Object> of(Step step) {
    var object = new LinkedHashMap<String, @Nullable Object>();
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
    if (chinese) {
      object.put(name + "_zh", words.chinese());
    }
    if (english) {
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
