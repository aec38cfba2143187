package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.wagerail.adapter.rest.Allowed;
import org.wagerail.project.Role;
import tools.jackson.databind.JsonNode;

/**
 * Every route with every role of the bank it belongs to and of another: whoever has no right is
 * refused, whoever comes from elsewhere finds nothing, and both are kept.
 */
class RestSweepTests {
  @TempDir static Path folder;
  private static ServedBank bank;
  private static String payroll;
  private static String run;
  private static String payment;

  private record Route(String method, String path, List<Role> allowed) {}

  @BeforeAll
  static void open() throws Exception {
    bank = ServedBank.open(folder);
    payroll =
        bank.submit(bank.person(1), bank.payroll(0).getBytes(StandardCharsets.UTF_8))
            .body()
            .path("id")
            .asString();
    bank.round();
    bank.jdbc.sql("SELECT open_month(202610)").query(Boolean.class).single();
    run = "202610-1";
    payment = "2026100000000001";
    bank.jdbc
        .sql(
            """
            WITH compared AS (
              INSERT INTO day_comparison
              SELECT bank, DATE '2026-10-09', 1, DATE '2026-10-08', 0, 0, 0, 0, 0, 0, 0, 1,
                     TIMESTAMPTZ '2026-10-12 02:00Z' FROM bank WHERE code = ?
              RETURNING *),
            found AS (
              INSERT INTO day_break
              SELECT bank, n, day, nth, 'CORE', 'MISSING_IN_CORE', '330019000000000001', 'E' || n, '',
                     -100 * n, NULL, day, NULL, NULL, compared_at
                FROM compared, generate_series(1, 3) n
              RETURNING *)
            INSERT INTO break_owner SELECT bank, break, 1, 'reconciler', opened_at FROM found
            """)
        .param(org.wagerail.ops.province.Province.BANK)
        .update();
    bank.jdbc
        .sql(
            """
            INSERT INTO pay_run (bank, pay_month, run, wage_book, pay_date, outcome, lines, needed,
                                 available, paid, as_of, decided_at)
            SELECT bank, 202610, 1, wage_book, DATE '2026-10-15', 'NOTHING', 1, 1, 0, 0, 0,
                   TIMESTAMPTZ '2026-10-15 08:00Z' FROM wage_book ORDER BY wage_book LIMIT 1
            """)
        .update();
    bank.jdbc
        .sql(
            """
            INSERT INTO payment (bank, pay_month, payment, run_month, run, wage_book, payroll, line,
                                 decision, part, party, worker_account, amount, rail)
            SELECT l.bank, 202610, 1, 202610, 1, w.wage_book, l.payroll, l.line, 0, 1, l.party,
                   l.worker_account, 1, 'BATCH'
              FROM payroll_line l JOIN wage_book w USING (bank) ORDER BY l.line LIMIT 1
            """)
        .update();
  }

  /** What clearing left for a person is listed with owner and age, page by page, to its bank. */
  @Test
  void openExceptionsAreListedPageByPage() throws Exception {
    bank.jdbc
        .sql(
            """
            WITH opened AS (
              INSERT INTO clearing_exception (bank, exception, kind, tx_id, said, reason, opened_at)
              SELECT b.bank, n, 'CONTRADICTION', '202610000000000' || n, 'REJECTION', 'AC04',
                     TIMESTAMPTZ '2026-10-12 02:00Z'
                FROM bank b, generate_series(1, 3) AS n WHERE b.code = ?
              RETURNING bank, exception, opened_at)
            INSERT INTO exception_owner (bank, exception, nth, owner, given_at)
            SELECT bank, exception, 1, 'operator', opened_at FROM opened
            """)
        .param(org.wagerail.ops.province.Province.BANK)
        .update();
    var first = bank.get("/v1/exceptions?limit=2", bank.token("operator")).body();
    assertThat(first.path("items")).hasSize(2);
    var oldest = first.path("items").get(0);
    assertThat(oldest.path("kind").asString()).isEqualTo("CONTRADICTION");
    assertThat(oldest.path("owner").asString()).isEqualTo("operator");
    assertThat(oldest.path("hours").asInt()).isEqualTo(24);
    var rest =
        bank.get("/v1/exceptions?cursor=" + first.path("next").asString(), bank.token("operator"));
    assertThat(rest.body().path("items")).hasSize(1);
    assertThat(rest.body().path("next").isNull()).isTrue();
    assertThat(
            bank.get("/v1/exceptions", bank.token(ServedBank.FOREIGN, "operator"))
                .body()
                .path("items"))
        .isEmpty();
  }

