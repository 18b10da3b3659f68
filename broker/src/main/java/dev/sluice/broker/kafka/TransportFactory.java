package dev.sluice.broker.kafka;

import java.io.IOException;
import java.nio.channels.SocketChannel;

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
   */
  Transport accept(SocketChannel channel) throws IOException;

  /** Whether others on the network can't read what goes over it. */
  boolean isEncrypted();
}
