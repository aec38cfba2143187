package org.wagerail.ops.payday;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.wagerail.adapter.contractor.PayrollReader;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.payroll.Payrolls;
import org.wagerail.payroll.SaidPayroll;

/**
 * One worker's blocks of wages: several small files, or the next lines of a large one. A file is
 * large when its bytes could hold more lines than a block.
 */
final class PayrollBlocks implements ItemReader<List<Payrolls.Part>>, AutoCloseable {
  /** The most wages of a block; fewer where little data has to make many blocks. */
  static final int WAGES = Integer.getInteger("wagerail.block", 10_000);

  /** No line of a message that could be paid has fewer bytes. */
  private static final int LEAST_BYTES = 400;

  /** A sheet says a wage in fewer, packed in fewer still. */
  private static final int LEAST_BYTES_OF_A_ROW = 40;

  private final int bank;
  private final ItemReader<List<InboundDocument>> groups;
  private final PayrollReader reader;
  private final SheetLimits limits;
  private final Payrolls payrolls;
  private final Deque<InboundDocument> group = new ArrayDeque<>();

  private @Nullable SaidPayroll large;
  private PayrollReader.@Nullable Lines lines;
  private int taken;

  PayrollBlocks(
      int bank,
      ItemReader<List<InboundDocument>> groups,
      PayrollReader reader,
      SheetLimits limits,
      Payrolls payrolls) {
    this.bank = bank;
    this.groups = groups;
    this.reader = reader;
    this.limits = limits;
    this.payrolls = payrolls;
  }

  /** How much of a block a document may fill. */
  static int weight(InboundDocument document) {
    int least = DocumentKind.isSheet(document.message()) ? LEAST_BYTES_OF_A_ROW : LEAST_BYTES;
    return (int) Math.min(WAGES + 1L, document.size() / least + 1);
  }

  @Override
  public @Nullable List<Payrolls.Part> read() throws Exception {
    if (large != null) {
      return lines == null ? begin(large) : next(large, lines);
    }
    if (group.isEmpty()) {
      var next = groups.read();
      if (next == null) {
        return null;
      }
      group.addAll(next);
    }
    var block = new ArrayList<Payrolls.Part>(group.size());
    int wages = 0;
    // Bytes only promise how many wages there are: a packed sheet can hold more.
    while (!group.isEmpty() && wages < WAGES) {
      var read = reader.read(group.remove(), WAGES, limits);
      if (read.payroll().findings() == null && read.payroll().lines() > WAGES) {
        if (block.isEmpty()) {
          return begin(read.payroll());
        }
        large = read.payroll();
        break;
      }
      block.add(new Payrolls.Part(read.payroll(), read.lines(), true, true));
      wages += read.lines().size();
    }
    return block;
  }

  private List<Payrolls.Part> begin(SaidPayroll payroll) {
    taken = payrolls.taken(bank, payroll.document().document());
    lines = reader.lines(payroll.document(), taken, limits);
    large = payroll;
    return next(payroll, lines);
  }

  private List<Payrolls.Part> next(SaidPayroll payroll, PayrollReader.Lines from) {
    boolean first = taken == 0;
    var more = from.next(WAGES);
    taken += more.size();
    boolean last = taken >= payroll.lines();
    if (last) {
      close();
    }
    return List.of(new Payrolls.Part(payroll, more, first, last));
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
    lines = null;
    large = null;
  }
}
