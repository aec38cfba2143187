package org.wagerail.ops.casebook;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a contractor's file as the contractor would send it. What an author spoils stands in it as
 * he wrote it: the file is made of text, so it can be wrong in every way a file can be wrong.
 */
final class PayrollText {
  /** The scheme of an identifier as pain.001 says it, by the register's name. */
  private static final Map<String, String> SCHEMES =
      Map.of("RESIDENT_ID", "<Cd>NIDN</Cd>", "PASSPORT", "<Cd>CCPT</Cd>");

  private final String bank;
  private final Cast cast;
  private final Step.FileArrives file;
  private final StringBuilder text = new StringBuilder();
  private int line;

  private PayrollText(String bank, Cast cast, Step.FileArrives file) {
    this.bank = bank;
    this.cast = cast;
    this.file = file;
  }

  /** The file's text. */
  static String of(String bank, Cast cast, Step.FileArrives file, LocalDateTime created) {
    return new PayrollText(bank, cast, file).write(created);
  }

  /** The lines' end-to-end identifications, in the order of the file. */
  static List<String> endToEnds(Step.FileArrives file) {
    var ids = new ArrayList<String>();
    for (var batch : file.batches()) {
      for (var line : batch.lines()) {
        ids.add(
            line.endToEnd() == null ? file.message() + "-" + (ids.size() + 1) : line.endToEnd());
      }
    }
    return ids;
  }

  private String write(LocalDateTime created) {
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:")
        .append(file.version())
        .append("\"><CstmrCdtTrfInitn>\n<GrpHdr>");
    element("MsgId", file.message());
    element("CreDtTm", created.withNano(0) + (created.getSecond() == 0 ? ":00" : "") + "+08:00");
    element(
        "NbOfTxs",
        Objects.requireNonNullElse(
            file.count(),
            Integer.toString(file.batches().stream().mapToInt(b -> b.lines().size()).sum())));
    element("CtrlSum", Objects.requireNonNullElse(file.sum(), sum(lines())));
    text.append("<InitgPty><Nm>案例总承包公司</Nm><Id><OrgId>")
        .append(other(cast.contractor(), "<Prtry>USCC</Prtry>"))
        .append("</OrgId></Id></InitgPty></GrpHdr>\n");
    var ids = endToEnds(file);
    for (int i = 0; i < file.batches().size(); i++) {
      batch(file.batches().get(i), i + 1, ids);
    }
    return text.append("</CstmrCdtTrfInitn></Document>\n").toString();
  }

  private List<Step.Line> lines() {
    return file.batches().stream().flatMap(batch -> batch.lines().stream()).toList();
  }

  /** The sum of what are amounts at all. */
  private static String sum(List<Step.Line> lines) {
    var sum = BigDecimal.ZERO;
    for (var line : lines) {
      if (line.amount().matches("[0-9]+(\\.[0-9]+)?")) {
        sum = sum.add(new BigDecimal(line.amount()));
      }
    }
    return sum.toPlainString();
  }

  private void batch(Step.Batch batch, int ordinal, List<String> ids) {
    text.append("<PmtInf>");
    element("PmtInfId", file.message() + "-B" + ordinal);
    element("PmtMtd", batch.method());
    element("NbOfTxs", Integer.toString(batch.lines().size()));
    element("CtrlSum", sum(batch.lines()));
    text.append("<PmtTpInf><CtgyPurp><Cd>").append(escaped(batch.purpose()));
    text.append("</Cd></CtgyPurp></PmtTpInf><ReqdExctnDt>");
    if (file.version().endsWith(".03")) {
      text.append(batch.payDate());
    } else {
      element("Dt", batch.payDate().toString());
    }
    text.append("</ReqdExctnDt>\n<Dbtr><Nm>案例总承包公司</Nm></Dbtr><DbtrAcct><Id><Othr>");
    element("Id", cast.special(batch.account()));
    text.append("</Othr></Id><Ccy>CNY</Ccy></DbtrAcct><DbtrAgt>")
        .append(agent(bank))
        .append("</DbtrAgt>\n<UltmtDbtr><Nm>案例分包 ")
        .append(escaped(batch.firm()))
        .append("</Nm><Id><OrgId>")
        .append(other(batch.project(), "<Prtry>PROJECT</Prtry>"))
        .append(
            other(
                batch.firmCode() == null ? cast.firm(batch.firm()) : batch.firmCode(),
                "<Prtry>USCC</Prtry>"))
        .append("</OrgId></Id></UltmtDbtr>\n");
    for (var wage : batch.lines()) {
      wage(wage, ids.get(line++));
    }
    text.append("</PmtInf>");
  }

  private void wage(Step.Line wage, String endToEnd) {
    var person = cast.person(wage.worker());
    text.append("<CdtTrfTxInf><PmtId>");
    element("InstrId", Integer.toString(line));
    element("EndToEndId", endToEnd);
    text.append("</PmtId><Amt><InstdAmt Ccy=\"")
        .append(escaped(wage.currency()))
        .append("\">")
        .append(escaped(wage.amount()))
        .append("</InstdAmt></Amt>");
    var member = wage.member() == null ? person.member() : wage.member();
    if (!member.isEmpty()) {
      text.append("<CdtrAgt>").append(agent(member)).append("</CdtrAgt>");
    }
    text.append("<Cdtr>");
    given("Nm", wage.name(), person.name());
    var id = wage.id() == null ? person.id() : wage.id();
    var scheme = wage.scheme() == null ? person.scheme() : wage.scheme();
    if (!id.isEmpty()) {
      text.append("<Id><PrvtId>")
          .append(other(id, SCHEMES.getOrDefault(scheme, "<Prtry>" + scheme + "</Prtry>")))
          .append("</PrvtId></Id>");
    }
    text.append("</Cdtr>");
    var account =
        wage.accountOf() != null
            ? cast.person(wage.accountOf()).account()
            : wage.account() != null ? wage.account() : person.account();
    if (!account.isEmpty()) {
      text.append("<CdtrAcct><Id><Othr>");
      element("Id", account);
      text.append("</Othr></Id></CdtrAcct>");
    }
    text.append("<RmtInf>");
    element("Ustrd", wage.remittance());
    text.append("</RmtInf></CdtTrfTxInf>\n");
  }

  /** What was given, or what is usual; what was given as nothing is left out. */
  private void given(String name, @Nullable String given, String usual) {
    var value = given == null ? usual : given;
    if (!value.isEmpty()) {
      element(name, value);
    }
  }

  private void element(String name, String value) {
    text.append('<').append(name).append('>').append(escaped(value));
    text.append("</").append(name).append('>');
  }

  private static String other(String id, String scheme) {
    return "<Othr><Id>" + escaped(id) + "</Id><SchmeNm>" + scheme + "</SchmeNm></Othr>";
  }

  private static String agent(String member) {
    return "<FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>"
        + escaped(member)
        + "</MmbId></ClrSysMmbId></FinInstnId>";
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
