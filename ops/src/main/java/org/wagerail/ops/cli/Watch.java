package org.wagerail.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.adapter.outbox.Undelivered;
import org.wagerail.mailbox.Inbox;
import org.wagerail.mailbox.Sender;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.ops.payday.SetAside;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Watches the contractors' folders and, where there is one, the bank's drop box; reads and answers
 * what comes, until it is stopped.
 */
@CommandLine.Command(
    footer = {
      "",
      "SFTP投递箱：环境变量 WAGERAIL_SFTP=sftp://用户@主机:端口/目录；私钥与主机公钥在主目录的",
      "keys/sftp 与 keys/sftp_known_hosts。文件取自 in/<行号>/，回执放入 out/<行号>/。",
      "A drop box by SFTP: WAGERAIL_SFTP=sftp://user@host:port/folder in the environment; the"
          + " private",
      "key and the server's public keys are keys/sftp and keys/sftp_known_hosts under the home."
          + " Files",
      "are taken from in/<bank code>/, answers are put into out/<bank code>/."
    })
final class Watch implements Callable<Integer> {
  private static final long SECONDS_BETWEEN_LOOKS = 2;
  private static final String DROP_BOX = "WAGERAIL_SFTP";

  /** Without a password: a key alone opens the box. */
  private static final Pattern ADDRESS =
      Pattern.compile("sftp://[^:@/\\s]+@[^:@/\\s]+(:[0-9]{1,5})?(/\\S*)?");

  @Spec private @Nullable CommandSpec command;

  private String told = "";

  @Override
  public Integer call() throws InterruptedException {
    var out = Objects.requireNonNull(command).commandLine().getOut();
    var home = Home.existing(System.getenv());
    var folder = home.in().resolve("contractor");
    // Before the hook, which waits for the end of what would never have begun.
    var properties = doors(Objects.requireNonNull(command).commandLine(), home, System.getenv());
    var stopping = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  await(stopped);
                }));
    try (var engine = Engine.attended(home, properties)) {
      out.println(
          "监视中，Ctrl-C结束 Watching, Ctrl-C ends: " + folder + "/<bank code>/*.xml, *.xlsx, *.csv");
      while (!stopping.await(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
        look(engine, out);
      }
    } finally {
      stopped.countDown();
    }
    return Terminal.YES;
  }

  /** What the doors to contractors need to know. */
  static Map<String, Object> doors(CommandLine line, Home home, Map<String, String> environment) {
    var properties = new HashMap<String, Object>();
    properties.put("wagerail.contractor.folder", home.in().resolve("contractor").toString());
    var box = environment.get(DROP_BOX);
    if (box != null && !box.isBlank()) {
      refuseIncomplete(line, home, box.strip());
      properties.put("wagerail.contractor.dropbox.address", box.strip());
      properties.put("wagerail.contractor.dropbox.key", home.keys().resolve("sftp").toString());
      properties.put(
          "wagerail.contractor.dropbox.known-hosts",
          home.keys().resolve("sftp_known_hosts").toString());
      properties.put("wagerail.contractor.dropbox.work", home.in().resolve(".dropbox").toString());
    }
    return properties;
  }

  /** Before anything starts: what is missing is told in a sentence. */
  private static void refuseIncomplete(CommandLine line, Home home, String box) {
    if (!ADDRESS.matcher(box).matches()) {
      throw new ParameterException(line, DROP_BOX + "须为 must be sftp://user@host:port/folder");
    }
    for (var name : new String[] {"sftp", "sftp_known_hosts"}) {
      var file = home.keys().resolve(name);
      if (!Files.isReadable(file)) {
        throw new ParameterException(line, "投递箱缺少文件 the drop box needs: " + file);
      }
    }
  }

  /** What came and what went out is told; what a job sets aside, until it changes, once. */
  private void look(Engine engine, PrintWriter out) {
    var now = Clock.systemUTC().instant();
    var troubles = new StringBuilder();
    for (var bank : engine.bean(Banks.class).all()) {
      var open = engine.bean(Inbox.class).open(bank.bank(), Sender.CONTRACTOR);
      if (open.isEmpty()) {
        continue;
      }
      try {
        engine.bean(PayDay.class).intake(bank.bank(), now);
      } catch (SetAside e) {
        troubles.append(e.getMessage());
      }
      int left = engine.bean(Inbox.class).open(bank.bank(), Sender.CONTRACTOR).size();
      if (left < open.size()) {
        out.printf("%s 已处理 taken %d%n", bank.code(), open.size() - left);
      }
    }
    int delivered;
    try {
      delivered = engine.bean(Delivery.class).drain(now);
    } catch (Undelivered e) {
      troubles.append(e.getMessage());
      delivered = e.delivered();
    }
    if (delivered > 0) {
      out.printf("已应答 answers delivered %d%n", delivered);
    }
    if (!troubles.toString().equals(told)) {
      told = troubles.toString();
      out.println(told);
    }
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
