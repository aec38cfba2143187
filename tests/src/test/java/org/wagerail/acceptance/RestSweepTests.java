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
  }

  /** What waits for a person is listed with owner, age and due time, page by page, to its bank. */
  @Test
  void whatWaitsForAPersonIsListedAndDecidedByTwo() throws Exception {
    var operator = bank.token("operator");
    var first = bank.get("/v1/work?kind=EXCEPTION&limit=2", operator).body();
    assertThat(first.path("items")).hasSize(2);
    var oldest = first.path("items").get(0);
    assertThat(oldest.path("why").get(0).asString()).isEqualTo("CONTRADICTION");
    assertThat(oldest.path("owner").asString()).isEqualTo("operator");
    assertThat(oldest.path("hours").asInt()).isEqualTo(24);
    assertThat(oldest.path("dueAt").asString()).isEqualTo("2026-10-14T02:00:00Z");
    assertThat(oldest.path("overdue").asBoolean()).isFalse();
    var rest =
        bank.get("/v1/work?kind=EXCEPTION&cursor=" + first.path("next").asString(), operator);
    assertThat(rest.body().path("items")).hasSize(1);
    assertThat(rest.body().path("next").isNull()).isTrue();
    assertThat(bank.get("/v1/work?overdue=true&kind=EXCEPTION", operator).body().path("items"))
        .isEmpty();
    assertThat(
            bank.get("/v1/work", bank.token(ServedBank.FOREIGN, "operator")).body().path("items"))
        .isEmpty();

    var item = "/v1/work/exception-3";
    var maker = bank.token("maker");
    var checker = bank.token("checker");
    assertThat(say(item + "/owners", maker, "{\"owner\":\"somebody\"}").code())
        .isEqualTo("NO_SUCH_OWNER");
    assertThat(say(item + "/owners", maker, "{\"owner\":\"me\"}").status()).isEqualTo(200);
    assertThat(bank.get("/v1/work?owner=me", maker).body().path("items").get(0).path("id"))
        .hasToString("\"exception-3\"");
    var wish = "{\"action\":\"%s\",\"ground\":\"clearing corrected it\"}";
    assertThat(say(item + "/proposals", maker, wish.formatted("ACCEPT")).code())
        .isEqualTo("ACTION_NOT_ALLOWED");
    assertThat(say(item + "/proposals", checker, wish.formatted("CLOSE")).code())
        .isEqualTo("FORBIDDEN");
    var proposed = say(item + "/proposals", maker, wish.formatted("CLOSE"));
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(200);
    assertThat(say(item + "/proposals", maker, wish.formatted("CLOSE")).code())
        .isEqualTo("PROPOSED_ALREADY");
    var word =
        "{\"proposal\":"
            + proposed.body().path("item").path("proposal").path("proposal").asLong()
            + ",\"agreed\":true,\"reason\":\"\"}";
    assertThat(say(item + "/answers", maker, word).code()).isEqualTo("FORBIDDEN");
    assertThat(say(item + "/answers", checker, word.replaceFirst("[0-9]+", "99")).code())
        .isEqualTo("NO_SUCH_PROPOSAL");
    var agreed = say(item + "/answers", checker, word);
    assertThat(agreed.status()).as(agreed.text()).isEqualTo(200);
    assertThat(agreed.body().path("waits").asBoolean()).isFalse();
    assertThat(say(item + "/answers", checker, word).code()).isEqualTo("NO_SUCH_PROPOSAL");
    assertThat(bank.get(item, maker).status()).isEqualTo(404);
  }

  /** A held line over REST, as its role may write it, until the contractor is asked to amend it. */
  @Test
  void aHeldLineIsAmendedByTwoPersons() throws Exception {
    var file = bank.payroll(1).replaceFirst("(?s)(<Cdtr>\\s*<Nm>)[^<]*(</Nm>)", "$1别人$2");
    bank.submit(bank.token(bank.otherContractor + "-1"), file.getBytes(StandardCharsets.UTF_8));
    bank.round();
    var held =
        bank.jdbc
            .sql(
                "SELECT 'line-' || pay_month || '-' || payroll || '-' || line FROM payroll_line"
                    + " WHERE checks LIKE 'NAME_DIFFERS%'")
            .query(String.class)
            .single();
    var item = "/v1/work/" + held;
    var wish = "{\"action\":\"AMEND\",\"ground\":\"the name is another's\"}";
    var proposed = say(item + "/proposals", bank.token("maker"), wish);
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(200);
    var word =
        "{\"proposal\":"
            + proposed.body().path("item").path("proposal").path("proposal").asLong()
            + ",\"agreed\":true,\"reason\":\"\"}";
    var agreed = say(item + "/answers", bank.token("checker"), word);
    assertThat(agreed.status()).as(agreed.text()).isEqualTo(200);
    assertThat(
            bank.count(
                "SELECT count(*) FROM outbound_message WHERE kind = 'notice.1' AND subject LIKE"
                    + " '%to be amended to contractor'"))
        .isEqualTo(1);
  }

  /** A correction over REST: a paper, a wish, another person's word, and the engine's entry. */
  @Test
  void whatWasBookedWronglyIsCorrectedByTwoPersons() throws Exception {
    var paper =
        bank.post(
            "/v1/documents",
            bank.token("maker"),
            Map.of("Content-Type", "application/pdf"),
            "a scanned letter".getBytes(StandardCharsets.UTF_8));
    assertThat(paper.status()).as(paper.text()).isEqualTo(201);
    var book =
        bank.jdbc
            .sql(
                """
                SELECT s.number || '","project":"' || j.code FROM wage_book w
                  JOIN special_account s USING (bank, special_account)
                  JOIN project j ON j.bank = w.bank AND j.project = w.project
                 ORDER BY wage_book LIMIT 1
                """)
            .query(String.class)
            .single();
    var wish =
        "{\"debited\":{\"account\":\"%s\"},\"credited\":{\"account\":\"\",\"project\":\"\"},"
                .formatted(book)
            + "\"amount\":\"%s\",\"corrects\":\"opening\",\"reason\":\"too"
            + " much\",\"document\":\"%s\"}";
    var document = paper.body().path("document").asString();
    var maker = bank.token("maker");
    assertThat(say("/v1/corrections", maker, wish.formatted("1e3", document)).code())
        .isEqualTo("BODY_INVALID");
    assertThat(say("/v1/corrections", maker, wish.formatted("1.00", "0".repeat(64))).code())
        .isEqualTo("NO_DOCUMENT");
    var asked = say("/v1/corrections", maker, wish.formatted("1.00", document));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    var answers = "/v1/corrections/" + asked.body().path("id").asLong() + "/answers";
    var word = "{\"agreed\":true,\"reason\":\"\"}";
    assertThat(say(answers, maker, word).code()).isEqualTo("FORBIDDEN");
    var agreed = say(answers, bank.token("checker"), word);
    assertThat(agreed.status()).as(agreed.text()).isEqualTo(202);
    assertThat(agreed.body().path("state").asString()).isEqualTo("AGREED");
    assertThat(say(answers, bank.token("checker"), word).code()).isEqualTo("STATE_CONFLICT");
    bank.round();
    var booked = bank.get("/v1/corrections", bank.token("auditor")).body();
    assertThat(booked.path("items").get(0).path("state").asString()).isEqualTo("BOOKED");
  }

  /** A feed begins behind any event, and says with which number to go on. */
  @Test
  void eventsArePulledInOrder() throws Exception {
    var auditor = bank.token("auditor");
    var seen = new ArrayList<Long>();
    long after = 0;
    while (true) {
      var page = bank.get("/v1/events?limit=5&after=" + after, auditor).body();
      page.path("items").forEach(event -> seen.add(event.path("seq").asLong()));
      if (page.path("next").asLong() == after) {
        break;
      }
      after = page.path("next").asLong();
    }
    assertThat(seen)
        .hasSizeGreaterThan(5)
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, seen.size()).boxed().toList());
    var read = bank.get("/v1/events?kind=PAYROLL_READ&kind=PAYROLL_SEALED", auditor).body();
    assertThat(read.path("items").get(0).path("zh").asString()).isEqualTo("工资表已封存");
    assertThat(read.path("next").asLong()).isGreaterThanOrEqualTo(seen.size());
    assertThat(bank.get("/v1/events?kind=NONE", auditor).status()).isEqualTo(400);
    assertThat(bank.get("/v1/events?after=-1", auditor).status()).isEqualTo(400);
    assertThat(
            bank.get("/v1/events?kind=PAYROLL_READ", bank.token(ServedBank.FOREIGN, "auditor"))
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

  /**
   * Nothing is sent into a private network, to this machine or in the clear; and two must agree.
   */
  @Test
  void eventsGoToNoAddressThatIsNotPublic() throws Exception {
    var operator = bank.token("operator");
    var wish =
        "{\"url\":\"%s\",\"secret\":\"whsec_c2VjcmV0IG9mIGF0IGxlYXN0IDI0IGJ5dGVz\",\"kinds\":[],"
            + "\"after\":0}";
    for (var target :
        List.of(
            "http://93.184.215.14/hook",
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1/x",
            "https://2130706433/x",
            "https://localhost/x",
            "https://10.1.2.3/x",
            "https://192.168.0.1/x",
            "https://100.64.0.1/x",
            "https://0.0.0.0/x",
            "https://[::1]/x",
            "https://[fd00::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[64:ff9b::a00:1]/x",
            "https://user@93.184.215.14/x",
            "file:///etc/passwd",
            "hook")) {
      var answer = say("/v1/webhooks", operator, wish.formatted(target));
      assertThat(answer.status()).as(target + answer.text()).isEqualTo(422);
      assertThat(answer.code()).as(target).isEqualTo("WEBHOOK_TARGET");
    }
    var weak = wish.formatted("https://93.184.215.14/hook").replace("c2VjcmV0IG9m", "");
    assertThat(say("/v1/webhooks", operator, weak).code()).isEqualTo("BODY_INVALID");
    var asked = say("/v1/webhooks", operator, wish.formatted("https://93.184.215.14/hook"));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    assertThat(asked.text()).doesNotContain("whsec");
    assertThat(asked.body().path("state").asString()).isEqualTo("ASKED_FOR");
    var words = "/v1/webhooks/" + asked.body().path("id").asLong() + "/words";
    assertThat(say(words, operator, "{\"word\":\"CONFIRM\",\"reason\":\"\"}").code())
        .isEqualTo("FOUR_EYES");
    assertThat(say(words, operator, "{\"word\":\"END\",\"reason\":\"a try\"}").status())
        .isEqualTo(200);
    assertThat(bank.get("/v1/webhooks", operator).body().path("items").get(0).path("state"))
        .hasToString("\"ENDED\"");
  }

  private static ServedBank.Answer say(String path, String token, String body) throws Exception {
    return bank.post(
        path,
        token,
        Map.of("Content-Type", "application/json"),
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
        .replace("/breaks/{id}", "/breaks/3")
        .replace("/work/{id}", "/work/exception-1")
        .replace("/corrections/{id}", "/corrections/1")
        .replace("/webhooks/{id}", "/webhooks/1");
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
