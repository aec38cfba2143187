package org.wagerail.ops.sandbox;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A generated pain.001 taken apart, so that single wages can be spoiled: one transfer a line,
 * totals counted anew when it is written.
 */
final class PayrollDraft {
  private static final String BATCH = "<PmtInf>";
  private static final String WAGE = "<CdtTrfTxInf>";
  private static final String END = "</PmtInf></CstmrCdtTrfInitn></Document>";
  private static final Pattern AMOUNT = Pattern.compile("<InstdAmt Ccy=\"CNY\">([0-9.]+)<");

  private record Batch(String head, List<String> wages) {}

  private final Path file;
  private String head;
  private final List<Batch> batches = new ArrayList<>();

  private PayrollDraft(Path file, String head, Batch batch) {
    this.file = file;
    this.head = head;
    batches.add(batch);
  }

  static PayrollDraft open(Path file) throws IOException {
    var text = Files.readString(file);
    int batch = text.indexOf(BATCH);
    int wage = text.indexOf(WAGE);
    int end = text.indexOf(END);
    return new PayrollDraft(
        file,
        text.substring(0, batch),
        new Batch(
            text.substring(batch, wage),
            new ArrayList<>(text.substring(wage, end).lines().toList())));
  }

  /** Changes the wage at this place of the first batch, counted from 0. */
  PayrollDraft spoil(int place, UnaryOperator<String> change) {
    batches.getFirst().wages().replaceAll(keepOthers(place, change));
    return this;
  }

  private UnaryOperator<String> keepOthers(int place, UnaryOperator<String> change) {
    var wages = batches.getFirst().wages();
    var chosen = wages.get(place);
    return wage -> {
      if (!wage.equals(chosen)) {
        return wage;
      }
      var changed = change.apply(wage);
      if (changed.equals(wage)) {
        throw new IllegalArgumentException("nothing to spoil in wage " + place + " of " + file);
      }
      return changed;
    };
  }

  /** Says the wage at this place once more, under a reference of its own. */
  PayrollDraft repeat(int place) {
    var wages = batches.getFirst().wages();
    wages.add(wages.get(place).replace("</EndToEndId>", "-x2</EndToEndId>"));
    return this;
  }

  /** Gives a wage the reference of another. */
  PayrollDraft borrowReference(int place, int from) {
    var reference = element(batches.getFirst().wages().get(from), "EndToEndId");
    return spoil(place, wage -> wage.replace(element(wage, "EndToEndId"), reference));
  }

  /** Moves the last wages into a second batch with another date. */
  PayrollDraft splitLast(int count, String date, String otherDate) {
    var first = batches.getFirst();
    int from = first.wages().size() - count;
    var moved = new ArrayList<>(first.wages().subList(from, first.wages().size()));
    first.wages().subList(from, first.wages().size()).clear();
    batches.add(new Batch(first.head().replace("-B1<", "-B2<").replace(date, otherDate), moved));
    return this;
  }

  /** Gives the file another message identification. */
  PayrollDraft renamed(String suffix) {
    head = head.replace("</MsgId>", suffix + "</MsgId>");
    return this;
  }

  void save() throws IOException {
    saveAs(file, UnaryOperator.identity());
  }

  /** Writes it elsewhere, with a last change to the whole text. */
  void saveAs(Path other, UnaryOperator<String> change) throws IOException {
    var all = batches.stream().flatMap(b -> b.wages().stream()).toList();
    var text = new StringBuilder(counted(head, all));
    for (int i = 0; i < batches.size(); i++) {
      var batch = batches.get(i);
      text.append(i == 0 ? "" : "</PmtInf>\n").append(counted(batch.head(), batch.wages()));
      batch.wages().forEach(wage -> text.append(wage).append('\n'));
    }
    Files.writeString(other, change.apply(text.append(END).append('\n').toString()));
  }

  private static String counted(String head, List<String> wages) {
    return head.replaceAll("<NbOfTxs>[0-9]+<", "<NbOfTxs>" + wages.size() + "<")
        .replaceAll("<CtrlSum>[0-9.]+<", "<CtrlSum>" + sum(wages).toPlainString() + "<");
  }

  private static BigDecimal sum(List<String> wages) {
    var sum = new BigDecimal("0.00");
    for (var wage : wages) {
      var amount = AMOUNT.matcher(wage);
      if (amount.find()) {
        sum = sum.add(new BigDecimal(amount.group(1)));
      }
    }
    return sum;
  }

  private static String element(String wage, String name) {
    int from = wage.indexOf("<" + name + ">") + name.length() + 2;
    return wage.substring(from, wage.indexOf("</" + name + ">"));
  }
}
