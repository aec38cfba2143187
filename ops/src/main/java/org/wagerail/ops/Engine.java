package org.wagerail.ops;

import java.time.Clock;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.home.Database;
import org.wagerail.ops.home.Home;

/**
 * The running engine: an application context on a home. Closing it ends what it started, the
 * embedded server last.
 *
 * <pre>{@code
 * try (var engine = Engine.open(home)) {
 *   engine.bean(Payrolls.class)...
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Engine(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * @throws CannotStart if the home or its database is not to be had
   */
  public static Engine open(Home home) {
    return open(home, Map.of());
  }

  /**
   * @param properties Spring properties of this one context
   * @throws CannotStart if the home or its database is not to be had
   */
  public static Engine open(Home home, Map<String, Object> properties) {
    return open(home, System.getenv(), properties, Clock.systemUTC(), WebApplicationType.NONE);
  }

  /**
   * Opens on the embedded server whatever the environment names: for what must never touch a bank's
   * own database.
   *
   * @throws CannotStart if the home is not to be had
   */
  public static Engine apart(Home home) {
    return apart(home, Map.of(), Clock.systemUTC());
  }

  /**
   * As {@link #apart(Home)}.
   *
   * @param properties Spring properties of this one context
   * @param clock tells the doors to the outside the time; the engine itself is told
   */
  public static Engine apart(Home home, Map<String, Object> properties, Clock clock) {
    return open(home, Map.of(), properties, clock, WebApplicationType.NONE);
  }

  /**
   * Opens with a web server beside the engine. Whoever opened it closes it: requests at work are
   * answered first.
   *
   * @param environment says which database
   * @throws CannotStart if the home, its database or the port is not to be had
   */
  public static Engine serve(
      Home home, Map<String, String> environment, Map<String, Object> properties, Clock clock) {
    try {
      return open(home, environment, properties, clock, WebApplicationType.SERVLET);
    } catch (ApplicationContextException e) {
      if (e.getCause() instanceof PortInUseException taken) {
        throw new CannotStart(
            "端口 " + taken.getPort() + " 已被占用。", "Port " + taken.getPort() + " is in use.", e);
      }
      throw e;
    }
  }

  private static Engine open(
      Home home,
      Map<String, String> environment,
      Map<String, Object> properties,
      Clock clock,
      WebApplicationType web) {
    // Before the context: a refusal is an answer, not a stack trace.
    var database = Database.open(home, environment, System.err::println);
    try {
      return new Engine(
          new SpringApplicationBuilder(Application.class)
              .web(web)
              .registerShutdownHook(web == WebApplicationType.NONE)
              .bannerMode(Banner.Mode.OFF)
              .logStartupInfo(false)
              .properties(
                  Map.of(
                      "logging.file.name",
                      home.log().resolve("wagerail.log").toString(),
                      "wagerail.out",
                      home.out().toString()))
              .properties(properties)
              .initializers(
                  context -> add((GenericApplicationContext) context, home, database, clock))
              .run());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The database as a bean of the context, so that it closes after everything that uses it. */
  private static void add(
      GenericApplicationContext context, Home home, Database database, Clock clock) {
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(Home.class, () -> home);
    context.registerBean(Database.class, () -> database);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The port the web server listens on. */
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
