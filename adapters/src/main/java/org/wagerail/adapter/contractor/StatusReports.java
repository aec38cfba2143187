package org.wagerail.adapter.contractor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Pain002;
import org.wagerail.iso.Reason;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;
import org.wagerail.payroll.PayrollReports;
import org.wagerail.payroll.PayrollReports.Occasion;
import org.wagerail.payroll.PayrollReports.Reportable;
import org.wagerail.payroll.Payrolls;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says by pain.002 how a payroll stands: for the file, for each batch, and for lines. Until
 * clearing has answered, only lines that something is wrong with are listed; then each is.
 */
@Component
public final class StatusReports {
  private static final JsonMapper JSON = new JsonMapper();

  private final PayrollReports reports;
  private final MessageStore store;

  StatusReports(PayrollReports reports, MessageStore store) {
    this.reports = reports;
    this.store = store;
  }

  /** A status, how many lines have it, and their sum in minor units. */
  private record Count(long lines, long sum) {
    private Count and(Count other) {
      return new Count(lines + other.lines, sum + other.sum);
    }
  }

  private record Said(PayrollReports.Line line, String status, @Nullable Reason reason) {
    /** Until clearing has answered, what goes well is told by its number only. */
    private boolean isListed(Occasion occasion) {
      return occasion == Occasion.ANSWERED || reason != null;
    }
  }

  /** What is counted of a payroll, and the lines to be listed as long as they are few. */
  private static final class Tally {
    private static final int FEW = 10_000;

    private final Occasion occasion;
    private final TreeMap<String, Count> whole = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<String, Count>> ofBatch = new TreeMap<>();
    private final List<Said> listed = new ArrayList<>();
    private boolean many;

    private Tally(Occasion occasion, PayrollReports.Outline outline) {
      this.occasion = occasion;
      outline.batches().forEach(b -> ofBatch.put(b.batch(), new TreeMap<>()));
      outline.toPay().forEach(p -> count(p.batch(), "ACCP", new Count(p.lines(), p.sum())));
    }

    private void count(int batch, String status, Count count) {
      batch(batch).merge(status, count, Count::and);
      whole.merge(status, count, Count::and);
    }

    private void add(Said said) {
      count(said.line().batch(), said.status(), new Count(1, said.line().amount()));
      if (!many && said.isListed(occasion)) {
        listed.add(said);
        if (listed.size() > FEW) {
          // They are read once more, when it is their turn to be written.
          many = true;
          listed.clear();
        }
      }
    }

    private TreeMap<String, Count> batch(int batch) {
      return Objects.requireNonNull(ofBatch.get(batch));
    }
  }

  /** Writes the reports of payrolls on one occasion and keeps their bytes. */
  public List<Outbox.OutboundMessage> write(
      int bank, List<Reportable> payrolls, Instant at, ZoneId zone) {
    var outlines = reports.outlines(bank, payrolls);
    var tallies = new ArrayList<Tally>(payrolls.size());
    for (int i = 0; i < payrolls.size(); i++) {
      tallies.add(new Tally(payrolls.get(i).occasion(), outlines.get(i)));
    }
    reports.lines(bank, payrolls, (place, line) -> tallies.get(place).add(say(line)));
    var messages = new ArrayList<Outbox.OutboundMessage>(payrolls.size());
    for (int i = 0; i < payrolls.size(); i++) {
      messages.add(
          write(
              payrolls.get(i),
              outlines.get(i),
              tallies.get(i),
              at.atZone(zone).toOffsetDateTime()));
    }
    return messages;
  }

