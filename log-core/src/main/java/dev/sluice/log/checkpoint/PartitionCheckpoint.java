package dev.sluice.log.checkpoint;

import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a partition has to remember beside its segments. Payload (big endian): int64 log start
 * offset, int64 base offset of the recovery segment, int64 recovery position, int64 recovery
 * offset, int64 start of the active segment's age.
 *
 * <p>Invariant RECOVERY-POINT: everything before the recovery point was durable when this was
 * written, indexes included. It needs no mark for a clean stop: after one nothing lies behind it.
 *
 * @param logStartOffset the first offset that readers may see
 * @param segmentBaseOffset the segment in which recovery begins
 * @param position byte in that segment's file where it begins
 * @param offset the offset of the batch at that position
 * @param activeSinceMillis when that segment got its first batch by the log's clock, or -1
 */
public record PartitionCheckpoint(
    long logStartOffset,
    long segmentBaseOffset,
    long position,
    long offset,
    long activeSinceMillis) {

  /** Its name in the partition's directory. */
  public static final String FILE_NAME = "partition.checkpoint";

  private static final int VERSION = 1;
  private static final int BYTES = 5 * Long.BYTES;

  /** The checkpoint file of the partition in a directory. */
  public static AtomicFile file(Storage storage, Path directory) {
    return new AtomicFile(storage, directory.resolve(FILE_NAME));
  }

  /**
   * Reads it.
   *
   * @throws AtomicFile.CorruptException if it is damaged, or of a version that is not known here
   */
  public static Optional<PartitionCheckpoint> read(AtomicFile file) throws IOException {
    Optional<AtomicFile.Content> content = file.read();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer payload = content.get().payload();
    if (content.get().version() != VERSION || payload.remaining() != BYTES) {
      throw new AtomicFile.CorruptException(
          FILE_NAME + " has version " + content.get().version() + ", known is " + VERSION);
    }
    return Optional.of(
        new PartitionCheckpoint(
            payload.getLong(),
            payload.getLong(),
            payload.getLong(),
            payload.getLong(),
            payload.getLong()));
  }

  /** Writes it, durably. */
  public void write(AtomicFile file) throws IOException {
    ByteBuffer payload =
        ByteBuffer.allocate(BYTES)
            .putLong(logStartOffset)
            .putLong(segmentBaseOffset)
            .putLong(position)
            .putLong(offset)
            .putLong(activeSinceMillis)
            .flip();
    file.write(VERSION, payload);
  }
}
