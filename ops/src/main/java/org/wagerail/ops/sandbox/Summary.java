package org.wagerail.ops.sandbox;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.wagerail.ops.sandbox.Results.Measure;
import org.wagerail.ops.sandbox.Results.OfProject;
import org.wagerail.payment.Exceptions;
import org.wagerail.payroll.Check;
import org.wagerail.payroll.Payrolls;
import tools.jackson.databind.json.JsonMapper;

/** The end of a payday as a table that a person understands. */
final class Summary {
  private static final JsonMapper JSON = new JsonMapper();

  private final Results results;
  private final List<OfProject> before;
  private final List<OfProject> after;
  private final Map<Answer, Integer> answers;
  private final List<Exceptions.Open> exceptions;

  /**
   * @param before the projects before anything was paid
   * @param answers what the clearing house was asked to do
   * @param exceptions of clearing that are open
   */
  Summary(
      Results results,
      List<OfProject> before,
      Map<Answer, Integer> answers,
      List<Exceptions.Open> exceptions) {
    this.results = results;
    this.before = before;
    this.after = results.projects();
    this.answers = answers;
    this.exceptions = exceptions;
  }

  /** Fen as yuan, with separators: 123456 gives 1,234.56. */
  static String yuan(long fen) {
    return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(fen, 2));
  }

  /** Prints it, and tells whether every wage and every fen is accounted for. */
  boolean print(PrintWriter out) {
    out.println();
    for (int i = 0; i < after.size(); i++) {
      var project = after.get(i);
      out.printf(
          "项目 Project %d = %s %s，专户 account %s%n",
          i + 1, project.code(), project.name(), project.account());
    }
    out.println();
    table().print(out);
    out.println();
    failures(out);
    clearing(out);
    messages(out);
    boolean accounted = accounted();
    out.println(
        accounted
            ? "每一笔工资、每一分钱都有去向。 Every wage and every fen is accounted for."
            : "有工资或资金去向不明！ Some wages or money are NOT accounted for!");
    return accounted;
  }

  private Columns table() {
    var columns = new Columns();
    var head = new ArrayList<String>(List.of("单位：笔 / 元   Wages / CNY"));
    for (int i = 0; i < after.size(); i++) {
      head.add("");
      head.add("项目 Project " + (i + 1));
    }
    head.add("");
    head.add("合计 Total");
    columns.row(head.toArray(String[]::new)).rule();
    measure(columns, "申报 In the payrolls", Measure.ASKED);
    measure(columns, "- 拒绝 Refused", Measure.REFUSED);
    measure(columns, "- 暂缓 Held", Measure.HELD);
    measure(columns, "- 资金不足未付 Unpaid, money short", Measure.UNPAID);
    measure(columns, "= 已付（含部分） Paid, some in part", Measure.PAID);
    columns.rule();
    measure(columns, "  结清 Settled", Measure.SETTLED);
    measure(columns, "  清算拒绝 Rejected by clearing", Measure.REJECTED);
    measure(columns, "  退汇 Returned", Measure.RETURNED);
    measure(columns, "  未答复 Not answered", Measure.OPEN);
    columns.rule();
    money(columns, "分账期初 Wage book before", before, OfProject::balance);
    money(columns, "- 已付 Paid", after, p -> -p.sum(Measure.PAID).amount());
    money(columns, "+ 清算拒绝与退汇 Came back", after, Summary::cameBack);
    money(columns, "= 分账期末 Wage book after", after, OfProject::balance);
    return columns;
  }

  private void measure(Columns columns, String name, Measure measure) {
    var cells = new ArrayList<String>(List.of(name));
    var total = Results.Sum.NOTHING;
    for (var project : after) {
      var sum = project.sum(measure);
      total = total.and(sum);
      cells.add(Long.toString(sum.count()));
      cells.add(yuan(sum.amount()));
    }
    cells.add(Long.toString(total.count()));
    cells.add(yuan(total.amount()));
    columns.row(cells.toArray(String[]::new));
  }

  private static void money(
      Columns columns, String name, List<OfProject> projects, ToLongFunction<OfProject> amount) {
    var cells = new ArrayList<String>(List.of(name));
    for (var project : projects) {
      cells.add("");
      cells.add(yuan(amount.applyAsLong(project)));
    }
    cells.add("");
    cells.add(yuan(projects.stream().mapToLong(amount).sum()));
    columns.row(cells.toArray(String[]::new));
  }

  private static long cameBack(OfProject project) {
    return project.sum(Measure.REJECTED).amount() + project.sum(Measure.RETURNED).amount();
  }

  private void failures(PrintWriter out) {
    out.println("拒绝与暂缓的原因 Why lines are refused or held:");
    for (var failed : results.failed()) {
      var check = Payrolls.checks(failed.checks()).iterator().next();
      out.printf(
          "  %s %3d × %-4s %s%n                     %s%n",
          failed.verdict().equals("HOLD") ? "暂缓 held   " : "拒绝 refused",
          failed.lines(),
          check.code(),
          check.chinese() + others(failed),
          check.english());
    }
    for (var file : results.refusedFiles()) {
      var finding = JSON.readTree(file.findings()).get(0);
      out.printf(
          "  整份文件拒绝 file refused: %s%n                     line %d %s %s%n",
          file.name(),
          finding.get("line").asInt(),
          finding.get("code").asString(),
          finding.get("message").asString());
    }
    out.println();
  }

  private static String others(Results.Failed failed) {
    var names = Payrolls.checks(failed.checks()).stream().skip(1).map(Check::chinese).toList();
    return names.isEmpty() ? "" : "（另有：" + String.join("、", names) + "）";
  }

  private void clearing(PrintWriter out) {
    out.println("清算所被要求的答复 What the clearing house was asked to do:");
    answers.forEach(
        (answer, count) ->
            out.printf("  %4d × %s %s%n", count, answer.chinese(), answer.english()));
    out.println("需要人处理的清算异常 Exceptions of clearing that a person must look at:");
    for (var exception : exceptions) {
      out.printf(
          "  %s %s %s %s%n",
          exception.txId(),
          exception.kind(),
          exception.said(),
          exception.reason() == null ? "" : exception.reason());
    }
    out.println();
  }

  private void messages(PrintWriter out) {
    out.println("报文 Messages:");
    for (var message : results.messages()) {
      out.printf(
          "  %s %4d × %s%n",
          message.inbound() ? "收到 in " : "发出 out",
          message.count(),
          message.kind().isEmpty() ? "?" : message.kind());
    }
    out.println();
  }

  /**
   * The table must close, project by project, in amounts; and counts where each wage has one place.
   */
  private boolean accounted() {
    for (int i = 0; i < after.size(); i++) {
      var project = after.get(i);
      long lines =
          project.sum(Measure.ASKED).amount()
              - project.sum(Measure.REFUSED).amount()
              - project.sum(Measure.HELD).amount()
              - project.sum(Measure.UNPAID).amount()
              - project.sum(Measure.PAID).amount();
      long payments =
          project.sum(Measure.PAID).amount()
              - project.sum(Measure.SETTLED).amount()
              - project.sum(Measure.OPEN).amount()
              - cameBack(project);
      long book =
          before.get(i).balance()
              - project.sum(Measure.PAID).amount()
              + cameBack(project)
              - project.balance();
      if (lines != 0 || payments != 0 || book != 0) {
        return false;
      }
    }
    return true;
  }
}
