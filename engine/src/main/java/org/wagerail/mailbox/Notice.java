package org.wagerail.mailbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Something that partners are told in words, because no message of ISO 20022 says it.
 *
 * @param kind what it is, for example {@code LABOUR_COST_LATE}
 * @param subject what it speaks of; each counterpart hears of a subject once
 * @param facts what a machine would want of it, in order: names and values, nothing personal
 * @param to who is told
 */
public record Notice(
    String kind,
    String subject,
    SequencedMap<String, String> facts,
    String chinese,
    String english,
    List<Outbox.Counterpart> to) {
  public Notice {
    facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
    to = List.copyOf(to);
  }
}
