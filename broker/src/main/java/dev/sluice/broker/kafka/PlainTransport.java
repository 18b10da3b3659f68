package dev.sluice.broker.kafka;

import dev.sluice.log.partition.LogRegion;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes as they are, on a socket in blocking mode. Files go to the socket within the kernel; where
 * its buffer is full, some bytes are copied by hand, since a write waits for room without holding a
 * thread of the system, and a transfer from a file doesn't.
 */
final class PlainTransport implements Transport {

  private static final int COPY_BYTES = 16 * 1024;

  private final SocketChannel channel;

  PlainTransport(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return channel.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return channel.write(sources, offset, length);
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return channel.write(sources);
  }

  @Override
  public long transferFrom(FileChannel file, long position, long count) throws IOException {
    return file.transferTo(position, count, channel);
  }

  @Override
  public long transferFrom(LogRegion region, int from) throws IOException {
    long sent = region.transferTo(channel, from);
    if (sent <= 0) {
      sent = region.transferTo(new FirstBytes(), from);
    }
    if (sent <= 0) {
      throw new EOFException("A log file is shorter than what was to be sent of it");
    }
    return sent;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Takes no more than a few bytes of a transfer, and waits until the socket has them. */
  private final class FirstBytes implements WritableByteChannel {

    private int left = COPY_BYTES;

    @Override
    public int write(ByteBuffer source) throws IOException {
      int count = Math.min(left, source.remaining());
      if (count == 0) {
        return 0;
      }
      int written = channel.write(source.slice(source.position(), count));
      source.position(source.position() + written);
      left -= written;
      return written;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException("The transport closes the socket");
    }
  }
}
