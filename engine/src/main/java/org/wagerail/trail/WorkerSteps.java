package org.wagerail.trail;

import java.sql.Date;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.project.Banks;
import org.wagerail.project.Masks;
import org.wagerail.secrecy.Vault;

/** What the register says of a worker: identifiers, accounts, employments; and his wages. */
@Component
class WorkerSteps {
  private final JdbcClient jdbc;
  private final Records records;
  private final Vault vault;
  private final Banks banks;

  WorkerSteps(JdbcClient jdbc, Records records, Vault vault, Banks banks) {
    this.jdbc = jdbc;
    this.records = records;
    this.vault = vault;
    this.banks = banks;
  }

  List<Step> of(int bank, long party) {
    var zone = banks.zone(bank);
    var steps = new ArrayList<Step>();
    identifiers(bank, party, zone, steps);
    accounts(bank, party, zone, steps);
    employments(bank, party, zone, steps);
    return steps;
  }

  private static Instant day(Date date, ZoneId zone) {
    return date.toLocalDate().atStartOfDay(zone).toInstant();
  }

  private void identifiers(int bank, long party, ZoneId zone, List<Step> steps) {
    jdbc.sql(
            """
            SELECT scheme, sealed, from_date, source FROM party_identifier
             WHERE bank = ? AND party = ? ORDER BY from_date
            """)
        .params(bank, party)
        .query(
            row -> {
              var number =
                  vault.open(bank, "party_identifier.sealed", party, row.getBytes("sealed"));
              steps.add(
                  Step.of(
                          day(row.getDate("from_date"), zone),
                          Step.Kind.REGISTERED,
                          Words.of(
                              "登记证件%s %s",
                              "registered with %s %s",
                              row.getString("scheme"),
                              Masks.identifier(number)),
                          Grounds.REGISTER)
                      .by(row.getString("source")));
            });
  }

  private void accounts(int bank, long party, ZoneId zone, List<Step> steps) {
    record Held(long number, Date from, @Nullable Date until, String source) {}
    var held =
        jdbc.sql(
                """
                SELECT worker_account, from_date, until_date, source FROM worker_account
                 WHERE bank = ? AND party = ? ORDER BY from_date, worker_account
                """)
            .params(bank, party)
            .query(
                (row, _) ->
                    new Held(row.getLong(1), row.getDate(2), row.getDate(3), row.getString(4)))
            .list();
    var shown = records.accounts(bank, held.stream().map(Held::number).toList());
    var commands = records.commands(bank, "person " + party);
    for (var account : held) {
      var begun = day(account.from(), zone);
      // An account that took over was commanded, and that is when it began.
      var command =
          commands.stream()
              .filter(c -> c.canonical().contains(" begun " + account.number() + " from "))
              .findFirst();
      steps.add(
          Step.of(
                  command.map(Records.Command::at).orElse(begun),
                  Step.Kind.ACCOUNT_BEGUN,
                  Words.of(
                      "登记收款账户%s，自%s起；来源：%s",
                      "account %s is registered from %s on; source: %s",
                      shown.get(account.number()),
                      account.from(),
                      account.source()),
                  Grounds.TO_THE_WORKER)
              .by(
                  command
                      .map(c -> new Words(c.actor(), c.actor()))
                      .orElse(new Words(account.source(), account.source()))));
      if (account.until() != null) {
        steps.add(
            Step.of(
                day(account.until(), zone),
                Step.Kind.ACCOUNT_ENDED,
                Words.of(
                    "收款账户%s停用，最后一日%s",
                    "account %s ends; its last day is %s",
                    shown.get(account.number()),
                    account.until()),
                Grounds.TO_THE_WORKER));
      }
    }
  }

  private void employments(int bank, long party, ZoneId zone, List<Step> steps) {
    jdbc.sql(
            """
            SELECT j.code, j.name, f.firm_name, e.from_date, e.until_date, e.contract, e.source
              FROM employment e
              JOIN project j ON j.bank = e.bank AND j.project = e.project
              JOIN party f ON f.bank = e.bank AND f.party = e.firm
             WHERE e.bank = ? AND e.party = ? ORDER BY e.from_date
            """)
        .params(bank, party)
        .query(
            row -> {
              var contract = row.getString("contract");
              var project = row.getString("code") + " " + row.getString("name");
              steps.add(
                  Step.of(
                          day(row.getDate("from_date"), zone),
                          Step.Kind.EMPLOYED,
                          Words.of(
                              "进入项目%s，用工单位%s，合同%s",
                              "on project %s with %s, contract %s",
                              project,
                              row.getString("firm_name"),
                              contract.isEmpty() ? "-" : contract),
                          Grounds.REGISTER)
                      .by(row.getString("source")));
              if (row.getDate("until_date") != null) {
                steps.add(
                    Step.of(
                        day(row.getDate("until_date"), zone),
                        Step.Kind.LEFT,
                        Words.of("离开项目%s", "leaves project %s", project),
                        Grounds.REGISTER));
              }
            });
  }

  /**
   * The worker's lines: those that are simply paid are found by their claim on one of his projects,
   * all others by his number.
   */
  List<Subject.Line> lines(int bank, long party) {
    return jdbc.sql(
            """
            SELECT c.pay_month, c.payroll, c.line
              FROM (SELECT DISTINCT project FROM employment WHERE bank = :bank AND party = :party) e
              JOIN wage_claim c ON c.bank = :bank AND c.project = e.project AND c.party = :party
            UNION
            SELECT pay_month, payroll, line FROM payroll_line
             WHERE bank = :bank AND party = :party AND verdict <> 'PAY'
             ORDER BY 1, 2, 3
            """)
        .param("bank", bank)
        .param("party", party)
        .query((row, _) -> new Subject.Line(bank, row.getInt(1), row.getLong(2), row.getInt(3)))
        .list();
  }
}
