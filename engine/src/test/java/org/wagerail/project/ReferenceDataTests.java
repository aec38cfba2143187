package org.wagerail.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wagerail.TestDatabase;
import org.wagerail.secrecy.Vault;

class ReferenceDataTests {
  private static final Instant AT = Instant.parse("2026-10-12T01:00:00Z");
  private static final String BANK = "105331000012";
  private static final String GENERAL = "91350100M000100Y43";
  private static final String SUB = "913301000000000196";
  private static final String ZHANG = "11010519491231002X";
  private static final String LI = "33010619660101000X";
  private static final String KEY = "MCowBQYDK2VwAyEAT0lJhsBdt7vece2FfScL7vOxpwp2dEXajp8lOfv9CEI=";
  private static final String KEY_2 =
      "MCowBQYDK2VwAyEAKyYQcZUJ0OSCgeuMn5R3nvXXxSWlm7g+XWi6BigP18A=";

  @TempDir Path directory;
  private TestDatabase database;
  private ReferenceData referenceData;

  /** A small world in which everything is right. */
  private final Map<String, String> files = new TreeMap<>();

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    referenceData = database.bean(ReferenceData.class);
    files.put("banks", "code,name_zh,name_en\nB,示范银行,Demonstration Bank");
    files.put(
        "participants",
        "bank,member,name,direct,from_date,source\n"
            + "B,102331000010,甲银行,102331000010,2026-01-01,bulletin\n"
            + "B,102332000020,甲银行宁波,102331000010,2026-01-01,bulletin");
    files.put(
        "firms", "bank,code,name,source\nB," + GENERAL + ",大建集团,bank\nB," + SUB + ",小工劳务,bank");
    files.put(
        "workers",
        "bank,id_number,name,account,account_bank,source\nB,"
            + ZHANG
            + ",张三丰,6228170000000001003,102332000020,platform\nB,"
            + LI
            + ",\ud842\udfb7四,330019000000000009,102331000010,platform");
    files.put(
        "signatories",
        "bank,firm,id_number,name,public_key,from_date,source\n"
            + "B,G,33010619660101800"
            + ResidentId.checkDigit("33010619660101800")
            + ",尹一,"
            + KEY
            + ",2026-01-01,bank\nB,G,33010619660101801"
            + ResidentId.checkDigit("33010619660101801")
            + ",孟二,"
            + KEY_2
            + ",2026-01-01,bank");
    files.put(
        "users",
        "bank,user,role,id_number,name,firm,from_date,source\nB,zhang,CONTRACTOR,"
            + ZHANG
            + ",张三丰,G,2026-03-01,bank\nB,zhang,AUDITOR,"
            + ZHANG
            + ",张三丰,,2026-03-01,bank\nB,li,MAKER,"
            + LI
            + ",\ud842\udfb7四,,2026-03-01,bank");
    files.put(
        "projects",
        "bank,code,name,region,owner,contractor,source\nB,P1,一号工程,330100,G,G,bank\n"
            + "B,P2,二号工程,330100,G,G,bank");
    files.put(
        "special_accounts", "bank,number,contractor,opened_on,source\nB,33001,G,2026-03-01,bank");
    files.put(
        "wage_books",
        "bank,account,project,opening_balance,source\n"
            + "B,33001,P1,10000.50,bank\nB,33001,P2,,bank");
    files.put(
        "agreements",
        "bank,project,from_date,document,pay_day,short_money,calendar,source\nB,P1,2026-03-01,"
            + "ab".repeat(32)
            + ",15,PRO_RATA,CN,bank");
    files.put("subcontracts", "bank,project,firm,from_date,source\nB,P1,S,2026-03-01,bank");
    files.put(
        "employments",
        "bank,project,id_number,firm,from_date,contract,source\nB,P1,"
            + ZHANG
            + ",S,2026-03-01,LC-1,platform\nB,P1,"
            + LI
            + ",G,2026-03-01,,platform");
    files.put(
        "confirmations",
        "bank,period,project,id_number,run_type,amount,confirmed_at,source,evidence\nB,2026-10,P1,"
            + ZHANG
            + ",REG,6000.00,2026-10-11T18:00:00+08:00,WORKER,app/1");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void takesEverythingInAndBooksOpeningBalances() throws IOException {
    var report = take();

    assertThat(report.findings()).isEmpty();
    assertThat(report.files())
        .filteredOn(file -> file.file().equals("workers.csv"))
        .containsExactly(new ImportReport.FileCount("workers.csv", 2, 2));
    assertThat(
            database
                .jdbc()
                .sql(
                    "SELECT a.kind || ' ' || b.balance FROM account a JOIN account_balance b USING"
                        + " (bank, account)")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "IN_CLEARING 0",
            "SETTLEMENT -1000050",
            "SUSPENSE 0",
            "WAGE_BOOK 1000050",
            "WAGE_BOOK 0");
    assertThat(count("SELECT count(*) FROM confirmation_202610 WHERE nth = 1 AND amount = 600000"))
        .isEqualTo(1);
    assertThat(count("SELECT count(*) FROM command_log")).isEqualTo(1);
  }

