package org.wagerail.acceptance;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;

/**
 * Bad input and the right answer, as a table: the row of the catalogue, what comes, the status and
 * the code. Whatever the row, there is no stack trace, one event is kept, and who tries again hears
 * the same.
 */
class BadInputTests {
  @TempDir static Path folder;
  private static ServedBank bank;
  private static String payroll;
  private static List<BadSheetTests.Bad> sheets;
  private static int files;

  /** Something that is sent; a second time, the very same. */
  private interface Attempt {
    ServedBank.Answer make() throws Exception;
  }

  /** A request that is refused. */
  private record Bad(String row, String input, Attempt attempt, int status, String code) {
    @Override
    public String toString() {
      return row + " " + input;
    }
  }

  /** A file that is taken, and what becomes of the line that is wrong. */
  private record BadLine(
      String row, String input, UnaryOperator<String> spoil, String verdict, String state) {
    @Override
    public String toString() {
      return row + " " + input;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    bank = ServedBank.open(folder);
    payroll = bank.payroll(0);
    var forty = folder.resolve("forty");
    Province.generate(
        ProvinceSpec.of(3, 1, 40, ServedBank.PAY_DATE).withVersion("pain.001.001.09"), forty);
    try (var found = Files.list(forty.resolve("payrolls"))) {
      sheets =
          BadSheetTests.sayThemAll(
              found.filter(f -> f.toString().endsWith(".xml")).findFirst().orElseThrow());
    }
    bank.jdbc
        .sql(
            """
            INSERT INTO parameter (bank, region, name, from_date, value, source)
            SELECT b.bank, '', p.name, DATE '2026-01-01', p.value, 'test'
              FROM bank b JOIN (VALUES ('102331000099', 'uploads-at-once', '1'),
                                       ('102331000099', 'upload-patience', '0'),
                                       ('102331000099', 'upload-bytes-a-second', '1000000000'),
                                       (:own, 'payroll-bytes-rest', '1000000'))
                   AS p (code, name, value) ON p.code = b.code
            """)
        .param("own", Province.BANK)
        .update();
    assertThat(submit(payroll).status()).isEqualTo(202);
    bank.round();
  }

  @AfterAll
  static void close() {
    if (bank != null) {
      bank.close();
    }
  }

  // ------------------------------------------------------------------ requests that are refused

  static Stream<Bad> refused() {
    return Stream.of(
            files(),
            sheets(),
            amounts(),
            totals(),
            bodies(),
            keys(),
            others(),
            tokens(),
            injections())
        .flatMap(List::stream);
  }

  private static List<Bad> files() {
    return List.of(
        file("1", "an empty file", "", 400, "FILE_EMPTY"),
        new Bad(
            "2",
            "a file over the limit, as it comes",
            () -> bank.chunked("/v1/payrolls", bank.person(1), new byte[1_000_001]),
            413,
            "FILE_TOO_LARGE"),
        file(
            "10",
            "an external entity",
            "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + bank().outside("/lure") + "\">]>" + body("&x;"),
            400,
            "XML_DTD_FORBIDDEN"),
        file("11", "entities in entities", laughs(), 400, "XML_DTD_FORBIDDEN"),
        file("12", "200,000 elements deep", "<a>".repeat(200_000), 400, "XML_TOO_DEEP"),
        file("13", "a text without end", body("x".repeat(800_000)), 400, "XML_TEXT_TOO_LONG"),
        file("14", "UTF-7", "+ADw-?xml version=+ACI-1.0+ACI-?+AD4-", 400, "XML_NOT_WELL_FORMED"),
        file(
            "14",
            "UTF-7 by name",
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + body("x"),
            400,
            "XML_ENCODING"),
        new Bad(
            "14",
            "UTF-16 that says UTF-8",
            () ->
                bytes(
                    ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body("x"))
                        .getBytes(UTF_16LE)),
            400,
            "XML_ENCODING"),
        new Bad(
            "3",
            "a type that is not taken",
            () ->
                bank.post(
                    "/v1/payrolls",
                    bank.person(1),
                    Map.of("Content-Type", "application/x-msdownload"),
                    new byte[] {'M', 'Z'}),
            415,
            "FILE_FORMAT_UNSUPPORTED"));
  }

