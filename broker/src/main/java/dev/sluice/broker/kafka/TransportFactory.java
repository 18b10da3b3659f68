package dev.sluice.broker.kafka;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLException;

/** Makes transports of accepted connections. Thread-safe. */
public interface TransportFactory {

  /** Bytes as they are. */
  TransportFactory PLAIN =
      new TransportFactory() {
        @Override
        public Transport accept(SocketChannel channel) {
          return new PlainTransport(channel);
        }

        @Override
        public boolean isEncrypted() {
          return false;
        }
      };

  /**
   * Wraps a connection, and shakes hands if need be: called on the connection's own thread, which
   * is given up by closing the channel when it takes too long.
   *
   * @throws SSLException if the client's part of the handshake is not as it should be; its cause is
   *     an {@link java.io.EOFException} if the client has gone
   */
  Transport accept(SocketChannel channel) throws IOException;

  /** Whether others on the network can't read what goes over it. */
  boolean isEncrypted();
}
