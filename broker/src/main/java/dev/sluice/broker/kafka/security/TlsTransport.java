package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.Transport;
import dev.sluice.log.partition.LogRegion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * An encrypted connection whose handshake is done. What is written goes out in records of TLS as
 * full as can be; bytes of files are copied, since they have to be encrypted.
 */
final class TlsTransport implements Transport {

  /** What fits into a record of TLS (RFC 8446, section 5.1). */
  private static final int RECORD_BYTES = 16 * 1024;

  /** A transfer returns after about so much, for the caller to see that it gets on. */
  private static final int TRANSFER_BYTES = 16 * RECORD_BYTES;

  /** How long a client may take to let us say that we close. */
  private static final Duration FAREWELL = Duration.ofMillis(100);

  private final SocketChannel channel;
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final KafkaPrincipal principal;

  /** Used by the thread that reads. */
  private final byte[] received = new byte[RECORD_BYTES];

  /** Guarded by the lock. */
  private final byte[] sending = new byte[RECORD_BYTES];

  private final ReentrantLock writing = new ReentrantLock();

  TlsTransport(SocketChannel channel, SSLSocket socket) throws IOException {
    this.channel = channel;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.principal = principalOf(socket);
  }

  /** A principal as Kafka makes it of a certificate: the distinguished name, by RFC 2253. */
  private static KafkaPrincipal principalOf(SSLSocket socket) {
    try {
      return new KafkaPrincipal(
          KafkaPrincipal.USER_TYPE, socket.getSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException withoutCertificate) {
      return KafkaPrincipal.ANONYMOUS;
    }
  }

  @Override
  public KafkaPrincipal principal() {
    return principal;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = in.read(received, 0, Math.min(target.remaining(), received.length));
    if (count > 0) {
      target.put(received, 0, count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return (int) write(new ByteBuffer[] {source}, 0, 1);
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return write(sources, 0, sources.length);
  }

  /** Sends one record at most. */
  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    writing.lock();
    try {
      int filled = 0;
      for (int i = offset; i < offset + length && filled < RECORD_BYTES; i++) {
        int count = Math.min(sources[i].remaining(), RECORD_BYTES - filled);
        sources[i].get(sending, filled, count);
        filled += count;
      }
      out.write(sending, 0, filled);
      return filled;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long transferFrom(FileChannel file, long position, long count) throws IOException {
    writing.lock();
    try {
      int wanted = (int) Math.min(count, RECORD_BYTES);
      int read = file.read(ByteBuffer.wrap(sending, 0, wanted), position);
      if (read > 0) {
        out.write(sending, 0, read);
      }
      return Math.max(read, 0);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long transferFrom(LogRegion region, int from) throws IOException {
    writing.lock();
    try {
      FullRecords records = new FullRecords();
      long sent = region.transferTo(records, from);
      records.flush();
      return sent;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Says that this is the end, if that can be said at once, and closes the connection. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen() && writing.tryLock()) {
      try {
        sayFarewell();
      } finally {
        writing.unlock();
      }
    }
    channel.close();
  }

  private void sayFarewell() {
    Thread farewell =
        Thread.ofVirtual()
            .name("tls-farewell")
            .start(
                () -> {
                  try {
                    socket.close();
                  } catch (IOException gone) {
                    // The client has gone without one, which is its right.
                    return;
                  }
                });
    try {
      boolean unused = farewell.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes some bytes of a transfer and sends them by full records; used under the lock. */
  private final class FullRecords implements WritableByteChannel {

    private int filled;
    private int left = TRANSFER_BYTES;

    @Override
    public int write(ByteBuffer source) throws IOException {
      int taken = 0;
      while (source.hasRemaining() && left > 0) {
        int count = Math.min(Math.min(source.remaining(), left), RECORD_BYTES - filled);
        source.get(sending, filled, count);
        filled += count;
        left -= count;
        taken += count;
        if (filled == RECORD_BYTES) {
          flush();
        }
      }
      return taken;
    }

    void flush() throws IOException {
      out.write(sending, 0, filled);
      filled = 0;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException("The transport closes the connection");
    }
  }
}
