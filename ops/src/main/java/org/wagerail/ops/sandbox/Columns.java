package org.wagerail.ops.sandbox;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of text in which a Chinese character takes two places, as it does on a terminal. */
final class Columns {
  private static final String RULE = "\u0000";

  private final List<List<String>> rows = new ArrayList<>();

  /** The first cell is set to the left, all others to the right. */
  Columns row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  Columns rule() {
    rows.add(List.of(RULE));
    return this;
  }

  void print(PrintWriter out) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    var widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    int all = -2;
    for (int width : widths) {
      all += width + 2;
    }
    for (var row : rows) {
      if (row.getFirst().equals(RULE)) {
        out.println("-".repeat(all));
        continue;
      }
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        var cell = row.get(i);
        var blank = " ".repeat(widths[i] - width(cell));
        line.append(i == 0 ? cell + blank : "  " + blank + cell);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  static int width(String text) {
    return text.equals(RULE) ? 0 : text.codePoints().map(c -> c < 0x2E80 ? 1 : 2).sum();
  }
}
