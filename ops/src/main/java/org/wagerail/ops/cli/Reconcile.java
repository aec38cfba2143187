package org.wagerail.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.core.CoreFiles;
import org.wagerail.money.Money;
import org.wagerail.ops.payday.DayEnd;
import org.wagerail.ops.payday.PayDay;
import org.wagerail.reconciliation.Breaks;
import org.wagerail.reconciliation.BusinessDays;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Compares the three truths of a business day, lists what differs, and closes the day when nothing
 * is left to explain. Exit code 1 while the day is open.
 */
@CommandLine.Command
final class Reconcile implements Callable<Integer> {
  /** As many as a person would read. */
  private static final int LISTED = 1_000;

  @Spec private @Nullable CommandSpec command;

  @Parameters(index = "0", paramLabel = "DATE", description = "营业日，如 2026-10-15 The business day")
  private String date = "";

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "CODE",
      description = "开户银行12位行号 The operating bank's 12-digit code")
  private String code = "";

  @Option(
      names = "--json",
      description = "营业日及每项差异各输出一行JSON Print one object for the day and each break")
  private boolean json;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "核心系统camt.053文件 camt.053 files of the core system")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(command).commandLine();
    var day = day(line);
    try (var desk = Desk.open(line, code, files)) {
      int bank = desk.bank();
      var now = desk.now();
      desk.bean(CoreFiles.class).receive(bank, files, now);
      desk.run(() -> desk.bean(PayDay.class).answers(bank, now));
      var refused = new AtomicInteger();
      desk.run(() -> refused.set(desk.bean(DayEnd.class).read(bank, now)));
      var refusal = desk.bean(DayEnd.class).compare(bank, now, day);
      if (refused.get() > 0) {
        line.getErr().println("核心系统文件不可读 documents of the core system set aside: " + refused.get());
      }
      var standing = desk.bean(BusinessDays.class).standing(bank, day);
      if (standing.isEmpty()) {
        line.getErr().println(Objects.requireNonNull(refusal));
        return Terminal.NO;
      }
      if (refusal != null && refusal != BusinessDays.Refusal.DAY_CLOSED) {
        line.getErr().println(refusal);
      }
      var breaks = desk.bean(Breaks.class).of(bank, day, 0, LISTED);
      if (json) {
        line.getOut().println(asJson(standing.get()));
        breaks.forEach(each -> line.getOut().println(asJson(each, now)));
      } else {
        print(line.getOut(), standing.get(), breaks, now);
      }
      return standing.get().closedBy() != null && refused.get() == 0 && desk.isClean()
          ? Terminal.YES
          : Terminal.NO;
    }
  }

  private LocalDate day(CommandLine line) {
    try {
      return LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw new ParameterException(line, "日期须如 2026-10-15 a date is written so: " + date, e);
    }
  }

  private static void print(
      PrintWriter out, BusinessDays.Standing day, List<Breaks.Break> breaks, Instant now) {
    out.printf(
        "营业日 business day %s（自 %s 之后 since %s），第 %d 次核对 comparison %d%n",
        day.day(), day.after(), day.after(), day.nth(), day.nth());
    out.printf("%,12d 我方专户发生额 our movements on special wage accounts%n", day.ours());
    out.printf(
        "%,12d 核心系统明细 entries of the core system, 对账单页数 pages of statements %,d%n",
        day.theirs(), day.statements());
    out.printf("%,12d 其中相符 of these agree%n", day.agreed());
    out.printf("%,12d 清算报告明细 items of clearing, 报告份数 reports %,d%n", day.items(), day.reports());
    out.printf("%,12d 其中相符 of these agree%n", day.itemsAgreed());
    out.printf(
        "差异 breaks %d，未解释 open %d，待复核 to be agreed %d%n",
        day.breaks(), day.open(), day.explained());
    for (var each : breaks) {
      out.printf(
          "%6d %-9s %-8s %-20s %s %s%s%n",
          each.number(),
          each.state(),
          each.counterpart(),
          each.kind(),
          each.account(),
          each.reference().isEmpty() ? "-" : each.reference(),
          each.elsewhere().isEmpty() ? "" : " → " + each.elsewhere());
      out.printf(
          "       我方 ours %s%s，对方 theirs %s%s，责任人 owner %s，%d h%n",
          amount(each.ours()),
          on(each.oursOn()),
          amount(each.theirs()),
          on(each.theirsOn()),
          each.owner(),
          each.age(now).toHours());
      out.printf("       %s / %s%n", each.kind().chinese(), each.kind().english());
      if (each.reason() != null) {
        out.printf(
            "       %s%s: %s%n",
            each.outcome() == null ? "" : each.outcome() + " ",
            each.by() == null ? "" : each.by(),
            each.reason());
      }
    }
    out.println(
        day.closedBy() != null
            ? "已关闭 closed by " + day.closedBy() + " " + day.closedAt()
            : "未关闭 not closed: " + day.obstacle());
  }

  private static String amount(@Nullable Long minor) {
    return minor == null ? "-" : Money.format(minor, 2);
  }

  private static String on(@Nullable LocalDate day) {
    return day == null ? "" : " (" + day + ")";
  }

  private static String asJson(BusinessDays.Standing day) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("day", day.day().toString());
    object.put("after", day.after().toString());
    object.put("comparison", day.nth());
    object.put("ours", day.ours());
    object.put("theirs", day.theirs());
    object.put("agreed", day.agreed());
    object.put("statements", day.statements());
    object.put("reports", day.reports());
    object.put("items", day.items());
    object.put("itemsAgreed", day.itemsAgreed());
    object.put("breaks", day.breaks());
    object.put("open", day.open());
    object.put("explained", day.explained());
    object.put("closedBy", day.closedBy());
    object.put("obstacle", day.obstacle() == null ? null : day.obstacle().name());
    return Json.line(object);
  }

  private static String asJson(Breaks.Break each, Instant now) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("break", each.number());
    object.put("state", each.state().name());
    object.put("counterpart", each.counterpart());
    object.put("kind", each.kind().name());
    object.put("account", each.account());
    object.put("reference", each.reference());
    object.put("elsewhere", each.elsewhere());
    object.put("ours", each.ours() == null ? null : Money.format(each.ours(), 2));
    object.put("theirs", each.theirs() == null ? null : Money.format(each.theirs(), 2));
    object.put("oursOn", each.oursOn() == null ? null : each.oursOn().toString());
    object.put("theirsOn", each.theirsOn() == null ? null : each.theirsOn().toString());
    object.put("owner", each.owner());
    object.put("hours", each.age(now).toHours());
    object.put("outcome", each.outcome());
    object.put("by", each.by());
    object.put("reason", each.reason());
    return Json.line(object);
  }
}
