package org.wagerail.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.province.Troubles;

/**
 * The demonstration's province: three projects with two subcontractors each, some 600 workers, and
 * something of everything that goes wrong on a payday. The first and the third project share a
 * special account; the third has too little money and an agreement to share it.
 */
final class DemoProvince {
  static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);
  private static final int PROJECTS = 3;
  private static final int WORKERS = 600;
  private static final long SEED = 20_261_015;

  /** What the short project has of what it would need with a reserve. */
  private static final BigDecimal SHORT = new BigDecimal("0.75");

  private final Path directory;

  private DemoProvince(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes it: reference data and keys as {@link Province} writes them, and spoiled payrolls.
   *
   * @return the payrolls, in the order in which they are sent
   */
  static List<Path> write(Path directory) {
    try {
      Province.generate(spec(), directory);
      return new DemoProvince(directory).spoil();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProvinceSpec spec() {
    var answers = new ArrayList<Troubles.Answer>();
    answers.add(new Troubles.Answer(Answer.REJECT.digits(), 14));
    answers.add(new Troubles.Answer(Answer.RETURN.digits(), 10));
    answers.add(new Troubles.Answer(Answer.LATE.digits(), 10));
    answers.add(new Troubles.Answer(Answer.TWICE.digits(), 8));
    answers.add(new Troubles.Answer(Answer.CONTRADICT.digits(), 5));
    answers.add(new Troubles.Answer(Answer.NEVER.digits(), 4));
    answers.add(new Troubles.Answer(Answer.ASKED_SETTLE.digits(), 5));
    answers.add(new Troubles.Answer(Answer.REPORTED.digits(), 5));
    return new ProvinceSpec(
        SEED,
        PROJECTS,
        WORKERS,
        2,
        PAY_DATE,
        YearMonth.from(PAY_DATE).minusMonths(1),
        110,
        0,
        "",
        new Troubles(10, 6, 12, 0, 5, 8, 5, answers));
  }

  private List<Path> spoil() throws IOException {
    edit("agreements.csv", 3, row -> row.replace(",NOTHING,", ",PRO_RATA,"));
    edit("wage_books.csv", 3, DemoProvince::shorten);

    PayrollDraft.open(payroll(1, 1))
        .spoil(4, wage -> wage.replaceAll("(?<=<InstdAmt Ccy=\"CNY\">)[0-9.]+", "0.00"))
        .spoil(9, DemoProvince::breakAccount)
        .repeat(20)
        .save();
    PayrollDraft.open(payroll(2, 1)).borrowReference(7, 6).save();
    PayrollDraft.open(payroll(2, 2))
        .splitLast(3, PAY_DATE.toString(), PAY_DATE.minusDays(14).toString())
        .save();
    PayrollDraft.open(payroll(3, 1))
        .spoil(5, wage -> wage.replaceAll("(?<=<Cdtr><Nm>)[^<]+", "某某某"))
        .save();
    var broken = sibling(payroll(3, 2), "-broken");
    PayrollDraft.open(payroll(3, 2))
        .renamed("-X")
        .saveAs(broken, text -> text.replace("<PmtMtd>TRF</PmtMtd>", "<PayMethod>TRF</PayMethod>"));
    var again = sibling(payroll(1, 2), "-again");
    Files.copy(payroll(1, 2), again);

    var sent = new ArrayList<Path>();
    for (int project = 1; project <= PROJECTS; project++) {
      sent.add(payroll(project, 1));
      sent.add(payroll(project, 2));
    }
    sent.add(again);
    sent.add(broken);
    return sent;
  }

  /** Projects and their payrolls are counted from 1. */
  private Path payroll(int project, int file) throws IOException {
    var index = Files.readAllLines(directory.resolve("payrolls/index.csv"));
    var row = index.get((project - 1) * 2 + file);
    return directory.resolve("payrolls").resolve(row.substring(0, row.indexOf(',')));
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName().toString().replace(".xml", suffix + ".xml"));
  }

  private void edit(String file, int row, UnaryOperator<String> change) throws IOException {
    var path = directory.resolve(file);
    var rows = new ArrayList<>(Files.readAllLines(path));
    rows.set(row, change.apply(rows.get(row)));
    Files.write(path, rows);
  }

  /** The opening balance stands before the last comma. */
  private static String shorten(String row) {
    int end = row.lastIndexOf(',');
    int from = row.lastIndexOf(',', end - 1) + 1;
    var opening = new BigDecimal(row.substring(from, end));
    return row.substring(0, from)
        + opening.multiply(SHORT).setScale(2, RoundingMode.DOWN)
        + row.substring(end);
  }

  /** The card number's check digit, one too high. */
  private static String breakAccount(String wage) {
    int end = wage.indexOf("</Id></Othr></Id></CdtrAcct>");
    char check = wage.charAt(end - 1);
    return wage.substring(0, end - 1) + (char) ('0' + (check - '0' + 1) % 10) + wage.substring(end);
  }
}
