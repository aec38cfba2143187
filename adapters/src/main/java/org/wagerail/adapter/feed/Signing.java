package org.wagerail.adapter.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs deliveries as Standard Webhooks says: HMAC-SHA256 over identification, time and body. */
final class Signing {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private Signing() {}

  /** Whether a text is a secret: {@code whsec_} and 24 to 64 bytes in Base64. */
  static boolean isSecret(String secret) {
    try {
      int bytes = key(secret).length;
      return secret.startsWith(PREFIX) && bytes >= SHORTEST && bytes <= LONGEST;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder()
        .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
  }

  /**
   * The signature of a delivery.
   *
   * @param time seconds of the epoch
   */
  static String of(String secret, String id, long time, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
