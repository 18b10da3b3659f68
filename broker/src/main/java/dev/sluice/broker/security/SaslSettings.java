package dev.sluice.broker.security;

import java.time.Duration;
import java.util.List;

/**
 * How listeners with SASL authenticate clients.
 *
 * @param mechanisms what is offered; see {@link Authentication#MECHANISMS}
 * @param sessionLifetime how long a proof holds before the client has to give it again on the same
 *     connection (KIP-368); zero for as long as the connection
 * @param failureDelay when a failed attempt is answered, counted from its arrival; longer than any
 *     attempt takes, so that the time of an answer tells nothing
 */
public record SaslSettings(
    List<String> mechanisms, Duration sessionLifetime, Duration failureDelay) {

  /** Every mechanism, once for each connection. */
  public static final SaslSettings DEFAULT =
      new SaslSettings(Authentication.MECHANISMS, Duration.ZERO, Duration.ofMillis(200));

  /** Refuses mechanisms that there are not. */
  public SaslSettings {
    mechanisms = List.copyOf(mechanisms);
    if (mechanisms.isEmpty() || !Authentication.MECHANISMS.containsAll(mechanisms)) {
      throw new IllegalArgumentException(
          "SASL mechanisms " + mechanisms + ": choose from " + Authentication.MECHANISMS);
    }
    if (sessionLifetime.isNegative() || failureDelay.isNegative()) {
      throw new IllegalArgumentException("Durations of SASL can't be negative");
    }
  }
}
