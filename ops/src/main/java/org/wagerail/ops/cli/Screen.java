package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.payroll.ScreeningLists;
import org.wagerail.project.Banks;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records an edition of the list that payees are compared with. */
@CommandLine.Command
final class Screen implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(names = "--bank", required = true, paramLabel = "CODE", description = "行号 The bank")
  private String code = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "自何日起生效 The day from which it is in force")
  private LocalDate from = LocalDate.EPOCH;

  @Option(names = "--source", required = true, description = "名单来源 Whose list it is")
  private String source = "";

  @Parameters(paramLabel = "FILE", description = "csv：name,scheme,number,reason")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(command).commandLine();
    try (var desk = Desk.open(line, code, List.of(file))) {
      var today = desk.now().atZone(desk.bean(Banks.class).zone(desk.bank())).toLocalDate();
      var outcome =
          desk.bean(ScreeningLists.class)
              .record(
                  desk.bank(),
                  today,
                  desk.now(),
                  "operator",
                  from,
                  source,
                  Files.readAllBytes(file));
      return switch (outcome) {
        case ScreeningLists.Recorded(long list, int entries) -> {
          line.getOut().printf("名单 List %d：%,d 条 entries, %s%n", list, entries, from);
          yield Terminal.YES;
        }
        case ScreeningLists.Unreadable(int row, var fault) -> {
          line.getErr().println(file + (row > 0 ? ":" + row : "") + " " + fault);
          yield Terminal.NO;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
