package org.wagerail.ops.payday;

import java.io.UncheckedIOException;
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
  private final Jobs.Job job;
  private final Deque<InboundDocument> group = new ArrayDeque<>();

  private @Nullable SaidPayroll large;
  private PayrollReader.@Nullable Lines lines;
  private int taken;

  PayrollBlocks(
      int bank,
      ItemReader<List<InboundDocument>> groups,
      PayrollReader reader,
      SheetLimits limits,
      Payrolls payrolls,
      Jobs.Job job) {
    this.bank = bank;
    this.groups = groups;
    this.reader = reader;
    this.limits = limits;
    this.payrolls = payrolls;
    this.job = job;
  }

  /** How much of a block a document may fill. */
  static int weight(InboundDocument document) {
    int least = DocumentKind.isSheet(document.message()) ? LEAST_BYTES_OF_A_ROW : LEAST_BYTES;
    return (int) Math.min(WAGES + 1L, document.size() / least + 1);
  }

  @Override
  public @Nullable List<Payrolls.Part> read() throws Exception {
    while (true) {
      var block = large == null ? small() : next(large);
      if (block == null || !block.isEmpty()) {
        return block;
      }
    }
  }

  /** The next of the small files; empty where only a large one has come, null at the end. */
  private @Nullable List<Payrolls.Part> small() throws Exception {
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
    while (!group.isEmpty() && wages < WAGES && large == null) {
      var read = read(group.remove());
      if (read == null) {
        continue;
      }
      if (read.payroll().findings() == null && read.payroll().lines() > WAGES) {
        large = read.payroll();
      } else {
        block.add(new Payrolls.Part(read.payroll(), read.lines(), true, true));
        wages += read.lines().size();
      }
    }
    return block;
  }

  private PayrollReader.@Nullable Read read(InboundDocument document) {
    try {
      return reader.read(document, WAGES, limits);
    } catch (RuntimeException e) {
      job.setAside("read", document, e);
      return null;
    }
  }

  /** The next lines of the large file; empty where it ends, or could not be taken further. */
  private List<Payrolls.Part> next(SaidPayroll payroll) {
    try {
      int there = payrolls.taken(bank, payroll.document().document());
      if (lines == null) {
        taken = there;
        lines = reader.lines(payroll.document(), taken, limits);
      } else if (there != taken) {
        // Its last block was set aside.
        close();
        return List.of();
      }
      boolean first = taken == 0;
      var more = lines.next(WAGES);
      taken += more.size();
      boolean last = taken >= payroll.lines();
      if (last) {
        close();
      }
      return List.of(new Payrolls.Part(payroll, more, first, last));
    } catch (UncheckedIOException e) {
      job.setAside("read", payroll.document(), e);
      close();
      return List.of();
    }
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
