package org.wagerail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, in a process of its own. */
class ServeTests {
  private static final Pattern URL = Pattern.compile("http://[0-9.]+:[0-9]+");

  @TempDir Path folder;

  @Test
  void servesTheSandboxUntilItIsToldToStop() throws Exception {
    var process = start(Map.of(), "serve", "--sandbox", "--port", "0");
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var said = out.readLine();
      var url = URL.matcher(said);
      assertThat(url.find()).as(said).isTrue();
      assertThat(said).contains("服务已启动", "Serving");
      // Nobody is on the register, and a stranger learns nothing.
      assertThat(status("POST", url.group() + "/sandbox/tokens?bank=1&user=x")).isEqualTo(404);
      assertThat(status("GET", url.group() + "/v1/payrolls")).isEqualTo(401);
      assertThat(status("GET", url.group() + "/actuator/health")).isEqualTo(401);

      // The process's own destroy would close the stream with its last words.
      process.toHandle().destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      // 128 and the signal's number, as of every process that a signal ended.
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(out.lines().toList())
          .anyMatch(line -> line.contains("正在停止"))
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
      assertThat(folder.resolve("home/data/postmaster.pid")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void outsideTheSandboxWantsADatabaseAndAnIssuerByName() throws Exception {
    var noDatabase = start(Map.of(), "serve");
    assertThat(noDatabase.waitFor()).isEqualTo(3);
    assertThat(text(noDatabase)).contains("WAGERAIL_DB_URL", "--embedded-database", "正式服务");
    var noIssuer = start(Map.of(), "serve", "--embedded-database");
    assertThat(noIssuer.waitFor()).isEqualTo(3);
    assertThat(text(noIssuer)).contains("WAGERAIL_JWKS_URL", "issuer of tokens");
    assertThat(Files.exists(folder.resolve("home/data/PG_VERSION"))).isFalse();
  }

  private static int status(String method, String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .statusCode();
    }
  }

  private static String text(Process process) throws Exception {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Process start(Map<String, String> environment, String... words) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.wagerail.ops.Wagerail"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WAGERAIL_"));
    builder.environment().put("WAGERAIL_HOME", folder.resolve("home").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
