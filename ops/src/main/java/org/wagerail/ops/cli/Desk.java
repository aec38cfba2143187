package org.wagerail.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.adapter.outbox.Undelivered;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.SetAside;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The engine of the home that the environment names, at work for one bank. What a job sets aside is
 * told on the way, and the command goes on.
 */
final class Desk implements AutoCloseable {
  private final CommandLine line;
  private final Engine engine;
  private final int bank;
  private final Instant now = Clock.tickMillis(ZoneOffset.UTC).instant();
  private boolean clean = true;

  private Desk(CommandLine line, Engine engine, int bank) {
    this.line = line;
    this.engine = engine;
    this.bank = bank;
  }

  /**
   * @param code the operating bank's
   * @param files that the command will read
   * @throws ParameterException if a file cannot be read or there is no such bank
   */
  static Desk open(CommandLine line, String code, List<Path> files) {
    for (var file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new ParameterException(line, "不可读 cannot be read: " + file);
      }
    }
    var engine = Engine.open(Home.existing(System.getenv()));
    try {
      var bank =
          engine.bean(Banks.class).all().stream()
              .filter(b -> b.code().equals(code))
              .findFirst()
              .orElseThrow(() -> new ParameterException(line, "无此银行 no such bank: " + code));
      return new Desk(line, engine, bank.bank());
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  <T> T bean(Class<T> type) {
    return engine.bean(type);
  }

  int bank() {
    return bank;
  }

  Instant now() {
    return now;
  }

  /** Runs a job, and tells of what it had to set aside. */
  void run(Runnable job) {
    try {
      job.run();
    } catch (SetAside e) {
      line.getErr().println(e.getMessage());
      clean = false;
    }
  }

  /** Tells of files that are nothing their sender should send: none of them counts. */
  void tellSetAside(Sender sender) {
    for (var document : bean(Inbox.class).setAside(bank, sender, now)) {
      line.getErr().println("不可读，已搁置 cannot be read, set aside: " + document.name());
      clean = false;
    }
  }

  /** Delivers what waits, and returns how much went out. */
  int deliver() {
    try {
      return bean(Delivery.class).drain(now);
    } catch (Undelivered e) {
      line.getErr().println(e.getMessage());
      clean = false;
      return e.delivered();
    }
  }

  /** Whether nothing was set aside. */
  boolean isClean() {
    return clean;
  }

  @Override
  public void close() {
    engine.close();
  }
}
