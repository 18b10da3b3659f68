package dev.sluice.broker.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a connection whose own thread waits for something else, to see whether the client is
 * still there. That costs a thread, so it begins only when someone looks a second time and finds
 * the same wait. The connection's thread comes back at any time; what was read meanwhile are its
 * next bytes.
 *
 * <p>Used by the connection's thread, but for {@link #look} and {@link #isAway}. Guarded by its own
 * monitor.
 */
final class ReadAhead {

  private static final int BYTES = 256;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Transport transport;
  private final Runnable atEnd;
  private boolean isAway;
  private boolean wasSeen;
  private @Nullable CompletableFuture<ByteBuffer> reading;

  /**
   * Reads nothing yet.
   *
   * @param atEnd called on another thread when the client closes the connection, or the network
   *     fails, while the connection's thread is away
   */
  ReadAhead(Transport transport, Runnable atEnd) {
    this.transport = transport;
    this.atEnd = atEnd;
  }

  /** The connection's thread reads nothing until it comes {@link #back}. */
  synchronized void away() {
    isAway = true;
    wasSeen = false;
  }

  synchronized void back() {
    isAway = false;
  }

  /** Begins to read if the connection's thread is away since someone looked before. */
  synchronized void look() {
    if (isAway && wasSeen && reading == null) {
      CompletableFuture<ByteBuffer> next = new CompletableFuture<>();
      reading = next;
      Thread unused = Thread.ofVirtual().name("kafka-read-ahead").start(() -> read(next));
    }
    wasSeen = isAway;
  }

  private void read(CompletableFuture<ByteBuffer> next) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    boolean isOver = true;
    try {
      isOver = transport.read(bytes) < 0;
    } catch (IOException failed) {
      isOver = true; // The connection's thread will find the same.
    } finally {
      boolean unused = next.complete(bytes.flip());
      if (isOver && isAway()) {
        atEnd.run();
      }
    }
  }

  /** Whether the connection's thread waits for something else than its client. */
  synchronized boolean isAway() {
    return isAway;
  }

  /** What was read, from position to limit; waits for it if it is being read. */
  ByteBuffer take() {
    CompletableFuture<ByteBuffer> read;
    synchronized (this) {
      read = reading;
      reading = null;
    }
    return read == null ? NOTHING : read.join();
  }
}
