package org.wagerail.ops.casebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wagerail.iso.Camt029;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Reason;
import org.wagerail.payment.TxId;

/** Plays clearing: keeps what it was sent, and answers as the author says, in files. */
final class ClearingHouse {
  /** A transfer and whose it is: of which file of the case, and which worker. */
  private record Taken(Partners.Transfer transfer, String file, String worker) {}

  private final String bank;
  private final Map<String, Taken> taken = new LinkedHashMap<>();
  private int written;

  ClearingHouse(String bank) {
    this.bank = bank;
  }

  /**
   * Takes a package. Whose transfers they are is read from the engine's rows, because what the
   * messages say may name nobody or somebody twice.
   */
  void took(Partners.Package sent, Views views, Map<String, Stage.Sent> files) {
    var payees = new HashMap<String, Views.Payee>();
    views
        .payees(
            sent.transfers().stream()
                .map(t -> TxId.read(t.txId()))
                .filter(Objects::nonNull)
                .toList())
        .forEach(payee -> payees.put(payee.txId(), payee));
    for (var transfer : sent.transfers()) {
      var payee = payees.get(transfer.txId());
      for (var file : files.values()) {
        if (payee != null && file.name().equals(payee.file())) {
          taken.put(
              transfer.txId(), new Taken(transfer, file.step().key(), file.worker(payee.line())));
        }
      }
    }
  }

  /** Writes answers in their order; neighbours about one package share a file. */
  List<Path> answers(Step.ClearingSays says, Path folder, LocalDateTime clock) throws IOException {
    record About(Step.Answer answer, Partners.Transfer transfer) {}
    var written = new ArrayList<Path>();
    var together = new ArrayList<Step.Answer>();
    var transfersTogether = new ArrayList<Partners.Transfer>();
    About last = null;
    for (var answer : says.answers()) {
      var about = new About(answer, transfer(answer));
      if (last != null
          && (form(last.answer()) != form(answer)
              || !last.transfer().message().equals(about.transfer().message()))) {
        written.add(write(folder, clock, together, transfersTogether));
        together.clear();
        transfersTogether.clear();
      }
      together.add(answer);
      transfersTogether.add(about.transfer());
      last = about;
    }
    if (!together.isEmpty()) {
      written.add(write(folder, clock, together, transfersTogether));
    }
    return written;
  }

  /** The message in which something is said. */
  private enum Form {
    STATUS,
    RETURN,
    WORD
  }

  private static Form form(Step.Answer answer) {
    return switch (answer.says()) {
      case SETTLED, REJECTED, ACCEPTED, PENDING -> Form.STATUS;
      case RETURNED -> Form.RETURN;
      case RECALL_AGREED, RECALL_REFUSED, RECALL_PENDING -> Form.WORD;
    };
  }

  private Partners.Transfer transfer(Step.Answer answer) {
    return answer.worker() == null
        ? new Partners.Transfer(
            "NEVER-SENT",
            Cast.MEMBER,
            Objects.requireNonNullElse(answer.transaction(), ""),
            "NOTPROVIDED",
            "",
            Objects.requireNonNullElse(answer.amount(), 1L))
        : find(answer.worker(), answer.file(), answer.nth());
  }

  /**
   * The nth transfer to a worker, or the last.
   *
   * @throws IllegalStateException when clearing was sent none
   */
  Partners.Transfer find(String worker, @Nullable String file, int nth) {
    var found =
        taken.values().stream()
            .filter(t -> t.worker().equals(worker) && (file == null || t.file().equals(file)))
            .map(Taken::transfer)
            .toList();
    if (found.isEmpty() || nth > found.size()) {
      throw new IllegalStateException(
          "clearing was sent no such payment of " + worker + " / 清算未收到该笔付款");
    }
    return nth == 0 ? found.getLast() : found.get(nth - 1);
  }

  /** The worker whose wage a transaction is; null when it is nobody's. */
  @Nullable String worker(String txId) {
    var transfer = taken.get(txId);
    return transfer == null ? null : transfer.worker();
  }

  private Path write(
      Path folder, LocalDateTime clock, List<Step.Answer> answers, List<Partners.Transfer> about)
      throws IOException {
    var id = "C" + ++written;
    var path = Files.createDirectories(folder.resolve("clearing")).resolve(id + ".xml");
    var created = clock.atOffset(ZoneOffset.ofHours(8));
    try (var out = Files.newOutputStream(path)) {
      switch (form(answers.getFirst())) {
        case RETURN -> returns(out, id, created, answers, about);
        case STATUS -> statuses(out, id, created, answers, about);
        case WORD -> words(out, id, created, answers, about);
      }
    }
    return path;
  }