  @Test
  void keepsPersonalDataSealedAndFindable() throws IOException {
    take();

    var vault = database.bean(Vault.class);
    var blind = BlindIndex.ofIdentifier(vault, 1, IdScheme.RESIDENT_ID, LI);
    var party =
        database
            .jdbc()
            .sql("SELECT party FROM party_identifier WHERE bank = 1 AND blind = ?")
            .param(blind)
            .query(Long.class)
            .single();
    var sealed =
        database
            .jdbc()
            .sql("SELECT name_sealed FROM party WHERE party = ?")
            .param(party)
            .query(byte[].class)
            .single();
    assertThat(vault.open(1, "party.name_sealed", party, sealed)).isEqualTo("\ud842\udfb7四");
    assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("四");
    assertThat(
            count(
                "SELECT count(*) FROM worker_account WHERE position('330019000000000009'::bytea IN"
                    + " sealed) > 0"))
        .isZero();
  }

  @Test
  void changesNothingTheSecondTime() throws IOException {
    take();
    var before = census();

    var again = take();

    assertThat(again.accepted()).isTrue();
    assertThat(again.files()).allMatch(file -> file.added() == 0);
    assertThat(census()).isEqualTo(before);
  }

  @Test
  void addsWhatIsNewBesideWhatIsHere() throws IOException {
    take();
    files.merge(
        "confirmations",
        "\nB,2026-10,P1," + ZHANG + ",REG,5900.00,2026-10-12T18:00:00+08:00,WORKER,app/2",
        String::concat);
    files.merge(
        "workers",
        "\nB," + ZHANG + ",张三丰 ,330019000000000010,102331000010,platform",
        String::concat);

    assertThat(take().findings()).isEmpty();

    assertThat(
            count(
                "SELECT amount FROM confirmation WHERE party IN (SELECT party FROM confirmation)"
                    + " ORDER BY nth DESC LIMIT 1"))
        .isEqualTo(590_000);
    assertThat(count("SELECT count(*) FROM worker_account")).isEqualTo(3);
    assertThat(count("SELECT count(*) FROM party WHERE kind = 'PERSON'")).isEqualTo(4);
  }

