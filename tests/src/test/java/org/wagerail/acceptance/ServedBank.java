package org.wagerail.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.ops.server.Rounds;
import org.wagerail.ops.server.SandboxClock;
import org.wagerail.project.ReferenceData;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A bank's server on a port of its own, outside the sandbox: tokens come from an issuer that the
 * test plays, with its keys behind a URL. A second bank has the same user names and nothing else.
 */
final class ServedBank implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-10-13T02:00:00Z");
  static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);
  static final String FOREIGN = "102331000099";
  static final String ISSUER = "https://issuer.example";

  /** A server that hangs fails its test instead of holding it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer as it came. */
  record Answer(int status, JsonNode body, String text, Map<String, List<String>> headers) {
    String code() {
      return body.path("code").asString("");
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  final Engine engine;
  final JdbcClient jdbc;
  final String url;
  final String contractor;
  final String otherContractor;
  final AtomicInteger lured = new AtomicInteger();
  private final Path folder;
  private final boolean sandbox;
  private final Clock clock;
  private java.security.KeyPair third;
  private final HttpServer issuer;
  private final ECKey key;
  private final AtomicInteger keys = new AtomicInteger();
  private final AtomicInteger rounds = new AtomicInteger();

  private ServedBank(Path folder, boolean sandbox) throws Exception {
    this.folder = folder;
    this.sandbox = sandbox;
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/jwks",
        exchange -> {
          var body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.createContext(
        "/lure",
        exchange -> {
          lured.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    issuer.start();
    var home = Home.at(folder.resolve("home"));
    clock =
        sandbox
            ? new SandboxClock(
                Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), NOW)))
            : Clock.fixed(NOW, ZoneOffset.UTC);
    engine = Engine.serve(home, Map.of(), sandbox ? sandbox(home) : outside(), clock);
    url = "http://127.0.0.1:" + engine.port();
    jdbc = engine.bean(JdbcClient.class);
    var province = folder.resolve("province");
    Province.generate(
        ProvinceSpec.of(11, 2, 12, PAY_DATE).withVersion("pain.001.001.09"), province);
    importFrom(province);
    var signatories = Files.readAllLines(province.resolve("signatories.csv"));
    contractor = signatories.get(1).split(",")[1];
    otherContractor = signatories.getLast().split(",")[1];
    importFrom(foreignBank(province, folder.resolve("foreign")));
    importFrom(moreUsers(province, folder.resolve("more")));
  }

  static ServedBank open(Path folder) throws Exception {
    return new ServedBank(folder, false);
  }

  /** The sandbox: its own tokens, its partners at play, and a clock that starts at NOW. */
  static ServedBank sandbox(Path folder) throws Exception {
    return new ServedBank(folder, true);
  }

  private static Map<String, Object> sandbox(Home home) {
    return Map.of(
        "server.port",
        0,
        "server.address",
        "127.0.0.1",
        "wagerail.sandbox",
        true,
        "wagerail.clearing.folder",
        home.in().resolve("clearing").toString(),
        "wagerail.core.folder",
        home.in().resolve("core").toString());
  }

  private Map<String, Object> outside() {
    return Map.of(
        "server.port",
        0,
        "server.address",
        "127.0.0.1",
        "wagerail.jwks",
        outside("/jwks"),
        "wagerail.issuer",
        ISSUER,
        "wagerail.audience",
        "wagerail");
  }

  private void importFrom(Path directory) {
    var report = engine.bean(ReferenceData.class).importDirectory(directory, "tests", NOW);
    if (!report.accepted()) {
      throw new IllegalStateException(report.findings().toString());
    }
  }

  /** The same users in another bank, and their firms with them. */
  private static Path foreignBank(Path province, Path foreign) throws IOException {
    Files.createDirectories(foreign);
    Files.writeString(
        foreign.resolve("banks.csv"),
        "code,name_zh,name_en,zone\n" + FOREIGN + ",他行,Other Bank,Asia/Shanghai\n");
    for (var file : List.of("firms.csv", "users.csv")) {
      Files.writeString(
          foreign.resolve(file),
          Files.readString(province.resolve(file)).replace(Province.BANK + ",", FOREIGN + ","));
    }
    return foreign;
  }

  /**
   * A second account of the contractor's first person, a third person who may sign, and a person of
   * another firm.
   */
  private Path moreUsers(Path province, Path more) throws Exception {
    Files.createDirectories(more);
    third = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var users = Files.readAllLines(province.resolve("users.csv"));
    Files.writeString(
        more.resolve("users.csv"),
        users.get(0).replace("id_number", "id_number,id_scheme")
            + "\n"
            + users.get(1).replaceFirst("-1,", "-again,").replaceFirst("([0-9X]{18}),", "$1,,")
            + "\n%s,%s-3,CONTRACTOR,P1234567,PASSPORT,第三人,%s,2026-03-01,bank\n"
                .formatted(Province.BANK, contractor, contractor)
            + "%s,stranger,CONTRACTOR,P7654321,PASSPORT,外人,%s,2026-03-01,bank\n"
                .formatted(Province.BANK, otherFirm(province)));
    Files.writeString(
        more.resolve("signatories.csv"),
        "bank,firm,id_number,id_scheme,name,public_key,from_date,source\n%s,%s,P1234567,PASSPORT,第三人,%s,2026-03-01,bank\n"
            .formatted(
                Province.BANK,
                contractor,
                Base64.getEncoder().encodeToString(third.getPublic().getEncoded())));
    return more;
  }

  private String otherFirm(Path province) throws IOException {
    return Files.readAllLines(province.resolve("firms.csv")).stream()
        .skip(1)
        .map(row -> row.split(",")[1])
        .filter(firm -> !firm.equals(contractor))
        .findFirst()
        .orElseThrow();
  }

  /** A URL of the test's own server. */
  String outside(String path) {
    return "http://127.0.0.1:" + issuer.getAddress().getPort() + path;
  }

  // ------------------------------------------------------------------ tokens

  String token(String user) {
    return token(Province.BANK, user);
  }

  String token(String bank, String user) {
    if (sandbox) {
      return counter("tokens", "bank=" + bank + "&user=" + user).body().path("token").asString();
    }
    return sign(claims(bank, user).build());
  }

  JWTClaimsSet.Builder claims(String bank, String user) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("wagerail")
        .subject(user)
        .claim("bank", bank)
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(3_600)));
  }

  String sign(JWTClaimsSet claims) {
    return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims);
  }

  String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  ECKey key() {
    return key;
  }

  /** The contractor's first or second person. */
  String person(int nth) {
    return token(contractor + "-" + nth);
  }

  // ------------------------------------------------------------------ requests

  Answer get(String path, String token) throws Exception {
    return send("GET", path, token, Map.of(), new byte[0]);
  }

  /** A POST with a key of its own, unless the headers bring one. */
  Answer post(String path, String token, Map<String, String> headers, byte[] body)
      throws Exception {
    var all = new HashMap<String, String>();
    all.put("Idempotency-Key", "key-" + keys.incrementAndGet());
    all.putAll(headers);
    return send("POST", path, token, all, body);
  }

  Answer submit(String token, byte[] body) throws Exception {
    return post("/v1/payrolls", token, Map.of("Content-Type", "application/xml"), body);
  }

  /** A payroll that does not say how long it is. */
  Answer chunked(String path, String token, byte[] body) throws Exception {
    return answer(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/xml")
            .header("Idempotency-Key", "key-" + keys.incrementAndGet())
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
  }

  Answer send(String method, String path, String token, Map<String, String> headers, byte[] body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    return answer(request);
  }

  private static Answer answer(HttpRequest.Builder request) throws Exception {
    var response =
        CLIENT.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(), read(response.body()), response.body(), response.headers().map());
  }

  private static JsonNode read(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Asks at the sandbox's counter, where nobody is asked who he is. */
  Answer counter(String path, String form) {
    try {
      return answer(
          HttpRequest.newBuilder(URI.create(url + "/sandbox/" + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  // ------------------------------------------------------------------ payrolls

  /** The province's payrolls. */
  String payroll(int nth) throws IOException {
    try (var files = Files.list(folder.resolve("province/payrolls"))) {
      return Files.readString(
          files
              .filter(f -> f.toString().endsWith(".xml"))
              .sorted()
              .skip(nth)
              .findFirst()
              .orElseThrow());
    }
  }

  /** The same payroll as another file that says something else. */
  static byte[] renamed(String payroll, String suffix) {
    return payroll.replace("</MsgId>", suffix + "</MsgId>").getBytes(StandardCharsets.UTF_8);
  }

  /** A round at an instant of its own: a job of the same instant is the same job. */
  void round() {
    engine
        .bean(Rounds.class)
        .go(sandbox ? clock.instant() : NOW.plusSeconds(rounds.incrementAndGet()));
  }

  /** The body of a release: one person's signature over what the payroll says is to be signed. */
  byte[] signature(JsonNode payroll, int nth) throws Exception {
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(
        nth == 3
            ? third.getPrivate()
            : KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(keyFile(nth)))));
    signature.update(Base64.getDecoder().decode(payroll.path("toSign").asString()));
    return ("{\"signature\":\"" + Base64.getEncoder().encodeToString(signature.sign()) + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  Path keyFile(int nth) {
    return folder.resolve("province/keys/" + contractor + "-" + nth + ".pk8");
  }

  /** How often something was refused for this reason. */
  long events(String code) {
    return jdbc.sql("SELECT count(*) FROM security_event WHERE kind = ?")
        .param(code)
        .query(Long.class)
        .single();
  }

  long count(String sql) {
    return Optional.of(jdbc.sql(sql).query(Long.class).single()).orElseThrow();
  }

  @Override
  public void close() {
    engine.close();
    issuer.stop(0);
  }
}
