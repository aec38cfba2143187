package org.wagerail.ops.casebook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.wagerail.iso.Camt054;
import org.wagerail.ops.sandbox.CoreBank;

/** Plays the core banking system: tells of credits and states days as it would, in files. */
final class CoreSystem {
  private CoreSystem() {}

  /**
   * Writes statements of a day: of each account what it was told, of one account as the author
   * says.
   *
   * @param account its number
   * @throws IllegalStateException when the account had no such movement
   */
  static Path write(
      Path folder,
      int nth,
      String account,
      Step.CoreStates said,
      List<CoreBank.Statement> statements,
      LocalDateTime clock) {
    var written = new ArrayList<CoreBank.Statement>();
    for (var each : statements) {
      written.add(each.account().equals(account) ? spoiled(each, said) : each);
    }
    return CoreBank.write(
        folder.resolve("core"),
        "S" + nth + ".xml",
        "S" + nth,
        clock.atOffset(ZoneOffset.ofHours(8)),
        written);
  }

  private static CoreBank.Statement spoiled(CoreBank.Statement right, Step.CoreStates said) {
    var entries = new ArrayList<CoreBank.Movement>();
    for (int i = 1; i <= right.entries().size(); i++) {
      for (int times = times(i, said); times > 0; times--) {
        entries.add(right.entries().get(i - 1));
      }
    }
    if (Stream.concat(said.leavesOut().stream(), said.twice().stream())
        .anyMatch(place -> place > right.entries().size())) {
      throw new IllegalStateException("the account had no such movement on the day / 该日无此发生额");
    }
    said.adds()
        .forEach(
            (reference, amount) ->
                entries.add(new CoreBank.Movement(reference, amount, right.day())));
    var spoiled = right.with(entries);
    return said.closing() == null
        ? spoiled
        : new CoreBank.Statement(
            spoiled.account(),
            spoiled.day(),
            spoiled.sequence(),
            1,
            true,
            spoiled.opening(),
            said.closing(),
            entries);
  }

  private static int times(int place, Step.CoreStates said) {
    return said.leavesOut().contains(place) ? 0 : said.twice().contains(place) ? 2 : 1;
  }

  /** Writes a notification of one credit. */
  static Path write(
      Path folder, int nth, String account, Step.AdviceArrives said, LocalDateTime clock)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        Camt054.writer(
            bytes, new Camt054.Header("N" + nth, clock.atOffset(ZoneOffset.ofHours(8))))) {
      writer.account("N" + nth, account);
      writer.credit(
          new Camt054.Credit(
              said.reference(),
              said.amount(),
              said.bookedOn() == null ? clock.toLocalDate() : said.bookedOn(),
              "案例建设单位",
              said.project().isEmpty() ? null : said.project(),
              said.remittance()));
    }
    var text =
        bytes
            .toString(StandardCharsets.UTF_8)
            .replace("<Sts><Cd>BOOK</Cd>", "<Sts><Cd>" + said.status() + "</Cd>");
    return Files.writeString(
        Files.createDirectories(folder.resolve("core")).resolve("N" + nth + ".xml"), text);
  }
}
