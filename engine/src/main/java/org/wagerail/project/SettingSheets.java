package org.wagerail.project;

import java.util.List;

/** Banks, calendars, parameters and the participant directory. */
final class SettingSheets {
  private SettingSheets() {}

  static final Sheet BANKS =
      new Sheet(
          "banks.csv",
          List.of("code", "name_zh", "name_en"),
          List.of("zone"),
          "code text",
          (row, out) -> {
            var code = row.bankCode("code");
            var zh = row.name("name_zh");
            var en = row.name("name_en");
            var zone = row.raw("zone").isBlank() ? "Asia/Shanghai" : row.raw("zone").strip();
            if (code == null) {
              return;
            }
            out.row(row.line(), row.isBad(), code);
            if (zh != null && en != null) {
              row.intake().afterCopy(() -> row.intake().meetBank(row, code, zh, en, zone));
            }
          },
          List.of(new Sheet.Check("code", Flaw.REPEATED_ROW, repeated("stage_banks", "code"))),
          List.of());

  static final Sheet CALENDARS =
      new Sheet(
          "calendars.csv",
          List.of("calendar", "year", "version", "state", "source"),
          List.of(),
          "calendar text, year int, version int, state text, source text",
          (row, out) -> {
            row.intake().touchAll();
            var calendar = row.text("calendar", 40);
            var year = row.number("year", 2000, 2999);
            var version = row.number("version", 1, 9999);
            var state = row.choice("state", "PUBLISHED", "ESTIMATED");
            var source = row.source();
            if (calendar != null && year != null && version != null) {
              out.row(row.line(), row.isBad(), calendar, year, version, state, source);
            }
          },
          List.of(
              new Sheet.Check(
                  "year",
                  Flaw.REPEATED_ROW,
                  repeated("stage_calendars", "calendar, year, version")),
              new Sheet.Check(
                  "state",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_calendars s JOIN calendar_year y USING (calendar, year, version)
                   WHERE NOT s.bad AND (s.state, s.source) IS DISTINCT FROM (y.state, y.source)
                  """)),
          List.of(
              """
              INSERT INTO calendar_year (calendar, year, version, state, source)
              SELECT calendar, year, version, state, source FROM stage_calendars WHERE NOT bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet CALENDAR_DAYS =
      new Sheet(
          "calendar_days.csv",
          List.of("calendar", "version", "day", "kind"),
          List.of(),
          "calendar text, year int, version int, day date, kind text",
          (row, out) -> {
            row.intake().touchAll();
            var calendar = row.text("calendar", 40);
            var version = row.number("version", 1, 9999);
            var day = row.date("day");
            var kind = row.choice("kind", "HOLIDAY", "WORKDAY");
            if (calendar != null && version != null && day != null) {
              out.row(row.line(), row.isBad(), calendar, day.getYear(), version, day, kind);
            }
          },
          List.of(
              new Sheet.Check(
                  "day",
                  Flaw.REPEATED_ROW,
                  repeated("stage_calendar_days", "calendar, version, day")),
              new Sheet.Check(
                  "calendar",
                  Flaw.UNKNOWN_CALENDAR,
                  """
                  SELECT s.row_no FROM stage_calendar_days s WHERE NOT EXISTS (
                    SELECT FROM calendar_year y
                     WHERE (y.calendar, y.year, y.version) = (s.calendar, s.year, s.version))
                  """),
              // An edition is whole from its first day on: another day needs another version.
              new Sheet.Check(
                  "day",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_calendar_days s
                   WHERE NOT s.bad
                     AND EXISTS (SELECT FROM calendar_day d
                          WHERE (d.calendar, d.year, d.version) = (s.calendar, s.year, s.version))
                     AND NOT EXISTS (SELECT FROM calendar_day d
                          WHERE (d.calendar, d.year, d.version, d.day, d.kind)
                              = (s.calendar, s.year, s.version, s.day, s.kind))
                  """)),
          List.of(
              """
              INSERT INTO calendar_day (calendar, year, version, day, kind)
              SELECT s.calendar, s.year, s.version, s.day, s.kind FROM stage_calendar_days s
                JOIN calendar_year USING (calendar, year, version) WHERE NOT s.bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet PARAMETERS =
      new Sheet(
          "parameters.csv",
          List.of("bank", "name", "from_date", "value", "source"),
          List.of("region"),
          "bank int, region text, name text, from_date date, value text, source text",
          (row, out) -> {
            Integer bank = 0;
            if (row.raw("bank").isBlank()) {
              row.intake().touchAll();
            } else {
              bank = row.bank();
            }
            var region = row.raw("region").isBlank() ? "" : row.region("region");
            var name = row.text("name", 80);
            var from = row.date("from_date");
            var value = row.text("value", 1000);
            var source = row.source();
            if (bank != null && region != null && name != null && from != null) {
              out.row(row.line(), row.isBad(), bank, region, name, from, value, source);
            }
          },
          List.of(
              new Sheet.Check(
                  "name",
                  Flaw.REPEATED_ROW,
                  repeated("stage_parameters", "bank, region, name, from_date")),
              new Sheet.Check(
                  "value",
                  Flaw.BAD_PARAMETER,
                  """
                  SELECT s.row_no FROM stage_parameters s JOIN parameter_form f USING (name)
                   WHERE s.value IS NOT NULL AND NOT CASE f.form
                         WHEN 'WHOLE' THEN CASE WHEN s.value ~ '^[0-9]{1,15}$'
                              THEN s.value::bigint BETWEEN f.least AND f.most ELSE false END
                         WHEN 'TIME' THEN s.value ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
                         WHEN 'CALENDAR' THEN EXISTS (SELECT FROM calendar_year y
                                                       WHERE y.calendar = s.value)
                         ELSE s.value IN ('yes', 'no') END
                  """),
              new Sheet.Check(
                  "value",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_parameters s JOIN parameter p USING (bank, region, name, from_date)
                   WHERE NOT s.bad AND (s.value, s.source) IS DISTINCT FROM (p.value, p.source)
                  """)),
          List.of(
              """
              INSERT INTO parameter (bank, region, name, from_date, value, source)
              SELECT bank, region, name, from_date, value, source FROM stage_parameters WHERE NOT bad
              ON CONFLICT DO NOTHING
              """));

  static final Sheet PARTICIPANTS =
      new Sheet(
          "participants.csv",
          List.of("bank", "member", "name", "direct", "from_date", "source"),
          List.of("until_date"),
          "bank int, member text, name text, direct text, from_date date, until_date date, source"
              + " text",
          (row, out) -> {
            var bank = row.bank();
            var member = row.bankCode("member");
            var name = row.name("name");
            var direct = row.bankCode("direct");
            var from = row.date("from_date");
            var until = row.until(from);
            var source = row.source();
            if (bank != null && member != null && from != null) {
              out.row(row.line(), row.isBad(), bank, member, name, direct, from, until, source);
            }
          },
          List.of(
              new Sheet.Check(
                  "member",
                  Flaw.REPEATED_ROW,
                  repeated("stage_participants", "bank, member, from_date")),
              new Sheet.Check(
                  "member",
                  Flaw.CHANGED,
                  """
                  SELECT s.row_no FROM stage_participants s JOIN participant p USING (bank, member, from_date)
                   WHERE NOT s.bad AND (s.name, s.direct, s.until_date, s.source)
                     IS DISTINCT FROM (p.name, p.direct, p.until_date, p.source)
                  """),
              new Sheet.Check(
                  "direct",
                  Flaw.UNKNOWN_MEMBER,
                  """
                  SELECT s.row_no FROM stage_participants s
                   WHERE s.direct IS NOT NULL
                     AND NOT EXISTS (SELECT FROM participant p
                                      WHERE p.bank = s.bank AND p.member = s.direct)
                     AND NOT EXISTS (SELECT FROM stage_participants p
                                      WHERE p.bank = s.bank AND p.member = s.direct)
                  """)),
          List.of(
              """
              INSERT INTO participant (bank, member, name, direct, from_date, until_date, source)
              SELECT bank, member, name, direct, from_date, until_date, source
                FROM stage_participants WHERE NOT bad
              ON CONFLICT DO NOTHING
              """));

  static List<Sheet> all() {
    return List.of(BANKS, CALENDARS, CALENDAR_DAYS, PARAMETERS, PARTICIPANTS);
  }

  /** The rows of a stage whose key, without a null in it, stands on an earlier row too. */
  static String repeated(String table, String key) {
    return """
    SELECT row_no FROM (
      SELECT row_no, row_number() OVER (PARTITION BY $key ORDER BY row_no) AS nth
        FROM $table JOIN (SELECT $key FROM $table GROUP BY $key HAVING count(*) > 1) AS twice
             USING ($key)) AS numbered
     WHERE nth > 1
    """
        .replace("$table", table)
        .replace("$key", key);
  }
}
