package org.wagerail.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it measures the heap of the process")
class LargeFileTests {
  private static final int WAGES = 300_000;

  @Test
  void memoryDoesNotGrowWithTheFile() {
    long before = 0;
    long peak = 0;
    long wages = 0;
    try (Pain001 reader = Pain001.open(new Payrolls(WAGES))) {
      for (Pain001.@Nullable Event event = reader.next(); event != null; event = reader.next()) {
        if (event instanceof Pain001.Transaction transaction) {
          wages++;
          if (wages == 1000) {
            before = used();
          } else if (wages % 75_000 == 0) {
            peak = Math.max(peak, used());
          }
          assertThat(transaction.line()).isEqualTo(wages);
        }
      }
      assertThat(reader.report().findings()).isEmpty();
      assertThat(reader.count()).isEqualTo(WAGES);
      assertThat(reader.sum()).isEqualByComparingTo("1500300000");
    }
    assertThat(wages).isEqualTo(WAGES);
    assertThat(peak - before).isLessThan(8L << 20);
  }

  /** Live heap in bytes. */
  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** A payroll made while it is read. */
  private static final class Payrolls extends InputStream {
    private final int wages;
    private byte[] chunk;
    private int at;
    private int next;

    Payrolls(int wages) {
      this.wages = wages;
      String head = Samples.PAYROLL.substring(0, Samples.PAYROLL.indexOf("<CdtTrfTxInf>"));
      chunk =
          head.replace("<NbOfTxs>2<", "<NbOfTxs>" + wages + "<")
              .replace("12500.50", "1500300000.00")
              .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      return at < chunk.length || refill() ? chunk[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] b, int off, int len) {
      if (at >= chunk.length && !refill()) {
        return -1;
      }
      int count = Math.min(len, chunk.length - at);
      System.arraycopy(chunk, at, b, off, count);
      at += count;
      return count;
    }

    private boolean refill() {
      if (next > wages) {
        return false;
      }
      String text =
          next == wages
              ? "</PmtInf></CstmrCdtTrfInitn></Document>"
              : "<CdtTrfTxInf><PmtId><EndToEndId>E-"
                  + next
                  + "</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"CNY\">5001.00</InstdAmt></Amt>"
                  + "<Cdtr><Nm>工人"
                  + next
                  + "</Nm></Cdtr></CdtTrfTxInf>\n";
      next++;
      chunk = text.getBytes(StandardCharsets.UTF_8);
      at = 0;
      return true;
    }
  }
}
