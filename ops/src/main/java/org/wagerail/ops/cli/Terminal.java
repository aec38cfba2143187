package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.wagerail.adapter.outbox.Undelivered;
import org.wagerail.ops.Engine;
import org.wagerail.ops.home.CannotStart;
import org.wagerail.ops.payday.SetAside;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code wagerail}: finds the command that is meant, and runs it. */
public final class Terminal {
  /** Done, and the answer is yes. */
  public static final int YES = 0;

  /** Done, and the answer is no: there are findings, or something needs a person. */
  public static final int NO = 1;

  /** The question itself was wrong. */
  public static final int USAGE = 2;

  /** It could not be done: the home is in use, the database or a disk is not there. */
  public static final int FAILED = 3;

  private Terminal() {}

  /** Runs the command in these arguments and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var terminal = commandLine(arguments).setOut(out).setErr(err);
    var code = terminal.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  private static CommandLine commandLine(String... arguments) {
    var root = CommandSpec.create().name("wagerail");
    root.usageMessage()
        .description(
            "农民工工资专用账户引擎：从工资报文到清算结果。",
            "The engine for migrant workers' special wage accounts: from payroll to settlement.")
        .footer(
            "",
            "退出码：0 是；1 否（有问题或须由人处理）；2 用法错误；3 未能执行；4 服务器不允许。",
            "Exit code: 0 yes; 1 no (findings, or a person must look); 2 usage; 3 it could not be"
                + " done;",
            "4 the server does not allow it.");
    root.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("显示帮助 Show this help")
            .build());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("显示版本 Show the version")
            .build());
    root.versionProvider(() -> new String[] {"wagerail " + version()});
    var line = new CommandLine(root);
    for (var command : Command.values()) {
      line.addSubcommand(command.word(), specOf(command, arguments));
    }
    line.setExecutionStrategy(Terminal::execute);
    line.setParameterExceptionHandler((problem, words) -> explain(problem));
    line.setExecutionExceptionHandler((problem, called, result) -> fail(problem, called));
    // A file may be called @file, and is then meant itself.
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    headings(line);
    return line;
  }

  /**
   * The whole command where it is the one called, otherwise only what the list of commands says.
   */
  private static CommandLine specOf(Command command, String... arguments) {
    CommandLine line;
    if (Arrays.asList(arguments).contains(command.word())) {
      line = new CommandLine(command.create());
      addHelp(line);
    } else {
      line = new CommandLine(CommandSpec.create());
    }
    line.getCommandSpec()
        .usageMessage()
        .description(command.description())
        .hidden(command.hidden());
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("显示帮助 Show this help")
                .build());
    line.getSubcommands().values().forEach(Terminal::addHelp);
  }

  private static void headings(CommandLine line) {
    line.getSubcommands().values().forEach(Terminal::headings);
    line.getCommandSpec()
        .usageMessage()
        .synopsisHeading("用法 Usage: ")
        .parameterListHeading("%n参数 Parameters:%n")
        .optionListHeading("%n选项 Options:%n")
        .commandListHeading("%n命令 Commands:%n")
        .width(100);
  }

  private static int execute(CommandLine.ParseResult result) {
    if (!result.hasSubcommand()
        && !result.isUsageHelpRequested()
        && !result.isVersionHelpRequested()) {
      result.commandSpec().commandLine().usage(result.commandSpec().commandLine().getErr());
      return USAGE;
    }
    return new CommandLine.RunLast().execute(result);
  }

  private static int explain(ParameterException problem) {
    var line = problem.getCommandLine();
    var err = line.getErr();
    // What we refuse ourselves is told in both languages; what the parser refuses is not.
    if (String.valueOf(problem.getMessage()).codePoints().noneMatch(Character::isIdeographic)) {
      err.println(chinese(problem));
    }
    err.println(problem.getMessage());
    err.println();
    line.usage(err);
    return USAGE;
  }

  private static String chinese(ParameterException problem) {
    return switch (problem) {
      case UnmatchedArgumentException unknown -> "无法识别：" + String.join(" ", unknown.getUnmatched());
      case MissingParameterException missing ->
          "缺少参数："
              + missing.getMissing().stream()
                  .map(argument -> name(argument))
                  .collect(Collectors.joining("、"));
      default ->
          problem.getArgSpec() == null
              ? "参数有误"
              : name(problem.getArgSpec()) + " 的值无效：" + problem.getValue();
    };
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** What a person can mend is told in a sentence; what only a programmer can, with its trace. */
  private static int fail(Exception problem, CommandLine called) {
    var err = called.getErr();
    if (Engine.isStopping()) {
      err.println("已中止。 Stopped.");
      return FAILED;
    }
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (problem instanceof CannotStart
        || problem instanceof SetAside
        || problem instanceof Undelivered) {
      err.println(problem.getMessage());
    } else if (root instanceof IOException) {
      err.println("文件、磁盘或连接读写失败：" + why((IOException) root, true));
      err.println(
          "A file, disk or connection could not be read or written: "
              + why((IOException) root, false));
    } else if (root instanceof SQLException refused && isLostOrFull(refused)) {
      err.println("数据库已断开，或其磁盘、内存、连接不足：" + root.getMessage());
      err.println("The database was lost or is out of room: " + root.getMessage());
    } else {
      err.println("内部错误，请将以下内容告知开发者。");
      err.println("An internal error: please tell the developers what follows.");
      problem.printStackTrace(err);
    }
    return problem instanceof SetAside || problem instanceof Undelivered ? NO : FAILED;
  }

  /** What went wrong with which file, in words: the exception's name tells a programmer only. */
  static String why(IOException problem, boolean inChinese) {
    var what =
        switch (problem) {
          case NoSuchFileException _ -> List.of("不存在", "it does not exist");
          case FileAlreadyExistsException _ -> List.of("已存在", "it exists already");
          case AccessDeniedException _ -> List.of("无权限", "permission denied");
          case NotDirectoryException _ -> List.of("不是文件夹", "it is no folder");
          case DirectoryNotEmptyException _ -> List.of("文件夹不为空", "the folder is not empty");
          case FileSystemException other ->
              List.of(
                  Objects.requireNonNullElse(other.getReason(), "?"),
                  Objects.requireNonNullElse(other.getReason(), "?"));
          case ConnectException _ -> List.of("无人应答", "nobody answers there");
          default -> {
            var said = Objects.requireNonNullElse(problem.getMessage(), "I/O");
            yield List.of(said, said);
          }
        };
    var words = what.get(inChinese ? 0 : 1);
    return problem instanceof FileSystemException file ? file.getFile() + ": " + words : words;
  }

  /** SQLSTATE: class 08 is a broken connection, class 53 a lack of disk, memory or connections. */
  private static boolean isLostOrFull(SQLException refused) {
    var state = refused.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("53"));
  }

  private static String version() {
    var version = Terminal.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
