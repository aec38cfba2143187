package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.wagerail.ops.home.ThrowAway;
import org.wagerail.ops.sandbox.Demonstration;
import picocli.CommandLine;

/**
 * Does a little of everything in a throw-away home, so that the launcher can record in an AOT cache
 * which classes the other commands will need.
 */
@CommandLine.Command
final class Rehearse implements Callable<Integer> {
  /** Wrong on purpose, so that findings are made too. */
  private static final String MESSAGE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
        <CstmrCdtTrfInitn>
          <GrpHdr>
            <MsgId>REHEARSAL</MsgId>
            <CreDtTm>2026-11-10T09:00:00</CreDtTm>
            <NbOfTxs>2</NbOfTxs>
            <CtrlSum>1.5</CtrlSum>
            <InitgPty><Nm>中建</Nm></InitgPty>
          </GrpHdr>
          <PmtInf>
            <PmtInfId>1</PmtInfId>
            <PmtMtd>TRF</PmtMtd>
            <ReqdExctnDt><Dt>2026-11-10</Dt></ReqdExctnDt>
            <Dbtr><Nm>中建</Nm></Dbtr>
            <DbtrAcct><Id><Othr><Id>1</Id></Othr></Id></DbtrAcct>
            <DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>1</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
            <CdtTrfTxInf>
              <PmtId><EndToEndId>1</EndToEndId></PmtId>
              <Amt><InstdAmt Ccy="CNY">6400.00</InstdAmt></Amt>
              <Cdtr><Name>张三</Name></Cdtr>
            </CdtTrfTxInf>
          </PmtInf>
        </CstmrCdtTrfInitn>
      </Document>
      """;

  @CommandLine.Option(
      names = "--light",
      description = {"只录制不用数据库的命令", "Only the commands that need no database"})
  private boolean light;

  @Override
  public Integer call() throws IOException {
    var nowhere = new PrintWriter(Writer.nullWriter());
    Terminal.run(nowhere, nowhere, "--help");
    try (var place = ThrowAway.open("rehearsal-" + ProcessHandle.current().pid(), null, false)) {
      var scratch = place.home().root();
      var message = Files.writeString(scratch.resolve("message.xml"), MESSAGE).toString();
      Terminal.run(nowhere, nowhere, "validate", message);
      Terminal.run(nowhere, nowhere, "validate", message, "--json");
      boolean good =
          light || Demonstration.play(place.home(), scratch.resolve("messages"), nowhere, false);
      return good ? Terminal.YES : Terminal.NO;
    }
  }
}
