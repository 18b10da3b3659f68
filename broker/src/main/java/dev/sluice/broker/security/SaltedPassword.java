package dev.sluice.broker.security;

/**
 * What a client makes of a password, for the server to keep a credential of it. Not a record: it
 * must not be printed.
 */
public final class SaltedPassword {

  private final byte[] salt;
  private final byte[] salted;
  private final int iterations;

  /**
   * A salted password.
   *
   * @param salt what was mixed with the password
   * @param salted RFC 5802's Hi(password, salt, iterations)
   */
  public SaltedPassword(byte[] salt, byte[] salted, int iterations) {
    this.salt = salt.clone();
    this.salted = salted.clone();
    this.iterations = iterations;
  }

  byte[] salt() {
    return salt;
  }

  byte[] salted() {
    return salted;
  }

  int iterations() {
    return iterations;
  }
}