  private Outbox.OutboundMessage write(
      Reportable payroll, PayrollReports.Outline outline, Tally tally, OffsetDateTime created) {
    try (var draft = store.draft()) {
      var buffered = new BufferedOutputStream(draft, 1 << 16);
      var version =
          payroll.message().equals("pain.001.001.03") ? Pain002.VERSION_03 : Pain002.VERSION_10;
      if (payroll.findings().isEmpty()) {
        read(payroll, outline, tally, version, buffered, created);
      } else {
        refused(payroll, version, buffered, created);
      }
      buffered.flush();
      return new Outbox.OutboundMessage(
          Outbox.Counterpart.CONTRACTOR,
          "pain.002-" + payroll.subject().replace('/', '-').replace(' ', '-') + ".xml",
          version,
          payroll.subject(),
          draft.keep(),
          payroll.occasion() == Occasion.RECEIVED ? payroll.document() : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String messageId(Reportable payroll) {
    var id = payroll.occasion().name().charAt(0) + "-" + payroll.subject().hashCode();
    return "S" + payroll.month() + "-" + payroll.payroll() + "-" + id.replace("--", "-n");
  }

  private static void refused(
      Reportable payroll, String version, BufferedOutputStream out, OffsetDateTime created) {
    var reasons = new ArrayList<Reason>();
    for (JsonNode finding : JSON.readTree(payroll.findings())) {
      if (finding.has("more")) {
        reasons.add(new Reason("NARR", finding.get("more").asLong() + " more findings / 另有未列出的问题"));
      } else {
        reasons.add(
            new Reason(
                finding.get("code").asString(),
                "line "
                    + finding.get("line").asInt()
                    + " "
                    + finding.get("path").asString()
                    + " "
                    + finding.get("rule").asString()
                    + ": "
                    + finding.get("message").asString()));
      }
    }
    try (var writer =
        Pain002.writer(
            out,
            version,
            new Pain002.Header(
                messageId(payroll),
                created,
                payroll.msgId().isEmpty() ? "NOTPROVIDED" : payroll.msgId(),
                payroll.message().isEmpty() ? "pain.001.001.09" : payroll.message(),
                null,
                null,
                "RJCT",
                reasons,
                List.of()))) {
      Objects.requireNonNull(writer);
    }
  }

  private void read(
      Reportable payroll,
      PayrollReports.Outline outline,
      Tally tally,
      String version,
      BufferedOutputStream out,
      OffsetDateTime created) {
    try (var writer =
        Pain002.writer(
            out,
            version,
            new Pain002.Header(
                messageId(payroll),
                created,
                payroll.msgId(),
                payroll.message(),
                (long) payroll.lines(),
                BigDecimal.valueOf(payroll.total(), 2),
                rollUp(tally.whole),
                List.of(),
                counts(tally.whole)))) {
      var batches = outline.batches().iterator();
      var open = new AtomicInteger();
      Consumer<Said> list =
          said -> {
            // Lines are in the order of the file, and so are its batches.
            while (open.get() < said.line().batch()) {
              open.set(begin(writer, batches.next(), tally));
            }
            writer.line(
                said.line().instrId(), said.line().endToEnd(), said.status(), said.reason());
          };
      if (tally.many) {
        reports.lines(
            payroll.bank(),
            List.of(payroll),
            (_, line) -> {
              var said = say(line);
              if (said.isListed(payroll.occasion())) {
                list.accept(said);
              }
            });
      } else {
        tally.listed.forEach(list);
      }
      batches.forEachRemaining(batch -> begin(writer, batch, tally));
    }
  }

  private static int begin(Pain002.Writer writer, PayrollReports.Batch batch, Tally tally) {
    var counts = tally.batch(batch.batch());
    writer.batch(
        batch.pmtInfId(),
        (long) batch.lines(),
        BigDecimal.valueOf(batch.total(), 2),
        rollUp(counts),
        tally.occasion == Occasion.RECEIVED ? moved(batch) : List.of(),
        counts(counts));
    return batch.batch();
  }

  /** That a pay date on a rest day was moved before it. */
  private static List<Reason> moved(PayrollReports.Batch batch) {
    return batch.movedFrom() == null
        ? List.of()
        : List.of(
            new Reason(
                "DT06",
                batch.movedFrom()
                    + " is a rest day: paid on "
                    + batch.payDate()
                    + " / 该日为休息日，提前至 "
                    + batch.payDate()
                    + " 支付"));
  }

  /** A line's status: the worst that is still open, and why. */
  private static Said say(PayrollReports.Line line) {
    if (!line.verdict().equals("PAY")) {
      return new Said(line, line.verdict().equals("HOLD") ? "PDNG" : "RJCT", reason(line.checks()));
    }
    if (line.payments() == 0) {
      return line.decided()
          ? new Said(
              line,
              "PDNG",
              new Reason("AM04", "the wage book had too little money; still due / 分账余额不足，仍应付"))
          : new Said(line, "ACCP", null);
    }
    boolean open = line.settled() + line.rejected() + line.returned() < line.payments();
    if (line.standing() >= line.amount()) {
      return new Said(line, open ? "ACSP" : "ACSC", null);
    }
    if (line.rejected() == line.payments()) {
      return new Said(
          line, "RJCT", new Reason(line.reason(), "rejected by clearing; still due / 清算拒绝，仍应付"));
    }
    if (line.standing() == 0) {
      return new Said(
          line, "ACSC", new Reason(line.reason(), "settled and returned; due again / 已退回，重新应付"));
    }
    boolean cameBack = line.rejected() + line.returned() > 0;
    return new Said(
        line,
        open ? "ACSP" : "ACSC",
        new Reason(
            cameBack ? line.reason() : "AM04",
            "paid "
                + Money.format(line.standing(), 2)
                + " of "
                + Money.format(line.amount(), 2)
                + ", the rest is still due / 部分支付，余额仍应付"));
  }

  private static Reason reason(@Nullable String names) {
    var first = Payrolls.checks(names).stream().filter(c -> !c.code().isEmpty()).findFirst();
    return first
        .map(c -> new Reason(c.code(), c.name() + ": " + c.english() + " / " + c.chinese()))
        .orElse(new Reason("NARR", "decided by the bank / 银行决定"));
  }

  /** One status of a set that is all alike, else PART. */
  private static String rollUp(Map<String, Count> counts) {
    return counts.size() == 1 ? counts.keySet().iterator().next() : "PART";
  }

  private static List<Pain002.StatusCount> counts(Map<String, Count> counts) {
    return counts.entrySet().stream()
        .map(
            e ->
                new Pain002.StatusCount(
                    e.getKey(), e.getValue().lines(), BigDecimal.valueOf(e.getValue().sum(), 2)))
        .toList();
  }
}
