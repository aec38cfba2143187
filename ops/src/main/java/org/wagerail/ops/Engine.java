package org.wagerail.ops;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
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
  /** A signal's way to the end: without it a server would outlive its process. */
  private final @Nullable Thread hook;

  private @Nullable ConfigurableApplicationContext context;

  /**
   * @param attended whether whoever opened it sees a signal, and ends it in order
   */
  private Engine(boolean attended) {
    hook = attended ? null : new Thread(this::interrupted, "stop");
    if (hook != null) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
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
    return open(
        home, System.getenv(), properties, Clock.systemUTC(), WebApplicationType.NONE, false);
  }

  /**
   * Opens for whoever sees a signal and closes the engine when what is at work is finished.
   *
   * @param properties Spring properties of this one context
   * @throws CannotStart if the home or its database is not to be had
   */
  public static Engine attended(Home home, Map<String, Object> properties) {
    return open(
        home, System.getenv(), properties, Clock.systemUTC(), WebApplicationType.NONE, true);
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
    return open(home, Map.of(), properties, clock, WebApplicationType.NONE, false);
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
      return open(home, environment, properties, clock, WebApplicationType.SERVLET, true);
    } catch (ApplicationContextException e) {
      if (e.getCause() instanceof PortInUseException taken) {
        throw new CannotStart(
            "端口 " + taken.getPort() + " 已被占用。", "Port " + taken.getPort() + " is in use.", e);
      }
      if (NestedExceptionUtils.getRootCause(e) instanceof IOException unfit) {
        throw new CannotStart(
            "无法在所给地址监听：" + unfit.getMessage(),
            "The server cannot listen at that address: " + unfit.getMessage(),
            e);
      }
      throw e;
    }
  }

  private static Engine open(
      Home home,
      Map<String, String> environment,
      Map<String, Object> properties,
      Clock clock,
      WebApplicationType web,
      boolean attended) {
    var engine = new Engine(attended);
    try {
      engine.start(home, environment, properties, clock, web);
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private synchronized void start(
      Home home,
      Map<String, String> environment,
      Map<String, Object> properties,
      Clock clock,
      WebApplicationType web) {
    // Before the context: a refusal is an answer, not a stack trace.
    var database = Database.open(home, environment, System.err::println);
    try {
      context =
          new SpringApplicationBuilder(Application.class)
              .web(web)
              .bannerMode(Banner.Mode.OFF)
              .logStartupInfo(false)
              .registerShutdownHook(false)
              .properties(
                  Map.of(
                      "logging.file.name",
                      home.log().resolve("wagerail.log").toString(),
                      "wagerail.out",
                      home.out().toString()))
              .properties(properties)
              .initializers(
                  context -> add((GenericApplicationContext) context, home, database, clock))
              .run();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Whether a signal is ending this process: what fails from now on fails because of that. */
  public static boolean isStopping() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
      return false;
    } catch (IllegalStateException ending) {
      return true;
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
    return context().getBean(type);
  }

  /** The port the web server listens on. */
  public int port() {
    return context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  public ConfigurableApplicationContext context() {
    return Objects.requireNonNull(context);
  }

  /** What the work under way says about a database that goes is no news to anybody. */
  private void interrupted() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    close();
  }

  /** Ends what was started; whoever comes second waits until the first is done. */
  @Override
  public synchronized void close() {
    if (context != null) {
      context.close();
    }
    if (hook != null && !isStopping()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
