package org.wagerail.adapter.contractor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.iso.Pain001;
import org.wagerail.iso.Report;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.payroll.SaidBatch;
import org.wagerail.payroll.SaidLine;
import org.wagerail.payroll.SaidPayroll;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads files into payrolls, whatever they are written in: pain.001 or a sheet. A file's verdict
 * stands only at its end, so a file is read to its end first; lines are taken on the way when they
 * fit a block, and read once more when they do not.
 */
@Component
public final class PayrollReader {
  private static final LocalDate NO_DATE = LocalDate.of(1970, 1, 1);
  private static final JsonMapper JSON = new JsonMapper();

  private final MessageStore store;

  PayrollReader(MessageStore store) {
    this.store = store;
  }

  /**
   * A file read to its end.
   *
   * @param lines all its lines, or nothing when there are more than fit or the file is refused
   */
  public record Read(SaidPayroll payroll, List<SaidLine> lines) {}

  /**
   * Reads a file to its end.
   *
   * @param most the most lines to keep
   * @param limits how large a sheet may be
   */
  public Read read(InboundDocument document, int most, SheetLimits limits) {
    var lines = new ArrayList<SaidLine>();
    var payroll =
        read(
            document,
            limits,
            line -> {
              if (line.line() <= most) {
                lines.add(line);
              }
            });
    boolean all = payroll.findings() == null && payroll.lines() <= most;
    return new Read(payroll, all ? lines : List.of());
  }

  /**
   * Reads a file to its end as a stream.
   *
   * @param limits how large a sheet may be
   * @param lines takes each line; of a refused file too, before that is known
   */
  public SaidPayroll read(InboundDocument document, SheetLimits limits, Consumer<SaidLine> lines) {
    try (var file = PayrollText.open(store, document, limits)) {
      var facts = new Facts();
      for (var event = file.next(); event != null; event = file.next()) {
        var line = facts.add(event);
        if (line != null) {
          lines.accept(line);
        }
      }
      var report = file.report();
      boolean refused = report.verdict() != Verdict.VALID;
      return new SaidPayroll(
          document,
          facts.initiator,
          facts.msgId,
          HexFormat.of().parseHex(file.contentHash()),
          facts.count,
          facts.total,
          refused ? List.of() : facts.batches(),
          refused ? findings(report) : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a large file's lines after one that was taken before. */
  public Lines lines(InboundDocument document, int after, SheetLimits limits) {
    try {
      return new Lines(PayrollText.open(store, document, limits), after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A large file's lines, in blocks. */
  public static final class Lines implements AutoCloseable {
    private final PayrollText file;
    private final Facts facts = new Facts();
    private final int after;

    private Lines(PayrollText file, int after) {
      this.file = file;
      this.after = after;
    }

    /** The next lines, at most so many; empty at the end. */
    public List<SaidLine> next(int most) {
      var lines = new ArrayList<SaidLine>(most);
      while (lines.size() < most) {
        var event = file.next();
        if (event == null) {
          break;
        }
        var line = facts.add(event);
        if (line != null && line.line() > after) {
          lines.add(line);
        }
      }
      return lines;
    }

    @Override
    public void close() {
      file.close();
    }
  }

  private static String findings(Report report) {
    var all = new ArrayList<Object>(report.findings());
    if (report.findingsTotal() > report.findings().size()) {
      all.add(new Unlisted(report.findingsTotal() - report.findings().size()));
    }
    return JSON.writeValueAsString(all);
  }

  private record Unlisted(long more) {}

  /** What is gathered of a file on the way. */
  private static final class Facts {
    private final SeenIds seen = new SeenIds();
    private final List<Pain001.Batch> said = new ArrayList<>();
    private final List<int[]> counts = new ArrayList<>();
    private final List<long[]> totals = new ArrayList<>();
    private final List<String[]> firstParty = new ArrayList<>();
    private String initiator = "";
    private String msgId = "";
    private int count;
    private long total;

    private @Nullable SaidLine add(Pain001.Event event) {
      return switch (event) {
        case Pain001.Group group -> {
          initiator =
              Objects.requireNonNullElse(
                  group.initgPtyId(), Objects.requireNonNullElse(group.initgPtyName(), ""));
          msgId = Objects.requireNonNullElse(group.msgId(), "");
          yield null;
        }
        case Pain001.Batch batch -> {
          said.add(batch);
          counts.add(new int[1]);
          totals.add(new long[1]);
          firstParty.add(new String[2]);
          yield null;
        }
        case Pain001.Transaction transaction -> line(transaction);
      };
    }

    private SaidLine line(Pain001.Transaction said) {
      count++;
      int batch = this.said.size() - 1;
      counts.get(batch)[0]++;
      // A batch that leaves project and firm to its transactions is filed under its first one's.
      if (counts.get(batch)[0] == 1) {
        firstParty.get(batch)[0] = said.project();
        firstParty.get(batch)[1] = said.uscc();
      }
      var endToEnd = Objects.requireNonNullElse(said.endToEndId(), "NOTPROVIDED");
      var line =
          new SaidLine(
              count,
              this.said.size(),
              said.instrId(),
              endToEnd,
              !endToEnd.equals("NOTPROVIDED") && !seen.add(endToEnd),
              said.amount(),
              said.currency(),
              said.cdtrAgtMember(),
              said.cdtrName(),
              said.cdtrPersonScheme(),
              said.cdtrPersonId(),
              said.cdtrAcct(),
              said.remittance(),
              isElsewhere(this.said.get(batch).project(), firstParty.get(batch)[0], said.project())
                  || isElsewhere(
                      this.said.get(batch).uscc(), firstParty.get(batch)[1], said.uscc()));
      total = Math.addExact(total, line.minor());
      totals.get(batch)[0] += line.minor();
      return line;
    }

    /**
     * A line may repeat what its batch says; where the batch says nothing all lines say the same.
     */
    private static boolean isElsewhere(
        @Nullable String ofBatch, @Nullable String ofFirst, @Nullable String ofLine) {
      return ofBatch == null
          ? !Objects.equals(ofLine, ofFirst)
          : ofLine != null && !ofLine.equals(ofBatch);
    }

    private List<SaidBatch> batches() {
      var batches = new ArrayList<SaidBatch>(said.size());
      for (int i = 0; i < said.size(); i++) {
        var batch = said.get(i);
        batches.add(
            new SaidBatch(
                i + 1,
                Objects.requireNonNullElse(batch.pmtInfId(), ""),
                Objects.requireNonNullElse(batch.pmtMtd(), ""),
                batch.ctgyPurp(),
                Objects.requireNonNullElse(batch.reqdExctnDt(), NO_DATE),
                batch.dbtrAcct(),
                batch.project() == null ? firstParty.get(i)[0] : batch.project(),
                batch.uscc() == null ? firstParty.get(i)[1] : batch.uscc(),
                counts.get(i)[0],
                totals.get(i)[0]));
      }
      return batches;
    }
  }
}
