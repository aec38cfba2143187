package org.wagerail.ops.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wagerail.money.AccountNumber;
import org.wagerail.money.Money;
import org.wagerail.project.IdScheme;

class ProvinceTests {
  private static final LocalDate PAY_DATE = LocalDate.of(2026, 10, 15);

  @TempDir Path directory;

  @Test
  void makesTheSameBytesFromTheSameSeed() throws IOException {
    var spec = ProvinceSpec.of(7, 12, 500, PAY_DATE).withFilesPerProject(2);
    Province.generate(spec, directory.resolve("a"));
    Province.generate(spec, directory.resolve("b"));
    Province.generate(
        ProvinceSpec.of(8, 12, 500, PAY_DATE).withFilesPerProject(2), directory.resolve("c"));

    assertThat(bytes("a")).hasSize(13 + 24 + 1 + 4).isEqualTo(bytes("b"));
    assertThat(bytes("c").get("workers.csv")).isNotEqualTo(bytes("a").get("workers.csv"));
  }

  @Test
  void addsUp() throws IOException {
    var written = Province.generate(ProvinceSpec.of(1, 5, 1_000, PAY_DATE), directory);

    assertThat(written.files()).isEqualTo(5);
    assertThat(written.wages()).isEqualTo(1_000);
    long total = 0;
    int count = 0;
    try (var files = Files.newDirectoryStream(directory.resolve("payrolls"), "*.xml")) {
      for (var file : files) {
        var text = Files.readString(file);
        long sum = 0;
        int wages = 0;
        for (var amount = Pattern.compile("\"CNY\">([0-9.]+)<").matcher(text); amount.find(); ) {
          sum += Money.minor(amount.group(1), 2);
          wages++;
        }
        assertThat(text)
            .contains("<NbOfTxs>" + wages + "</NbOfTxs><CtrlSum>" + Money.format(sum, 2));
        total += sum;
        count += wages;
      }
    }
    assertThat(total).isEqualTo(written.total());
    assertThat(count).isEqualTo(1_000);
  }

  @Test
  void givesEveryWorkerAnIdentifierAndAnAccountOfHisOwn() throws IOException {
    Province.generate(ProvinceSpec.of(3, 10, 5_000, PAY_DATE), directory);

    var ids = new HashSet<String>();
    var accounts = new HashSet<String>();
    for (var row : rows("workers.csv")) {
      var fields = row.split(",");
      assertThat(IdScheme.RESIDENT_ID.accepts(fields[1])).isTrue();
      assertThat(AccountNumber.flaw(fields[3])).isNull();
      ids.add(fields[1]);
      accounts.add(fields[3]);
    }
    for (var row : rows("signatories.csv")) {
      ids.add(row.split(",")[2]);
    }
    assertThat(ids).hasSize(5_000 + 4);
    assertThat(accounts).hasSize(5_000);
    assertThat(rows("firms.csv")).allMatch(row -> IdScheme.USCC.accepts(row.split(",")[1]));
  }

  @Test
  void givesSignatoriesKeysThatSign() throws Exception {
    Province.generate(ProvinceSpec.of(1, 2, 10, PAY_DATE), directory);

    var fields = rows("signatories.csv").getFirst().split(",");
    var keys = KeyFactory.getInstance("Ed25519");
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(
        keys.generatePrivate(
            new PKCS8EncodedKeySpec(
                Files.readAllBytes(directory.resolve("keys").resolve(fields[1] + "-1.pk8")))));
    signature.update((byte) 1);
    var signed = signature.sign();
    signature.initVerify(
        keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(fields[4]))));
    signature.update((byte) 1);
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void makesTheTroublesItIsAskedFor() throws IOException {
    var troubles = new Troubles(100, 0, 0, 0, 0, 0, 100, List.of(new Troubles.Answer("42", 500)));
    Province.generate(ProvinceSpec.of(1, 2, 1_000, PAY_DATE).with(troubles), directory);

    assertThat(rows("confirmations.csv").size()).isBetween(850, 950);
    assertThat(rows("employments.csv").size()).isBetween(850, 950);
    assertThat(
            rows("workers.csv").stream()
                .filter(row -> row.split(",")[3].startsWith("42", 16))
                .count())
        .isBetween(440L, 560L);
  }

  @Test
  void refusesAProvinceThatCannotBe() {
    assertThatThrownBy(() -> ProvinceSpec.of(1, 0, 10, PAY_DATE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProvinceSpec.of(1, 10, 10, PAY_DATE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> rows(String file) throws IOException {
    return Files.readAllLines(directory.resolve(file)).stream().skip(1).toList();
  }

  private Map<String, List<Byte>> bytes(String folder) throws IOException {
    var found = new TreeMap<String, List<Byte>>();
    var root = directory.resolve(folder);
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var content = Files.readAllBytes(file);
        var list = new java.util.ArrayList<Byte>(content.length);
        for (byte b : content) {
          list.add(b);
        }
        found.put(root.relativize(file).toString(), list);
      }
    }
    return found;
  }
}
