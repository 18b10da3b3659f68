package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.security.TlsTransportFactory;
import dev.sluice.broker.security.TestCertificate;
import dev.sluice.broker.security.TlsSettings;
import dev.sluice.broker.security.TlsSettings.ClientCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** How clients and server speak: the same must hold for all. */
enum Wire {
  PLAIN {
    @Override
    TransportFactory transports() {
      return TransportFactory.PLAIN;
    }

    @Override
    RawClient connect(int port, int receiveBytes) throws IOException {
      return RawClient.connect(port, receiveBytes);
    }
  },

  TLS {
    @Override
    TransportFactory transports() {
      return Tls.SERVER;
    }

    @Override
    RawClient connect(int port, int receiveBytes) throws IOException {
      return RawClient.connect(port, receiveBytes, Tls.CLIENT.getSocketFactory());
    }
  };

  abstract TransportFactory transports();

  /**
   * A connection, with its handshake done.
   *
   * @param receiveBytes room for so many bytes that have come and are not read; 0 for the usual
   */
  abstract RawClient connect(int port, int receiveBytes) throws IOException;

  /** How a client of TLS begins. */
  static byte[] clientHello() throws SSLException {
    SSLEngine engine = Tls.CLIENT.createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult unused = engine.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }

  /** On a free port. */
  ListenerConfig listener() {
    return new ListenerConfig("PLAINTEXT", "127.0.0.1", 0, null, null, Set.of(), transports());
  }

  /** Made once, since a key takes its time. */
  private static final class Tls {
    static final TransportFactory SERVER;
    static final SSLContext CLIENT;

    static {
      try {
        Path directory = Files.createTempDirectory("wire");
        TestCertificate certificate = TestCertificate.create(directory, "server", "CN=broker");
        SERVER =
            new TlsTransportFactory(
                new TlsSettings(
                    certificate.asPkcs12(), null, ClientCertificate.NONE, TlsSettings.PROTOCOLS));
        CLIENT = trusting(certificate);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private Tls() {}

    private static SSLContext trusting(TestCertificate certificate)
        throws IOException, GeneralSecurityException {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(certificate.store())) {
        store.load(in, TestCertificate.PASSWORD.toCharArray());
      }
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", store.getCertificate("it"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
  }
}
