package org.wagerail.project;

import static org.wagerail.project.PartySheets.firmKnown;
import static org.wagerail.project.ProjectSheets.projectKnown;
import static org.wagerail.project.SettingSheets.repeated;

import java.util.List;

/** Who works where, and what each worker confirmed. */
final class RosterSheets {
  private RosterSheets() {}

  static final Sheet EMPLOYMENTS =
      new Sheet(
          "employments.csv",
          List.of("bank", "project", "id_number", "firm", "from_date", "source"),
          List.of("id_scheme", "until_date", "contract"),
          "bank int, project text, blind bytea, firm bytea, from_date date, until_date date,"
              + " contract text, source text",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var project = row.text("project", 35);
            var scheme = row.personScheme();
            var id = row.identifier(scheme, "id_number");
            var firm = row.firm("firm");
            var from = row.date("from_date");
            var until = row.until(from);
            var contract = row.optionalText("contract", 100);
            var source = row.source();
            if (bank == null || project == null || scheme == null || id == null || from == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                project,
                intake.blind(bank, scheme, id),
                firm == null ? null : intake.blind(bank, IdScheme.USCC, firm),
                from,
                until,
                contract,
                source);
          },
          List.of(
              new Sheet.Check(
                  "id_number",
                  Flaw.REPEATED_ROW,
                  repeated("stage_employments", "bank, project, blind, from_date")),
              projectKnown("stage_employments"),
              personKnown("stage_employments"),
              firmKnown("firm", "stage_employments", "s.firm"),
              new Sheet.Check(
                  "firm",
                  Flaw.NOT_ON_PROJECT,
                  """
                  SELECT s.row_no FROM stage_employments s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                   WHERE f.party <> p.contractor
                     AND NOT EXISTS (SELECT FROM subcontract c
                          WHERE (c.bank, c.project, c.firm) = (p.bank, p.project, f.party))
                     AND NOT EXISTS (SELECT FROM stage_subcontracts c
                          WHERE c.bad AND (c.bank, c.project, c.firm) = (s.bank, s.project, s.firm))
                  """),
              new Sheet.Check(
                  "from_date",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_employments s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                    JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
                    JOIN employment e ON (e.bank, e.project, e.party, e.from_date)
                                       = (p.bank, p.project, i.party, s.from_date)
                   WHERE NOT s.bad AND (e.firm, e.until_date, e.contract, e.source)
                         IS DISTINCT FROM (f.party, s.until_date, s.contract, s.source)
                  """)),
          List.of(
              """
              INSERT INTO employment (bank, project, party, firm, from_date, until_date, contract, source)
              SELECT s.bank, p.project, i.party, f.party, s.from_date, s.until_date, s.contract, s.source
                FROM stage_employments s
                JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
               WHERE NOT s.bad
               ORDER BY s.row_no
              ON CONFLICT DO NOTHING
              """));

  /** A confirmation that is here is never changed: a later one stands beside it, and counts. */
  private static final String NEW_CONFIRMATIONS =
      """
      SELECT s.row_no, s.bank, s.period, p.project, i.party, s.run_type, s.amount,
             s.confirmed_at, s.source, s.evidence
        FROM stage_confirmations s
        JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
        JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
       WHERE NOT s.bad AND NOT EXISTS (
         SELECT FROM confirmation c
          WHERE (c.bank, c.period, c.project, c.party, c.run_type,
                 c.amount, c.confirmed_at, c.source, c.evidence)
              = (s.bank, s.period, p.project, i.party, s.run_type,
                 s.amount, s.confirmed_at, s.source, s.evidence))
      """;

  static final Sheet CONFIRMATIONS =
      new Sheet(
          "confirmations.csv",
          List.of(
              "bank",
              "period",
              "project",
              "id_number",
              "run_type",
              "amount",
              "confirmed_at",
              "source",
              "evidence"),
          List.of("id_scheme"),
          "bank int, period int, project text, blind bytea, run_type text, amount bigint,"
              + " confirmed_at timestamptz, source text, evidence text",
          (row, out) -> {
            var bank = row.bank();
            var period = row.period("period");
            var project = row.text("project", 35);
            var scheme = row.personScheme();
            var id = row.identifier(scheme, "id_number");
            var type = row.choice("run_type", "REG", "LEAVER", "SUPP");
            var amount = row.amount("amount", "CNY");
            var at = row.instant("confirmed_at");
            var source = row.choice("source", "WORKER", "SUPERVISOR", "SIGNED_SHEET", "COURT");
            var evidence = row.text("evidence", 200);
            if (bank == null || period == null || project == null || scheme == null || id == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                period,
                project,
                row.intake().blind(bank, scheme, id),
                type,
                amount,
                at,
                source,
                evidence);
          },
          List.of(
              new Sheet.Check(
                  "id_number",
                  Flaw.REPEATED_ROW,
                  repeated(
                      "stage_confirmations",
                      "bank, period, project, blind, run_type, confirmed_at")),
              projectKnown("stage_confirmations"),
              personKnown("stage_confirmations"),
              new Sheet.Check(
                  "confirmed_at",
                  Flaw.NOT_LATER,
                  "SELECT n.row_no FROM ("
                      + NEW_CONFIRMATIONS
                      + """
                      ) n WHERE EXISTS (SELECT FROM confirmation c
                           WHERE (c.bank, c.period, c.project, c.party, c.run_type)
                               = (n.bank, n.period, n.project, n.party, n.run_type)
                             AND c.confirmed_at >= n.confirmed_at)
                      """)),
          List.of(
              """
              INSERT INTO confirmation (bank, period, project, party, run_type, nth, amount,
                                        confirmed_at, source, evidence)
              SELECT n.bank, n.period, n.project, n.party, n.run_type,
                     coalesce(l.nth, 0) + row_number() OVER (
                       PARTITION BY n.bank, n.period, n.project, n.party, n.run_type
                       ORDER BY n.confirmed_at, n.row_no),
                     n.amount, n.confirmed_at, n.source, n.evidence
                FROM (
              """
                  + NEW_CONFIRMATIONS
                  + """
                    ) n
                    LEFT JOIN (SELECT bank, period, project, party, run_type, max(nth) AS nth
                                 FROM confirmation
                                WHERE period IN (SELECT DISTINCT period FROM stage_confirmations)
                                GROUP BY 1, 2, 3, 4, 5) l
                      USING (bank, period, project, party, run_type)
                  """));

  static List<Sheet> all() {
    return List.of(EMPLOYMENTS, CONFIRMATIONS);
  }

  private static Sheet.Check personKnown(String table) {
    return new Sheet.Check(
        "id_number",
        Flaw.UNKNOWN_PERSON,
        """
        SELECT s.row_no FROM $table s
         WHERE NOT EXISTS (SELECT FROM party_identifier i WHERE i.bank = s.bank AND i.blind = s.blind)
           AND NOT EXISTS (SELECT FROM stage_workers w
                            WHERE w.bad AND w.bank = s.bank AND w.blind = s.blind)
        """
            .replace("$table", table));
  }
}
