package org.wagerail.ops.province;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wagerail.money.Money;

/** Writes payroll files: one batch each, of one project and subcontractor. */
final class PayrollFile {
  private final ProvinceSpec spec;
  private final People people;
  private final Places places;

  PayrollFile(ProvinceSpec spec, People people, Places places) {
    this.spec = spec;
    this.people = people;
    this.places = places;
  }

  String name(int project, int file) {
    return places.projectCode(project) + "-" + (file + 1) + ".xml";
  }

  private String version(int project) {
    if (!spec.version().isEmpty()) {
      return spec.version();
    }
    return "pain.001.001."
        + switch (project % 20) {
          case 1 -> "03";
          case 2 -> "11";
          default -> "09";
        };
  }

  /** Writes one file and returns its control sum in fen. */
  long write(Path directory, int project, int file) throws IOException {
    long first = places.firstWorker(project, file);
    long end = places.firstWorker(project, file + 1);
    long total = 0;
    for (long worker = first; worker < end; worker++) {
      total += people.wage(worker);
    }
    try (var out =
        new BufferedWriter(
            new OutputStreamWriter(
                Files.newOutputStream(directory.resolve(name(project, file))),
                StandardCharsets.UTF_8),
            1 << 16)) {
      head(out, project, file, end - first, Money.format(total, 2));
      var text = new StringBuilder(1_000);
      for (long worker = first; worker < end; worker++) {
        text.setLength(0);
        wage(text, project, file, worker, worker - first + 1);
        out.append(text);
      }
      out.write("</PmtInf></CstmrCdtTrfInitn></Document>\n");
    }
    return total;
  }

  private void head(Writer out, int project, int file, long count, String sum) throws IOException {
    var version = version(project);
    var contractor = places.contractorOf(project);
    var message = places.projectCode(project) + "-" + compactPeriod() + "-R" + (file + 1);
    var date =
        version.endsWith("03") ? spec.payDate().toString() : "<Dt>" + spec.payDate() + "</Dt>";
    out.write(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:%s"><CstmrCdtTrfInitn>
        <GrpHdr><MsgId>%s</MsgId><CreDtTm>%sT09:00:00+08:00</CreDtTm><NbOfTxs>%d</NbOfTxs>\
        <CtrlSum>%s</CtrlSum><InitgPty><Nm>%s</Nm><Id><OrgId>%s</OrgId></Id></InitgPty></GrpHdr>
        <PmtInf><PmtInfId>%s-B1</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>\
        <NbOfTxs>%d</NbOfTxs><CtrlSum>%s</CtrlSum>\
        <PmtTpInf><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf><ReqdExctnDt>%s</ReqdExctnDt>
        <Dbtr><Nm>%s</Nm></Dbtr><DbtrAcct><Id><Othr><Id>%s</Id></Othr></Id><Ccy>CNY</Ccy></DbtrAcct>\
        <DbtrAgt>%s</DbtrAgt>
        <UltmtDbtr><Nm>%s</Nm><Id><OrgId>%s%s</OrgId></Id></UltmtDbtr>
        """
            .formatted(
                version,
                message,
                spec.payDate().minusDays(3),
                count,
                sum,
                places.firmName(contractor),
                identified(places.firmCode(contractor), "USCC"),
                message,
                count,
                sum,
                date,
                places.firmName(contractor),
                places.accountNumber(places.accountOf(project)),
                agent(Banks.OPERATING),
                places.firmName(places.subcontractorOf(project, file)),
                identified(places.projectCode(project), "PROJECT"),
                identified(places.firmCode(places.subcontractorOf(project, file)), "USCC")));
  }

  private void wage(StringBuilder text, int project, int file, long worker, long line) {
    var trouble = people.trouble(worker);
    var id = people.workerId(worker);
    var name = people.name(worker);
    var account = people.account(worker);
    switch (trouble) {
      case SPACED_NAME -> name = name.substring(0, 1) + "\u3000" + name.substring(1) + " ";
      case OTHER_NAME -> name = name.startsWith("王") ? "李某某" : "王某某";
      case OTHER_ACCOUNT -> account = people.foreignAccount(worker);
      case BAD_IDENTIFIER -> id = id.substring(0, 17) + (id.endsWith("1") ? '2' : '1');
      case NONE, UNCONFIRMED, OTHER_AMOUNT, UNEMPLOYED -> {}
    }
    text.append("<CdtTrfTxInf><PmtId><InstrId>")
        .append(line)
        .append("</InstrId><EndToEndId>")
        .append(places.projectCode(project))
        .append('-')
        .append(compactPeriod())
        .append('-')
        .append(file + 1)
        .append('-')
        .append(line)
        .append("</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"CNY\">")
        .append(Money.format(people.wage(worker), 2))
        .append("</InstdAmt></Amt><CdtrAgt>")
        .append(agent(people.bank(worker)))
        .append("</CdtrAgt><Cdtr><Nm>")
        .append(name)
        .append("</Nm><Id><PrvtId><Othr><Id>")
        .append(id)
        .append("</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm></Othr></PrvtId></Id></Cdtr>")
        .append("<CdtrAcct><Id><Othr><Id>")
        .append(account)
        .append("</Id></Othr></Id></CdtrAcct><RmtInf><Ustrd>/PERIOD/")
        .append(spec.period())
        .append("/RUN/REG</Ustrd></RmtInf></CdtTrfTxInf>\n");
  }

  private String compactPeriod() {
    return "%04d%02d".formatted(spec.period().getYear(), spec.period().getMonthValue());
  }

  private static String agent(String code) {
    return "<FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>"
        + code
        + "</MmbId></ClrSysMmbId></FinInstnId>";
  }

  private static String identified(String id, String scheme) {
    return "<Othr><Id>" + id + "</Id><SchmeNm><Prtry>" + scheme + "</Prtry></SchmeNm></Othr>";
  }
}
