package org.wagerail.ops.casebook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names in a row: {@code w1..w50} is {@code w1, w2} and so on to {@code w50}; {@code w01..w50}
 * begins with {@code w01, w02}.
 */
final class Range {
  private static final Pattern FORM = Pattern.compile("(.*?)([0-9]{1,9})\\.\\.(.*?)([0-9]{1,9})");

  private static final int MOST = 5_000;

  private Range() {}

  /** The names that a text stands for; a text that is no range stands for itself. */
  static List<String> of(Entry entry, String text) throws GrammarFault {
    if (!text.contains("..")) {
      return List.of(text);
    }
    var match = FORM.matcher(text);
    if (!match.matches() || !match.group(1).equals(match.group(3))) {
      throw entry.fault("a range is written w1..w50: " + text, "范围写作 w1..w50：" + text);
    }
    int from = Integer.parseInt(match.group(2));
    int to = Integer.parseInt(match.group(4));
    if (to < from || to - from >= MOST) {
      throw entry.fault(
          "a range goes up and has at most " + MOST + " names: " + text,
          "范围须递增且不超过 " + MOST + " 个：" + text);
    }
    var names = new ArrayList<String>();
    int width = match.group(2).length();
    for (int i = from; i <= to; i++) {
      names.add(match.group(1) + "0".repeat(Math.max(0, width - Integer.toString(i).length())) + i);
    }
    return names;
  }
}
