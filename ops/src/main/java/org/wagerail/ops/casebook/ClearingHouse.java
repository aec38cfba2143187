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
          && (isReturn(last.answer()) != isReturn(answer)
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

  private static boolean isReturn(Step.Answer answer) {
    return answer.says() == Step.Says.RETURNED;
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
      if (isReturn(answers.getFirst())) {
        returns(out, id, created, answers, about);
      } else {
        statuses(out, id, created, answers, about);
      }
    }
    return path;
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
              case RETURNED -> throw new IllegalArgumentException("a return is no status");
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
