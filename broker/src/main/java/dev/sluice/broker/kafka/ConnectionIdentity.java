package dev.sluice.broker.kafka;

import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * Who is at the other end of a connection. Used by the connection's thread alone.
 *
 * <p>Where a listener asks for SASL, nothing but ApiVersions, SaslHandshake and SaslAuthenticate is
 * answered until {@link #authenticated} has been called.
 */
public final class ConnectionIdentity {

  private final Set<String> mechanisms;
  private KafkaPrincipal principal = KafkaPrincipal.ANONYMOUS;
  private boolean isAuthenticated;
  private boolean isRefused;
  private OptionalLong expiryNanos = OptionalLong.empty();
  private Object attachment = "";

  ConnectionIdentity(Set<String> mechanisms) {
    this.mechanisms = mechanisms;
  }

  public KafkaPrincipal principal() {
    return principal;
  }

  /** Whether requests other than those of authentication are answered. */
  public boolean mayAsk() {
    return !needsSasl() || (isAuthenticated && !isExpired());
  }

  private boolean isExpired() {
    return expiryNanos.isPresent() && System.nanoTime() - expiryNanos.getAsLong() >= 0;
  }

  /** Whether this connection's listener asks for SASL. */
  public boolean needsSasl() {
    return !mechanisms.isEmpty();
  }

  /** The mechanisms of SASL by which this connection's listener authenticates clients. */
  public Set<String> mechanisms() {
    return mechanisms;
  }

  /** What the transport itself has proved; without SASL it stays at that. */
  void connected(KafkaPrincipal known) {
    this.principal = known;
  }

  /** The client has proved who it is. */
  public void authenticated(KafkaPrincipal proven) {
    this.principal = proven;
    this.isAuthenticated = true;
    this.expiryNanos = OptionalLong.empty();
  }

  /**
   * The client has proved who it is, and has to prove it again before long (KIP-368).
   *
   * @param deadlineNanos until when the proof holds, on the clock of {@link System#nanoTime}
   */
  public void authenticatedUntil(KafkaPrincipal proven, long deadlineNanos) {
    authenticated(proven);
    this.expiryNanos = OptionalLong.of(deadlineNanos);
  }

  /** The client has failed to prove who it is; it has to come again on another connection. */
  public void refuse() {
    this.isRefused = true;
  }

  /** Whether the connection is to be closed as soon as the client has its answer. */
  public boolean isRefused() {
    return isRefused;
  }

  /** What the handlers of an authentication under way keep from request to request. */
  public Object attachment() {
    return attachment;
  }

  public void attach(Object state) {
    this.attachment = state;
  }
}