  /** A break is explained by one person and agreed by another, and the day is closed over it. */
  @Test
  void breaksAreExplainedByTwoAndTheDayIsClosed() throws Exception {
    var clerk = bank.token("reconciler");
    var first = bank.get("/v1/breaks?day=2026-10-09&limit=2", clerk).body();
    assertThat(first.path("items")).hasSize(2);
    assertThat(first.path("items").get(0).path("ours").asString()).isEqualTo("-1.00");
    assertThat(first.path("items").get(0).path("owner").asString()).isEqualTo("reconciler");
    assertThat(first.path("items").get(0).path("hours").asInt()).isEqualTo(24);
    assertThat(
            bank.get("/v1/breaks?cursor=" + first.path("next").asString(), clerk)
                .body()
                .path("items"))
        .hasSize(1);
    assertThat(post("/v1/breaks/1/agreement", clerk, "{}").code()).isEqualTo("NOT_EXPLAINED");
    assertThat(post("/v1/breaks/1/explanations", clerk, "{\"reason\":\" \"}").code())
        .isEqualTo("NO_REASON");
    var explained = post("/v1/breaks/1/explanations", clerk, "{\"reason\":\"a day late\"}");
    assertThat(explained.body().path("state").asString()).isEqualTo("EXPLAINED");
    assertThat(post("/v1/breaks/1/agreement", clerk, "{}").status()).isEqualTo(403);
    assertThat(post("/v1/breaks/2/owner", clerk, "{\"owner\":\"core desk\"}").body().path("owner"))
        .hasToString("\"core desk\"");
    assertThat(post("/v1/days/2026-10-09/closing", clerk, "{}").code()).isEqualTo("BREAKS_OPEN");
    assertThat(bank.get("/v1/days/2026-10-09", clerk).body().path("explained").asInt())
        .isEqualTo(1);
    assertThat(bank.get("/v1/days/2026-10-08", clerk).status()).isEqualTo(404);
    assertThat(bank.get("/v1/days/yesterday", clerk).status()).isEqualTo(404);
  }

  private static int posts;

