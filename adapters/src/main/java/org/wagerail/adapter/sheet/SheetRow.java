package org.wagerail.adapter.sheet;

import java.util.List;

/**
 * One row as the file has it.
 *
 * @param number as a spreadsheet counts, from 1
 * @param hidden whether the spreadsheet does not show it
 */
record SheetRow(int number, List<Cell> cells, boolean hidden) {
  Cell cell(int column) {
    return column < cells.size() ? cells.get(column) : Cell.NOTHING;
  }

  boolean isBlank() {
    return cells.stream().allMatch(Cell::isBlank);
  }
}