  private void words(
      java.io.OutputStream out,
      String id,
      OffsetDateTime created,
      List<Step.Answer> answers,
      List<Partners.Transfer> about) {
    var header =
        new Camt029.Header(
            bank + "-" + id,
            created,
            about.getFirst().participant(),
            bank,
            status(answers.getFirst(), "CNCL"));
    try (var writer = Camt029.writer(out, header)) {
      for (int i = 0; i < answers.size(); i++) {
        writer.answer(
            about.get(i).message(),
            Pacs008.VERSION,
            about.get(i).endToEnd(),
            about.get(i).txId(),
            status(answers.get(i), "ACCR"),
            reason(answers.get(i)));
      }
    }
  }

  private static String status(Step.Answer answer, String agreed) {
    return switch (answer.says()) {
      case RECALL_AGREED -> agreed;
      case RECALL_REFUSED -> "RJCR";
      default -> "PDCR";
    };
  }

  /** Writes the report of a day: a statement that begins it at nothing. */
  Path report(Step.SettlementReported says, Path folder, LocalDateTime clock) throws IOException {
    var id = "C" + ++written;
    var path = Files.createDirectories(folder.resolve("clearing")).resolve(id + ".xml");
    var settled = details(says.settled(), null);
    var returned = details(says.returned(), new Reason("AC04", null));
    long closing =
        returned.stream().mapToLong(Camt053.Detail::amountMinor).sum()
            - settled.stream().mapToLong(Camt053.Detail::amountMinor).sum();
    var header =
        new Camt053.Header(
            bank + "-" + id,
            clock.atOffset(ZoneOffset.ofHours(8)),
            id,
            bank,
            says.day(),
            0,
            says.closing() == null ? closing : says.closing());
    try (var out = Files.newOutputStream(path);
        var writer = Camt053.writer(out, header)) {
      if (!settled.isEmpty()) {
        writer.entry(id + "-1", false, says.day(), null, settled);
      }
      if (!returned.isEmpty()) {
        writer.entry(id + "-2", true, says.day(), null, returned);
      }
    }
    return path;
  }

  private List<Camt053.Detail> details(List<Step.Item> items, @Nullable Reason returned) {
    return items.stream()
        .map(
            item -> {
              var transfer =
                  item.worker() == null ? null : find(item.worker(), item.file(), item.nth());
              long amount = transfer == null ? 1 : transfer.amount();
              return new Camt053.Detail(
                  transfer == null
                      ? Objects.requireNonNullElse(item.transaction(), "")
                      : transfer.txId(),
                  transfer == null ? null : transfer.endToEnd(),
                  item.amount() == null ? amount : item.amount(),
                  returned);
            })
        .toList();
  }

  /** The transactions of a package. */
  List<String> transactions(String message) {
    return taken.values().stream()
        .map(Taken::transfer)
        .filter(t -> t.message().equals(message))
        .map(Partners.Transfer::txId)
        .toList();
  }

  private void statuses(
      java.io.OutputStream out,
      String id,
      OffsetDateTime created,
      List<Step.Answer> answers,
      List<Partners.Transfer> about) {
    var header =
        new Pacs002.Header(
            bank + "-" + id,
            created,
            about.getFirst().participant(),
            bank,
            about.getFirst().message(),
            Pacs008.VERSION,
            null,
            null);
    try (var writer = Pacs002.writer(out, header)) {
      for (int i = 0; i < answers.size(); i++) {
        var answer = answers.get(i);
        var status =
            switch (answer.says()) {
              case SETTLED -> "ACSC";
              case REJECTED -> "RJCT";
              case ACCEPTED -> "ACTC";
              case PENDING -> "PDNG";
              case RETURNED, RECALL_AGREED, RECALL_REFUSED, RECALL_PENDING ->
                  throw new IllegalArgumentException("no status: " + answer.says());
            };
        writer.status(
            null, about.get(i).endToEnd(), about.get(i).txId(), status, reason(answer), null, null);
      }
    }
  }

  private void returns(
      java.io.OutputStream out,
      String id,
      OffsetDateTime created,
      List<Step.Answer> answers,
      List<Partners.Transfer> about) {
    long total = 0;
    for (int i = 0; i < answers.size(); i++) {
      total += amount(answers.get(i), about.get(i));
    }
    var header =
        new Pacs004.Header(
            bank + "-" + id,
            created,
            answers.size(),
            total,
            created.toLocalDate(),
            about.getFirst().participant(),
            bank,
            about.getFirst().message(),
            Pacs008.VERSION);
    try (var writer = Pacs004.writer(out, header)) {
      for (int i = 0; i < answers.size(); i++) {
        writer.returned(
            id + "-" + (i + 1),
            null,
            about.get(i).endToEnd(),
            about.get(i).txId(),
            amount(answers.get(i), about.get(i)),
            reason(answers.get(i)));
      }
    }
  }

  private static long amount(Step.Answer answer, Partners.Transfer transfer) {
    return answer.amount() == null ? transfer.amount() : answer.amount();
  }

  private static @Nullable Reason reason(Step.Answer answer) {
    return answer.reason() == null ? null : new Reason(answer.reason(), null);
  }
}
