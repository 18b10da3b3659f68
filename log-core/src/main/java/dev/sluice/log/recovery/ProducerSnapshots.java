package dev.sluice.log.recovery;

import dev.sluice.log.io.Storage;
import dev.sluice.log.producer.CorruptStateException;
import dev.sluice.log.producer.ProducerSnapshot;
import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of producers in a partition's directory: one for the recovery point, and one for
 * each segment's beginning, so that a truncation need not read the whole log. Not thread-safe.
 */
public final class ProducerSnapshots {

  private static final Logger LOG = LoggerFactory.getLogger(ProducerSnapshots.class);

  private final Storage storage;
  private final Path directory;
  private final NavigableSet<Long> offsets = new TreeSet<>();

  /**
   * The snapshots of a directory.
   *
   * @param entries of the directory
   */
  ProducerSnapshots(Storage storage, Path directory, Collection<Storage.Entry> entries) {
    this.storage = storage;
    this.directory = directory;
    for (Storage.Entry entry : entries) {
      SegmentNames.baseOffset(entry.name(), ProducerSnapshot.SUFFIX).ifPresent(offsets::add);
    }
  }

  /** Writes the producers at an offset; durable when this returns. */
  public void write(long offset, Collection<ProducerState> producers) throws IOException {
    ProducerSnapshot.write(storage, path(offset), producers);
    offsets.add(offset);
  }

  /** The producers at exactly that offset, unless there is no such file or it is damaged. */
  Optional<List<ProducerState>> read(long offset) throws IOException {
    try {
      return Optional.of(ProducerSnapshot.read(storage, path(offset)));
    } catch (NoSuchFileException | CorruptStateException e) {
      LOG.warn("The snapshot of producers can't be used: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** The offset of the last snapshot that is not behind an offset. */
  OptionalLong latestUpTo(long offset) {
    Long found = offsets.floor(offset);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** Deletes all others; the directory is the caller's to sync. */
  public void retainOnly(Collection<Long> wanted) throws IOException {
    for (long offset : List.copyOf(offsets)) {
      if (!wanted.contains(offset)) {
        storage.delete(path(offset));
        offsets.remove(offset);
      }
    }
  }

  /** Deletes those behind an offset: what they tell of is not in the log any more. */
  public void removeBehind(long offset) throws IOException {
    retainOnly(List.copyOf(offsets.headSet(offset, true)));
  }

  private Path path(long offset) {
    return SegmentNames.path(directory, offset, ProducerSnapshot.SUFFIX);
  }
}
