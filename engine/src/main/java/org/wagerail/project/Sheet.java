package org.wagerail.project;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One kind of csv file: its columns, the stage its rows are copied to, what must hold of them, and
 * how they become rows of ours.
 *
 * @param file its name
 * @param required columns that must be there
 * @param optional columns that may be there
 * @param stage the stage's columns behind {@code row_no bigint, bad boolean}, as in CREATE TABLE
 * @param reader turns one csv row into one row of the stage
 * @param checks what must hold once all rows are staged
 * @param inserts how good rows that are not here yet are added; the last one's count is reported
 */
record Sheet(
    String file,
    List<String> required,
    List<String> optional,
    String stage,
    Reader reader,
    List<Check> checks,
    List<String> inserts) {

  /**
   * Reads one row. A row whose key cannot be told is not staged; one with another flaw is, as bad.
   */
  @FunctionalInterface
  interface Reader {
    void read(Row row, StageRows out);
  }

  /**
   * @param column the column a finding names
   * @param flaw what is found
   * @param rows a query for the row numbers where it is found
   */
  record Check(String column, Flaw flaw, String rows) {}

  /** The stage's table: the file's name without its ending, in front {@code stage_}. */
  String table() {
    return "stage_" + file.substring(0, file.length() - ".csv".length());
  }

  /** The names of the stage's columns. */
  String columns() {
    return "row_no, bad, "
        + Arrays.stream(stage.split(", *"))
            .map(column -> column.substring(0, column.indexOf(' ')))
            .collect(Collectors.joining(", "));
  }
}
