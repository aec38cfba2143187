package org.wagerail.ops.province;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.wagerail.money.Money;
import org.wagerail.project.Role;

/** Writes a province to a directory. */
public final class Province {
  /** The bank that keeps the province's wage books. */
  public static final String BANK = Banks.OPERATING;

  /** For so long before its pay date everything has been as it is. */
  private static final int MONTHS_BEFORE = 7;

  private static final String BANK_SOURCE = "bank";
  private static final String PLATFORM = "supervision platform";

  /**
   * What was written.
   *
   * @param files how many payroll files
   * @param wages how many wages are in them
   * @param total their sum in fen
   */
  public record Written(int files, int wages, long total) {}

  private final ProvinceSpec spec;
  private final Path directory;
  private final String since;
  private final Banks banks = new Banks();
  private final Places places;
  private final People people;

  private Province(ProvinceSpec spec, Path directory) {
    this.spec = spec;
    this.directory = directory;
    since = spec.payDate().minusMonths(MONTHS_BEFORE).withDayOfMonth(1).toString();
    places = new Places(spec);
    people = new People(spec, banks);
  }

  /**
   * Writes reference data as the import takes it, payroll files under {@code payrolls} with an
   * index of them in {@code payrolls/index.csv}, users of each role, and the private keys of the
   * contractors' signatories (PKCS #8) under {@code keys}, two for each contractor: its code, a
   * hyphen, 1 or 2, and {@code .pk8}.
   *
   * @throws UncheckedIOException when something cannot be written
   */
  public static Written generate(ProvinceSpec spec, Path directory) {
    try {
      return new Province(spec, directory).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Written write() throws IOException {
    Files.createDirectories(directory.resolve("payrolls"));
    Files.createDirectories(directory.resolve("keys"));
    writeBanks();
    writeFirms();
    writeProjects();
    writeWorkers();
    writeRoster();
    return writePayrolls();
  }

  private void writeBanks() throws IOException {
    try (var csv = new CsvFile(directory, "banks.csv", "code", "name_zh", "name_en", "zone")) {
      csv.row(BANK, Banks.OPERATING_ZH, "\"" + Banks.OPERATING_EN + "\"", "Asia/Shanghai");
    }
    try (var csv =
        new CsvFile(
            directory,
            "participants.csv",
            "bank",
            "member",
            "name",
            "direct",
            "from_date",
            "source")) {
      for (var member : banks.members()) {
        csv.row(
            BANK,
            member.code(),
            member.name(),
            member.direct(),
            spec.payDate().withDayOfYear(1),
            "clearing bulletin");
      }
    }
  }

  private void writeFirms() throws IOException {
    try (var csv =
        new CsvFile(directory, "firms.csv", "bank", "code", "name", "from_date", "source")) {
      for (int firm = 0; firm < places.firms(); firm++) {
        csv.row(BANK, places.firmCode(firm), places.firmName(firm), since, BANK_SOURCE);
      }
    }
    var seed = new Seed(spec.seed());
    try (var csv =
        new CsvFile(
            directory,
            "signatories.csv",
            "bank",
            "firm",
            "id_number",
            "name",
            "public_key",
            "from_date",
            "source")) {
      for (int i = 0; i < places.contractors() * 2; i++) {
        var code = places.firmCode(i / 2);
        var keys = SigningKeys.of(seed, i);
        csv.row(
            BANK,
            code,
            people.signatoryId(i),
            people.name(Integer.MAX_VALUE + (long) i),
            Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
            since,
            BANK_SOURCE);
        Files.write(
            directory.resolve("keys").resolve(code + "-" + (i % 2 + 1) + ".pk8"),
            keys.getPrivate().getEncoded());
      }
    }
    writeUsers();
  }

  /** Each contractor's signatories, and one person of the bank for each of its roles. */
  private void writeUsers() throws IOException {
    try (var csv =
        new CsvFile(
            directory,
            "users.csv",
            "bank",
            "user",
            "role",
            "id_number",
            "name",
            "firm",
            "from_date",
            "source")) {
      int person = 0;
      for (; person < places.contractors() * 2; person++) {
        var code = places.firmCode(person / 2);
        writeUser(csv, code + "-" + (person % 2 + 1), Role.CONTRACTOR, person, code);
      }
      for (var role : Role.values()) {
        if (role != Role.CONTRACTOR) {
          writeUser(csv, role.name().toLowerCase(Locale.ROOT), role, person++, "");
        }
      }
    }
  }

  private void writeUser(CsvFile csv, String user, Role role, int person, String firm)
      throws IOException {
    csv.row(
        BANK,
        user,
        role.name(),
        people.signatoryId(person),
        people.name(Integer.MAX_VALUE + (long) person),
        firm,
        since,
        BANK_SOURCE);
  }

  private void writeProjects() throws IOException {
    try (var projects =
            new CsvFile(
                directory,
                "projects.csv",
                "bank",
                "code",
                "name",
                "region",
                "owner",
                "contractor",
                "source");
        var accounts =
            new CsvFile(
                directory,
                "special_accounts.csv",
                "bank",
                "number",
                "contractor",
                "opened_on",
                "source");
        var books =
            new CsvFile(
                directory,
                "wage_books.csv",
                "bank",
                "account",
                "project",
                "opening_balance",
                "source");
        var agreements =
            new CsvFile(
                directory,
                "agreements.csv",
                "bank",
                "project",
                "from_date",
                "document",
                "pay_day",
                "short_money",
                "calendar",
                "source");
        var subcontracts =
            new CsvFile(
                directory, "subcontracts.csv", "bank", "project", "firm", "from_date", "source")) {
      for (int project = 0; project < spec.projects(); project++) {
        var code = places.projectCode(project);
        var contractor = places.firmCode(places.contractorOf(project));
        var number = places.accountNumber(places.accountOf(project));
        projects.row(
            BANK,
            code,
            places.projectName(project),
            places.region(project),
            places.firmCode(places.ownerOf(project)),
            contractor,
            BANK_SOURCE);
        if (places.accountOf(project) == project) {
          accounts.row(BANK, number, contractor, since, BANK_SOURCE);
        }
        books.row(BANK, number, code, Money.format(opening(project), 2), BANK_SOURCE);
        agreements.row(
            BANK,
            code,
            since,
            sha256("agreement " + code),
            spec.payDate().getDayOfMonth(),
            "NOTHING",
            "CN",
            BANK_SOURCE);
        for (int file = 0; file < spec.filesPerProject(); file++) {
          subcontracts.row(
              BANK,
              code,
              places.firmCode(places.subcontractorOf(project, file)),
              since,
              BANK_SOURCE);
        }
      }
    }
  }

  private long opening(int project) {
    long total = 0;
    for (long w = places.firstWorker(project); w < places.firstWorker(project + 1); w++) {
      total += people.wage(w);
    }
    return Math.multiplyExact(total, spec.coverPercent()) / 100;
  }

  private void writeWorkers() throws IOException {
    try (var csv =
        new CsvFile(
            directory,
            "workers.csv",
            "bank",
            "id_number",
            "name",
            "account",
            "account_bank",
            "from_date",
            "source")) {
      for (long worker = 0; worker < spec.workers(); worker++) {
        csv.row(
            BANK,
            people.workerId(worker),
            people.name(worker),
            people.account(worker),
            people.bank(worker),
            since,
            PLATFORM);
      }
    }
  }

  private void writeRoster() throws IOException {
    try (var employments =
            new CsvFile(
                directory,
                "employments.csv",
                "bank",
                "project",
                "id_number",
                "firm",
                "from_date",
                "contract",
                "source");
        var confirmations =
            new CsvFile(
                directory,
                "confirmations.csv",
                "bank",
                "period",
                "project",
                "id_number",
                "run_type",
                "amount",
                "confirmed_at",
                "source",
                "evidence")) {
      var confirmedAt = spec.payDate().minusDays(4) + "T18:00:00+08:00";
      for (int project = 0; project < spec.projects(); project++) {
        var code = places.projectCode(project);
        for (int file = 0; file < spec.filesPerProject(); file++) {
          var firm = places.firmCode(places.subcontractorOf(project, file));
          long end = places.firstWorker(project, file + 1);
          for (long worker = places.firstWorker(project, file); worker < end; worker++) {
            var id = people.workerId(worker);
            var trouble = people.trouble(worker);
            if (trouble != Troubles.Kind.UNEMPLOYED) {
              employments.row(BANK, code, id, firm, since, "LC-" + (worker + 1), PLATFORM);
            }
            if (trouble != Troubles.Kind.UNCONFIRMED) {
              long less = trouble == Troubles.Kind.OTHER_AMOUNT ? 100_00 : 0;
              confirmations.row(
                  BANK,
                  spec.period(),
                  code,
                  id,
                  "REG",
                  Money.format(people.wage(worker) - less, 2),
                  confirmedAt,
                  "WORKER",
                  "app/" + (worker + 1));
            }
          }
        }
      }
    }
  }

  private Written writePayrolls() throws IOException {
    var payrolls = directory.resolve("payrolls");
    var writer = new PayrollFile(spec, people, places);
    long total = 0;
    try (var index =
        new CsvFile(
            payrolls,
            "index.csv",
            "file",
            "project",
            "account",
            "contractor",
            "subcontractor",
            "wages",
            "total")) {
      for (int project = 0; project < spec.projects(); project++) {
        for (int file = 0; file < spec.filesPerProject(); file++) {
          long sum = writer.write(payrolls, project, file);
          total += sum;
          index.row(
              writer.name(project, file),
              places.projectCode(project),
              places.accountNumber(places.accountOf(project)),
              places.firmCode(places.contractorOf(project)),
              places.firmCode(places.subcontractorOf(project, file)),
              places.firstWorker(project, file + 1) - places.firstWorker(project, file),
              Money.format(sum, 2));
        }
      }
    }
    return new Written(spec.projects() * spec.filesPerProject(), spec.workers(), total);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