  @ParameterizedTest(name = "{0}: {3} at {4} {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          banks            | B,示范银行                      | B2,示范银行                  | BAD_BANK_CODE   | 2 | code
          firms            | 大建集团                        | 大建\u200b集团                | NAME_BAD_CHAR   | 2 | name
          firms            | B,91350100M000100Y43,           | B,91350100M000100Y44,        | BAD_IDENTIFIER  | 2 | code
          firms            | ,bank\\nB                       | ,bank\\nC                    | UNKNOWN_BANK    | 3 | bank
          firms            | bank,code,name,source           | bank,code,nom,source         | MISSING_COLUMN  | 1 | name
          firms            | ,小工劳务,bank                  | ,小工劳务                    | FIELD_COUNT     | 3 | ''
          workers          | 张三丰                          | ''                           | MISSING_VALUE   | 2 | name
          workers          | 6228170000000001003             | 6228170000000001004          | BAD_ACCOUNT     | 2 | account
          workers          | ,102332000020,                  | ,102332000099,               | UNKNOWN_MEMBER  | 2 | account_bank
          participants     | 甲银行宁波,102331000010         | 甲银行宁波,102331000099      | UNKNOWN_MEMBER  | 3 | direct
          signatories      | MCowBQYDK2VwAyEAKyYQcZUJ0OSCgeuMn5R3nvXXxSWlm7g+XWi6BigP18A= | MCowBQYDK2VwAyEAT0lJhsBdt7vece2FfScL7vOxpwp2dEXajp8lOfv9CEI= | SHARED_KEY | 2 | public_key
          users            | B,li,                           | B,zhang,                     | SHARED_USER     | 4 | user
          users            | CONTRACTOR                      | BOSS                         | BAD_CHOICE      | 2 | role
          users            | zhang,AUDITOR                   | zhang,CONTRACTOR             | MISSING_VALUE   | 3 | firm
          users            | zhang,AUDITOR                   | ,AUDITOR                     | MISSING_VALUE   | 3 | user
          projects         | ,330100,G,G,bank\\nB,P2         | ,33010,G,G,bank\\nB,P2       | BAD_REGION      | 2 | region
          projects         | B,P2                            | B,P1                         | REPEATED_ROW    | 3 | code
          special_accounts | 2026-03-01                      | 2026-02-30                   | BAD_DATE        | 2 | opened_on
          wage_books       | 10000.50                        | 10000.505                    | BAD_AMOUNT      | 2 | opening_balance
          wage_books       | B,33001,P2                      | B,33002,P2                   | UNKNOWN_ACCOUNT | 3 | account
          agreements       | PRO_RATA                        | SOME                         | BAD_CHOICE      | 2 | short_money
          agreements       | ,CN,                            | ,DE,                         | UNKNOWN_CALENDAR | 2 | calendar
          agreements       | ,15,                            | ,32,                         | BAD_NUMBER      | 2 | pay_day
          subcontracts     | P1                              | P9                           | UNKNOWN_PROJECT | 2 | project
          employments      | LC-1,platform\\nB,P1            | LC-1,platform\\nB,P9         | UNKNOWN_PROJECT | 3 | project
          employments      | 11010519491231002X              | 110105194912310100           | BAD_IDENTIFIER  | 2 | id_number
          confirmations    | 2026-10,P1                      | 2026-13,P1                   | BAD_PERIOD      | 2 | period
          confirmations    | 18:00:00+08:00                  | 18:00:00                     | BAD_INSTANT     | 2 | confirmed_at
          confirmations    | 2026-10,P1                      | 2029-10,P1                   | FAR_AHEAD       | 2 | period
          """)
  void findsWhatIsWrong(
      String file, String right, String wrong, String code, long row, String column)
      throws IOException {
    var text = files.get(file);
    assertThat(text).contains(right.replace("\\n", "\n"));
    files.put(file, text.replace(right.replace("\\n", "\n"), wrong.replace("\\n", "\n")));

    var report = take();

    assertThat(report.accepted()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::file, Finding::code, Finding::row, Finding::column)
        .contains(tuple(file + ".csv", code, row, column));
    assertThat(report.findings()).allMatch(f -> !f.zh().isBlank() && !f.en().isBlank());
    assertThat(census()).isEqualTo("0/0/0/0/0");
  }

  @Test
  void namesAPersonWithTwoNames() throws IOException {
    files.merge(
        "workers", "\nB," + ZHANG + ",张三,330019000000000010,102331000010,platform", String::concat);
    assertThat(take().findings())
        .extracting(Finding::code, Finding::row, Finding::column)
        .containsExactly(tuple("CONTRADICTION", 4L, "name"));
  }

  @Test
  void namesAPersonWhoHadAnotherName() throws IOException {
    take();
    files.computeIfPresent("workers", (_, text) -> text.replace("张三丰", "张三"));
    assertThat(take().findings())
        .extracting(Finding::code, Finding::row, Finding::column)
        .containsExactly(tuple("CONTRADICTION", 2L, "name"));
  }

  @Test
  void refusesAChangedRowAndAStaleConfirmation() throws IOException {
    take();
    files.computeIfPresent("agreements", (_, text) -> text.replace(",15,", ",20,"));
    files.computeIfPresent("firms", (_, text) -> text.replace("小工劳务", "小工"));
    files.computeIfPresent("confirmations", (_, text) -> text.replace("6000.00", "7000.00"));
    assertThat(take().findings())
        .extracting(Finding::file, Finding::code, Finding::row)
        .containsExactlyInAnyOrder(
            tuple("agreements.csv", "CHANGED", 2L),
            tuple("firms.csv", "CHANGED", 3L),
            tuple("confirmations.csv", "NOT_LATER", 2L));
  }

  @Test
  void refusesFilesItDoesNotKnowAndBytesThatAreNotUtf8() throws IOException {
    files.put("worker", "a\n1");
    write();
    Files.write(directory.resolve("firms.csv"), new byte[] {'b', (byte) 0xff, '\n'});
    assertThat(referenceData.importDirectory(directory, "test", AT).findings())
        .extracting(Finding::file, Finding::code)
        .contains(tuple("worker.csv", "UNKNOWN_FILE"), tuple("firms.csv", "BAD_ENCODING"));
  }

  @Test
  void findsWhatCannotBeReadAndNamesInCapitals() throws IOException {
    write();
    Files.move(directory.resolve("workers.csv"), directory.resolve("WORKERS.CSV"));
    Files.delete(directory.resolve("projects.csv"));
    Files.createDirectory(directory.resolve("projects.csv"));
    assertThat(referenceData.importDirectory(directory, "test", AT).findings())
        .extracting(Finding::file, Finding::code)
        .contains(tuple("WORKERS.CSV", "UNKNOWN_FILE"), tuple("projects.csv", "CANNOT_READ"));
  }

  @Test
  void listsAThousandFindingsAndCountsTheRest() throws IOException {
    files.merge("firms", "\nB,X,无码,bank".repeat(2_500), String::concat);
    var report = take();
    assertThat(report.findings()).hasSize(1_000);
    assertThat(report.findingCount()).isEqualTo(2_500);
  }

  @Test
  void readsAByteOrderMark() throws IOException {
    files.computeIfPresent("firms", (_, text) -> "\ufeff" + text);
    assertThat(take().findings()).isEmpty();
  }

  @Test
  void takesTheNearestParameter() throws IOException {
    files.put(
        "parameters",
        """
        bank,region,name,from_date,value,source
        ,,minimum-wage,2024-01-01,200000,a
        ,330000,minimum-wage,2024-01-01,249000,b
        ,330000,minimum-wage,2026-11-01,260000,b
        ,330100,minimum-wage,2025-01-01,250000,c
        B,,package-size,2026-01-01,500,d
        """);
    assertThat(take().findings()).isEmpty();
    var parameters = database.bean(Parameters.class);
    var october = LocalDate.of(2026, 10, 15);
    assertThat(parameters.of(1, "330100").number("minimum-wage", october)).isEqualTo(250_000);
    assertThat(parameters.of(1, "330200").number("minimum-wage", october)).isEqualTo(249_000);
    assertThat(parameters.of(1, "330200").number("minimum-wage", LocalDate.of(2026, 11, 1)))
        .isEqualTo(260_000);
    assertThat(parameters.of(1, "").number("minimum-wage", october)).isEqualTo(200_000);
    assertThat(parameters.of(1, "").number("package-size", october)).isEqualTo(500);
    assertThat(parameters.of(2, "").number("package-size", october)).isEqualTo(2_000);
    assertThat(parameters.of(1, "").text("cut-off", october)).isEqualTo("16:00");
    assertThat(parameters.of(1, "").find("unheard-of", october)).isEmpty();
  }

  private ImportReport take() throws IOException {
    write();
    return referenceData.importDirectory(directory, "test", AT);
  }

  /** B, G and S stand for the bank, the general contractor and the subcontractor. */
  private void write() throws IOException {
    for (var file : files.entrySet()) {
      var text =
          file.getValue()
              .replaceAll("(?m)^B,", BANK + ",")
              .replace(",G,", "," + GENERAL + ",")
              .replace(",G,", "," + GENERAL + ",")
              .replace(",S,", "," + SUB + ",");
      Files.writeString(directory.resolve(file.getKey() + ".csv"), text);
    }
  }

  private String census() {
    return count("SELECT count(*) FROM bank")
        + "/"
        + count("SELECT count(*) FROM party")
        + "/"
        + count("SELECT count(*) FROM account")
        + "/"
        + count("SELECT count(*) FROM posting")
        + "/"
        + count("SELECT count(*) FROM command_log");
  }

  private long count(String sql) {
    return database.jdbc().sql(sql).query(Long.class).single();
  }
}
