package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A payroll's way over REST and by the commands that speak to a server, over real HTTP. */
class RestTests {
  @TempDir static Path folder;
  private static ServedBank bank;

  @BeforeAll
  static void open() throws Exception {
    bank = ServedBank.open(folder);
  }

  @AfterAll
  static void close() {
    if (bank != null) {
      bank.close();
    }
  }

  @Test
  void aPayrollIsHandedInReadSignedAndReported() throws Exception {
    var text = bank.payroll(0);
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var handedIn = bank.submit(bank.person(1), bytes);
    assertThat(handedIn.status()).as(handedIn.text()).isEqualTo(202);
    assertThat(handedIn.body().path("accepted").asBoolean()).isTrue();
    var path = handedIn.header("location");
    assertThat(bank.get(path, bank.person(1)).body().path("state").asString())
        .isEqualTo("RECEIVED");
    assertThat(bank.get(path + "/status-report", bank.person(1)).code())
        .isEqualTo("REPORT_NOT_READY");

    bank.round();

    var read = bank.get(path, bank.person(1));
    assertThat(read.body().path("state").asString()).as(read.text()).isEqualTo("READ");
    assertThat(read.body().path("total").asString()).matches("[0-9]+\\.[0-9]{2}");
    assertThat(read.header("etag"))
        .isEqualTo('"' + read.body().path("contentHash").asString() + '"');
    assertThat(bank.get(path + "/status-report", bank.person(2)).text())
        .contains("CstmrPmtStsRpt", "<GrpSts>");
    var lines = bank.get(path + "/lines?limit=2", bank.person(1));
    assertThat(lines.body().path("items")).hasSize(2);
    assertThat(lines.body().path("items").get(0).path("worker").asString()).matches(".\\*+");
    assertThat(lines.body().path("items").get(0).path("account").asString())
        .matches("6228\\*+[0-9]{4}");
    var next = lines.body().path("next").asString();
    assertThat(
            bank.get(path + "/lines?limit=2&cursor=" + next, bank.person(1))
                .body()
                .path("items")
                .get(0)
                .path("line")
                .asInt())
        .isEqualTo(3);

    var first = release(path, read, 1);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.body().path("state").asString()).isEqualTo("SIGNED");
    assertThat(release(path, read, 1).code()).isEqualTo("FOUR_EYES");
    var second = release(path, read, 2);
    assertThat(second.body().path("state").asString()).as(second.text()).isEqualTo("RELEASED");
    assertThat(bank.events("FOUR_EYES")).isEqualTo(1);

    var again = bank.submit(bank.person(2), bytes);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("location")).isEqualTo(path);
    assertThat(bank.get("/v1/payrolls", bank.token("operator")).body().path("items"))
        .anyMatch(each -> each.path("id").asString().equals(path.substring(13)));
  }

  private static ServedBank.Answer release(String path, ServedBank.Answer payroll, int nth)
      throws Exception {
    return bank.post(
        path + "/releases",
        bank.person(nth),
        Map.of("If-Match", payroll.header("etag"), "Content-Type", "application/json"),
        bank.signature(payroll.body(), nth));
  }

  @Test
  void theCommandsSpeakToTheServer() throws Exception {
    var file = folder.resolve("commands.xml");
    Files.write(file, ServedBank.renamed(bank.payroll(0), "-C"));
    var submit = run(bank.url, bank.person(1), "submit", file.toString());
    assertThat(submit.text()).startsWith("2026");
    assertThat(submit.exit()).isZero();
    var id = submit.text().substring(0, submit.text().indexOf(' '));
    bank.round();

    assertThat(run(bank.url, bank.person(1), "status", id).text()).contains(id, "READ");
    assertThat(run(bank.url, bank.person(1), "status", "--json").text()).contains("\"items\":[{");
    assertThat(run(bank.url, bank.person(1), "release", id, "--sign-with", key(1)).text())
        .contains("SIGNED");
    var twice = run(bank.url, bank.person(1), "release", id, "--sign-with", key(1));
    assertThat(twice.exit()).isEqualTo(4);
    assertThat(twice.text()).contains("403 FOUR_EYES");
    assertThat(run(bank.url, "nonsense", "status").exit()).isEqualTo(4);
    var audit = run(bank.url, bank.token("auditor"), "audit", "--json");
    assertThat(audit.exit()).as(audit.text()).isZero();
    assertThat(audit.text()).contains("{\"rule\":\"TRIAL_BALANCE\",\"ok\":true,");
    assertThat(run(bank.url, bank.person(1), "audit").exit()).isEqualTo(4);
    var nobody = run("http://127.0.0.1:1", bank.person(1), "status");
    assertThat(nobody.exit()).isEqualTo(3);
    assertThat(nobody.text()).contains("无法连接", "No server");
  }

  /** Wages exist once: whoever could hand in another's payroll could keep the true one from pay. */
  @Test
  void nobodyHandsInAnotherContractorsPayroll() throws Exception {
    var file = ServedBank.renamed(bank.payroll(0), "-S");
    long before = bank.count("SELECT count(*) FROM inbound_document");
    var answer = bank.submit(bank.token("stranger"), file);
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("OTHER_CONTRACTOR");
    assertThat(bank.events("OTHER_CONTRACTOR")).isEqualTo(1);
    assertThat(bank.count("SELECT count(*) FROM inbound_document")).isEqualTo(before);
    assertThat(bank.submit(bank.person(1), file).status()).isEqualTo(202);
    bank.round();
  }

  @Test
  void everythingThatHappenedIsTold() throws Exception {
    var handedIn = bank.submit(bank.person(1), ServedBank.renamed(bank.payroll(0), "-E"));
    bank.round();
    var path = "/v1/explain?id=payroll%20" + handedIn.body().path("id").asString();
    var told = bank.get(path, bank.token("operator"));
    assertThat(told.body().path("subject").asString()).as(told.text()).startsWith("payroll 2026");
    assertThat(told.body().path("steps"))
        .extracting(step -> step.path("kind").asString())
        .startsWith("RECEIVED")
        .contains("READ", "TOLD");
    assertThat(bank.get(path, bank.person(1)).code()).isEqualTo("FORBIDDEN");
    assertThat(bank.get("/v1/explain?id=payroll%20202610/99", bank.token("operator")).code())
        .isEqualTo("NOT_FOUND");
  }

  private static String key(int nth) {
    return bank.keyFile(nth).toString();
  }

  private record Run(int exit, String text) {}

  /** A command in a process of its own, because it takes its server from the environment. */
  private static Run run(String url, String token, String... words) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.wagerail.ops.Wagerail"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("WAGERAIL_URL", url);
    builder.environment().put("WAGERAIL_TOKEN", token);
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text);
  }
}
