package org.wagerail.ops.casebook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.wagerail.iso.Camt054;

/** Plays the core banking system: tells of credits as it would, in files. */
final class CoreSystem {
  private CoreSystem() {}

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
