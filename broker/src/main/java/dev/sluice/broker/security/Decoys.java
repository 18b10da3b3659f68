package dev.sluice.broker.security;

import dev.sluice.broker.metadata.Credential;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * Credentials of users that don't exist, so that an attempt to come in as one of them goes like any
 * other attempt with a wrong password. The same name gets the same salt as long as the process
 * lives. Thread-safe.
 */
final class Decoys {

  private static final String MAC = "HmacSHA256";
  private static final int SALT_BITS = 130;

  private final byte[] secret;

  Decoys(SecureRandom random) {
    this.secret = new byte[32];
    random.nextBytes(secret);
  }

  /** A credential that no password proves. */
  Credential of(String user, ScramMechanism mechanism) {
    byte[] key = Arrays.copyOf(mac("key", user, mechanism), ScramPasswords.saltedBytes(mechanism));
    return new Credential(
        mechanism,
        Base64.getEncoder().encodeToString(salt(user, mechanism)),
        Base64.getEncoder().encodeToString(key),
        Base64.getEncoder().encodeToString(key),
        Users.DEFAULT_ITERATIONS);
  }

  /** Looks like the salts of kafka-clients: a number of 130 bits to the base of 36, as text. */
  private byte[] salt(String user, ScramMechanism mechanism) {
    return new BigInteger(1, mac("salt", user, mechanism))
        .mod(BigInteger.ONE.shiftLeft(SALT_BITS))
        .toString(Character.MAX_RADIX)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] mac(String purpose, String user, ScramMechanism mechanism) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      String text = purpose + "\0" + mechanism.mechanismName() + "\0" + user;
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java has no " + MAC, impossible);
    }
  }
}
