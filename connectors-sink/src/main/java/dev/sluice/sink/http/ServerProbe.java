package dev.sluice.sink.http;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens a connection to the server, and for https makes the TLS handshake. No request is sent: even
 * a HEAD may mean something to a server that takes events.
 */
final class ServerProbe {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private ServerProbe() {}

  /**
   * Tests.
   *
   * @throws ConnectorException of category EXTERNAL why the server can't be reached
   */
  static ConnectionReport run(HttpSinkConfig config, Duration limit) {
    URI url = config.url();
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() < 0 ? (encrypted ? HTTPS_PORT : HTTP_PORT) : url.getPort();
    int limitMillis = Math.toIntExact(Math.min(limit.toMillis(), config.timeout().toMillis()));
    List<String> facts = new ArrayList<>();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), limitMillis);
      socket.setSoTimeout(limitMillis);
      facts.add("Connected to " + url.getHost() + ":" + port);
      if (encrypted) {
        facts.add(handshake(socket, url.getHost(), port));
      }
    } catch (IOException e) {
      throw Unreachable.of(config, e);
    }
    facts.add("Not tested: whether the server takes the records");
    return new ConnectionReport(facts);
  }

  private static String handshake(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return "The certificate is trusted (" + socket.getSession().getProtocol() + ")";
    }
  }
}