  /** The sheets of the other table, as far as the file is refused: 3 to 9, 12, 15 to 20, 25. */
  private static List<Bad> sheets() {
    return sheets.stream()
        .filter(sheet -> sheet.status() != 0)
        // One that says that it is too large is not read: it has a test of its own.
        .filter(sheet -> sheet.status() != 413)
        .filter(sheet -> !sheet.name().endsWith(".xml"))
        .map(
            sheet ->
                new Bad(
                    Integer.toString(sheet.no()),
                    sheet.name(),
                    () -> handIn(sheet),
                    sheet.status(),
                    sheet.code()))
        .toList();
  }

  private static ServedBank.Answer handIn(BadSheetTests.Bad sheet) throws Exception {
    return bank.post(
        "/v1/payrolls",
        bank.person(1),
        Map.of(
            "Content-Type",
            sheet.name().endsWith(".csv")
                ? "text/csv"
                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Content-Disposition",
            "attachment; filename=\"" + sheet.name() + "\""),
        sheet.bytes());
  }

  /** Row 18, as a message can say it. */
  private static List<Bad> amounts() {
    return Stream.of("1e3", "1,234.5", "１２３", "-1.00", "NaN", "")
        .map(
            amount ->
                file(
                    "18",
                    "the amount '" + amount + "'",
                    fresh("18-" + files)
                        .replaceFirst("(<InstdAmt Ccy=\"CNY\">)[0-9.]+", "$1" + amount),
                    422,
                    "AMOUNT_FORMAT"))
        .toList();
  }

  private static List<Bad> totals() {
    return List.of(
        file(
            "23",
            "another control sum",
            fresh("23a").replaceFirst("<CtrlSum>[0-9.]+<", "<CtrlSum>1.00<"),
            422,
            "TOTALS_GROUP_SUM"),
        file(
            "23",
            "another number of transactions",
            fresh("23b").replaceFirst("<NbOfTxs>[0-9]+<", "<NbOfTxs>99<"),
            422,
            "TOTALS_GROUP_COUNT"),
        file(
            "19",
            "an amount beyond all digits",
            fresh("19a").replaceFirst("(<InstdAmt Ccy=\"CNY\">)[0-9.]+", "$19000000000000000000"),
            422,
            "DIGITS"),
        file(
            "24",
            "other content under the same message identification",
            recounted(payroll().replaceFirst("(<InstdAmt Ccy=\"CNY\">)[0-9.]+", "$11.00")),
            409,
            "DU01"));
  }

  private static List<Bad> bodies() {
    return List.of(
        json("29", "a number for a text", "{\"signature\":1.5}"),
        json("29", "a member twice", "{\"signature\":\"YQ==\",\"signature\":\"YQ==\"}"),
        json("29", "a member that is unknown", "{\"signature\":\"YQ==\",\"note\":\"\"}"),
        json("29", "a member that is missing", "{}"),
        json("29", "something behind the end", "{\"signature\":\"YQ==\"}{}"),
        json("29", "5,000 arrays deep", "[".repeat(5_000)),
        json("29", "nothing", "null"),
        json("36", "state in the body", "{\"signature\":\"YQ==\",\"state\":\"RELEASED\"}"),
        json("36", "bank in the body", "{\"signature\":\"YQ==\",\"bank\":2}"),
        json("36", "role in the body", "{\"signature\":\"YQ==\",\"roles\":[\"CHECKER\"]}"));
  }

  private static List<Bad> keys() {
    return List.of(
        new Bad(
            "30",
            "the same key, another body",
            () -> {
              release("used", "{\"signature\":\"YQ==\"}");
              return release("used", "{\"signature\":\"Yg==\"}");
            },
            422,
            "IDEMPOTENCY_MISMATCH"),
        new Bad(
            "32",
            "no key",
            () -> release(" ", "{\"signature\":\"YQ==\"}"),
            400,
            "IDEMPOTENCY_REQUIRED"),
        new Bad(
            "32",
            "a key too long",
            () -> release("k".repeat(101), "{\"signature\":\"YQ==\"}"),
            400,
            "IDEMPOTENCY_REQUIRED"));
  }

