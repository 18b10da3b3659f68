package dev.sluice.broker.metadata;

import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * What proves that someone knows a user's password, and is not the password (RFC 5802). Byte
 * strings are in Base64.
 *
 * @param mechanism which hash it is for
 * @param salt what was mixed with the password
 * @param storedKey what the hash of a client's key must be
 * @param serverKey with it the server proves that it knows the credential
 * @param iterations how often the password was hashed
 */
public record Credential(
    ScramMechanism mechanism, String salt, String storedKey, String serverKey, int iterations) {

  /** Without the keys: who has them can try passwords. */
  @Override
  public String toString() {
    return "Credential[" + mechanism.mechanismName() + ", " + iterations + " iterations]";
  }
}
