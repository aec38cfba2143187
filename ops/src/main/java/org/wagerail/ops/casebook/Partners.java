package org.wagerail.ops.casebook;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Camt056;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pacs028;
import org.wagerail.iso.Pain002;
import org.wagerail.mailbox.Notices;

/** What clearing and the contractor find in their folders, read as they would read it. */
final class Partners {
  private Partners() {}

  /** A message that reached a partner. */
  sealed interface Heard {}

  /** One transfer of a package; amount in minor units. */
  record Transfer(
      String message, String participant, String txId, String endToEnd, String name, long amount) {}

  /** A pacs.008; amounts in minor units. */
  record Package(String message, long count, long sum, List<Transfer> transfers) implements Heard {}

  /**
   * A pacs.028.
   *
   * @param transactions those it names; none when it asks about the whole package
   */
  record Inquiry(String message, List<String> transactions) implements Heard {}

  /** One transfer of a camt.056. */
  record Recall(String txId, @Nullable String reason) implements Heard {}

  /** A camt.054; amounts in minor units. */
  record Advice(@Nullable String file, List<Returned> returns) implements Heard {}

  /** A wage that came back. */
  record Returned(String txId, long amount, String reason) {}

  /**
   * A pain.002.
   *
   * @param file name of the file it answers, null when that had no payroll
   * @param batches statuses and reasons of batches, in their order
   */
  record Report(
      @Nullable String file,
      String status,
      @Nullable String reason,
      List<String> batches,
      List<Line> lines)
      implements Heard {}

  /** A notice, and what it says by name. */
  record Told(String to, String kind, Map<String, String> facts) implements Heard {}

  /**
   * A line of a pain.002.
   *
   * @param instruction as the contractor's file numbers its lines
   * @param said status and reason
   */
  record Line(String instruction, String said) {}

  static Heard read(Views.Delivered message, Path path) throws IOException {
    if (message.kind().equals(Notices.KIND)) {
      return notice(path);
    }
    return switch (message.kind().substring(0, 8)) {
      case "pacs.008" -> packaged(path);
      case "pacs.028" -> inquiry(path);
      case "camt.056" -> recall(path);
      case "camt.054" -> advice(message, path);
      default -> report(message, path);
    };
  }

  private static Inquiry inquiry(Path path) throws IOException {
    var about = "";
    var transactions = new ArrayList<String>();
    try (var message = Pacs028.open(Files.newInputStream(path))) {
      for (var event = message.next(); event != null; event = message.next()) {
        switch (event) {
          case Pacs028.Original original -> about = said(original.orgnlMsgId());
          case Pacs028.Asked asked -> transactions.add(said(asked.orgnlTxId()));
        }
      }
    }
    return new Inquiry(about, transactions);
  }

  private static Recall recall(Path path) throws IOException {
    try (var message = Camt056.open(Files.newInputStream(path))) {
      for (var event = message.next(); event != null; event = message.next()) {
        if (event instanceof Camt056.Recall recall) {
          return new Recall(said(recall.orgnlTxId()), recall.reasonCode());
        }
      }
    }
    throw new IllegalStateException("a camt.056 without a transfer: " + path.getFileName());
  }

  private static Advice advice(Views.Delivered of, Path path) throws IOException {
    var returns = new ArrayList<Returned>();
    try (var message = Camt054.open(Files.newInputStream(path))) {
      for (var event = message.next(); event != null; event = message.next()) {
        if (event instanceof Camt054.Transaction back) {
          returns.add(
              new Returned(said(back.txId()), minor(back.amount()), said(back.reasonCode())));
        }
      }
    }
    return new Advice(of.file(), returns);
  }

  private static Told notice(Path path) throws IOException {
    var facts = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(path)) {
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(": ");
      facts.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return new Told(
        said(facts.get("to")).toLowerCase(Locale.ROOT), said(facts.get("notice")), facts);
  }

  private static Package packaged(Path path) throws IOException {
    Pacs008.Group group = null;
    var transfers = new ArrayList<Transfer>();
    try (var message = Pacs008.open(Files.newInputStream(path))) {
      for (var event = message.next(); event != null; event = message.next()) {
        switch (event) {
          case Pacs008.Group g -> group = g;
          case Pacs008.Transfer t ->
              transfers.add(
                  new Transfer(
                      group == null ? "" : said(group.msgId()),
                      group == null ? "" : said(group.instdAgtMember()),
                      said(t.txId()),
                      said(t.endToEndId()),
                      said(t.cdtrName()),
                      minor(t.amount())));
        }
      }
    }
    if (group == null) {
      throw new IllegalStateException("a pacs.008 without a group: " + path.getFileName());
    }
    return new Package(
        said(group.msgId()),
        group.nbOfTxs() == null ? -1 : group.nbOfTxs(),
        minor(group.total()),
        transfers);
  }

  private static Report report(Views.Delivered of, Path path) throws IOException {
    var status = "";
    String reason = null;
    var batches = new ArrayList<String>();
    var lines = new ArrayList<Line>();
    try (var message = Pain002.open(Files.newInputStream(path))) {
      for (var event = message.next(); event != null; event = message.next()) {
        switch (event) {
          case Pain002.Original original -> {
            status = said(original.grpSts());
            reason = original.reasonCode();
          }
          case Pain002.BatchStatus batch ->
              batches.add(said(batch.pmtInfSts(), batch.reasonCode()));
          case Pain002.LineStatus line ->
              lines.add(new Line(said(line.orgnlInstrId()), said(line.txSts(), line.reasonCode())));
        }
      }
    }
    return new Report(of.file(), status, reason, batches, lines);
  }

  private static String said(@Nullable String status, @Nullable String reason) {
    return said(status) + (reason == null ? "" : " " + reason);
  }

  private static String said(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static long minor(@Nullable BigDecimal amount) {
    return amount == null ? -1 : amount.movePointRight(2).longValueExact();
  }
}
