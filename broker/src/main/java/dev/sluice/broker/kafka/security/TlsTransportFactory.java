package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.Transport;
import dev.sluice.broker.kafka.TransportFactory;
import dev.sluice.broker.security.TlsContexts;
import dev.sluice.broker.security.TlsSettings;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Shakes hands with clients that connect by TLS. Certificates are read once. Thread-safe. */
public final class TlsTransportFactory implements TransportFactory {

  private final SSLContext context;
  private final TlsSettings settings;

  /**
   * Reads keys and certificates.
   *
   * @throws java.io.UncheckedIOException if a file can't be read
   * @throws org.apache.kafka.common.KafkaException if a file isn't what it should be, or its
   *     password is wrong
   */
  public TlsTransportFactory(TlsSettings settings) {
    this.settings = settings;
    this.context = TlsContexts.of(settings);
  }

  @Override
  public Transport accept(SocketChannel channel) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), null, true);
    socket.setSSLParameters(parameters());
    socket.startHandshake();
    return new TlsTransport(channel, socket);
  }

  private SSLParameters parameters() {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(settings.protocols().toArray(String[]::new));
    switch (settings.clientCertificate()) {
      case NONE -> parameters.setWantClientAuth(false);
      case REQUESTED -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }

  @Override
  public boolean isEncrypted() {
    return true;
  }
}
