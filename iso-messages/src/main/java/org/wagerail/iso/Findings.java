package org.wagerail.iso;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the findings of one file: the first are listed, the rest counted. */
final class Findings {
  /** A quoted value longer than this is cut, so that a report stays readable. */
  private static final int QUOTED = 80;

  private final List<Finding> listed = new ArrayList<>();
  private long schema;
  private long totals;
  private boolean unsupported;
  private boolean fatal;

  boolean full() {
    return listed.size() >= Report.LISTED;
  }

  /** Counts a finding that is beyond the list. */
  void count(Rule rule) {
    if (rule.totals()) {
      totals++;
    } else {
      schema++;
    }
  }

  void add(int line, String path, Rule rule, String code, String detail) {
    count(rule);
    fatal |= rule.fatal();
    unsupported |= rule == Rule.MESSAGE_UNSUPPORTED;
    if (!full()) {
      listed.add(new Finding(line, path, rule.name(), code, rule.sentence(quoted(detail))));
    }
  }

  boolean fatal() {
    return fatal;
  }

  Report report(@Nullable String message) {
    Verdict schemaVerdict =
        unsupported ? Verdict.UNSUPPORTED : schema > 0 ? Verdict.INVALID : Verdict.VALID;
    Verdict verdict =
        schemaVerdict == Verdict.VALID && totals > 0 ? Verdict.INVALID : schemaVerdict;
    return new Report(message, verdict, schemaVerdict, listed, schema + totals);
  }

  private static String quoted(String detail) {
    StringBuilder out = new StringBuilder();
    int characters = 0;
    for (int i = 0; i < detail.length(); i += Character.charCount(detail.codePointAt(i))) {
      if (++characters > QUOTED) {
        return out.append('…').toString();
      }
      int c = detail.codePointAt(i);
      out.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
    }
    return out.toString();
  }
}
