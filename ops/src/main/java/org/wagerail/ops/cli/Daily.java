package org.wagerail.ops.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.wagerail.adapter.outbox.Delivery;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.Home;
import org.wagerail.ops.payday.DailyRound;
import org.wagerail.ops.payday.StatementRound;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks after every bank of the installation, as once a day. */
@CommandLine.Command
final class Daily implements Callable<Integer> {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec command;

  @Override
  public Integer call() {
    var out = java.util.Objects.requireNonNull(command).commandLine().getOut();
    try (var engine = Engine.open(Home.existing(System.getenv()))) {
      var now = Clock.systemUTC().instant();
      for (var bank : engine.bean(Banks.class).all()) {
        var done = engine.bean(DailyRound.class).run(bank.bank(), now);
        out.printf(
            "%s 人工费用新状态 new states of labour cost: %d, 已对账并关闭营业日 business days closed: %d%n",
            bank.code(), done.told(), done.closed());
        var made = engine.bean(StatementRound.class).run(bank.bank(), now);
        out.printf(
            "%s 对账单 statements: %d, 动账通知 notifications: %d, 代发凭证 vouchers: %d%n",
            bank.code(), made.statements(), made.notifications(), made.vouchers());
      }
      out.printf("发出通知 notices delivered: %d%n", engine.bean(Delivery.class).drain(now));
      return Terminal.YES;
    }
  }
}
