package dev.sluice.bench.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** One partition of one of the two engines. Thread-safe as far as the engine is. */
public interface Engine extends AutoCloseable {

  /** The two. */
  enum Kind {
    SLUICE,
    KAFKA;

    /** Opens, or creates, a partition in a directory named {@code t-0} within the given one. */
    Engine open(Path directory, boolean forceEach) throws IOException {
      return switch (this) {
        case SLUICE -> new SluiceEngine(directory, forceEach);
        case KAFKA -> new KafkaEngine(directory, forceEach);
      };
    }
  }

  /** Appends; done when the future is. Kafka's is done on return. */
  CompletableFuture<?> append(ByteBuffer batch) throws IOException;

  /** Appends and waits. */
  default void appendNow(ByteBuffer batch) throws IOException {
    Object unused = append(batch).join();
  }

  /** The offset behind the last visible record. */
  long endOffset();

  /**
   * Reads as a consumer does: fetches so many bytes into memory that the records keep, checks the
   * checksums, decodes every record.
   *
   * @param sizes gets the size of each record's value
   * @return the offset to read on at
   */
  long readRecords(long offset, int maxBytes, LongConsumer sizes) throws IOException;

  /** Looks up one record and returns the size of its value. */
  long readOne(long offset) throws IOException;

  /**
   * Hands a region to a channel, as to a socket.
   *
   * @return bytes sent
   */
  long sendRegion(long offset, int maxBytes, FileChannel sink) throws IOException;

  /** The offset of the first record with this time or a later one. */
  long offsetForTime(long timestampMillis) throws IOException;

  /** The next append begins a new segment. */
  void roll() throws IOException;

  @Override
  void close() throws IOException;
}
