package dev.sluice.broker.kafka.transaction;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** Sends requests of versions that a present-day client would not choose. */
final class RawClient implements AutoCloseable {

  private final Socket socket;
  private int correlationId;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
  }

  <T extends AbstractResponse> T send(AbstractRequest request, Class<T> type) throws IOException {
    RequestHeader header =
        new RequestHeader(request.apiKey(), request.version(), "raw", ++correlationId);
    ByteBuffer bytes = request.serializeWithHeader(header);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    out.flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] answer = in.readNBytes(in.readInt());
    ByteBuffer buffer = ByteBuffer.wrap(answer);
    return type.cast(AbstractResponse.parseResponse(buffer, header));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
