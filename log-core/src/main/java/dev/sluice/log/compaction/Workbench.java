package dev.sluice.log.compaction;

import dev.sluice.log.io.Storage;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * What a compaction works with.
 *
 * @param directory of the partition
 * @param indexIntervalBytes an index entry is due after so many bytes
 * @param mapBytes what the map of a pass may take; a pass ends where it is full
 * @param isStopped asked between batches
 */
public record Workbench(
    Storage storage,
    Path directory,
    int indexIntervalBytes,
    long mapBytes,
    BooleanSupplier isStopped) {

  /** What a map may take, unless set otherwise. */
  public static final long DEFAULT_MAP_BYTES = 64 << 20;
}
