package org.wagerail.ops.cli;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Database;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.server.Rounds;
import org.wagerail.ops.server.SandboxClock;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Serves REST, watches the contractors' folders and keeps the days' rounds, until it is stopped.
 */
@CommandLine.Command
final class Serve implements Callable<Integer> {
  static final String JWKS = "WAGERAIL_JWKS_URL";
  static final String ISSUER = "WAGERAIL_ISSUER";
  static final String AUDIENCE = "WAGERAIL_AUDIENCE";

  /** Whether events may be sent into the bank's own network: yes, or no as by default. */
  static final String PRIVATE_WEBHOOKS = "WAGERAIL_WEBHOOK_PRIVATE";

  /** Whose folders are watched. */
  private static final List<String> COUNTERPARTS = List.of("contractor", "clearing", "core");

  private static final int MOST_PORTS = 65_535;

  private static final long MILLISECONDS_BETWEEN_ROUNDS = 1_000;

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = {"监听端口，默认8080；0为任选", "The port, 8080 by default; 0 is any"})
  private int port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "监听地址，默认只限本机；TLS由前置代理终结",
        "The address, this machine only by default; a proxy in front ends TLS"
      })
  private String address = "";

  @Option(
      names = "--sandbox",
      description = {
        "沙箱：内嵌数据库，自带令牌签发，任何人可取任何用户的令牌",
        "Sandbox: embedded database, an issuer of tokens that gives anybody's to anybody"
      })
  private boolean sandbox;

  @Option(
      names = "--embedded-database",
      description = {
        "沙箱之外也使用内嵌数据库：只有一台机器、没有副本",
        "Use the embedded database outside the sandbox too: one machine, no replica"
      })
  private boolean embedded;

  @Override
  public Integer call() throws InterruptedException {
    var line = Objects.requireNonNull(command).commandLine();
    if (port < 0 || port > MOST_PORTS) {
      throw new ParameterException(line, "端口须为0至65535 the port is not 0 to 65535: " + port);
    }
    var out = line.getOut();
    var environment = System.getenv();
    var home = Home.ofEnvironment(environment);
    var properties = properties(home, environment);
    var clock = sandbox ? new SandboxClock(Clock.systemUTC()) : Clock.systemUTC();
    var stopping = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  await(stopped);
                }));
    // The sandbox never touches a bank's own database, whatever the environment names.
    try (var engine = Engine.serve(home, sandbox ? Map.of() : environment, properties, clock)) {
      var url = "http://" + address + ":" + engine.port();
      out.println("服务已启动，Ctrl-C结束 Serving, Ctrl-C ends: " + url + "/v1");
      for (var counterpart : COUNTERPARTS) {
        out.println("监视目录 Watched folder: " + home.in().resolve(counterpart) + "/<bank code>");
      }
      if (sandbox) {
        out.println(
            "沙箱令牌 A sandbox token: curl -d bank=<code> -d user=<user> " + url + "/sandbox/tokens");
        out.println(
            "时钟与入账 Its clock and credits: " + url + "/sandbox/clock, " + url + "/sandbox/credits");
      }
      var rounds = engine.bean(Rounds.class);
      while (!stopping.await(MILLISECONDS_BETWEEN_ROUNDS, TimeUnit.MILLISECONDS)) {
        rounds.go(clock.instant());
      }
      out.println("正在停止，先答复进行中的请求 Stopping; requests at work are answered first");
    } finally {
      stopped.countDown();
    }
    return Terminal.YES;
  }

  private Map<String, Object> properties(Home home, Map<String, String> environment) {
    var line = Objects.requireNonNull(command).commandLine();
    var properties = new HashMap<>(Watch.doors(line, home, environment));
    for (var counterpart : COUNTERPARTS) {
      properties.put(
          "wagerail." + counterpart + ".folder", home.in().resolve(counterpart).toString());
    }
    properties.put("server.port", port);
    properties.put("server.address", address);
    properties.put(
        "wagerail.webhook.private", "yes".equals(environment.getOrDefault(PRIVATE_WEBHOOKS, "no")));
    if (sandbox) {
      properties.put("wagerail.sandbox", true);
      return properties;
    }
    var url = environment.get(Database.URL);
    if ((url == null || url.isBlank()) && !embedded) {
      throw new CannotStart(
          "正式服务须由 " + Database.URL + " 指定数据库；确需内嵌数据库请加 --embedded-database，试用请加 --sandbox。",
          "A real service needs a database named by "
              + Database.URL
              + "; say --embedded-database if the embedded one is really meant, or --sandbox to"
              + " try it.");
    }
    properties.put("wagerail.jwks", required(environment, JWKS));
    properties.put("wagerail.issuer", required(environment, ISSUER));
    properties.put("wagerail.audience", required(environment, AUDIENCE));
    return properties;
  }

  private static String required(Map<String, String> environment, String variable) {
    var value = environment.get(variable);
    if (value == null || value.isBlank()) {
      throw new CannotStart(
          "须由 " + JWKS + "、" + ISSUER + "、" + AUDIENCE + " 指定令牌签发方；缺少 " + variable + "。",
          "The issuer of tokens must be named by "
              + JWKS
              + ", "
              + ISSUER
              + " and "
              + AUDIENCE
              + "; there is no "
              + variable
              + ".");
    }
    return value;
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
