package dev.sluice.gateway.config;

/**
 * A secret, which shows in nothing that is printed.
 *
 * @param value the secret itself
 */
public record SecretText(String value) {

  @Override
  public String toString() {
    return Secrets.COVER;
  }
}
