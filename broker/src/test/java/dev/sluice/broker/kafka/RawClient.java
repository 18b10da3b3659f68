package dev.sluice.broker.kafka;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestHeader;

/** A socket and nothing else between a test and a server. Never waits longer than some seconds. */
public final class RawClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** How long it waits for bytes at most. */
  public RawClient patience(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    return this;
  }

  /** Connects to a port of this machine. */
  public static RawClient connect(int port) throws IOException {
    return connect(port, 0);
  }

  /** The same with room for so many bytes that have come and are not read; 0 for the usual. */
  public static RawClient connect(int port, int receiveBytes) throws IOException {
    return new RawClient(open(port, receiveBytes));
  }

  /** The same encrypted, with the handshake done. */
  static RawClient connect(int port, int receiveBytes, SSLSocketFactory encryption)
      throws IOException {
    Socket plain = open(port, receiveBytes);
    try {
      SSLSocket socket = (SSLSocket) encryption.createSocket(plain, "127.0.0.1", port, true);
      socket.startHandshake();
      return new RawClient(socket);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket open(int port, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** A request's bytes with its header, without the size in front. */
  public static byte[] bytes(AbstractRequest request, int correlationId) {
    RequestHeader header =
        new RequestHeader(request.apiKey(), request.version(), "raw", correlationId);
    ByteBuffer bytes = request.serializeWithHeader(header);
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }

  /** Puts the size in front. */
  public static byte[] framed(byte[] bytes) {
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  /** Sends bytes as they are. */
  public RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  /** Sends a request. */
  public RawClient send(AbstractRequest request, int correlationId) throws IOException {
    return send(framed(bytes(request, correlationId)));
  }

  /** Closes it at once, without a word. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says that nothing more is sent. */
  public RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The next response, from its correlation id on. */
  public ByteBuffer receive() throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /** The size of the next response, of which nothing else is read. */
  public int receiveSize() throws IOException {
    return in.readInt();
  }

  /** The correlation id of the next response. */
  public int receiveId() throws IOException {
    return receive().getInt();
  }

  /** Sends a request, and takes its response. */
  public AbstractResponse ask(AbstractRequest request) throws IOException {
    send(request, 77);
    return parse(receive(), request.apiKey(), request.version());
  }

  /** Whether the server answers in the ordinary way. */
  public boolean isServed() throws IOException {
    AbstractRequest request = new ApiVersionsRequest.Builder().build((short) 3);
    return ask(request).errorCounts().keySet().stream().allMatch(error -> error.code() == 0);
  }

  static AbstractResponse parse(ByteBuffer response, ApiKeys api, short version) {
    new org.apache.kafka.common.message.ResponseHeaderData(
        new ByteBufferAccessor(response), api.responseHeaderVersion(version));
    return AbstractResponse.parseResponse(api, new ByteBufferAccessor(response), version);
  }

  /** Reads until the server closes the connection, whether it says so or not; how many bytes. */
  public long awaitEnd() throws IOException {
    long count = 0;
    byte[] buffer = new byte[8192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count += read;
      }
    } catch (SocketException | EOFException | SSLException reset) {
      return count;
    }
    return count;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
