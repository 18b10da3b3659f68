package dev.sluice.broker.security;

import dev.sluice.broker.metadata.Credential;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;

/**
 * Passwords, salted passwords and the credentials made of them (RFC 5802). A salted password is
 * what RFC 5802 calls Hi(), which is PBKDF2 with a key as long as the hash.
 */
final class ScramPasswords {

  /** The mechanisms there are, in a fixed order. */
  static final List<ScramMechanism> MECHANISMS =
      List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512);

  private ScramPasswords() {}

  static byte[] salt(String password, ScramMechanism mechanism, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.toCharArray(), salt, iterations, Byte.SIZE * saltedBytes(mechanism));
    try {
      SecretKeyFactory factory =
          SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash(mechanism).replace("-", ""));
      return factory.generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java has no PBKDF2", impossible);
    } finally {
      spec.clearPassword();
    }
  }

  static Credential credential(ScramMechanism mechanism, SaltedPassword password) {
    ScramCredential derived =
        formatter(mechanism)
            .generateCredential(password.salt(), password.salted(), password.iterations());
    Base64.Encoder base64 = Base64.getEncoder();
    return new Credential(
        mechanism,
        base64.encodeToString(derived.salt()),
        base64.encodeToString(derived.storedKey()),
        base64.encodeToString(derived.serverKey()),
        derived.iterations());
  }

  /** Whether a password is the one that a credential was made of; takes the same time if not. */
  static boolean matches(String password, Credential credential) {
    ScramCredential expected = decode(credential);
    byte[] salted = salt(password, credential.mechanism(), expected.salt(), expected.iterations());
    ScramCredential given =
        formatter(credential.mechanism())
            .generateCredential(expected.salt(), salted, expected.iterations());
    return MessageDigest.isEqual(given.storedKey(), expected.storedKey());
  }

  static ScramCredential decode(Credential credential) {
    Base64.Decoder base64 = Base64.getDecoder();
    return new ScramCredential(
        base64.decode(credential.salt()),
        base64.decode(credential.storedKey()),
        base64.decode(credential.serverKey()),
        credential.iterations());
  }

  /** How long a salted password is. */
  static int saltedBytes(ScramMechanism mechanism) {
    return switch (mechanism) {
      case SCRAM_SHA_256 -> 32;
      case SCRAM_SHA_512 -> 64;
      case UNKNOWN -> throw unknown();
    };
  }

  private static String hash(ScramMechanism mechanism) {
    return switch (mechanism) {
      case SCRAM_SHA_256 -> "SHA-256";
      case SCRAM_SHA_512 -> "SHA-512";
      case UNKNOWN -> throw unknown();
    };
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("There is no such SCRAM mechanism");
  }

  /** A new one each time: it is not thread-safe. */
  private static ScramFormatter formatter(ScramMechanism mechanism) {
    try {
      return new ScramFormatter(internal(mechanism));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This Java has no " + hash(mechanism), impossible);
    }
  }

  /** What the mechanism is called in the part of kafka-clients that does the work. */
  static org.apache.kafka.common.security.scram.internals.ScramMechanism internal(
      ScramMechanism mechanism) {
    return org.apache.kafka.common.security.scram.internals.ScramMechanism.forMechanismName(
        mechanism.mechanismName());
  }
}
