package org.wagerail.ops.payday;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.wagerail.adapter.contractor.PayrollReader;
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

  /** No line that could be paid has fewer bytes. */
  private static final int LEAST_BYTES = 400;

  private final int bank;
  private final ItemReader<List<InboundDocument>> groups;
  private final PayrollReader reader;
  private final Payrolls payrolls;

  private @Nullable SaidPayroll large;
  private PayrollReader.@Nullable Lines lines;
  private int taken;

  PayrollBlocks(
      int bank, ItemReader<List<InboundDocument>> groups, PayrollReader reader, Payrolls payrolls) {
    this.bank = bank;
    this.groups = groups;
    this.reader = reader;
    this.payrolls = payrolls;
  }

  /** How much of a block a document may fill. */
  static int weight(InboundDocument document) {
    return (int) Math.min(WAGES + 1L, document.size() / LEAST_BYTES + 1);
  }

  @Override
  public @Nullable List<Payrolls.Part> read() throws Exception {
    if (large != null && lines != null) {
      return next(large, lines);
    }
    var group = groups.read();
    if (group == null) {
      return null;
    }
    var block = new ArrayList<Payrolls.Part>(group.size());
    for (var document : group) {
      var read = reader.read(document, WAGES);
      if (read.payroll().findings() == null && read.payroll().lines() > WAGES) {
        // Alone in its group, because of its size.
        return begin(read.payroll());
      }
      block.add(new Payrolls.Part(read.payroll(), read.lines(), true, true));
    }
    return block;
  }

  private List<Payrolls.Part> begin(SaidPayroll payroll) {
    taken = payrolls.taken(bank, payroll.document().document());
    lines = reader.lines(payroll.document(), taken);
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
