package org.wagerail.ops.province;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;

/** Ed25519 keys that are a function of the seed. They sign nothing that is real. */
final class SigningKeys {
  private static final int KEY = 40;

  private SigningKeys() {}

  static KeyPair of(Seed seed, long person) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Drawn(seed, person));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives the generator its 32 bytes. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient Seed seed;
    private final long person;
    private int drawn;

    Drawn(Seed seed, long person) {
      this.seed = seed;
      this.person = person;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) seed.draw(KEY, person * 4_096 + drawn++);
      }
    }
  }
}
