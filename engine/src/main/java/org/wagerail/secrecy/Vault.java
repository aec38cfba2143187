package org.wagerail.secrecy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals personal data (AES-256-GCM envelopes) and makes blind indexes of it (HMAC-SHA-256, 16
 * bytes). Each bank has a data key and an index key of its own, wrapped by the master key.
 *
 * <p>A sealed value is: version (1 byte, now 1), key number (1 byte), nonce (12 bytes), ciphertext
 * and tag. The column and row it belongs to are authenticated with it, so a value moved elsewhere
 * does not open.
 */
@Component
public final class Vault {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int DATA_KEY = 1;
  private static final int INDEX_KEY = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final MasterKey master;
  private final JdbcClient jdbc;
  private final TransactionTemplate ownTransaction;
  private final Map<Integer, Keys> keys = new ConcurrentHashMap<>();
  private final ThreadLocal<Cipher> cipher = ThreadLocal.withInitial(Vault::newCipher);
  private final ThreadLocal<Map<Integer, Mac>> macs =
      ThreadLocal.withInitial(java.util.HashMap::new);

  private record Keys(SecretKey data, SecretKey index) {}

  Vault(MasterKey master, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.master = master;
    this.jdbc = jdbc;
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * Seals a text.
   *
   * @param column table and column, for example {@code party.name_sealed}
   * @param row the row's number in that table
   */
  public byte[] seal(int bank, String column, long row, String plain) {
    return seal(
        keys(bank).data(), context(bank, column, row), plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens what {@link #seal(int, String, long, String)} sealed for the same place.
   *
   * @throws IllegalStateException when the value was changed, moved or sealed under another key
   */
  public String open(int bank, String column, long row, byte[] sealed) {
    return new String(
        open(keys(bank).data(), context(bank, column, row), sealed), StandardCharsets.UTF_8);
  }

  /** A key for the message store's envelopes, derived from the master key. */
  public SecretKey storeKey() {
    return master.derive("message-store");
  }

  /**
   * The blind index of a value: equal values of one bank and scheme have equal indexes, and nobody
   * without the index key can try values against it.
   *
   * @return 16 bytes
   */
  public byte[] blind(int bank, String scheme, String value) {
    var mac = macs.get().computeIfAbsent(bank, b -> mac(keys(b).index()));
    mac.update(scheme.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return Arrays.copyOf(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 16);
  }

  private Keys keys(int bank) {
    var known = keys.get(bank);
    if (known != null) {
      return known;
    }
    var loaded = new Keys(key(bank, DATA_KEY, "AES"), key(bank, INDEX_KEY, "HmacSHA256"));
    keys.put(bank, loaded);
    return loaded;
  }

  /** Two processes may make a bank's key at once; the first to insert wins and both read it. */
  private SecretKey key(int bank, int number, String algorithm) {
    return java.util.Objects.requireNonNull(
        ownTransaction.execute(
            _ -> {
              var fresh = new byte[32];
              RANDOM.nextBytes(fresh);
              var context = context(bank, "data_key.wrapped", number);
              jdbc.sql(
                      "INSERT INTO data_key (bank, key_no, algorithm, wrapped) VALUES (?, ?, ?, ?)"
                          + " ON CONFLICT DO NOTHING")
                  .params(bank, number, algorithm, seal(master.derive("data-keys"), context, fresh))
                  .update();
              var wrapped =
                  jdbc.sql("SELECT wrapped FROM data_key WHERE bank = ? AND key_no = ?")
                      .params(bank, number)
                      .query(byte[].class)
                      .single();
              return new SecretKeySpec(
                  open(master.derive("data-keys"), context, wrapped), algorithm);
            }));
  }

  private byte[] seal(SecretKey key, byte[] context, byte[] plain) {
    try {
      var nonce = new byte[NONCE];
      RANDOM.nextBytes(nonce);
      var aes = cipher.get();
      aes.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      aes.updateAAD(context);
      var sealed = new byte[2 + NONCE + aes.getOutputSize(plain.length)];
      sealed[0] = VERSION;
      sealed[1] = DATA_KEY;
      System.arraycopy(nonce, 0, sealed, 2, NONCE);
      aes.doFinal(plain, 0, plain.length, sealed, 2 + NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }

  private byte[] open(SecretKey key, byte[] context, byte[] sealed) {
    try {
      if (sealed.length < 2 + NONCE || sealed[0] != VERSION) {
        throw new IllegalStateException("not a sealed value of a known version");
      }
      var aes = cipher.get();
      aes.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 2, NONCE));
      aes.updateAAD(context);
      return aes.doFinal(sealed, 2 + NONCE, sealed.length - 2 - NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed value does not open here", e);
    }
  }

  private static byte[] context(int bank, String column, long row) {
    var name = column.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 12).putInt(bank).put(name).putLong(row).array();
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mac mac(SecretKey key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
