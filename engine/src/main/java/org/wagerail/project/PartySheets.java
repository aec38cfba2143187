package org.wagerail.project;

import static org.wagerail.project.SettingSheets.repeated;

import java.util.Arrays;
import java.util.List;

/** Firms, workers, signatories and users: who is who, and the sealed and the blind form of it. */
final class PartySheets {
  private PartySheets() {}

  static final Sheet FIRMS =
      new Sheet(
          "firms.csv",
          List.of("bank", "code", "name", "source"),
          List.of("from_date"),
          "bank int, blind bytea, party bigint, sealed bytea, name text, from_date date, source"
              + " text",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var code = row.firm("code");
            var name = row.name("name");
            var from = row.dateOrToday("from_date", bank);
            var source = row.source();
            if (bank == null || code == null) {
              return;
            }
            long party = intake.number(bank, "party");
            out.row(
                row.line(),
                row.isBad(),
                bank,
                intake.blind(bank, IdScheme.USCC, code),
                party,
                intake.seal(bank, "party_identifier.sealed", party, code),
                name,
                from,
                source);
          },
          List.of(
              new Sheet.Check("code", Flaw.REPEATED_ROW, repeated("stage_firms", "bank, blind")),
              new Sheet.Check(
                  "name",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_firms s
                    JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
                    JOIN party p ON (p.bank, p.party) = (i.bank, i.party)
                   WHERE NOT s.bad AND p.firm_name <> s.name
                  """)),
          List.of(
              """
              DELETE FROM stage_firms s USING party_identifier i
               WHERE (i.bank, i.blind) = (s.bank, s.blind)
              """,
              """
              INSERT INTO party (bank, party, kind, firm_name, source)
              SELECT bank, party, 'FIRM', name, source FROM stage_firms WHERE NOT bad
              """,
              """
              INSERT INTO party_identifier (bank, blind, party, scheme, sealed, from_date, source)
              SELECT bank, blind, party, 'USCC', sealed, from_date, source
                FROM stage_firms WHERE NOT bad
              """));

  /** The stage's columns that make a person, in workers.csv and in signatories.csv. */
  private static final String PERSON =
      "bank int, blind bytea, party bigint, scheme text, id_sealed bytea, name_sealed bytea,"
          + " name_blind bytea, from_date date, source text, ";

  private static final String PERSON_COLUMNS =
      "bank, blind, party, scheme, id_sealed, name_sealed, name_blind, from_date, source";

  static final Sheet WORKERS =
      new Sheet(
          "workers.csv",
          List.of("bank", "id_number", "name", "account", "account_bank", "source"),
          List.of("id_scheme", "from_date", "until_date"),
          PERSON
              + "worker_account bigint, account_blind bytea, account_sealed bytea, member text,"
              + " until_date date",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var scheme = row.personScheme();
            var id = row.identifier(scheme, "id_number");
            var name = row.name("name");
            var account = row.account("account");
            var member = row.bankCode("account_bank");
            var from = row.dateOrToday("from_date", bank);
            var until = row.until(from);
            var source = row.source();
            if (bank == null || id == null || scheme == null) {
              return;
            }
            long party = intake.number(bank, "party");
            long number = intake.number(bank, "worker_account");
            out.row(
                row.line(),
                row.isBad(),
                bank,
                intake.blind(bank, scheme, id),
                party,
                scheme.name(),
                intake.seal(bank, "party_identifier.sealed", party, id),
                name == null ? null : intake.seal(bank, "party.name_sealed", party, name),
                name == null ? null : intake.blindName(bank, name),
                from,
                source,
                number,
                account == null ? null : intake.blindAccount(bank, account),
                account == null
                    ? null
                    : intake.seal(bank, "worker_account.sealed", number, account),
                member,
                until);
          },
          List.of(
              new Sheet.Check(
                  "account",
                  Flaw.REPEATED_ROW,
                  repeated("stage_workers", "bank, blind, account_blind")),
              twoNames("stage_workers"),
              new Sheet.Check(
                  "account_bank",
                  Flaw.UNKNOWN_MEMBER,
                  """
                  SELECT s.row_no FROM stage_workers s
                   WHERE s.member IS NOT NULL AND NOT EXISTS (
                     SELECT FROM participant p WHERE p.bank = s.bank AND p.member = s.member)
                     AND NOT EXISTS (SELECT FROM bank b WHERE b.bank = s.bank AND b.code = s.member)
                  """),
              new Sheet.Check(
                  "account_bank",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_workers s
                    JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
                    JOIN worker_account a ON (a.bank, a.party, a.blind) = (s.bank, i.party, s.account_blind)
                   WHERE NOT s.bad AND (a.member, a.until_date) IS DISTINCT FROM (s.member, s.until_date)
                  """)),
          concat(
              persons("stage_workers"),
              """
              INSERT INTO worker_account (bank, worker_account, party, blind, sealed, member,
                                          from_date, until_date, source)
              SELECT s.bank, s.worker_account, i.party, s.account_blind, s.account_sealed, s.member,
                     s.from_date, s.until_date, s.source
                FROM stage_workers s
                JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
               WHERE NOT s.bad AND NOT EXISTS (
                 SELECT FROM worker_account a
                  WHERE (a.bank, a.party, a.blind) = (s.bank, i.party, s.account_blind))
               ORDER BY s.row_no
              """));

  static final Sheet SIGNATORIES =
      new Sheet(
          "signatories.csv",
          List.of("bank", "firm", "id_number", "name", "public_key", "from_date", "source"),
          List.of("id_scheme", "until_date"),
          PERSON + "firm bytea, public_key bytea, until_date date",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var firm = row.firm("firm");
            var scheme = row.personScheme();
            var id = row.identifier(scheme, "id_number");
            var name = row.name("name");
            var key = row.publicKey("public_key");
            var from = row.date("from_date");
            var until = row.until(from);
            var source = row.source();
            if (bank == null || id == null || scheme == null || firm == null) {
              return;
            }
            long party = intake.number(bank, "party");
            out.row(
                row.line(),
                row.isBad(),
                bank,
                intake.blind(bank, scheme, id),
                party,
                scheme.name(),
                intake.seal(bank, "party_identifier.sealed", party, id),
                name == null ? null : intake.seal(bank, "party.name_sealed", party, name),
                name == null ? null : intake.blindName(bank, name),
                from,
                source,
                intake.blind(bank, IdScheme.USCC, firm),
                key,
                until);
          },
          List.of(
              new Sheet.Check(
                  "id_number",
                  Flaw.REPEATED_ROW,
                  repeated("stage_signatories", "bank, firm, blind, from_date")),
              twoNames("stage_signatories"),
              firmKnown("firm", "stage_signatories", "s.firm"),
              // Four eyes are two persons, not one key under two names.
              new Sheet.Check(
                  "public_key",
                  Flaw.SHARED_KEY,
                  """
                  SELECT DISTINCT s.row_no FROM stage_signatories s
                    JOIN stage_signatories o ON o.bank = s.bank AND o.public_key = s.public_key
                                            AND o.blind <> s.blind
                   UNION
                  SELECT s.row_no FROM stage_signatories s
                    JOIN signatory g ON g.bank = s.bank AND g.public_key = s.public_key
                   WHERE NOT EXISTS (SELECT FROM party_identifier i
                                      WHERE (i.bank, i.party, i.blind) = (s.bank, g.person, s.blind))
                  """),
              new Sheet.Check(
                  "public_key",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_signatories s
                    JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                    JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
                    JOIN signatory g ON (g.bank, g.firm, g.person, g.from_date)
                                      = (s.bank, f.party, i.party, s.from_date)
                   WHERE NOT s.bad AND (g.public_key, g.until_date, g.source)
                         IS DISTINCT FROM (s.public_key, s.until_date, s.source)
                  """)),
          concat(
              persons("stage_signatories"),
              """
              INSERT INTO signatory (bank, firm, person, public_key, from_date, until_date, source)
              SELECT s.bank, f.party, i.party, s.public_key, s.from_date, s.until_date, s.source
                FROM stage_signatories s
                JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
               WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet USERS =
      new Sheet(
          "users.csv",
          List.of("bank", "user", "role", "id_number", "name", "from_date", "source"),
          List.of("id_scheme", "firm", "until_date"),
          PERSON + "user_name text, role text, firm bytea, until_date date",
          (row, out) -> {
            var intake = row.intake();
            var bank = row.bank();
            var user = row.text("user", 100);
            var role =
                row.choice(
                    "role", Arrays.stream(Role.values()).map(Enum::name).toArray(String[]::new));
            var firm = Role.CONTRACTOR.name().equals(role) ? row.firm("firm") : null;
            var scheme = row.personScheme();
            var id = row.identifier(scheme, "id_number");
            var name = row.name("name");
            var from = row.date("from_date");
            var until = row.until(from);
            var source = row.source();
            if (bank == null || id == null || scheme == null || user == null || role == null) {
              return;
            }
            long party = intake.number(bank, "party");
            out.row(
                row.line(),
                row.isBad(),
                bank,
                intake.blind(bank, scheme, id),
                party,
                scheme.name(),
                intake.seal(bank, "party_identifier.sealed", party, id),
                name == null ? null : intake.seal(bank, "party.name_sealed", party, name),
                name == null ? null : intake.blindName(bank, name),
                from,
                source,
                user,
                role,
                firm == null ? null : intake.blind(bank, IdScheme.USCC, firm),
                until);
          },
          List.of(
              new Sheet.Check(
                  "user",
                  Flaw.REPEATED_ROW,
                  repeated("stage_users", "bank, user_name, role, from_date")),
              twoNames("stage_users"),
              firmKnown("firm", "stage_users", "s.firm"),
              // Rights are a person's: who has the account today is who had it yesterday.
              new Sheet.Check(
                  "user",
                  Flaw.SHARED_USER,
                  """
                  SELECT s.row_no FROM stage_users s
                    JOIN stage_users o ON o.bank = s.bank AND o.user_name = s.user_name
                                      AND o.blind <> s.blind
                   UNION
                  SELECT s.row_no FROM stage_users s
                    JOIN user_role u ON u.bank = s.bank AND u.user_name = s.user_name
                   WHERE NOT EXISTS (SELECT FROM party_identifier i
                                      WHERE (i.bank, i.party, i.blind) = (s.bank, u.person, s.blind))
                  """),
              new Sheet.Check(
                  "role",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_users s
                    JOIN user_role u ON (u.bank, u.user_name, u.role, u.from_date)
                                      = (s.bank, s.user_name, s.role, s.from_date)
                    LEFT JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
                   WHERE NOT s.bad AND (u.firm, u.until_date, u.source)
                         IS DISTINCT FROM (f.party, s.until_date, s.source)
                  """)),
          concat(
              persons("stage_users"),
              """
              INSERT INTO user_role (bank, user_name, role, person, firm, from_date, until_date,
                                     source)
              SELECT s.bank, s.user_name, s.role, i.party, f.party, s.from_date, s.until_date,
                     s.source
                FROM stage_users s
                JOIN party_identifier i ON (i.bank, i.blind) = (s.bank, s.blind)
                LEFT JOIN party_identifier f ON (f.bank, f.blind) = (s.bank, s.firm)
               WHERE NOT s.bad AND (s.role = 'CONTRACTOR') = (f.party IS NOT NULL)
              ON CONFLICT DO NOTHING
              """));

  static List<Sheet> all() {
    return List.of(FIRMS, WORKERS, SIGNATORIES, USERS);
  }

  /** That a firm of a stage is known, or stands in firms.csv with another flaw. */
  static Sheet.Check firmKnown(String column, String table, String blind) {
    return new Sheet.Check(
        column,
        Flaw.UNKNOWN_FIRM,
        """
        SELECT s.row_no FROM $table s
         WHERE $blind IS NOT NULL
           AND NOT EXISTS (SELECT FROM party_identifier i
                            WHERE i.bank = s.bank AND i.blind = $blind AND i.scheme = 'USCC')
           AND NOT EXISTS (SELECT FROM stage_firms f
                            WHERE f.bad AND f.bank = s.bank AND f.blind = $blind)
        """
            .replace("$table", table)
            .replace("$blind", blind));
  }

  private static Sheet.Check twoNames(String table) {
    return new Sheet.Check(
        "name",
        Flaw.CONTRADICTION,
        """
        SELECT row_no FROM (
          SELECT row_no, name_blind, first_value(name_blind)
                 OVER (PARTITION BY bank, blind ORDER BY row_no) AS first_name
            FROM $table JOIN (SELECT bank, blind FROM $table GROUP BY bank, blind
                              HAVING count(*) > 1) AS twice USING (bank, blind)) AS named
         WHERE name_blind <> first_name
        """
            .replace("$table", table));
  }

  /** The statements that add the persons of a stage who are not here yet. */
  private static List<String> persons(String table) {
    return List.of(
        """
        CREATE TEMP TABLE fresh_$table ON COMMIT DROP AS
        SELECT DISTINCT ON (s.bank, s.blind) $columns FROM $table s
         WHERE NOT s.bad AND NOT EXISTS (
           SELECT FROM party_identifier i WHERE i.bank = s.bank AND i.blind = s.blind)
         ORDER BY s.bank, s.blind, s.row_no
        """
            .replace("$table", table)
            .replace("$columns", PERSON_COLUMNS),
        """
        INSERT INTO party (bank, party, kind, name_sealed, source)
        SELECT bank, party, 'PERSON', name_sealed, source FROM fresh_$table ORDER BY party
        """
            .replace("$table", table),
        """
        INSERT INTO party_identifier (bank, blind, party, scheme, sealed, from_date, source)
        SELECT bank, blind, party, scheme, id_sealed, from_date, source FROM fresh_$table
         ORDER BY party
        """
            .replace("$table", table));
  }

  private static List<String> concat(List<String> first, String last) {
    var all = new java.util.ArrayList<>(first);
    all.add(last);
    return List.copyOf(all);
  }
}
