package org.wagerail.ops.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.adapter.contractor.PayrollFiles;
import org.wagerail.money.Money;
import org.wagerail.ops.payday.PayDay;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes payroll files in, answers each by pain.002, and says what became of its lines. */
@CommandLine.Command
final class Intake implements Callable<Integer> {
  private record Standing(String name, String verdict, String checks, long lines, long amount) {}

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "CODE",
      description = "开户银行12位行号 The operating bank's 12-digit code")
  private String code = "";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "工资文件 Payrolls: pain.001, xlsx, csv")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(command).commandLine();
    try (var desk = Desk.open(line, code, files)) {
      var bank = desk.bank();
      int fresh = desk.bean(PayrollFiles.class).receive(bank, files, desk.now());
      desk.run(() -> desk.bean(PayDay.class).intake(bank, desk.now()));
      int answers = desk.deliver();
      line.getOut()
          .printf(
              "收到 received %d, 其中新文件 new %d, 已应答 answers delivered %d%n",
              files.size(), fresh, answers);
      boolean clean = desk.isClean();
      for (var standing : standings(desk.bean(JdbcClient.class), bank, files)) {
        line.getOut()
            .printf(
                "%-40s %-8s %-30s %,8d %18s%n",
                standing.name(),
                standing.verdict(),
                standing.checks(),
                standing.lines(),
                Money.format(standing.amount(), 2));
        clean &= standing.verdict().equals("PAY");
      }
      return clean ? Terminal.YES : Terminal.NO;
    }
  }

  /** What became of the files' lines: by verdict and failed checks, or the file as a whole. */
  private static List<Standing> standings(JdbcClient jdbc, int bank, List<Path> files) {
    return jdbc.sql(
            """
            SELECT d.name, CASE WHEN p.verdict = 'REFUSED' THEN 'REFUSED' ELSE l.verdict END AS verdict,
                   coalesce(l.checks, '') AS checks,
                   CASE WHEN p.verdict = 'REFUSED' THEN p.lines ELSE count(*) END AS lines,
                   CASE WHEN p.verdict = 'REFUSED' THEN p.total ELSE sum(l.amount)::bigint END AS amount
              FROM inbound_document d
              JOIN payroll p ON p.bank = d.bank AND p.document = d.document
              LEFT JOIN payroll_line l ON l.bank = p.bank AND l.pay_month = p.pay_month
                   AND l.payroll = p.payroll
             WHERE d.bank = ? AND d.name = ANY (?)
             GROUP BY d.name, d.document, p.verdict, p.lines, p.total, l.verdict, l.checks
             ORDER BY d.document, 2, 3
            """)
        .params(bank, files.stream().map(f -> f.getFileName().toString()).toArray(String[]::new))
        .query(Standing.class)
        .list();
  }
}
