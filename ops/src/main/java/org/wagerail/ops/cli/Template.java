package org.wagerail.ops.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.SheetTemplate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes an empty payroll sheet with its headings and one example. Needs no database. */
@CommandLine.Command
final class Template implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(index = "0", paramLabel = "xlsx|csv", description = "格式 The format")
  private String format = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "写入的文件 The file to write")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    var line = Objects.requireNonNull(command).commandLine();
    var kind =
        switch (format.toLowerCase(Locale.ROOT)) {
          case "xlsx" -> DocumentKind.XLSX;
          case "csv" -> DocumentKind.CSV;
          default -> throw new ParameterException(line, "格式须为xlsx或csv the format is xlsx or csv");
        };
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      SheetTemplate.write(kind, out);
    } catch (FileAlreadyExistsException there) {
      throw new ParameterException(line, "文件已存在 the file exists already: " + file);
    }
    line.getOut().println(file);
    return Terminal.YES;
  }
}