  private static List<Bad> others() {
    return List.of(
        new Bad(
            "33",
            "another bank's payroll",
            () -> bank.get(first(), bank.token(ServedBank.FOREIGN, bank.contractor + "-1")),
            404,
            "NOT_FOUND"),
        new Bad(
            "35",
            "content that is not what was looked at",
            () -> release(first(), 1, "\"" + "0".repeat(64) + "\""),
            412,
            "HASH_CHANGED"),
        new Bad(
            "35",
            "no word on what was looked at",
            () -> release(first(), 1, null),
            428,
            "PRECONDITION_REQUIRED"),
        new Bad(
            "35",
            "a signature that is another's",
            () -> release("none", "{\"signature\":\"" + "A".repeat(86) + "==\"}"),
            422,
            "SIGNATURE_INVALID"),
        new Bad(
            "39",
            "a form of another origin",
            () ->
                bank.send(
                    "POST",
                    first() + "/releases",
                    null,
                    Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Origin",
                        "https://elsewhere.example",
                        "Cookie",
                        "session=1"),
                    "signature=YQ%3D%3D".getBytes(UTF_8)),
            401,
            "TOKEN_INVALID"),
        new Bad(
            "39",
            "a GET that would change",
            () -> bank.get(first() + "/releases", bank.person(1)),
            405,
            "METHOD_NOT_ALLOWED"),
        new Bad(
            "39",
            "a method that would change",
            () -> bank.send("DELETE", first(), bank.person(1), Map.of(), new byte[0]),
            405,
            "METHOD_NOT_ALLOWED"));
  }

  private static List<Bad> tokens() {
    var user = bank().contractor + "-1";
    return List.of(
        token("none", null),
        token("no token at all", "abc"),
        token("alg none", new PlainJWT(claims(user).build()).serialize()),
        token("our public key as a secret", secret(user)),
        token("another audience", bank.sign(claims(user).audience("other").build())),
        token("another issuer", bank.sign(claims(user).issuer("https://other").build())),
        token(
            "expired",
            bank.sign(
                claims(user).expirationTime(Date.from(ServedBank.NOW.minusSeconds(60))).build())),
        token("without an end", bank.sign(claims(user).expirationTime(null).build())),
        token("a key of its own", ownKey(user)),
        token("no such user", bank.token("nobody")),
        token("no bank", bank.sign(claims(user).claim("bank", null).build())),
        token("a bank that is a number", bank.sign(claims(user).claim("bank", 1).build())),
        token("a changed signature", bank.token(user) + "A"));
  }

  private static List<Bad> injections() {
    return List.of(
        new Bad(
            "38",
            "SQL as a name",
            () -> bank.get("/v1/payrolls/1'%20OR%20'1'='1", bank.person(1)),
            404,
            "NOT_FOUND"),
        new Bad(
            "38",
            "an expression as a cursor",
            () -> bank.get("/v1/payrolls?cursor=$%7BT(java.lang.Runtime)%7D", bank.person(1)),
            400,
            "REQUEST_INVALID"),
        new Bad(
            "38",
            "no number",
            () -> bank.get("/v1/payrolls?limit=x", bank.person(1)),
            400,
            "REQUEST_INVALID"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedEachTimeAlikeAndKept(Bad bad) throws Exception {
    for (int nth = 1; nth <= 2; nth++) {
      long before = bank.events(bad.code());
      var answer = bad.attempt().make();
      assertThat(answer.status()).as(answer.text()).isEqualTo(bad.status());
      assertThat(answer.code()).isEqualTo(bad.code());
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body().path("title").asString()).containsPattern("\\p{IsHan}.* / .*[a-z]");
      assertThat(answer.text()).doesNotContain("Exception", "\\tat ", "org.wagerail");
      assertThat(bank.events(bad.code())).isEqualTo(before + 1);
    }
    assertThat(bank.lured).hasValue(0);
  }

  // ------------------------------------------------------------------ lines that are wrong

  static Stream<BadLine> lines() {
    return Stream.of(
        new BadLine(
            "19",
            "an amount over the limit",
            text -> recounted(text.replaceFirst("(<InstdAmt Ccy=\"CNY\">)[0-9.]+", "$150000.01")),
            "REFUSE",
            "REFUSED_AMOUNT_OVER_LIMIT"),
        new BadLine(
            "21",
            "a name with a zero width",
            name("张\u200b三"),
            "REFUSE",
            "REFUSED_NAME_BAD_CHARACTER"),
        new BadLine(
            "21",
            "a name that turns round",
            name("张\u202e三"),
            "REFUSE",
            "REFUSED_NAME_BAD_CHARACTER"),
        new BadLine(
            "21",
            "a card with a wrong check digit",
            text ->
                text.replaceFirst(
                    "(?s)(<CdtrAcct>.*?<Id>)[0-9]{19}(</Id>)", "$16222020200112233440$2"),
            "REFUSE",
            "REFUSED_ACCOUNT_INVALID"),
        new BadLine(
            "21",
            "a resident identifier with a wrong check character",
            text ->
                text.replaceFirst(
                    "(?s)(<Cdtr>.*?<Id>)[0-9]{17}[0-9X](</Id>)", "$1330103198801010011$2"),
            "REFUSE",
            "REFUSED_ID_INVALID"),
        new BadLine("22", "a worker twice", BadInputTests::twice, "HOLD", "HELD_DUPLICATE_WAGE"),
        new BadLine("26", "a date in the past", date("2026-10-12"), "REFUSE", "REFUSED_DATE_PAST"),
        new BadLine(
            "26",
            "a year without a calendar",
            date("2027-01-04"),
            "HOLD",
            "HELD_CALENDAR_UNPUBLISHED"),
        new BadLine(
            "38", "SQL as a name", name("'; DROP TABLE payroll; --"), "HOLD", "HELD_NAME_DIFFERS"),
        new BadLine(
            "38",
            "an expression as a name",
            name("__${T(java.lang.Runtime)}__"),
            "HOLD",
            "HELD_NAME_DIFFERS"),
        new BadLine(
            "38",
            "a script as a name",
            name("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "HOLD",
            "HELD_NAME_DIFFERS"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isTakenAndTheLineIsNotPaid(BadLine bad) throws Exception {
    var text = bad.spoil().apply(fresh("line" + files));
    var answer = submit(text);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    bank.round();
    var again = submit(text);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("location")).isEqualTo(answer.header("location"));
    var lines = bank.get(answer.header("location") + "/lines", bank.person(1));
    assertThat(lines.status()).isEqualTo(200);
    assertThat(lines.body().path("items"))
        .as(lines.text())
        .anySatisfy(
            line -> {
              assertThat(line.path("verdict").asString()).isEqualTo(bad.verdict());
              assertThat(line.path("checks"))
                  .anyMatch(check -> check.path("state").asString().equals(bad.state()));
            });
    assertThat(lines.text()).doesNotContain("DROP TABLE", "<script>", "Runtime");
    assertThat(bank.count("SELECT count(*) FROM payroll")).isPositive();
  }

  // ------------------------------------------------------------------ what is no row of a table

  /** Row 24. */
  @Test
  void theSameFileIsTheSamePayroll() throws Exception {
    var again = submit(payroll);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("location")).isEqualTo(first());
    var reformatted = submit(payroll.replace("<PmtInf>", "\n <PmtInf>"));
    assertThat(reformatted.status()).isEqualTo(200);
    assertThat(reformatted.header("location")).isEqualTo(first());
  }

  /** Row 27. */
  @Test
  void aFilesNameIsShownAndNothingElse() throws Exception {
    var names =
        List.of(
            "attachment; filename=\"../../etc/passwd\"",
            "attachment; filename*=UTF-8''a%0D%0Ab.xml",
            "attachment; filename=\"" + "n".repeat(300) + ".xml\"",
            "attachment; filename=\"<script>alert(1)</script>\"",
            "attachment; filename=",
            ";;;");
    for (var name : names) {
      var answer =
          bank.post(
              "/v1/payrolls",
              bank.person(1),
              Map.of("Content-Type", "application/xml", "Content-Disposition", name),
              fresh("name" + files).getBytes(UTF_8));
      assertThat(answer.status()).as(name + answer.text()).isEqualTo(202);
      var shown = bank.get(answer.header("location"), bank.person(1));
      assertThat(shown.header("content-type")).isEqualTo("application/json");
      assertThat(shown.body().path("file").asString())
          .isNotBlank()
          .hasSizeLessThanOrEqualTo(304)
          .doesNotContain("/etc", "\r", "\n");
    }
    bank.round();
  }

  /** Row 2, refused before a byte of the body is read. */
  @Test
  void aFileThatSaysItIsTooLargeIsNotRead() throws Exception {
    try (var raw = new Raw()) {
      raw.send(head("POST", "/v1/payrolls", bank.person(1)) + "Content-Length: 200000000\r\n\r\n");
      assertThat(raw.read())
          .startsWith("HTTP/1.1 413")
          .contains("FILE_TOO_LARGE", "Connection: close");
    }
  }

  /** Row 28. */
  @Test
  void aSlowUploadIsGivenUpAndKeepsNobodyElseOut() throws Exception {
    var foreign = bank.token(ServedBank.FOREIGN, bank.contractor + "-1");
    var begin = head("POST", "/v1/payrolls", foreign) + "Content-Length: 1000\r\n\r\n<a>";
    try (var slow = new Raw()) {
      slow.send(begin);
      var second = bank.submit(foreign, "<a/>".getBytes(UTF_8));
      for (int nth = 0; nth < 100 && second.status() != 429; nth++) {
        // Of two that meet at the door, the slow one may have been turned away.
        if (slow.isAnswered()) {
          slow.again();
          slow.send(begin);
        }
        second = bank.submit(foreign, "<a/>".getBytes(UTF_8));
      }
      assertThat(second.code()).isEqualTo("TOO_MANY_UPLOADS");
      assertThat(second.header("retry-after")).isEqualTo("1");
      assertThat(bank.get(first(), bank.person(1)).status()).isEqualTo(200);
      Thread.sleep(1_100);
      slow.send("<b>");
      assertThat(slow.read())
          .startsWith("HTTP/1.1 408")
          .contains("UPLOAD_TOO_SLOW", "Connection: close");
    }
  }

  /** Row 31. */
  @Test
  void aRequestAtWorkIsNotDoneTwice() throws Exception {
    var transaction =
        new org.springframework.transaction.support.TransactionTemplate(
            bank.engine.bean(org.springframework.transaction.PlatformTransactionManager.class));
    var answer =
        transaction.execute(
            _ -> {
              bank.jdbc
                  .sql(
                      """
                      SELECT pg_advisory_xact_lock(('x' || encode(substring(sha256(convert_to(
                               'request ' || bank || ' ' || person || ' at-work', 'UTF8'))
                               FROM 1 FOR 8), 'hex'))::bit(64)::bigint)
                        FROM user_role WHERE user_name = ? AND bank = (
                             SELECT bank FROM bank WHERE code = ?)
                      """)
                  .params(bank.contractor + "-1", Province.BANK)
                  .query(_ -> {});
              return attempt(() -> release("at-work", "{\"signature\":\"YQ==\"}"));
            });
    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }

  /** The same key and the same request get the same answer, and one effect. */
  @Test
  void aRequestAskedAgainIsAnsweredAsBefore() throws Exception {
    var path = taken("again");
    var read = bank.get(path, bank.person(1));
    var headers =
        Map.of(
            "Idempotency-Key", "again",
            "If-Match", read.header("etag"),
            "Content-Type", "application/json");
    var body = bank.signature(read.body(), 1);
    var first = bank.post(path + "/releases", bank.person(1), headers, body);
    var second = bank.post(path + "/releases", bank.person(1), headers, body);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.status()).isEqualTo(200);
    assertThat(first.header("idempotent-replayed")).isEqualTo("false");
    assertThat(second.header("idempotent-replayed")).isEqualTo("true");
  }

  /** Row 34, by the same account, by another account of the same person. */
  @Test
  void onePersonIsOnePairOfEyesWhateverTheAccount() throws Exception {
    var path = taken("eyes");
    assertThat(release(path, 1, tag(path)).status()).isEqualTo(200);
    var read = bank.get(path, bank.person(1));
    for (var account : List.of("-1", "-again")) {
      var again =
          bank.post(
              path + "/releases",
              bank.token(bank.contractor + account),
              Map.of("If-Match", read.header("etag"), "Content-Type", "application/json"),
              bank.signature(read.body(), 1));
      assertThat(again.status()).as(account + again.text()).isEqualTo(403);
      assertThat(again.code()).isEqualTo("FOUR_EYES");
    }
    assertThat(bank.get(path, bank.person(1)).body().path("signatures").asInt()).isEqualTo(1);
  }

  /** Row 35. */
  @Test
  void ofTwoWhoWantToBeTheSecondOneIs() throws Exception {
    var path = taken("race");
    assertThat(release(path, 1, tag(path)).status()).isEqualTo(200);
    var tag = tag(path);
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<Callable<ServedBank.Answer>> rivals =
          List.of(() -> release(path, 2, tag), () -> release(path, 3, tag));
      var statuses = new ArrayList<Integer>();
      var codes = new ArrayList<String>();
      for (var answer : threads.invokeAll(rivals)) {
        statuses.add(answer.get().status());
        codes.add(answer.get().code());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 409);
      assertThat(codes).containsExactlyInAnyOrder("", "STATE_CONFLICT");
    }
    assertThat(bank.get(path, bank.person(1)).body().path("signatures").asInt()).isEqualTo(2);
  }

  /** Row 37: nobody learns what is wrong with a token. */
  @Test
  void everyBadTokenIsRefusedInTheSameWords() throws Exception {
    var texts = new ArrayList<String>();
    for (var bad : tokens()) {
      texts.add(bad.attempt().make().text());
    }
    assertThat(texts.stream().distinct()).hasSize(1);
  }

  /** Row 41. */
  @Test
  void theServerIsStrictAboutItsProtocol() throws Exception {
    var head = head("POST", "/v1/payrolls", bank.person(1));
    assertThat(raw(head + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n<a/>"))
        .startsWith("HTTP/1.1 400");
    // The length is not believed, and nothing that follows on the connection is read.
    assertThat(
            raw(
                head
                    + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + "GET /v1/users HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("Connection: close")
        .containsOnlyOnce("HTTP/1.1 ");
    assertThat(raw(head + "Transfer-Encoding: x\r\n\r\n")).containsPattern("HTTP/1.1 (400|501)");
    assertThat(raw(head + "X: " + "x".repeat(100_000) + "\r\n\r\n"))
        .containsPattern("HTTP/1.1 (400|431)");
    assertThat(raw(head("TRACE", "/v1/payrolls", bank.person(1)) + "\r\n"))
        .startsWith("HTTP/1.1 405");
    assertThat(
            raw(
                "GET /v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n"
                    + "Host: x\r\n"
                    + "Connection: close\r\n\r\n"))
        .containsPattern("HTTP/1.1 (400|401|404)")
        .doesNotContain("root:");
  }

  // ------------------------------------------------------------------ tools

  private static ServedBank bank() {
    return bank;
  }

  private static String payroll() {
    return payroll;
  }

  private static Bad file(String row, String input, String text, int status, String code) {
    return new Bad(row, input, () -> submit(text), status, code);
  }

  private static Bad json(String row, String input, String body) {
    return new Bad(row, input, () -> release("none", body), 400, "BODY_INVALID");
  }

  private static Bad token(String input, String token) {
    return new Bad("37", input, () -> bank.get("/v1/payrolls", token), 401, "TOKEN_INVALID");
  }

  private static ServedBank.Answer submit(String text) throws Exception {
    return bytes(text.getBytes(UTF_8));
  }

  private static ServedBank.Answer bytes(byte[] bytes) throws Exception {
    return bank.submit(bank.person(1), bytes);
  }

  /** A payroll that was never sent. */
  private static String fresh(String suffix) {
    files++;
    return payroll.replace("</MsgId>", "-" + suffix + "</MsgId>");
  }

  /** Where a payroll is that was taken in and read. */
  private static String taken(String suffix) throws Exception {
    var path = submit(fresh(suffix)).header("location");
    bank.round();
    return path;
  }

  private static String first() {
    var id =
        bank.jdbc
            .sql("SELECT month || '-' || document FROM inbound_document ORDER BY document LIMIT 1")
            .query(String.class)
            .single();
    return "/v1/payrolls/" + id;
  }

  private static String tag(String path) throws Exception {
    return bank.get(path, bank.person(1)).header("etag");
  }

  private static ServedBank.Answer release(String path, int nth, String tag) throws Exception {
    var read = bank.get(path, bank.person(nth));
    return bank.post(
        path + "/releases",
        bank.person(nth),
        tag == null
            ? Map.of("Content-Type", "application/json")
            : Map.of("If-Match", tag, "Content-Type", "application/json"),
        bank.signature(read.body(), nth));
  }

  private static ServedBank.Answer release(String key, String body) throws Exception {
    return bank.post(
        first() + "/releases",
        bank.person(1),
        key.equals("none")
            ? Map.of("If-Match", tag(first()), "Content-Type", "application/json")
            : Map.of(
                "Idempotency-Key",
                key,
                "If-Match",
                tag(first()),
                "Content-Type",
                "application/json"),
        body.getBytes(UTF_8));
  }

  private static ServedBank.Answer attempt(Attempt attempt) {
    try {
      return attempt.make();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String body(String text) {
    return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">"
        + "<CstmrCdtTrfInitn><GrpHdr><MsgId>"
        + text
        + "</MsgId></GrpHdr></CstmrCdtTrfInitn></Document>";
  }

  private static String laughs() {
    var text = new StringBuilder("<!DOCTYPE d [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      text.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    }
    return text + "]>" + body("&a29;");
  }

  private static UnaryOperator<String> name(String name) {
    return text ->
        text.replaceFirst("(?<=<Cdtr><Nm>)[^<]+", java.util.regex.Matcher.quoteReplacement(name));
  }

  private static UnaryOperator<String> date(String date) {
    return text -> text.replace(ServedBank.PAY_DATE.toString(), date);
  }

  private static String twice(String text) {
    int from = text.indexOf("<CdtTrfTxInf>");
    int to = text.indexOf("</CdtTrfTxInf>") + "</CdtTrfTxInf>".length();
    var line = text.substring(from, to).replace("</EndToEndId>", "-x</EndToEndId>");
    return recounted(text.substring(0, to) + line + text.substring(to));
  }

  private static String recounted(String text) {
    var sum = new BigDecimal("0.00");
    int count = 0;
    var amount = Pattern.compile("<InstdAmt Ccy=\"CNY\">([0-9.]+)<").matcher(text);
    while (amount.find()) {
      sum = sum.add(new BigDecimal(amount.group(1)));
      count++;
    }
    return text.replaceAll("<NbOfTxs>[0-9]+<", "<NbOfTxs>" + count + "<")
        .replaceAll("<CtrlSum>[0-9.]+<", "<CtrlSum>" + sum.toPlainString() + "<");
  }

  private static JWTClaimsSet.Builder claims(String user) {
    return bank.claims(Province.BANK, user);
  }

  private static String secret(String user) {
    try {
      var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(user).build());
      token.sign(new MACSigner(bank.key().toPublicJWK().toJSONString()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ownKey(String user) {
    return bank.sign(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID("k1")
            .jwkURL(URI.create(bank.outside("/lure")))
            .build(),
        claims(user).build());
  }

  private static String head(String method, String path, String token) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/xml\r\nIdempotency-Key: raw-"
        + files++
        + "\r\n";
  }

  private static String raw(String request) throws IOException {
    try (var raw = new Raw()) {
      raw.send(request);
      return raw.read();
    }
  }

  /** A connection on which anything can be said. */
  private static final class Raw implements AutoCloseable {
    private Socket socket;

    Raw() throws IOException {
      socket = connect();
    }

    private static Socket connect() throws IOException {
      var socket = new Socket("127.0.0.1", URI.create(bank.url).getPort());
      socket.setSoTimeout(20_000);
      return socket;
    }

    boolean isAnswered() throws IOException {
      return socket.getInputStream().available() > 0;
    }

    /** On a connection of its own. */
    void again() throws IOException {
      socket.close();
      socket = connect();
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.getOutputStream().flush();
    }

    /** All that comes until the server hangs up, or one answer whose length is told. */
    String read() throws IOException {
      var all = new ByteArrayOutputStream();
      var in = socket.getInputStream();
      var buffer = new byte[8_192];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        all.write(buffer, 0, read);
        if (isWhole(all.toString(UTF_8))) {
          break;
        }
      }
      return all.toString(UTF_8);
    }

    private static boolean isWhole(String text) {
      int end = text.indexOf("\r\n\r\n");
      var length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(text);
      return end > 0
          && !text.contains("Connection: close")
          && length.find()
          && text.substring(end + 4).getBytes(UTF_8).length >= Integer.parseInt(length.group(1));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
