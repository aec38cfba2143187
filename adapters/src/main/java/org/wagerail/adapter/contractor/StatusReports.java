package org.wagerail.adapter.contractor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.adapter.sheet.AnnotatedSheet;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.iso.Pain002;
import org.wagerail.iso.Reason;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.mailbox.Outbox;
import org.wagerail.money.Money;
import org.wagerail.payroll.PayrollReports;
import org.wagerail.payroll.PayrollReports.Occasion;
import org.wagerail.payroll.PayrollReports.Reportable;
import org.wagerail.payroll.Payrolls;
import org.wagerail.project.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says by pain.002 how a payroll stands: for the file, for each batch, and for lines. Until
 * clearing has answered, only lines that something is wrong with are listed; then each is. Who sent
 * a sheet also gets it back with the same said beside its rows.
 */
@Component
public final class StatusReports {
  private static final JsonMapper JSON = new JsonMapper();

  private final PayrollReports reports;
  private final MessageStore store;
  private final Parameters parameters;

  StatusReports(PayrollReports reports, MessageStore store, Parameters parameters) {
    this.reports = reports;
    this.store = store;
    this.parameters = parameters;
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
    messages.addAll(annotated(bank, payrolls, tallies, at.atZone(zone).toLocalDate()));
    return messages;
  }

  // ------------------------------------------------------------------ sheets

  private List<Outbox.OutboundMessage> annotated(
      int bank, List<Reportable> payrolls, List<Tally> tallies, LocalDate today) {
    var places =
        IntStream.range(0, payrolls.size())
            .filter(i -> DocumentKind.isSheet(payrolls.get(i).message()))
            .boxed()
            .toList();
    if (places.isEmpty()) {
      return List.of();
    }
    var limits = SheetLimits.of(parameters.of(bank, ""), today);
    var documents = reports.documents(bank, places.stream().map(payrolls::get).toList());
    var messages = new ArrayList<Outbox.OutboundMessage>(places.size());
    for (int i = 0; i < places.size(); i++) {
      var message =
          annotated(
              payrolls.get(places.get(i)), documents.get(i), tallies.get(places.get(i)), limits);
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  private Outbox.@Nullable OutboundMessage annotated(
      Reportable payroll, InboundDocument document, Tally tally, SheetLimits limits) {
    try (var draft = store.draft()) {
      var buffered = new BufferedOutputStream(draft, 1 << 16);
      try (var sheet =
          AnnotatedSheet.open(
              () -> store.read(document.hash()), document.name(), limits, buffered)) {
        if (sheet == null) {
          return null;
        }
        if (!payroll.findings().isEmpty()) {
          noteFindings(payroll, sheet);
        } else if (tally.many) {
          reports.lines(payroll.bank(), List.of(payroll), (_, line) -> note(say(line), sheet));
        } else {
          tally.listed.forEach(said -> note(said, sheet));
        }
      }
      buffered.flush();
      return outbound(
          payroll,
          "annotated-",
          payroll.message().substring(payroll.message().indexOf('.')),
          payroll.message(),
          draft.keep());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Findings of a row together, rows in their order; what is said of the whole file comes first.
   */
  private static void noteFindings(Reportable payroll, AnnotatedSheet sheet) {
    var ofRow = new TreeMap<Integer, StringBuilder>();
    for (JsonNode finding : JSON.readTree(payroll.findings())) {
      if (finding.has("more")) {
        continue;
      }
      var path = finding.get("path").asString();
      var text = ofRow.computeIfAbsent(finding.get("line").asInt(), _ -> new StringBuilder());
      text.append(text.isEmpty() ? "" : "; ")
          .append(path.contains("column ") ? path.substring(path.indexOf("column ") + 7) : "")
          .append(" [")
          .append(finding.get("rule").asString())
          .append(", ")
          .append(finding.get("code").asString())
          .append("] ")
          .append(finding.get("message").asString());
    }
    ofRow.forEach((row, text) -> sheet.note(row, "拒绝 Refused", text.toString().strip()));
  }

  private static void note(Said said, AnnotatedSheet sheet) {
    var row = said.line().instrId();
    var reason = said.reason();
    sheet.note(
        Integer.parseInt(Objects.requireNonNull(row)),
        switch (said.status()) {
          case "ACCP" -> "已接受 Accepted";
          case "ACSP" -> "清算中 In clearing";
          case "ACSC" -> "已结清 Settled";
          case "PDNG" -> "待处理 Pending";
          case "RJCT" -> "拒绝 Rejected";
          default -> said.status();
        },
        reason == null
            ? ""
            : "["
                + Objects.requireNonNullElse(reason.code(), "")
                + "] "
                + Objects.requireNonNullElse(reason.text(), ""));
  }

  private static Outbox.OutboundMessage outbound(
      Reportable payroll, String prefix, String ending, String kind, MessageStore.Kept bytes) {
    return new Outbox.OutboundMessage(
        Outbox.Counterpart.CONTRACTOR,
        prefix + payroll.subject().replace('/', '-').replace(' ', '-') + ending,
        kind,
        payroll.subject(),
        bytes,
        payroll.occasion() == Occasion.RECEIVED ? payroll.document() : null);
  }

  // ------------------------------------------------------------------ pain.002

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
      return outbound(payroll, "pain.002-", ".xml", version, draft.keep());
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
                place(finding)
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

  /** A sheet's path begins with its row, which is its line. */
  private static String place(JsonNode finding) {
    var path = finding.get("path").asString();
    return path.startsWith("row ") ? path : "line " + finding.get("line").asInt() + " " + path;
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
