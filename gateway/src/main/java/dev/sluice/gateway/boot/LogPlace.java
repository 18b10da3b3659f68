package dev.sluice.gateway.boot;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.Storage;
import dev.sluice.log.manager.DataDirectory;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells what a path on the command line is. */
enum LogPlace {
  /** A directory of partitions. */
  DATA_DIRECTORY,
  /** A directory of segments. */
  PARTITION,
  /** Neither. */
  OTHER;

  /**
   * Looks at a directory.
   *
   * @throws IOException if it can't be listed
   */
  static LogPlace of(Storage storage, Path directory) throws IOException {
    List<Storage.Entry> entries = storage.list(directory);
    if (entries.stream().anyMatch(LogPlace::isPartitionFile)) {
      return PARTITION;
    }
    return entries.stream().anyMatch(LogPlace::isOfDataDirectory) ? DATA_DIRECTORY : OTHER;
  }

  /** Says in one line that a running process has the directory, if so. */
  Optional<String> inUse(Storage storage, Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    Path data = this == PARTITION ? absolute.getParent() : absolute;
    if (data == null) {
      return Optional.empty();
    }
    return storage
        .lockHolder(data.resolve(DataDirectory.LOCK_FILE))
        .map(
            holder ->
                (holder.pid().isPresent()
                        ? "Process " + holder.pid().getAsLong()
                        : "A running process")
                    + " has "
                    + data
                    + " open: the ends of its partitions may be in flux.");
  }

  private static boolean isPartitionFile(Storage.Entry entry) {
    return !entry.isDirectory()
        && (entry.name().equals(PartitionCheckpoint.FILE_NAME)
            || SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).isPresent());
  }

  private static boolean isOfDataDirectory(Storage.Entry entry) {
    return DataDirectory.kindOf(entry) != DataDirectory.Kind.FOREIGN;
  }
}
