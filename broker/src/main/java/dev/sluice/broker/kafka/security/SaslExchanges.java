package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.ConnectionIdentity;
import dev.sluice.broker.security.Authentication;
import dev.sluice.broker.security.RecurringNews;
import dev.sluice.broker.security.SaslSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of SASL on a connection: a handshake that chooses the mechanism, then tokens to and
 * fro. A connection that is authenticated may do it again if proofs have a lifetime, and stays who
 * it is meanwhile (KIP-368). Whatever goes wrong ends the connection. Thread-safe; of one
 * connection, one step at a time.
 */
final class SaslExchanges {

  private static final Logger LOG = LoggerFactory.getLogger(SaslExchanges.class);

  /** Tokens of PLAIN and SCRAM are a few hundred bytes; a password may be longer. */
  private static final int MAX_TOKEN_BYTES = 16 << 10;

  /** What a token is answered with; the lifetime is 0 where there is none, or none yet. */
  record Answer(byte[] token, long lifetimeMillis) {}

  private final Authentication authentication;
  private final SaslSettings settings;
  private final RecurringNews<String> failures;

  SaslExchanges(
      Authentication authentication, SaslSettings settings, RecurringNews<String> failures) {
    this.authentication = authentication;
    this.settings = settings;
    this.failures = failures;
  }

  /**
   * Begins an exchange.
   *
   * @throws IllegalSaslStateException if this is not the time for it
   * @throws UnsupportedSaslMechanismException if the mechanism isn't offered, or is another one
   *     than the first time
   */
  void begin(Call call, String mechanism) {
    ConnectionIdentity identity = call.identity();
    if (!identity.needsSasl()) {
      throw new IllegalSaslStateException("This listener does not authenticate clients by SASL");
    }
    try {
      checkState(identity);
      checkMechanism(identity, mechanism);
      identity.attach(new SaslExchange.UnderWay(mechanism, authentication.begin(mechanism)));
    } catch (IllegalSaslStateException | UnsupportedSaslMechanismException refused) {
      identity.refuse();
      throw refused;
    }
  }

  private void checkState(ConnectionIdentity identity) {
    boolean isDoneForGood =
        identity.attachment() instanceof SaslExchange.Done && settings.sessionLifetime().isZero();
    if (isDoneForGood || identity.attachment() instanceof SaslExchange.UnderWay) {
      throw new IllegalSaslStateException(
          "SaslHandshake after an authentication that is complete or under way");
    }
  }

  private void checkMechanism(ConnectionIdentity identity, String mechanism) {
    if (!identity.mechanisms().contains(mechanism)) {
      throw new UnsupportedSaslMechanismException("Unsupported SASL mechanism " + mechanism);
    }
    if (identity.attachment() instanceof SaslExchange.Done done
        && !done.mechanism().equals(mechanism)) {
      throw new UnsupportedSaslMechanismException(
          "Re-authentication must use the mechanism of the first time, " + done.mechanism());
    }
  }

  /**
   * Takes a token of the exchange under way.
   *
   * @throws IllegalSaslStateException if none is under way
   * @throws SaslAuthenticationException if the client has not proved who it is; thrown not before
   *     the delay of failures has passed, and without saying what was wrong
   */
  Answer proceed(Call call, byte[] token) {
    ConnectionIdentity identity = call.identity();
    if (!(identity.attachment() instanceof SaslExchange.UnderWay exchange)) {
      identity.refuse();
      throw new IllegalSaslStateException("SaslAuthenticate without a SaslHandshake before it");
    }
    CompletableFuture<Void> earliestRefusal =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, settings.failureDelay().toMillis(), TimeUnit.MILLISECONDS);
    try {
      byte[] answer = evaluate(exchange.server(), token);
      return exchange.server().isComplete()
          ? new Answer(answer, complete(identity, exchange))
          : new Answer(answer, 0);
    } catch (SaslException | SaslAuthenticationException refused) {
      identity.refuse();
      log(call, exchange.mechanism(), refused);
      Void unused = call.await(earliestRefusal);
      throw new SaslAuthenticationException(
          "Authentication failed: invalid credentials for SASL mechanism " + exchange.mechanism());
    }
  }

  private static byte[] evaluate(SaslServer server, byte[] token) throws SaslException {
    if (token.length > MAX_TOKEN_BYTES) {
      throw new SaslException("The token is larger than " + MAX_TOKEN_BYTES + " bytes");
    }
    byte[] answer = server.evaluateResponse(token);
    return answer == null ? new byte[0] : answer;
  }

  /** Returns for how many milliseconds the proof holds, 0 if as long as the connection. */
  private long complete(ConnectionIdentity identity, SaslExchange.UnderWay exchange) {
    KafkaPrincipal proven =
        new KafkaPrincipal(KafkaPrincipal.USER_TYPE, exchange.server().getAuthorizationID());
    boolean isAgain = !identity.principal().equals(KafkaPrincipal.ANONYMOUS);
    if (isAgain && !identity.principal().equals(proven)) {
      throw new SaslAuthenticationException("Another principal than the first time");
    }
    identity.attach(new SaslExchange.Done(exchange.mechanism()));
    long lifetimeMillis = settings.sessionLifetime().toMillis();
    if (lifetimeMillis == 0) {
      identity.authenticated(proven);
    } else {
      identity.authenticatedUntil(
          proven, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lifetimeMillis));
    }
    return lifetimeMillis;
  }

  private void log(Call call, String mechanism, Exception failure) {
    String address = call.context().clientAddress().getHostAddress();
    if (failures.isNew(address + " " + mechanism)) {
      LOG.info("A client at {} failed to authenticate itself by {}", address, mechanism);
    }
    LOG.debug("Why it failed", failure);
  }
}
