package dev.sluice.connector;

import java.util.List;

/**
 * What a successful connection test found.
 *
 * @param facts each a short statement without a full stop, such as {@code PostgreSQL 18.4} or
 *     {@code Not tested: whether records are accepted}; no secrets
 */
public record ConnectionReport(List<String> facts) {

  /** Copies the list. */
  public ConnectionReport {
    facts = List.copyOf(facts);
  }

  /** A report of these facts. */
  public static ConnectionReport of(String... facts) {
    return new ConnectionReport(List.of(facts));
  }
}
