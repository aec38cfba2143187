package org.wagerail.project;

import static org.wagerail.project.PartySheets.firmKnown;
import static org.wagerail.project.SettingSheets.repeated;

import java.util.List;

/** Projects, their money and their people. */
final class ProjectSheets {
  private ProjectSheets() {}

  static final Sheet PROJECTS =
      new Sheet(
          "projects.csv",
          List.of("bank", "code", "name", "region", "owner", "contractor", "source"),
          List.of(),
          "bank int, project bigint, code text, name text, region text, owner bytea,"
              + " contractor bytea, source text",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var code = row.text("code", 35);
            var name = row.name("name");
            var region = row.region("region");
            var owner = row.firm("owner");
            var contractor = row.firm("contractor");
            var source = row.source();
            if (bank == null || code == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                intake.number(bank, "project"),
                code,
                name,
                region,
                owner == null ? null : intake.blind(bank, IdScheme.USCC, owner),
                contractor == null ? null : intake.blind(bank, IdScheme.USCC, contractor),
                source);
          },
          List.of(
              new Sheet.Check("code", Flaw.REPEATED_ROW, repeated("stage_projects", "bank, code")),
              firmKnown("owner", "stage_projects", "s.owner"),
              firmKnown("contractor", "stage_projects", "s.contractor"),
              new Sheet.Check(
                  "code",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_projects s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.code)
                    LEFT JOIN party_identifier o ON (o.bank, o.blind) = (s.bank, s.owner)
                    LEFT JOIN party_identifier c ON (c.bank, c.blind) = (s.bank, s.contractor)
                   WHERE NOT s.bad AND (p.name, p.region, p.owner, p.contractor, p.source)
                         IS DISTINCT FROM (s.name, s.region, o.party, c.party, s.source)
                  """)),
          List.of(
              """
              INSERT INTO project (bank, project, code, name, region, owner, contractor, source)
              SELECT s.bank, s.project, s.code, s.name, s.region, o.party, c.party, s.source
                FROM stage_projects s
                JOIN party_identifier o ON (o.bank, o.blind) = (s.bank, s.owner)
                JOIN party_identifier c ON (c.bank, c.blind) = (s.bank, s.contractor)
               WHERE NOT s.bad
              ON CONFLICT (bank, code) DO NOTHING
              """));

  static final Sheet SPECIAL_ACCOUNTS =
      new Sheet(
          "special_accounts.csv",
          List.of("bank", "number", "contractor", "opened_on", "source"),
          List.of(),
          "bank int, special_account bigint, number text, contractor bytea, opened_on date, source"
              + " text",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var number = row.account("number");
            var contractor = row.firm("contractor");
            var opened = row.date("opened_on");
            var source = row.source();
            if (bank == null || number == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                intake.number(bank, "special_account"),
                number,
                contractor == null ? null : intake.blind(bank, IdScheme.USCC, contractor),
                opened,
                source);
          },
          List.of(
              new Sheet.Check(
                  "number", Flaw.REPEATED_ROW, repeated("stage_special_accounts", "bank, number")),
              firmKnown("contractor", "stage_special_accounts", "s.contractor"),
              new Sheet.Check(
                  "number",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_special_accounts s
                    JOIN special_account a USING (bank, number)
                    LEFT JOIN party_identifier c ON (c.bank, c.blind) = (s.bank, s.contractor)
                   WHERE NOT s.bad AND (a.contractor, a.opened_on, a.source)
                         IS DISTINCT FROM (c.party, s.opened_on, s.source)
                  """)),
          List.of(
              """
              INSERT INTO special_account (bank, special_account, number, contractor, opened_on, source)
              SELECT s.bank, s.special_account, s.number, c.party, s.opened_on, s.source
                FROM stage_special_accounts s
                JOIN party_identifier c ON (c.bank, c.blind) = (s.bank, s.contractor)
               WHERE NOT s.bad
              ON CONFLICT (bank, number) DO NOTHING
              """));

  static final Sheet WAGE_BOOKS =
      new Sheet(
          "wage_books.csv",
          List.of("bank", "account", "project", "source"),
          List.of("currency", "opening_balance"),
          "bank int, wage_book bigint, account text, project text, currency text, opening bigint,"
              + " source text",
          (row, out) -> {
            var bank = row.bank();
            var account = row.account("account");
            var project = row.text("project", 35);
            var currency = row.currency("currency");
            var opening = row.optionalAmount("opening_balance", currency);
            var source = row.source();
            if (bank == null || account == null || project == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                row.intake().number(bank, "account"),
                account,
                project,
                currency,
                opening == null ? 0L : opening,
                source);
          },
          List.of(
              new Sheet.Check(
                  "project", Flaw.REPEATED_ROW, repeated("stage_wage_books", "bank, project")),
              projectKnown("stage_wage_books"),
              new Sheet.Check(
                  "account",
                  Flaw.UNKNOWN_ACCOUNT,
                  """
                  SELECT s.row_no FROM stage_wage_books s
                   WHERE NOT EXISTS (SELECT FROM special_account a
                                      WHERE a.bank = s.bank AND a.number = s.account)
                     AND NOT EXISTS (SELECT FROM stage_special_accounts a
                                      WHERE a.bad AND a.bank = s.bank AND a.number = s.account)
                  """),
              new Sheet.Check(
                  "account",
                  Flaw.OTHER_CONTRACTOR,
                  """
                  SELECT s.row_no FROM stage_wage_books s
                    JOIN special_account a ON (a.bank, a.number) = (s.bank, s.account)
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                   WHERE a.contractor <> p.contractor
                  """),
              new Sheet.Check(
                  "project",
                  Flaw.SECOND_BOOK,
                  """
                  SELECT s.row_no FROM stage_wage_books s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN wage_book w ON (w.bank, w.project) = (p.bank, p.project)
                    JOIN special_account a ON (a.bank, a.special_account) = (w.bank, w.special_account)
                   WHERE a.number <> s.account
                  """),
              new Sheet.Check(
                  "project",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_wage_books s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN wage_book w ON (w.bank, w.project) = (p.bank, p.project)
                    JOIN account a ON (a.bank, a.account) = (w.bank, w.wage_book)
                   WHERE NOT s.bad AND (a.currency, w.source) IS DISTINCT FROM (s.currency, s.source)
                  """)),
          List.of(
              """
              DELETE FROM stage_wage_books s USING project p, wage_book w
               WHERE (p.bank, p.code) = (s.bank, s.project) AND (w.bank, w.project) = (p.bank, p.project)
              """,
              """
              INSERT INTO account (bank, account, kind, currency, master, owner, opened_on)
              SELECT s.bank, s.wage_book, 'WAGE_BOOK', s.currency, 'OURS', a.contractor, a.opened_on
                FROM stage_wage_books s
                JOIN special_account a ON (a.bank, a.number) = (s.bank, s.account)
               WHERE NOT s.bad
              """,
              """
              INSERT INTO account_balance (bank, account)
              SELECT s.bank, s.wage_book FROM stage_wage_books s
                JOIN account a ON (a.bank, a.account) = (s.bank, s.wage_book)
              """,
              """
              INSERT INTO wage_book (bank, wage_book, special_account, project, source)
              SELECT s.bank, s.wage_book, a.special_account, p.project, s.source
                FROM stage_wage_books s
                JOIN special_account a ON (a.bank, a.number) = (s.bank, s.account)
                JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
               WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet AGREEMENTS =
      new Sheet(
          "agreements.csv",
          List.of(
              "bank",
              "project",
              "from_date",
              "document",
              "pay_day",
              "short_money",
              "calendar",
              "source"),
          List.of(),
          "bank int, project text, from_date date, document bytea, pay_day int, short_money text,"
              + " calendar text, source text",
          (row, out) -> {
            var bank = row.bank();
            var project = row.text("project", 35);
            var from = row.date("from_date");
            var document = row.sha256("document");
            var payDay = row.number("pay_day", 1, 31);
            var shortMoney = row.choice("short_money", "NOTHING", "PRO_RATA");
            var calendar = row.text("calendar", 40);
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
                document,
                payDay,
                shortMoney,
                calendar,
                source);
          },
          List.of(
              new Sheet.Check(
                  "project",
                  Flaw.REPEATED_ROW,
                  repeated("stage_agreements", "bank, project, from_date")),
              projectKnown("stage_agreements"),
              new Sheet.Check(
                  "calendar",
                  Flaw.UNKNOWN_CALENDAR,
                  """
                  SELECT s.row_no FROM stage_agreements s
                   WHERE s.calendar IS NOT NULL
                     AND NOT EXISTS (SELECT FROM calendar_year y WHERE y.calendar = s.calendar)
                  """),
              new Sheet.Check(
                  "project",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_agreements s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN agreement a ON (a.bank, a.project, a.from_date) = (p.bank, p.project, s.from_date)
                   WHERE NOT s.bad AND (a.document, a.pay_day, a.short_money, a.calendar, a.source)
                         IS DISTINCT FROM (s.document, s.pay_day, s.short_money, s.calendar, s.source)
                  """)),
          List.of(
              """
              INSERT INTO agreement (bank, project, from_date, document, pay_day, short_money,
                                     calendar, source)
              SELECT s.bank, p.project, s.from_date, s.document, s.pay_day, s.short_money,
                     s.calendar, s.source
                FROM stage_agreements s JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
               WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet SUBCONTRACTS =
      new Sheet(
          "subcontracts.csv",
          List.of("bank", "project", "firm", "from_date", "source"),
          List.of(),
          "bank int, project text, firm bytea, from_date date, source text",
          (row, out) -> {
            var bank = row.bank();
            var project = row.text("project", 35);
            var firm = row.firm("firm");
            var from = row.date("from_date");
            var source = row.source();
            if (bank == null || project == null || firm == null) {
              return;
            }
            out.row(
                row.line(),
                row.isBad(),
                bank,
                project,
                row.intake().blind(bank, IdScheme.USCC, firm),
                from,
                source);
          },
          List.of(
              new Sheet.Check(
                  "firm", Flaw.REPEATED_ROW, repeated("stage_subcontracts", "bank, project, firm")),
              projectKnown("stage_subcontracts"),
              firmKnown("firm", "stage_subcontracts", "s.firm"),
              new Sheet.Check(
                  "firm",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_subcontracts s
                    JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                    JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                    JOIN subcontract c ON (c.bank, c.project, c.firm) = (p.bank, p.project, f.party)
                   WHERE NOT s.bad AND (c.from_date, c.source) IS DISTINCT FROM (s.from_date, s.source)
                  """)),
          List.of(
              """
              INSERT INTO subcontract (bank, project, firm, from_date, source)
              SELECT s.bank, p.project, f.party, s.from_date, s.source
                FROM stage_subcontracts s
                JOIN project p ON (p.bank, p.code) = (s.bank, s.project)
                JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
               WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static List<Sheet> all() {
    return List.of(PROJECTS, SPECIAL_ACCOUNTS, WAGE_BOOKS, AGREEMENTS, SUBCONTRACTS);
  }

  /** That a project of a stage is known, or stands in projects.csv with another flaw. */
  static Sheet.Check projectKnown(String table) {
    return new Sheet.Check(
        "project",
        Flaw.UNKNOWN_PROJECT,
        """
        SELECT s.row_no FROM $table s
         WHERE NOT EXISTS (SELECT FROM project p WHERE p.bank = s.bank AND p.code = s.project)
           AND NOT EXISTS (SELECT FROM stage_projects p
                            WHERE p.bad AND p.bank = s.bank AND p.code = s.project)
        """
            .replace("$table", table));
  }
}
