package org.wagerail.ops.casebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Writes what a case begins with as the csv files that every bank imports. */
final class ReferenceSheets {
  private static final String SOURCE = "casebook";
  private static final String FROM = "2020-01-01";
  private static final String PAPER = "00".repeat(32);

  private final String bank;
  private final Given given;
  private final Cast cast;
  private final SequencedMap<String, List<String>> sheets = new LinkedHashMap<>();

  private ReferenceSheets(String bank, Given given, Cast cast) {
    this.bank = bank;
    this.given = given;
    this.cast = cast;
  }

  /** Writes them into a directory. */
  static void write(Path directory, String bank, String name, Given given, Cast cast)
      throws IOException {
    var sheets = new ReferenceSheets(bank, given, cast);
    sheets.settings(name);
    sheets.firms();
    sheets.projects();
    sheets.labourCost();
    sheets.people();
    Files.createDirectories(directory);
    for (var sheet : sheets.sheets.entrySet()) {
      Files.write(directory.resolve(sheet.getKey()), sheet.getValue(), StandardCharsets.UTF_8);
    }
  }

  private void sheet(String file, String header) {
    sheets.put(file, new ArrayList<>(List.of(header)));
  }

  private void row(@Nullable Object... values) {
    var row = new StringBuilder();
    for (var value : values) {
      row.append(row.isEmpty() ? "\"" : ",\"")
          .append(value == null ? "" : value.toString().replace("\"", "\"\""))
          .append('"');
    }
    sheets.lastEntry().getValue().add(row.toString());
  }

  private void settings(String name) {
    sheet("banks.csv", "code,name_zh,name_en");
    row(bank, "案例银行 " + name, "Bank of the case " + name);
    sheet("participants.csv", "bank,member,name,direct,from_date,source");
    row(bank, Cast.MEMBER, "案例收款行", Cast.MEMBER, FROM, SOURCE);
    for (var worker : given.workers()) {
      var member = worker.member();
      if (member != null && !member.equals(Cast.MEMBER)) {
        row(bank, member, "案例收款行", member, FROM, SOURCE);
      }
    }
    var calendar = given.calendar();
    if (calendar != null) {
      sheet("calendars.csv", "calendar,year,version,state,source");
      row(calendarName(), calendar.year(), 1, calendar.state(), SOURCE);
      sheet("calendar_days.csv", "calendar,version,day,kind");
      calendar.holidays().forEach(day -> row(calendarName(), 1, day, "HOLIDAY"));
      calendar.workdays().forEach(day -> row(calendarName(), 1, day, "WORKDAY"));
    }
    sheet("parameters.csv", "bank,name,from_date,value,source");
    given.parameters().forEach((parameter, value) -> row(bank, parameter, FROM, value, SOURCE));
    if (calendar != null) {
      row(bank, "calendar", FROM, calendarName(), SOURCE);
    }
  }

  private String calendarName() {
    return given.calendar() == null ? "CN" : "CASE-" + bank;
  }

  private void firms() {
    sheet("firms.csv", "bank,code,name,from_date,source");
    row(bank, cast.owner(), "案例建设单位", FROM, SOURCE);
    row(bank, cast.contractor(), "案例总承包公司", FROM, SOURCE);
    for (var firm : given.firms()) {
      row(bank, cast.firm(firm.key()), "案例分包 " + firm.key(), FROM, SOURCE);
    }
  }

