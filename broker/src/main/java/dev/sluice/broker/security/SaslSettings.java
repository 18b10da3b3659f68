package dev.sluice.broker.security;

import java.time.Duration;

/**
 * How listeners with SASL authenticate clients.
 *
 * @param sessionLifetime how long a proof holds before the client has to give it again on the same
 *     connection (KIP-368); zero for as long as the connection
 * @param failureDelay when a failed attempt is answered, counted from its arrival; longer than any
 *     attempt takes, so that the time of an answer tells nothing
 */
public record SaslSettings(Duration sessionLifetime, Duration failureDelay) {

  /** Once for each connection. */
  public static final SaslSettings DEFAULT =
      new SaslSettings(Duration.ZERO, Duration.ofMillis(200));

  /** Refuses negative durations. */
  public SaslSettings {
    if (sessionLifetime.isNegative() || failureDelay.isNegative()) {
      throw new IllegalArgumentException("Durations of SASL can't be negative");
    }
  }
}
