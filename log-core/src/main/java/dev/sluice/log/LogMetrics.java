package dev.sluice.log;

/**
 * What the log tells about itself. Called on the log's own threads and on those of its callers:
 * implementations are thread-safe, quick and never throw.
 */
public interface LogMetrics {

  /** Tells nobody. */
  LogMetrics NONE = new LogMetrics() {};

  /** Records became visible, that is, durable under the partition's flush setting. */
  default void appended(String partition, long records, long bytes) {}

  /** One fsync of one file, and how many bytes it made durable. */
  default void forced(String partition, long nanos, long bytes) {}

  /** An append, read or background job failed. */
  default void failed(String partition, StorageException.Code code) {}

  /**
   * Records were deleted from the start of the log.
   *
   * @param records how many offsets the log start has moved by; more than there were records if the
   *     partition has been compacted
   * @param segments how many segments were freed with them; none while the segment that holds them
   *     is needed for others
   * @param bytes of these segments
   */
  default void deleted(
      String partition, DeletionReason reason, long records, int segments, long bytes) {}

  /** So many bytes of sealed segments were read again. */
  default void scrubbed(long bytes) {}

  /** A place in a sealed segment can't be read back. */
  default void rotFound(String partition) {}

  /** A compaction ended: bytes of the segments it looked at, and of what became of them. */
  default void compacted(String partition, long bytesBefore, long bytesAfter, long millis) {}
}
