package dev.sluice.log.compaction;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far a partition is compacted. Payload (big endian): int64 clean offset, int64 next horizon.
 * To lose it costs work, not records.
 *
 * @param cleanOffset every key has at most one record before this, tombstones included
 * @param nextHorizonMillis when the first of the tombstones and markers before it may go; the
 *     largest long if there is none
 */
public record CompactionProgress(long cleanOffset, long nextHorizonMillis) {

  /** Its name in the partition's directory. */
  public static final String FILE_NAME = "compaction.checkpoint";

  /** Nothing is compacted yet. */
  public static final CompactionProgress NONE = new CompactionProgress(0, Long.MAX_VALUE);

  private static final int VERSION = 1;
  private static final int BYTES = 2 * Long.BYTES;

  /** The file in the directory of a partition. */
  public static AtomicFile file(Storage storage, Path directory) {
    return new AtomicFile(storage, directory.resolve(FILE_NAME));
  }

  /**
   * Reads it; {@link #NONE} if there is no file.
   *
   * @throws AtomicFile.CorruptException if it is damaged, or of a version that is not known here
   */
  public static CompactionProgress read(AtomicFile file) throws IOException {
    Optional<AtomicFile.Content> content = file.read();
    if (content.isEmpty()) {
      return NONE;
    }
    ByteBuffer payload = content.get().payload();
    if (content.get().version() != VERSION || payload.remaining() != BYTES) {
      throw new AtomicFile.CorruptException(
          FILE_NAME + " has version " + content.get().version() + ", known is " + VERSION);
    }
    return new CompactionProgress(payload.getLong(), payload.getLong());
  }

  /** Writes it, durably. */
  public void write(AtomicFile file) throws IOException {
    file.write(
        VERSION, ByteBuffer.allocate(BYTES).putLong(cleanOffset).putLong(nextHorizonMillis).flip());
  }
}
