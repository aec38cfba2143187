package org.wagerail.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.SheetTemplate;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.province.Province;
import org.wagerail.ops.province.ProvinceSpec;
import org.wagerail.project.ReferenceData;

/** The contractors' folder under a home whose path means something to a URI. */
class WatchedFolderTests {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A machine without a UTF-8 locale cannot name a file in Chinese at all. */
  private static final String WAGES =
      "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? "工资" : "wages";

  @TempDir static Path root;
  private static Engine engine;
  private static Path watched;
  private static String payroll;

  private Path folder;

  @BeforeAll
  static void open() throws IOException {
    var home = Home.at(root.resolve(WAGES + " home? &+#'"));
    watched = home.in().resolve("contractor");
    engine = Engine.open(home, Map.of("wagerail.contractor.folder", watched.toString()));
    var province = root.resolve("province");
    Province.generate(ProvinceSpec.of(1, 1, 3, LocalDate.of(2026, 10, 15)), province);
    assertThat(
            engine
                .bean(ReferenceData.class)
                .importDirectory(province, "test", Instant.parse("2026-10-12T01:00:00Z"))
                .findings())
        .isEmpty();
    try (var files = Files.newDirectoryStream(province.resolve("payrolls"), "*.xml")) {
      payroll = Files.readString(files.iterator().next());
    }
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(watched.resolve(Province.BANK));
  }

  @Test
  void takesHundredsAtOnceUnderWhateverName() throws Exception {
    var names =
        Stream.concat(
                Stream.of(
                    "a".repeat(251) + ".xml",
                    "back\\..\\..\\slash.xml",
                    "a line\n${file:name} $(id) \"'.XML",
                    WAGES + ".xml"),
                Stream.iterate(1, n -> n + 1).limit(700).map(n -> "many-" + n + ".xml"))
            .toList();
    for (var name : names) {
      drop(name, payroll.replace("<MsgId>", "<MsgId>" + names.indexOf(name)));
    }

    until(() -> taken("many-") == 700 && remaining().isEmpty());

    assertThat(taken("")).isGreaterThanOrEqualTo(names.size());
    assertThat(count("SELECT count(*) FROM inbound_repeat")).isZero();
    try (var files = Files.walk(folder.resolve(".taken"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsAll(names);
    }
  }

  @Test
  void takesNoFileBeforeItsRootIsClosed() throws Exception {
    var half = payroll.substring(0, payroll.length() / 2);
    var file = drop("growing.xml", half);
    afterAWholeFile("beside-growing");
    assertThat(taken("growing")).isZero();

    Files.writeString(file, payroll.substring(half.length()), StandardOpenOption.APPEND);

    until(() -> taken("growing") == 1);
    assertThat(count("SELECT size FROM inbound_document WHERE name = 'growing.xml'"))
        .isEqualTo(payroll.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
  }

  @Test
  void takesNoWorkbookBeforeItsDirectoryIsWritten() throws Exception {
    var out = new java.io.ByteArrayOutputStream();
    SheetTemplate.write(DocumentKind.XLSX, out);
    var bytes = out.toByteArray();
    int half = bytes.length / 2;
    var file = Files.write(folder.resolve("swelling.xlsx"), Arrays.copyOf(bytes, half));
    afterAWholeFile("beside-swelling");
    assertThat(taken("swelling.xlsx")).isZero();

    Files.write(file, Arrays.copyOfRange(bytes, half, bytes.length), StandardOpenOption.APPEND);

    until(() -> taken("swelling.xlsx") == 1);
    assertThat(count("SELECT size FROM inbound_document WHERE name = 'swelling.xlsx'"))
        .isEqualTo(bytes.length);
  }

  @Test
  void leavesWhatIsNoPlainFileOrNobodysWhereItIs() throws Exception {
    var secret = Files.writeString(root.resolve("secret"), "<a></a>");
    Files.createSymbolicLink(folder.resolve("link.xml"), secret);
    Files.createDirectory(folder.resolve("folder.xml"));
    var stranger = Files.createDirectories(watched.resolve("999999999999")).resolve("x.xml");
    Files.writeString(stranger, payroll);
    drop("after.xml", payroll.replace("<MsgId>", "<MsgId>after"));

    until(() -> taken("after") == 1);

    assertThat(stranger).exists();
    assertThat(taken("link")).isZero();
    Files.delete(folder.resolve("link.xml"));
    Files.delete(folder.resolve("folder.xml"));
  }

  /** What came later and is whole has rested as long as anything that came before. */
  private void afterAWholeFile(String name) throws Exception {
    drop(name + ".xml", payroll.replace("<MsgId>", "<MsgId>" + name));
    until(() -> taken(name) == 1);
  }

  private Path drop(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<Path> remaining() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static long taken(String begin) {
    return count("SELECT count(*) FROM inbound_document WHERE name LIKE '" + begin + "%'");
  }

  private static long count(String sql) {
    return engine.bean(JdbcClient.class).sql(sql).query(Long.class).single();
  }

  private static void until(Callable<Boolean> holds) throws Exception {
    var end = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(50);
    }
  }
}
