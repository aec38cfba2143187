package org.wagerail.ops.cli;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Watches the contractors' folders, and reads and answers what comes, until it is stopped. */
@CommandLine.Command
final class Watch implements Callable<Integer> {
  private static final long SECONDS_BETWEEN_LOOKS = 2;

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    var out = Objects.requireNonNull(command).commandLine().getOut();
    var home = Home.ofEnvironment(System.getenv());
    var folder = home.in().resolve("contractor");
    var stopping = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  await(stopped);
                }));
    try (var engine = Engine.open(home, Map.of("wagerail.contractor.folder", folder.toString()))) {
      out.println("监视中，Ctrl-C结束 Watching, Ctrl-C ends: " + folder + "/<bank code>/*.xml");
      while (!stopping.await(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
        look(engine);
      }
    } finally {
      stopped.countDown();
    }
    return Terminal.YES;
  }

  private static void look(Engine engine) {
    var now = Clock.systemUTC().instant();
    for (var bank : engine.bean(Banks.class).all()) {
      if (!engine.bean(Inbox.class).open(bank.bank(), Sender.CONTRACTOR).isEmpty()) {
        engine.bean(PayDay.class).intake(bank.bank(), now);
      }
    }
    engine.bean(Delivery.class).drain(now);
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
