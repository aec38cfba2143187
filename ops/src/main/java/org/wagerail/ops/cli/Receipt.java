package org.wagerail.ops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wagerail.payment.TxId;
import org.wagerail.statement.Receipts;
import org.wagerail.statement.Vouchers;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Issues the sealed receipt of a wage, or judges one that is shown. Exit code 1 for a no. */
@CommandLine.Command
final class Receipt implements Callable<Integer> {
  /** A receipt is a page, a voucher a row a worker; what is larger is neither. */
  private static final long MOST_BYTES = 64 << 20;

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "CODE",
      description = "开户银行12位行号 The operating bank's 12-digit code")
  private String code = "";

  @Option(
      names = "--by",
      defaultValue = "operator",
      paramLabel = "WHO",
      description = "出具人，默认 ${DEFAULT-VALUE}；出具记录在案 Who issues it; that is put on record")
  private String by = "";

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "核验一份回单或代发凭证 Judge the receipt or voucher in this file")
  private @Nullable Path shown;

  @Parameters(
      arity = "0..1",
      paramLabel = "TXID",
      description = "支付的交易标识，16位 The payment's transaction identification, 16 digits")
  private List<String> payments = List.of();

  @Override
  public Integer call() throws IOException {
    var line = Objects.requireNonNull(command).commandLine();
    var id = payments.isEmpty() ? null : TxId.read(payments.getFirst());
    if ((id == null) == (shown == null)) {
      throw new ParameterException(
          line, "请给出一个交易标识，或以 --check 给出一份回单 give a transaction identification, or --check FILE");
    }
    if (shown != null && (!Files.isRegularFile(shown) || Files.size(shown) > MOST_BYTES)) {
      throw new ParameterException(line, "不可读或过大 cannot be read or is too large: " + shown);
    }
    try (var desk = Desk.open(line, code, List.of())) {
      var receipts = desk.bean(Receipts.class);
      if (shown != null) {
        var text = new String(Files.readAllBytes(shown), StandardCharsets.UTF_8);
        if (text.startsWith(Vouchers.TITLE)) {
          boolean ours = desk.bean(Vouchers.class).isOurs(desk.bank(), text);
          line.getOut()
              .println(
                  ours
                      ? "GENUINE: this bank gave the voucher / 凭证由本行出具"
                      : Receipts.Worth.NOT_OURS.toString());
          return ours ? Terminal.YES : Terminal.NO;
        }
        var worth = receipts.check(desk.bank(), text);
        line.getOut().println(worth);
        return worth == Receipts.Worth.GENUINE ? Terminal.YES : Terminal.NO;
      }
      return switch (receipts.issue(desk.bank(), desk.now(), by, Objects.requireNonNull(id))) {
        case Receipts.Issued(var text) -> {
          line.getOut().print(text);
          yield Terminal.YES;
        }
        case Receipts.NotIssued(var why) -> {
          line.getErr().println(why);
          yield Terminal.NO;
        }
      };
    }
  }
}
