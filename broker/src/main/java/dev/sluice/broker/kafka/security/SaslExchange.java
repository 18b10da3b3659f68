package dev.sluice.broker.kafka.security;

import javax.security.sasl.SaslServer;

/**
 * How far a connection's authentication has come; attached to its identity, and used by its thread
 * alone. Where nothing is attached, no handshake has been made.
 */
sealed interface SaslExchange {

  /** The client has chosen a mechanism; its tokens are awaited. */
  record UnderWay(String mechanism, SaslServer server) implements SaslExchange {}

  /** The client has proved who it is, by this mechanism. */
  record Done(String mechanism) implements SaslExchange {}
}
