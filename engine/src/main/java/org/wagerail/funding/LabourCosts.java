package org.wagerail.funding;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.mailbox.Notice;
import org.wagerail.mailbox.Notices;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;

/**
 * Finds labour cost that is late or short and tells contractor, owner and supervisor, each state of
 * each due date once (measures of 2021 on special accounts, article 12; Regulation 724, articles 27
 * and 29).
 */
@Component
public class LabourCosts {
  /** What of one project was due, by its code. */
  public record OfProject(String project, List<LabourStanding> dues) {}

  private record Project(
      long project,
      String code,
      String name,
      String region,
      String account,
      String owner,
      String contractor,
      long credited) {}

  private record Term(long project, LabourTerm term) {}

  private record Progress(long project, LabourTerm.Progress progress) {}

  private record Last(int nth, LabourStanding.State state) {}

  private record News(Project project, LabourStanding standing, int nth) {}

  private final JdbcClient jdbc;
  private final EventLog events;
  private final Notices notices;

  LabourCosts(JdbcClient jdbc, EventLog events, Notices notices) {
    this.jdbc = jdbc;
    this.events = events;
    this.notices = notices;
  }

  /** Projects whose labour cost is agreed, in the order of their numbers. */
  public List<Long> agreed(int bank) {
    return jdbc.sql("SELECT DISTINCT project FROM labour_term WHERE bank = ? ORDER BY project")
        .param(bank)
        .query(Long.class)
        .list();
  }

  /** What was due before today, by project, met or not. */
  public List<OfProject> due(int bank, LocalDate today, List<Long> of) {
    return standings(bank, today, of).entrySet().stream()
        .map(each -> new OfProject(each.getKey().code(), each.getValue()))
        .toList();
  }

