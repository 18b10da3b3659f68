package dev.sluice.log.checkpoint;

import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a partition has to remember beside its segments. Payload (big endian): int64 log start
 * offset, int64 base offset of the recovery segment, int64 recovery position, int64 recovery
 * offset, int64 start of the active segment's age, int8 1 if there are producers, int8 1 if sealed
 * segments may be unforced (not in version 2), int32 number of segments, int64 base offset of each.
 *
 * <p>Invariant RECOVERY-POINT: everything before the recovery point was durable when this was
 * written, indexes included. It needs no mark for a clean stop: after one nothing lies behind it.
 *
 * @param logStartOffset the first offset that readers may see
 * @param segmentBaseOffset the segment in which recovery begins
 * @param position byte in that segment's file where it begins
 * @param offset the offset of the batch at that position
 * @param activeSinceMillis when that segment got its first batch by the log's clock, or -1
 * @param hasProducers whether producers were known at the recovery point; their snapshot is beside
 *     the segments then
 * @param maySealUnforced whether segments may have been created behind this point before those
 *     before them were durable: what is missing behind it has never been forced then. Else it is
 *     rot, except at the end of the last segment
 * @param segments base offsets of all durable segments: a file that is missing is missed
 */
public record PartitionCheckpoint(
    long logStartOffset,
    long segmentBaseOffset,
    long position,
    long offset,
    long activeSinceMillis,
    boolean hasProducers,
    boolean maySealUnforced,
    List<Long> segments) {

  /** Its name in the partition's directory. */
  public static final String FILE_NAME = "partition.checkpoint";

  private static final int VERSION = 3;

  /** Without a word about unforced segments: there were none. */
  private static final int OLDER_VERSION = 2;

  private static final int OLDER_FIXED_BYTES = 5 * Long.BYTES + Byte.BYTES + Integer.BYTES;
  private static final int FIXED_BYTES = OLDER_FIXED_BYTES + Byte.BYTES;

  public PartitionCheckpoint {
    segments = List.copyOf(segments);
  }

  /** What is known of a partition that begins with an empty segment. */
  public static PartitionCheckpoint startingAt(long offset) {
    return new PartitionCheckpoint(offset, offset, 0, offset, -1, false, false, List.of(offset));
  }

  /** The same with another log start and what segments there are now. */
  public PartitionCheckpoint withLogStart(long newLogStartOffset, List<Long> newSegments) {
    return new PartitionCheckpoint(
        newLogStartOffset,
        segmentBaseOffset,
        position,
        offset,
        activeSinceMillis,
        hasProducers,
        maySealUnforced,
        newSegments);
  }

  /** The same with another word about sealed segments. */
  public PartitionCheckpoint withMaySealUnforced(boolean may) {
    return new PartitionCheckpoint(
        logStartOffset,
        segmentBaseOffset,
        position,
        offset,
        activeSinceMillis,
        hasProducers,
        may,
        segments);
  }

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
    int version = content.get().version();
    boolean isOlder = version == OLDER_VERSION;
    if ((version != VERSION && !isOlder)
        || payload.remaining() < (isOlder ? OLDER_FIXED_BYTES : FIXED_BYTES)) {
      throw new AtomicFile.CorruptException(
          FILE_NAME + " has version " + version + ", known is " + VERSION);
    }
    return Optional.of(
        new PartitionCheckpoint(
            payload.getLong(),
            payload.getLong(),
            payload.getLong(),
            payload.getLong(),
            payload.getLong(),
            payload.get() != 0,
            !isOlder && payload.get() != 0,
            segments(payload)));
  }

  private static List<Long> segments(ByteBuffer payload) throws AtomicFile.CorruptException {
    int count = payload.getInt();
    if (payload.remaining() != (long) count * Long.BYTES) {
      throw new AtomicFile.CorruptException(FILE_NAME + " does not hold " + count + " segments");
    }
    List<Long> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      segments.add(payload.getLong());
    }
    return segments;
  }

  /** Writes it, durably. */
  public void write(AtomicFile file) throws IOException {
    ByteBuffer payload =
        ByteBuffer.allocate(FIXED_BYTES + segments.size() * Long.BYTES)
            .putLong(logStartOffset)
            .putLong(segmentBaseOffset)
            .putLong(position)
            .putLong(offset)
            .putLong(activeSinceMillis)
            .put((byte) (hasProducers ? 1 : 0))
            .put((byte) (maySealUnforced ? 1 : 0))
            .putInt(segments.size());
    segments.forEach(payload::putLong);
    file.write(VERSION, payload.flip());
  }
}
