package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
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

  private static final int OWN_BYTES = 8 * 1024;
  private static final int GROWTH = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Told when the bytes of a request begin to come, as they come, and when they are all there. */
  interface Progress {
    void begun();

    void advanced(int bytes);

    void complete();
  }

  private final Transport transport;
  private final RequestMemory memory;
  private final IntSupplier maxBytes;
  private final Progress progress;
  private final ByteBuffer own = ByteBuffer.allocateDirect(OWN_BYTES).flip();
  private @Nullable ByteBuffer large;

  RequestReader(
      Transport transport, RequestMemory memory, IntSupplier maxBytes, Progress progress) {
    this.transport = transport;
    this.memory = memory;
    this.maxBytes = maxBytes;
    this.progress = progress;
  }

  /**
   * The next request, from position to limit; valid until the next call.
   *
   * @return null at the end of the connection
   */
  @Nullable ByteBuffer next() throws IOException, CloseException {
    release();
    if (!fill(Integer.BYTES)) {
      return null;
    }
    progress.begun();
    int size = own.getInt(own.position());
    checkSize(size);
    ByteBuffer request = size + Integer.BYTES <= OWN_BYTES ? small(size) : large(size);
    progress.complete();
    return request;
  }

  /** Gives memory back. */
  void release() {
    if (large != null) {
      memory.give(large);
      large = null;
    }
  }

  private void checkSize(int size) throws CloseException {
    int max = maxBytes.getAsInt();
    if (size >= 0 && size <= max) {
      return;
    }
    throw new CloseException(
        size < 0 ? CloseReason.GARBAGE : CloseReason.OVERSIZED, Foreign.explain(size, max));
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
    own.position(own.position() + Integer.BYTES);
    ByteBuffer request = take(Math.min(size, OWN_BYTES * GROWTH));
    large = request;
    request.put(own);
    while (true) {
      request.limit(Math.min(size, request.capacity()));
      while (request.hasRemaining()) {
        int count = transport.read(request);
        if (count < 0) {
          throw cutOff();
        }
        progress.advanced(count);
      }
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

  private ByteBuffer take(int bytes) throws CloseException {
    try {
      ByteBuffer buffer = memory.take(bytes, PATIENCE);
      if (buffer != null) {
        return buffer;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CloseException(
        CloseReason.OVERLOAD, "No memory was free for a request of " + bytes + " bytes or more");
  }

  /** Reads until so many bytes are there; false if the connection ends before the first. */
  private boolean fill(int bytes) throws IOException, CloseException {
    if (own.remaining() >= bytes) {
      return true;
    }
    boolean hasBegun = own.hasRemaining();
    own.compact();
    try {
      while (own.position() < bytes) {
        if (transport.read(own) < 0) {
          if (own.position() == 0) {
            return false;
          }
          throw cutOff();
        }
        if (!hasBegun) {
          hasBegun = true;
          progress.begun();
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
