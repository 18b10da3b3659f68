package dev.sluice.broker.kafka;

import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * Who is at the other end of a connection. Used by the connection's thread alone.
 *
 * <p>Where a listener asks for SASL, nothing but ApiVersions, SaslHandshake and SaslAuthenticate is
 * answered until {@link #authenticated} has been called.
 */
public final class ConnectionIdentity {

  private final boolean needsSasl;
  private KafkaPrincipal principal = KafkaPrincipal.ANONYMOUS;
  private boolean isAuthenticated;
  private Object attachment = "";

  ConnectionIdentity(boolean needsSasl) {
    this.needsSasl = needsSasl;
  }

  public KafkaPrincipal principal() {
    return principal;
  }

  /** Whether requests other than those of authentication are answered. */
  public boolean mayAsk() {
    return isAuthenticated || !needsSasl;
  }

  /** Whether this connection's listener asks for SASL. */
  public boolean needsSasl() {
    return needsSasl;
  }

  /** What the transport itself has proved; without SASL it stays at that. */
  void connected(KafkaPrincipal known) {
    this.principal = known;
  }

  /** The client has proved who it is. */
  public void authenticated(KafkaPrincipal proven) {
    this.principal = proven;
    this.isAuthenticated = true;
  }

  /** What the handlers of an authentication under way keep from request to request. */
  public Object attachment() {
    return attachment;
  }

  public void attach(Object state) {
    this.attachment = state;
  }
}
