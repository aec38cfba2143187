package org.wagerail.adapter.sheet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wagerail.iso.Finding;

/**
 * Where each column stands, as the row of headings says. Columns that are none of ours are the
 * contractor's own and say nothing here.
 */
record Headings(Map<Column, Integer> places, int width, List<Finding> findings) {
  /** Titles may stand above the headings, in so many rows at most. */
  static final int LOOK = 20;

  /** A row with fewer of our headings than this is a title. */
  private static final int LEAST = 3;

  /** Reads a row of headings; null when it is none. */
  static @Nullable Headings of(SheetRow row) {
    var places = new EnumMap<Column, Integer>(Column.class);
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < row.cells().size(); i++) {
      var cell = row.cells().get(i);
      var column = cell.kind() == Cell.Kind.TEXT ? Column.of(cell.text()) : null;
      if (column != null && places.putIfAbsent(column, i) != null) {
        findings.add(about(SheetRule.HEADING_REPEATED, row, column));
      }
    }
    if (places.size() < LEAST) {
      return null;
    }
    for (var column : Column.values()) {
      if (column.required() && !places.containsKey(column)) {
        findings.add(about(SheetRule.HEADING_MISSING, row, column));
      }
    }
    return new Headings(places, row.cells().size(), findings);
  }

  private static Finding about(SheetRule rule, SheetRow row, Column column) {
    return rule.at(row.number(), column.at(row.number()), rule.code(), column.heading());
  }

  Cell cell(SheetRow row, Column column) {
    var place = places.get(column);
    return place == null ? Cell.NOTHING : row.cell(place);
  }
}
