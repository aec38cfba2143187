package org.wagerail.ops.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Gives the sandbox's users their tokens, signed by a key that lives as long as the process. There
 * is none outside the sandbox: a bank has an issuer of its own.
 */
@Component
@ConditionalOnProperty("wagerail.sandbox")
public final class TokenIssuer {
  static final String ISSUER = "urn:wagerail:sandbox";
  static final String AUDIENCE = "wagerail";
  private static final Duration LIFE = Duration.ofHours(12);

  private final ECKey key;

  TokenIssuer() {
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID("sandbox").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }

  /** A token of one user of one bank. Whether there is such a user is asked when it is used. */
  public String issue(String bankCode, String user, Instant at) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(user)
            .claim(Callers.BANK, bankCode)
            .issueTime(Date.from(at))
            .expirationTime(Date.from(at.plus(LIFE)))
            .build();
    return sign(claims);
  }

  /** Signs claims of whatever kind. */
  String sign(JWTClaimsSet claims) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