  private void projects() {
    sheet("projects.csv", "bank,code,name,region,owner,contractor,source");
    for (var project : given.projects()) {
      row(
          bank,
          project.key(),
          "案例项目 " + project.key(),
          "330106",
          cast.owner(),
          cast.contractor(),
          SOURCE);
    }
    sheet("special_accounts.csv", "bank,number,contractor,opened_on,source");
    var opened = given.projects().stream().filter(Given.Project::opened).toList();
    opened.stream()
        .map(Given.Project::account)
        .distinct()
        .forEach(account -> row(bank, cast.special(account), cast.contractor(), FROM, SOURCE));
    sheet("wage_books.csv", "bank,account,project,opening_balance,source");
    for (var project : opened) {
      row(
          bank,
          cast.special(project.account()),
          project.key(),
          Amounts.text(project.balance()),
          SOURCE);
    }
    sheet("agreements.csv", "bank,project,from_date,document,pay_day,short_money,calendar,source");
    for (var project : given.projects()) {
      if (project.agreed() && project.opened()) {
        row(
            bank,
            project.key(),
            FROM,
            PAPER,
            project.payDay(),
            project.shortMoney(),
            calendarName(),
            SOURCE);
      }
    }
    sheet("subcontracts.csv", "bank,project,firm,from_date,source");
    for (var project : given.projects()) {
      for (var firm : project.firms()) {
        row(bank, project.key(), cast.firm(firm), FROM, SOURCE);
      }
    }
  }

  private void labourCost() {
    sheet("labour_terms.csv", "bank,project,from_date,document,cycle,due_day,amount,share,source");
    for (var project : given.projects()) {
      var term = project.labourCost();
      if (term != null) {
        row(
            bank,
            project.key(),
            term.from(),
            PAPER,
            term.cycle(),
            term.day(),
            term.amount() == null ? null : Amounts.text(term.amount()),
            term.share(),
            SOURCE);
      }
    }
    sheet("certified_progress.csv", "bank,project,certified_on,amount,document,source");
    for (var project : given.projects()) {
      var term = project.labourCost();
      if (term != null) {
        term.progress()
            .forEach(
                (day, amount) ->
                    row(bank, project.key(), day, Amounts.text(amount), PAPER, SOURCE));
      }
    }
  }

  private void people() {
    sheet("workers.csv", "bank,id_scheme,id_number,name,account,account_bank,from_date,source");
    for (var worker : given.workers()) {
      if (worker.registered()) {
        var person = cast.person(worker.key());
        worker(person, person.account());
        if (worker.second()) {
          worker(person, cast.freshAccount());
        }
      }
    }
    sheet("signatories.csv", "bank,firm,id_number,name,public_key,from_date,source");
    for (var key : given.signatories()) {
      var signatory = cast.signatory(key);
      row(
          bank,
          cast.contractor(),
          signatory.id(),
          signatory.name(),
          Base64.getEncoder().encodeToString(signatory.keys().getPublic().getEncoded()),
          FROM,
          SOURCE);
    }
    sheet(
        "employments.csv",
        "bank,project,id_scheme,id_number,firm,from_date,until_date,contract,source");
    for (var worker : given.workers()) {
      if (worker.registered()) {
        var person = cast.person(worker.key());
        for (var job : worker.jobs()) {
          row(
              bank,
              job.project(),
              person.scheme(),
              person.id(),
              cast.firm(worker.firm()),
              job.from(),
              job.until(),
              worker.contract() ? "labour contract of " + worker.key() : "",
              SOURCE);
        }
      }
    }
    confirmations();
  }

  private void worker(Cast.Person person, String account) {
    row(bank, person.scheme(), person.id(), person.name(), account, person.member(), FROM, SOURCE);
  }

  private void confirmations() {
    sheet(
        "confirmations.csv",
        "bank,period,project,id_scheme,id_number,run_type,amount,confirmed_at,source,evidence");
    for (var confirmation : given.confirmations()) {
      var person = cast.person(confirmation.worker());
      if (person.given().registered()) {
        row(
            bank,
            confirmation.period(),
            confirmation.project(),
            person.scheme(),
            person.id(),
            confirmation.runType(),
            Amounts.text(confirmation.amount()),
            confirmation.at().atOffset(ZoneOffset.ofHours(8)),
            confirmation.source(),
            SOURCE);
      }
    }
  }
}
