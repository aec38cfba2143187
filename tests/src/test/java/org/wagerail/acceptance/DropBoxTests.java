package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.SheetTemplate;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.project.ReferenceData;

/**
 * A bank's drop box on a real SSH server: fetched from once, answered into, and known by its key.
 */
class DropBoxTests {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path root;
  private static final AtomicInteger CONNECTIONS = new AtomicInteger();
  private static final AtomicInteger LOGINS = new AtomicInteger();
  private static SshServer server;
  private static Path box;
  private static Path knownHosts;
  private static Path key;
  private static String payroll;

  @BeforeAll
  static void start() throws Exception {
    var ours = rsa();
    var host = rsa();
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator(
        (user, offered, session) -> {
          boolean known = user.equals("bank") && KeyUtils.compareKeys(offered, ours.getPublic());
          LOGINS.addAndGet(known ? 1 : 0);
          return known;
        });
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root.resolve("server")));
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionCreated(Session session) {
            CONNECTIONS.incrementAndGet();
          }
        });
    box = Files.createDirectories(root.resolve("server/wage box"));
    Files.createDirectories(box.resolve("in").resolve(Province.BANK));
    server.start();
    key = Files.writeString(root.resolve("key"), pem(ours));
    knownHosts = Files.writeString(root.resolve("known_hosts"), hostLine(host));
    var province = root.resolve("province");
    Province.generate(ProvinceSpec.of(1, 1, 3, LocalDate.of(2026, 10, 15)), province);
    try (var files = Files.newDirectoryStream(province.resolve("payrolls"), "*.xml")) {
      payroll = Files.readString(files.iterator().next());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.stop(true);
  }

  private static KeyPair rsa() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    var body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(pair.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static String hostLine(KeyPair pair) {
    return "[127.0.0.1]:"
        + server.getPort()
        + " "
        + PublicKeyEntry.toString(pair.getPublic())
        + "\n";
  }

  private static Engine open(String home, Path known) {
    var properties = new HashMap<String, Object>();
    properties.put(
        "wagerail.contractor.dropbox.address",
        "sftp://bank@127.0.0.1:" + server.getPort() + "/wage%20box");
    properties.put("wagerail.contractor.dropbox.key", key.toString());
    properties.put("wagerail.contractor.dropbox.known-hosts", known.toString());
    properties.put("wagerail.contractor.dropbox.work", root.resolve("work").toString());
    return Engine.open(Home.at(root.resolve(home)), properties);
  }

  @Test
  void fetchesWholeFilesOnceAndPutsAnswersBack() throws Exception {
    try (var engine = open("home", knownHosts)) {
      var jdbc = engine.bean(JdbcClient.class);
      assertThat(
              engine
                  .bean(ReferenceData.class)
                  .importDirectory(
                      root.resolve("province"), "test", Instant.parse("2026-10-12T01:00:00Z"))
                  .findings())
          .isEmpty();
      var in = box.resolve("in").resolve(Province.BANK);
      var out = new ByteArrayOutputStream();
      SheetTemplate.write(DocumentKind.XLSX, out);
      var sheet = out.toByteArray();

      // Half an upload, and whole files beside it that are taken meanwhile.
      int half = sheet.length / 2;
      Files.write(in.resolve("growing.xlsx"), Arrays.copyOf(sheet, half));
      Files.writeString(in.resolve("message.xml"), payroll);
      Files.writeString(in.resolve("notes.txt"), "not for us");
      until(() -> count(jdbc, "inbound_document") == 1);
      until(() -> !Files.exists(in.resolve("message.xml")));
      assertThat(taken(in)).containsExactly("message.xml");

      Files.write(
          in.resolve("growing.xlsx"),
          Arrays.copyOfRange(sheet, half, sheet.length),
          StandardOpenOption.APPEND);
      Files.writeString(in.resolve("message-again.xml"), payroll);
      until(() -> count(jdbc, "inbound_document") == 2 && count(jdbc, "inbound_repeat") == 1);
      assertThat(
              jdbc.sql("SELECT size FROM inbound_document WHERE name = 'growing.xlsx'")
                  .query(Long.class)
                  .single())
          .isEqualTo(sheet.length);

      var at = Instant.parse("2026-10-13T02:00:00Z");
      engine.bean(PayDay.class).intake(1, at);
      engine.bean(Delivery.class).drain(at);
      var answers = box.resolve("out").resolve(Province.BANK);
      // One on its way has a name that nobody looks for.
      until(
          () ->
              Files.exists(answers)
                  && names(answers).size() == 3
                  && names(answers).stream()
                      .allMatch(
                          name -> name.matches("(pain\\.002|annotated)-received-.*\\.(xml|xlsx)")));
      assertThat(in.resolve("notes.txt")).exists();
      assertThat(root.resolve("work")).isEmptyDirectory();
    }
  }

  @Test
  void leavesAServerAloneThatCannotProveItself() throws Exception {
    var stranger = Files.writeString(root.resolve("other_hosts"), hostLine(rsa()));
    Files.writeString(box.resolve("in").resolve(Province.BANK).resolve("secret.xml"), payroll);
    int logins = LOGINS.get();
    int connections = CONNECTIONS.get();
    try (var engine = open("other", stranger)) {
      until(() -> CONNECTIONS.get() > connections + 1);
      assertThat(count(engine.bean(JdbcClient.class), "inbound_document")).isZero();
    }
    assertThat(LOGINS.get()).isEqualTo(logins);
    Files.delete(box.resolve("in").resolve(Province.BANK).resolve("secret.xml"));
  }

  private static List<String> taken(Path in) throws IOException {
    try (var files = Files.walk(in.resolve(".taken"))) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private static int count(JdbcClient jdbc, String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
  }

  private static void until(Callable<Boolean> holds) throws Exception {
    var end = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(50);
    }
  }
}
