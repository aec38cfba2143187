package org.wagerail.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wagerail.ops.province.Province;
import org.wagerail.payroll.Releases;

/** The contractors' people who sign, with their private keys. */
final class Signatories {
  private record Signatory(long person, PrivateKey key) {}

  private final int bank;
  private final Releases releases;

  /** By contractor; the first signs first. */
  private final Map<Long, List<Signatory>> ofContractor = new HashMap<>();

  /**
   * @param directory a province as {@link Province} writes it, imported already
   */
  Signatories(int bank, Path directory, JdbcClient jdbc, Releases releases) {
    this.bank = bank;
    this.releases = releases;
    var keys = keys(directory);
    jdbc.sql("SELECT firm, person, public_key FROM signatory WHERE bank = ? ORDER BY firm, person")
        .param(bank)
        .query(
            row -> {
              var key = keys.get(Base64.getEncoder().encodeToString(row.getBytes(3)));
              ofContractor
                  .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                  .add(new Signatory(row.getLong(2), Objects.requireNonNull(key)));
            });
  }

  /**
   * Lets one person of each contractor sign every payroll that is not released yet.
   *
   * @param nth 0 for the contractor's first person, 1 for the second
   * @return a refusal or null for each payroll
   */
  List<Releases.@Nullable Refusal> sign(int nth, LocalDate today, Instant at) {
    var signed = new ArrayList<Releases.Release>();
    for (var open : releases.open(bank)) {
      var person = Objects.requireNonNull(ofContractor.get(open.contractor())).get(nth);
      signed.add(
          new Releases.Release(
              open.month(),
              open.payroll(),
              person.person(),
              signature(person.key(), Releases.toSign(Province.BANK, open.contentHash()))));
    }
    return releases.release(bank, today, at, signed);
  }

  private static byte[] signature(PrivateKey key, byte[] content) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Private keys by public key: the list of signatories is in the order of the key files. */
  private static Map<String, PrivateKey> keys(Path directory) {
    try {
      var factory = KeyFactory.getInstance("Ed25519");
      var rows = Files.readAllLines(directory.resolve("signatories.csv"));
      var keys = new HashMap<String, PrivateKey>();
      for (int i = 1; i < rows.size(); i++) {
        var cells = rows.get(i).split(",", -1);
        var file = directory.resolve("keys/" + cells[1] + "-" + (2 - i % 2) + ".pk8");
        keys.put(
            cells[4], factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file))));
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
