package org.wagerail.secrecy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The 32 bytes that wrap every other key. They come from outside the database. */
public final class MasterKey {
  private final byte[] bytes;

  /**
   * @throws IllegalArgumentException unless there are exactly 32 bytes
   */
  public MasterKey(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a master key has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** The AES key for one purpose: one HMAC block is HKDF's expand step for 32 bytes. */
  SecretKey derive(String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      mac.update(("wagerail " + purpose).getBytes(StandardCharsets.UTF_8));
      return new SecretKeySpec(mac.doFinal(new byte[] {1}), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
