package org.wagerail.adapter.feed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wagerail.evidence.EventKind;
import org.wagerail.evidence.EventLog;

/** How an event is said to another system, pulled or pushed alike. */
final class EventText {
  private static final Map<String, EventKind> KINDS =
      Arrays.stream(EventKind.values()).collect(Collectors.toMap(Enum::name, Function.identity()));

  private EventText() {}

  static boolean isKind(String kind) {
    return KINDS.containsKey(kind);
  }

  static LinkedHashMap<String, @Nullable Object> say(EventLog.Told event) {
    var kind = KINDS.get(event.kind());
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("seq", event.seq());
    body.put("kind", event.kind());
    body.put("zh", kind == null ? event.kind() : kind.chinese());
    body.put("en", kind == null ? event.kind() : kind.english());
    body.put("subject", event.subject());
    body.put("detail", event.detail());
    body.put("at", event.at().toString());
    return body;
  }
}