  private static ServedBank.Answer post(String path, String token, String body) throws Exception {
    return bank.post(
        path,
        token,
        Map.of("Content-Type", "application/json", "Idempotency-Key", "break-" + ++posts),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void close() {
    if (bank != null) {
      bank.close();
    }
  }

  private static List<Route> routes() {
    var routes = new ArrayList<Route>();
    bank.engine
        .bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (info, handler) -> {
              var paths = info.getPatternValues();
              if (paths.iterator().next().startsWith("/v1/")) {
                var allowed = handler.getMethodAnnotation(Allowed.class);
                assertThat(allowed).as(handler.toString()).isNotNull();
                for (var method : info.getMethodsCondition().getMethods()) {
                  paths.forEach(
                      path -> routes.add(new Route(method.name(), path, List.of(allowed.value()))));
                }
              }
            });
    return routes;
  }

  private static String filled(String path) {
    return path.replace("/payrolls/{id}", "/payrolls/" + payroll)
        .replace("/runs/{id}", "/runs/" + run)
        .replace("/payments/{id}", "/payments/" + payment)
        .replace("/explain", "/explain?id=payment%20" + payment)
        .replace("/days/{day}", "/days/2026-10-09")
        .replace("/breaks/{id}", "/breaks/3");
  }

  private static String user(Role role) {
    return role == Role.CONTRACTOR ? bank.contractor + "-1" : role.name().toLowerCase(Locale.ROOT);
  }

  private static ServedBank.Answer ask(Route route, String token) throws Exception {
    return route.method().equals("GET")
        ? bank.get(filled(route.path()), token)
        : bank.post(
            filled(route.path()),
            token,
            Map.of("Content-Type", "application/json", "If-Match", "\"" + "0".repeat(64) + "\""),
            "{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyRoleReachesItsRoutesAndNoOther() throws Exception {
    for (var route : routes()) {
      for (var role : Role.values()) {
        long before = bank.events("FORBIDDEN");
        var answer = ask(route, bank.token(user(role)));
        var what = role + " " + route + " " + answer.text();
        if (route.allowed().contains(role)) {
          assertThat(answer.status()).as(what).isNotIn(401, 403, 500);
          assertThat(bank.events("FORBIDDEN")).as(what).isEqualTo(before);
          if (route.method().equals("GET")) {
            assertThat(answer.status()).as(what).isEqualTo(200);
          }
        } else {
          assertThat(answer.status()).as(what).isEqualTo(403);
          assertThat(answer.code()).as(what).isEqualTo("FORBIDDEN");
          assertThat(bank.events("FORBIDDEN")).as(what).isEqualTo(before + 1);
        }
      }
    }
  }

  @Test
  void anotherBanksPeopleFindNothing() throws Exception {
    for (var route : routes()) {
      for (var role : Role.values()) {
        long before = refusals(ServedBank.FOREIGN);
        var answer = ask(route, bank.token(ServedBank.FOREIGN, user(role)));
        var what = role + " " + route + " " + answer.text();
        if (route.path().contains("{")) {
          assertThat(answer.status()).as(what).isIn(400, 403, 404);
          assertThat(refusals(ServedBank.FOREIGN)).as(what).isEqualTo(before + 1);
        }
        assertThat(answer.text()).as(what).doesNotContain("6228");
        // Its own record tells what its own people asked for.
        if (!route.path().equals("/v1/audit")) {
          assertThat(answer.text()).as(what).doesNotContain(payroll, run, payment);
        }
      }
    }
  }

  /** Under the role of REST, every table shows one bank's rows only, and none without a bank. */
  @Test
  void everyTableShowsOneBankOnly() {
    var tables =
        bank.jdbc
            .sql(
                """
                SELECT c.table_name FROM information_schema.columns c
                  JOIN information_schema.tables t USING (table_schema, table_name)
                 WHERE c.table_schema = 'public' AND c.column_name = 'bank'
                   AND t.table_type = 'BASE TABLE'
                   AND has_table_privilege('wagerail_rest', t.table_name, 'SELECT')
                """)
            .query(String.class)
            .list();
    assertThat(tables).contains("payroll", "submission", "security_event", "party", "release");
    var transaction =
        new org.springframework.transaction.support.TransactionTemplate(
            bank.engine.bean(org.springframework.transaction.PlatformTransactionManager.class));
    long other = bank.count("SELECT bank FROM bank WHERE code = '" + ServedBank.FOREIGN + "'");
    transaction.executeWithoutResult(
        status -> {
          bank.jdbc.sql("SET LOCAL ROLE wagerail_rest").update();
          bank.jdbc.sql("SET LOCAL wagerail.bank = '" + other + "'").update();
          for (var table : tables) {
            assertThat(
                    bank.count(
                        "SELECT count(*) FROM " + table + " WHERE bank NOT IN (0, " + other + ")"))
                .as(table)
                .isZero();
          }
          status.setRollbackOnly();
        });
  }

  /** What REST may write is named here, so that no later table becomes writable unseen. */
  @Test
  void theRoleOfRestOwnsNothingAndChangesNothing() {
    assertThat(
            bank.count("SELECT count(*) FROM pg_class WHERE relowner = 'wagerail_rest'::regrole"))
        .isZero();
    assertThat(granted("UPDATE")).containsExactly("counter");
    assertThat(granted("DELETE")).containsExactly("wage_claim");
    assertThat(granted("TRUNCATE")).isEmpty();
  }

  private static TreeSet<String> granted(String right) {
    return new TreeSet<>(
        bank.jdbc
            .sql(
                "SELECT table_name FROM information_schema.role_table_grants"
                    + " WHERE grantee = 'wagerail_rest' AND privilege_type = ?")
            .param(right)
            .query(String.class)
            .list());
  }

  @Test
  void theDescriptionNamesEveryRouteAndNoOther() throws Exception {
    var described = new TreeMap<String, TreeSet<String>>();
    var description = bank.get("/v1/openapi.json", bank.token("auditor")).body();
    assertThat(description.path("openapi").asString()).startsWith("3.1");
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      var methods = new TreeSet<String>();
      path.getValue().propertyNames().forEach(name -> methods.add(name.toUpperCase(Locale.ROOT)));
      described.put(path.getKey(), methods);
    }
    var there = new TreeMap<String, TreeSet<String>>();
    routes()
        .forEach(
            route -> there.computeIfAbsent(route.path(), _ -> new TreeSet<>()).add(route.method()));
    assertThat(described).isEqualTo(there);
  }

  private static long refusals(String code) {
    return bank.count(
        "SELECT count(*) FROM security_event JOIN bank USING (bank) WHERE code = '" + code + "'");
  }
}
