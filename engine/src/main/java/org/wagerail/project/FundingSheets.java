package org.wagerail.project;

import static org.wagerail.project.ProjectSheets.projectKnown;
import static org.wagerail.project.SettingSheets.repeated;

import java.util.List;

/** What owners have to pay for labour, and the progress that it may be a share of. */
final class FundingSheets {
  private FundingSheets() {}

  static final Sheet LABOUR_TERMS =
      new Sheet(
          "labour_terms.csv",
          List.of("bank", "project", "from_date", "document", "cycle", "due_day", "source"),
          List.of("until_date", "amount", "share"),
          "bank int, project text, from_date date, until_date date, document bytea, cycle text,"
              + " due_day int, amount bigint, share int, source text",
          (row, out) -> {
            var bank = row.bank();
            var project = row.text("project", 35);
            var from = row.date("from_date");
            var until = row.until(from);
            var document = row.sha256("document");
            var cycle = row.choice("cycle", "MONTH", "WEEK");
            var dueDay = row.number("due_day", 1, "WEEK".equals(cycle) ? 7 : 31);
            boolean ofShare = !row.raw("share").isBlank();
            // An amount or a share; neither and both are findings of the amount.
            if (ofShare == !row.raw("amount").isBlank()) {
              row.flaw("amount", Flaw.AMOUNT_OR_SHARE);
            }
            var amount = ofShare ? null : row.amount("amount", "CNY");
            var share = ofShare ? row.number("share", 1, 10_000) : null;
            var source = row.source();
            if (bank == null || project == null || from == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                project,
                from,
                until,
                document,
                cycle,
                dueDay,
                amount,
                share,
                source);
          },
          List.of(
              new Sheet.Check(
                  "project",
                  Flaw.REPEATED_ROW,
                  repeated("stage_labour_terms", "bank, project, from_date")),
              projectKnown("stage_labour_terms"),
              new Sheet.Check(
                  "project",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_labour_terms s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN labour_term t ON (t.bank, t.project, t.from_date) = (p.bank, p.project, s.from_date)
                   WHERE NOT s.bad
                     AND (t.until_date, t.document, t.cycle, t.due_day, t.amount, t.share, t.source)
                         IS DISTINCT FROM
                         (s.until_date, s.document, s.cycle, s.due_day, s.amount, s.share, s.source)
                  """)),
          List.of(
              """
              INSERT INTO labour_term (bank, project, from_date, until_date, document, cycle, due_day,
                                       amount, share, source)
              SELECT s.bank, p.project, s.from_date, s.until_date, s.document, s.cycle, s.due_day,
                     s.amount, s.share, s.source
                FROM stage_labour_terms s JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
               WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet CERTIFIED_PROGRESS =
      new Sheet(
          "certified_progress.csv",
          List.of("bank", "project", "certified_on", "amount", "document", "source"),
          List.of(),
          "bank int, project text, certified_on date, amount bigint, document bytea, source text",
          (row, out) -> {
            var bank = row.bank();
            var project = row.text("project", 35);
            var on = row.date("certified_on");
            var amount = row.amount("amount", "CNY");
            var document = row.sha256("document");
            var source = row.source();
            if (bank == null || project == null || on == null) {
              return;
            }
            out.row(row.line(), row.isBad(), bank, project, on, amount, document, source);
          },
          List.of(
              new Sheet.Check(
                  "project",
                  Flaw.REPEATED_ROW,
                  repeated("stage_certified_progress", "bank, project, certified_on")),
              projectKnown("stage_certified_progress"),
              new Sheet.Check(
                  "project",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_certified_progress s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN certified_progress c
                      ON (c.bank, c.project, c.certified_on) = (p.bank, p.project, s.certified_on)
                   WHERE NOT s.bad AND (c.amount, c.document, c.source)
                         IS DISTINCT FROM (s.amount, s.document, s.source)
                  """)),
          List.of(
              """
              INSERT INTO certified_progress (bank, project, certified_on, amount, document, source)
              SELECT s.bank, p.project, s.certified_on, s.amount, s.document, s.source
                FROM stage_certified_progress s
                JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
               WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static List<Sheet> all() {
    return List.of(LABOUR_TERMS, CERTIFIED_PROGRESS);
  }
}
