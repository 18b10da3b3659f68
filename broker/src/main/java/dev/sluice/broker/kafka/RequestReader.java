package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests out of a connection's bytes: a size of four bytes, then so many bytes. Used by one
 * thread.
 *
 * <p>Small requests are read ahead into a buffer of the connection's own. A large one gets memory
 * of the common budget as its bytes arrive, never much more than have come already, so that who
 * only announces a large request holds nothing.
 */
final class RequestReader {

  /** The size of a connection's own buffer. */
  static final int OWN_BYTES = 8 * 1024;

  private static final int GROWTH = 4;

  /** A read into the heap goes through a buffer outside of it, which is as large as the read. */
  private static final int HEAP_READ_BYTES = 64 * 1024;

  /** Told when the bytes of a request begin to come, as they come, and when they are all there. */
  interface Progress {
    void begun();

    void advanced(int bytes);

    void complete();
  }

  private final Transport transport;
  private final ReadAhead ahead;
  private final RequestMemory memory;
  private final IntSupplier maxBytes;
  private final Progress progress;
  private final ByteBuffer own;
  private @Nullable ByteBuffer large;

  /**
   * A reader that has read nothing yet.
   *
   * @param ahead reads while the thread of this one is {@link #away}
   */
  RequestReader(
      Transport transport,
      ReadAhead ahead,
      RequestMemory memory,
      IntSupplier maxBytes,
      Progress progress) {
    this.transport = transport;
    this.ahead = ahead;
    this.memory = memory;
    this.maxBytes = maxBytes;
    this.progress = progress;
    this.own = memory.takeSmall().flip();
  }

  /**
   * The next request, from position to limit; valid until it is released, or the next is read.
   *
   * @return null at the end of the connection
   */
  @Nullable ByteBuffer next() throws IOException, CloseException {
    release();
    if (!fill(1)) {
      return null;
    }
    progress.begun();
    if (!fill(Integer.BYTES)) {
      throw cutOff();
    }
    int size = own.getInt(own.position());
    checkSize(size);
    ByteBuffer request = size + Integer.BYTES <= OWN_BYTES ? small(size) : large(size);
    progress.complete();
    return request;
  }

  /** Gives the memory of a request back. */
  void release() {
    if (large != null) {
      memory.give(large);
      large = null;
    }
  }

  /** The thread is going to wait for something else. Where the next request is there, so is he. */
  void away() {
    if (!own.hasRemaining()) {
      ahead.away();
    }
  }

  /** It goes on reading. */
  void back() {
    ahead.back();
  }

  /** Gives all memory back; nothing is read after this. */
  void close() {
    release();
    memory.giveSmall(own);
  }

  private void checkSize(int size) throws CloseException {
    int max = maxBytes.getAsInt();
    if (size >= 0 && size <= max) {
      return;
    }
    throw new CloseException(
        size < 0 || Foreign.isKnown(size) ? CloseReason.GARBAGE : CloseReason.OVERSIZED,
        Foreign.explain(size, max));
  }

  private ByteBuffer small(int size) throws IOException, CloseException {
    if (!fill(Integer.BYTES + size)) {
      throw cutOff();
    }
    ByteBuffer request = own.slice(own.position() + Integer.BYTES, size);
    own.position(own.position() + Integer.BYTES + size);
    return request;
  }

  private ByteBuffer large(int size) throws IOException, CloseException {
    // Who has not sent even as much as fits here gets no other memory yet.
    if (!fill(OWN_BYTES)) {
      throw cutOff();
    }
    own.position(own.position() + Integer.BYTES);
    ByteBuffer request = take(Math.min(size, OWN_BYTES * GROWTH));
    large = request;
    request.put(own);
    while (true) {
      readUpTo(request, Math.min(size, request.capacity()));
      if (request.position() == size) {
        return request.flip();
      }
      ByteBuffer larger = take((int) Math.min(size, (long) request.capacity() * GROWTH));
      larger.put(request.flip());
      memory.give(request);
      request = larger;
      large = request;
    }
  }

  private void readUpTo(ByteBuffer request, int end) throws IOException, CloseException {
    while (request.position() < end) {
      int most = request.isDirect() ? end : request.position() + HEAP_READ_BYTES;
      int count = transport.read(request.limit(Math.min(end, most)));
      if (count < 0) {
        throw cutOff();
      }
      progress.advanced(count);
    }
  }

  private ByteBuffer take(int bytes) throws CloseException {
    try {
      ByteBuffer buffer = memory.take(bytes);
      if (buffer != null) {
        return buffer;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CloseException(
        CloseReason.OVERLOAD, "No memory was free for a request of " + bytes + " bytes or more");
  }

  /** Reads until so many bytes are there; false if none is, and the connection has ended. */
  private boolean fill(int bytes) throws IOException, CloseException {
    if (own.remaining() >= bytes) {
      return true;
    }
    own.compact();
    try {
      own.put(ahead.take());
      while (own.position() < bytes) {
        if (transport.read(own) < 0) {
          if (own.position() == 0) {
            return false;
          }
          throw cutOff();
        }
      }
      return true;
    } finally {
      own.flip();
    }
  }

  private static CloseException cutOff() {
    return new CloseException(CloseReason.GARBAGE, "The connection ended within a request");
  }
}
