package dev.sluice.gateway.config;

import java.util.Map;

/**
 * The secrets of one connector that was made over HTTP, which never print.
 *
 * @param byName values as they were written, by what stands behind the colon of the reference
 */
public record SecretValues(Map<String, String> byName) {

  /** No secrets. */
  public static final SecretValues NONE = new SecretValues(Map.of());

  public SecretValues {
    byName = Map.copyOf(byName);
  }

  @Override
  public String toString() {
    return byName.keySet() + " " + Secrets.COVER;
  }
}