  /**
   * Checks what was due before today of a block of projects, and tells what is new. Checking twice
   * tells once.
   *
   * @param month of the instant in the bank's zone, yyyymm
   * @return how many states were told
   */
  @Transactional
  public int check(int bank, LocalDate today, int month, Instant at, List<Long> block) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7260, ?)").param(bank).query(_ -> {});
    var told = told(bank, block);
    var news = new ArrayList<News>();
    standings(bank, today, block)
        .forEach(
            (project, standings) -> {
              var last = told.getOrDefault(project.project(), Map.of());
              var states = new HashMap<LocalDate, LabourStanding.State>();
              last.forEach((due, each) -> states.put(due, each.state()));
              for (var standing : LabourStanding.news(standings, states)) {
                var before = last.get(standing.due());
                news.add(new News(project, standing, before == null ? 1 : before.nth() + 1));
              }
            });
    if (!news.isEmpty()) {
      tell(bank, today, month, at, news);
    }
    return news.size();
  }

  private void tell(int bank, LocalDate today, int month, Instant at, List<News> news) {
    notices.put(bank, month, at, news.stream().map(each -> notice(each, today)).toList());
    long seq =
        events.append(
            bank,
            at,
            news.stream()
                .map(
                    each ->
                        new EventLog.Event(
                            "LABOUR_COST_" + each.standing().state(),
                            subject(each),
                            "due "
                                + each.standing().amount()
                                + " credited "
                                + each.standing().credited()))
                .toList());
    jdbc.sql(
            """
            INSERT INTO labour_cost_state (bank, project, due_date, nth, state, amount, credited,
                                           checked_on, seq, checked_at)
            SELECT ?, project, due_date, nth, state, amount, credited, ?, ? + n - 1, ?
              FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
                AS s (project, due_date, nth, state, amount, credited, n)
            """)
        .params(
            bank,
            today,
            seq,
            Timestamp.from(at),
            news.stream().map(n -> n.project().project()).toArray(Long[]::new),
            news.stream()
                .map(n -> java.sql.Date.valueOf(n.standing().due()))
                .toArray(java.sql.Date[]::new),
            news.stream().map(News::nth).toArray(Integer[]::new),
            news.stream().map(n -> n.standing().state().name()).toArray(String[]::new),
            news.stream().map(n -> n.standing().amount()).toArray(Long[]::new),
            news.stream().map(n -> n.standing().credited()).toArray(Long[]::new))
        .update();
  }

  private static String subject(News news) {
    return "labour cost of project "
        + news.project().project()
        + " due "
        + news.standing().due()
        + " "
        + news.nth();
  }

  private static Notice notice(News news, LocalDate today) {
    var project = news.project();
    var standing = news.standing();
    var amount = Money.format(standing.amount(), 2);
    var credited = Money.format(standing.credited(), 2);
    var outstanding = Money.format(standing.outstanding(), 2);
    var facts = new LinkedHashMap<String, String>();
    facts.put("project", project.code());
    facts.put("project-name", project.name());
    facts.put("region", project.region());
    facts.put("account", project.account());
    facts.put("owner", project.owner());
    facts.put("contractor", project.contractor());
    facts.put("due", standing.due().toString());
    facts.put("amount", amount);
    facts.put("credited", credited);
    facts.put("outstanding", outstanding);
    facts.put("days", Long.toString(standing.daysLate(today)));
    return new Notice(
        "LABOUR_COST_" + standing.state(),
        subject(news),
        facts,
        switch (standing.state()) {
          case LATE ->
              "建设单位应于 %s 拨付的人工费用 %s 元至今未到账，已逾期 %d 天。请总包单位督促拨付，并报告人力资源社会保障部门和行业主管部门。"
                  .formatted(standing.due(), amount, standing.daysLate(today));
          case SHORT ->
              "建设单位应于 %s 拨付的人工费用 %s 元仅到账 %s 元，尚欠 %s 元，已逾期 %d 天。请总包单位督促拨付，并报告人力资源社会保障部门和行业主管部门。"
                  .formatted(
                      standing.due(), amount, credited, outstanding, standing.daysLate(today));
          case MET -> "建设单位应于 %s 拨付的人工费用 %s 元现已足额到账。".formatted(standing.due(), amount);
        },
        switch (standing.state()) {
          case LATE ->
              ("Nothing has arrived of the labour cost of CNY %s that the owner had to pay by %s;"
                      + " it is late by %d days. The contractor is asked to press for it and to"
                      + " report it to the labour authority and the industry's authority.")
                  .formatted(amount, standing.due(), standing.daysLate(today));
          case SHORT ->
              ("Of the labour cost of CNY %s that the owner had to pay by %s only %s has arrived;"
                      + " %s is late by %d days. The contractor is asked to press for it and to"
                      + " report it to the labour authority and the industry's authority.")
                  .formatted(
                      amount, standing.due(), credited, outstanding, standing.daysLate(today));
          case MET ->
              "The labour cost of CNY %s that the owner had to pay by %s has arrived in full."
                  .formatted(amount, standing.due());
        },
        List.of(
            Outbox.Counterpart.CONTRACTOR,
            Outbox.Counterpart.OWNER,
            Outbox.Counterpart.SUPERVISOR));
  }

  private Map<Project, List<LabourStanding>> standings(
      int bank, LocalDate today, List<Long> block) {
    var of = block.toArray(Long[]::new);
    var terms = new HashMap<Long, List<LabourTerm>>();
    terms(bank, of)
        .forEach(t -> terms.computeIfAbsent(t.project(), _ -> new ArrayList<>()).add(t.term()));
    var progress = new HashMap<Long, List<LabourTerm.Progress>>();
    progress(bank, of)
        .forEach(
            p -> progress.computeIfAbsent(p.project(), _ -> new ArrayList<>()).add(p.progress()));
    var standings = new LinkedHashMap<Project, List<LabourStanding>>();
    for (var project : projects(bank, of)) {
      standings.put(
          project,
          LabourStanding.of(
              LabourTerm.dues(
                  Objects.requireNonNull(terms.get(project.project())),
                  progress.getOrDefault(project.project(), List.of()),
                  today),
              project.credited()));
    }
    return standings;
  }

  /** Projects with terms, and what has come in since the first of them began. */
  private List<Project> projects(int bank, Long[] of) {
    return jdbc.sql(
            """
            SELECT p.project, p.code, p.name, p.region, s.number AS account,
                   o.firm_name AS owner, c.firm_name AS contractor,
                   coalesce((SELECT sum(l.amount) FROM labour_cost l
                              WHERE l.bank = w.bank AND l.wage_book = w.wage_book
                                AND l.business_date >= t.first), 0)::bigint AS credited
              FROM (SELECT bank, project, min(from_date) AS first FROM labour_term
                     WHERE bank = ? AND project = ANY (?) GROUP BY bank, project) t
              JOIN project p USING (bank, project)
              JOIN wage_book w USING (bank, project)
              JOIN special_account s USING (bank, special_account)
              JOIN party o ON o.bank = p.bank AND o.party = p.owner
              JOIN party c ON c.bank = p.bank AND c.party = p.contractor
             WHERE NOT EXISTS (SELECT 1 FROM closing_step x WHERE x.bank = w.bank
                                  AND x.wage_book = w.wage_book AND x.step = 'CLOSED')
             ORDER BY p.project
            """)
        .params(bank, of)
        .query(Project.class)
        .list();
  }

  private List<Term> terms(int bank, Long[] of) {
    return jdbc.sql(
            """
            SELECT project, from_date, until_date, cycle, due_day, amount, share FROM labour_term
             WHERE bank = ? AND project = ANY (?) ORDER BY project, from_date
            """)
        .params(bank, of)
        .query(
            (row, _) ->
                new Term(
                    row.getLong(1),
                    new LabourTerm(
                        row.getObject(2, LocalDate.class),
                        row.getObject(3, LocalDate.class),
                        LabourTerm.Cycle.valueOf(row.getString(4)),
                        row.getInt(5),
                        row.getObject(6, Long.class),
                        row.getObject(7, Integer.class))))
        .list();
  }

  private List<Progress> progress(int bank, Long[] of) {
    return jdbc.sql(
            """
            SELECT project, certified_on, amount FROM certified_progress
             WHERE bank = ? AND project = ANY (?)
            """)
        .params(bank, of)
        .query(
            (row, _) ->
                new Progress(
                    row.getLong(1),
                    new LabourTerm.Progress(row.getObject(2, LocalDate.class), row.getLong(3))))
        .list();
  }

  /** The last state told of each due date, by project. */
  private Map<Long, Map<LocalDate, Last>> told(int bank, List<Long> block) {
    var told = new HashMap<Long, Map<LocalDate, Last>>();
    jdbc.sql(
            """
            SELECT DISTINCT ON (project, due_date) project, due_date, nth, state
              FROM labour_cost_state WHERE bank = ? AND project = ANY (?)
             ORDER BY project, due_date, nth DESC
            """)
        .params(bank, block.toArray(Long[]::new))
        .query(
            row -> {
              told.computeIfAbsent(row.getLong(1), _ -> new HashMap<>())
                  .put(
                      row.getObject(2, LocalDate.class),
                      new Last(row.getInt(3), LabourStanding.State.valueOf(row.getString(4))));
            });
    return told;
  }
}
