package org.wagerail.ops.province;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.wagerail.payroll.Releases;

/**
 * Signs as the persons of a generated province's contractors would. Which key is whose is found by
 * trying: the register holds public keys only.
 */
@Component
public final class SigningDesk {
  /** A person of a contractor with a private key. */
  public record Signatory(long person, PrivateKey key) {}

  private final JdbcClient jdbc;

  SigningDesk(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The signatories of each contractor, in the order of their person numbers. */
  public Map<Long, List<Signatory>> signatories(int bank, Path province) {
    var keys = keys(province.resolve("keys"));
    var signatories = new HashMap<Long, List<Signatory>>();
    jdbc.sql(
            """
            SELECT firm, person, public_key FROM signatory
             WHERE bank = ? AND until_date IS NULL ORDER BY firm, person
            """)
        .param(bank)
        .query(
            row -> {
              var key = keys.get(HexFormat.of().formatHex(row.getBytes(3)));
              if (key != null) {
                signatories
                    .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                    .add(new Signatory(row.getLong(2), key));
              }
            });
    return signatories;
  }

  /** A signature of one person under one payroll. */
  public static Releases.Release sign(
      String bankCode, Releases.Releasable payroll, Signatory signatory) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(signatory.key());
      signature.update(Releases.toSign(bankCode, payroll.contentHash()));
      return new Releases.Release(
          payroll.month(), payroll.payroll(), signatory.person(), signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two signatures under each payroll. */
  public static List<Releases.Release> signTwice(
      String bankCode, List<Releases.Releasable> payrolls, Map<Long, List<Signatory>> signatories) {
    var releases = new ArrayList<Releases.Release>(payrolls.size() * 2);
    for (var payroll : payrolls) {
      var persons = Objects.requireNonNull(signatories.get(payroll.contractor()));
      releases.add(sign(bankCode, payroll, persons.get(0)));
      releases.add(sign(bankCode, payroll, persons.get(1)));
    }
    return releases;
  }

  private static Map<String, PrivateKey> keys(Path folder) {
    var keys = new HashMap<String, PrivateKey>();
    try (var files = Files.newDirectoryStream(folder, "*.pk8")) {
      for (var file : files) {
        var pair = Ed25519Pair.read(Files.readAllBytes(file));
        keys.put(HexFormat.of().formatHex(pair.publicKey()), pair.privateKey());
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A private key and the public key that belongs to it. */
  @SuppressWarnings("ArrayRecordComponent") // the encoding travels as the column that holds it
  private record Ed25519Pair(PrivateKey privateKey, byte[] publicKey) {
    private static Ed25519Pair read(byte[] pkcs8) {
      try {
        var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        var seed = ((java.security.interfaces.EdECPrivateKey) key).getBytes().orElseThrow();
        var generator = java.security.KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(java.security.spec.NamedParameterSpec.ED25519, new Given(seed));
        return new Ed25519Pair(key, generator.generateKeyPair().getPublic().getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Hands the generator the seed of a key that exists: its public half comes out. */
  private static final class Given extends java.security.SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient byte[] seed;

    private Given(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
