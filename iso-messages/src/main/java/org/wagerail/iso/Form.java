package org.wagerail.iso;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern facet. The patterns of ISO 20022 are runs of ASCII character classes with one optional
 * tail; those are walked by hand without backtracking, any other goes to {@link Pattern}.
 */
final class Form {
  private record Run(long low, long high, int least, int most) {
    boolean takes(char c) {
      return c < 64 ? (low >>> c & 1) != 0 : c < 128 && (high >>> (c - 64) & 1) != 0;
    }

    boolean overlaps(Run other) {
      return (low & other.low) != 0 || (high & other.high) != 0;
    }
  }

  private final Run[] head;
  private final Run[] tail;
  private final @Nullable Pattern general;

  private Form(List<Run> head, List<Run> tail, @Nullable Pattern general) {
    this.head = head.toArray(Run[]::new);
    this.tail = tail.toArray(Run[]::new);
    this.general = general;
  }

  static Form of(String pattern) {
    List<Run> head = new ArrayList<>();
    List<Run> tail = new ArrayList<>();
    String body = pattern;
    boolean plain = true;
    if (pattern.endsWith("){0,1}") && pattern.indexOf('(') > 0) {
      int open = pattern.lastIndexOf('(');
      plain = parse(pattern.substring(open + 1, pattern.length() - "){0,1}".length()), tail);
      body = pattern.substring(0, open);
    }
    plain = plain && parse(body, head) && deterministic(head, tail);
    return plain
        ? new Form(head, tail, null)
        : new Form(List.of(), List.of(), Pattern.compile(pattern));
  }

  boolean matches(char[] b, int length) {
    if (general != null) {
      return general.matcher(new String(b, 0, length)).matches();
    }
    int at = walk(head, b, 0, length);
    if (at >= 0 && at < length && tail.length > 0) {
      at = walk(tail, b, at, length);
    }
    return at == length;
  }

  private static int walk(Run[] runs, char[] b, int from, int to) {
    int at = from;
    for (Run run : runs) {
      int most = Math.min(to, at + run.most);
      int start = at;
      while (at < most && run.takes(b[at])) {
        at++;
      }
      if (at - start < run.least) {
        return -1;
      }
    }
    return at;
  }

  /** Greedy walking is exact where a run of open length cannot eat what its successor needs. */
  private static boolean deterministic(List<Run> head, List<Run> tail) {
    List<Run> all = new ArrayList<>(head);
    all.addAll(tail);
    for (int i = 0; i + 1 < all.size(); i++) {
      Run run = all.get(i);
      if (run.least != run.most && (all.get(i + 1).least == 0 || run.overlaps(all.get(i + 1)))) {
        return false;
      }
    }
    return tail.isEmpty() || tail.getFirst().least > 0;
  }

  private static boolean parse(String body, List<Run> runs) {
    int at = 0;
    while (at < body.length()) {
      long[] set = new long[2];
      char c = body.charAt(at);
      if (c == '[') {
        at = parseClass(body, at + 1, set);
        if (at < 0) {
          return false;
        }
      } else if (c == '\\' && at + 1 < body.length() && isMark(body.charAt(at + 1))) {
        add(set, body.charAt(at + 1));
        at += 2;
      } else if (Character.isLetterOrDigit(c) && c < 128 || c == '-') {
        add(set, c);
        at++;
      } else {
        return false;
      }
      int least = 1;
      int most = 1;
      if (at < body.length() && body.charAt(at) == '{') {
        int close = body.indexOf('}', at);
        String[] bounds = body.substring(at + 1, close).split(",", -1);
        if (bounds.length > 2 || bounds[bounds.length - 1].isEmpty()) {
          return false;
        }
        least = Integer.parseInt(bounds[0]);
        most = Integer.parseInt(bounds[bounds.length - 1]);
        at = close + 1;
      }
      runs.add(new Run(set[0], set[1], least, most));
    }
    return true;
  }

  private static int parseClass(String body, int from, long[] set) {
    int at = from;
    if (body.charAt(at) == '^') {
      return -1;
    }
    while (body.charAt(at) != ']') {
      char c = body.charAt(at);
      if (c == '[' || c >= 128) {
        return -1;
      }
      if (c == '\\') {
        if (!isMark(body.charAt(at + 1))) {
          return -1;
        }
        add(set, body.charAt(at + 1));
        at += 2;
      } else if (body.charAt(at + 1) == '-' && body.charAt(at + 2) != ']') {
        for (char each = c; each <= body.charAt(at + 2); each++) {
          add(set, each);
        }
        at += 3;
      } else {
        add(set, c);
        at++;
      }
    }
    return at + 1;
  }

  private static boolean isMark(char c) {
    return c < 128 && !Character.isLetterOrDigit(c);
  }

  private static void add(long[] set, char c) {
    set[c >>> 6] |= 1L << (c & 63);
  }
}
