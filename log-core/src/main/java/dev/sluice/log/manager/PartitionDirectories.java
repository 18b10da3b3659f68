package dev.sluice.log.manager;

import dev.sluice.log.StorageException;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.io.Storage;
import dev.sluice.log.partition.PartitionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of partitions in a data directory. One that is deleted gets another name first,
 * durably: what a crash leaves of it is no partition any more. Has no state of its own; changes are
 * for one thread at a time.
 */
final class PartitionDirectories {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionDirectories.class);

  private final Storage storage;
  private final Path directory;

  PartitionDirectories(Storage storage, Path directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /** Where a partition is, or would be. */
  Path of(PartitionId id) {
    return directory.resolve(id.toString());
  }

  /** The partitions that have one. */
  Set<PartitionId> list() {
    Set<PartitionId> found = new TreeSet<>();
    try {
      for (Storage.Entry entry : storage.list(directory)) {
        if (entry.isDirectory()) {
          PartitionId.parse(entry.name()).ifPresent(found::add);
        }
      }
      return found;
    } catch (IOException e) {
      throw DiskTrouble.failed("Could not list the data directory " + directory, e);
    }
  }

  /** Removes what deletions have left, and names what is not the log's. */
  void tidy() throws IOException {
    for (Storage.Entry entry : storage.list(directory)) {
      if (DataDirectory.kindOf(entry) == DataDirectory.Kind.DELETED) {
        removeRecursively(directory.resolve(entry.name()));
      }
    }
    nameForeign();
  }

  private void nameForeign() throws IOException {
    List<String> foreign =
        storage.list(directory).stream()
            .filter(entry -> DataDirectory.kindOf(entry) == DataDirectory.Kind.FOREIGN)
            .filter(entry -> !entry.isDirectory()) // Those of sources and sinks may be here.
            .map(Storage.Entry::name)
            .sorted()
            .toList();
    if (!foreign.isEmpty()) {
      LOG.warn("{} holds what is not the log's, and stays as it is: {}", directory, foreign);
    }
  }

  /**
   * Deletes those that are there.
   *
   * @throws StorageException if one could not be deleted; the others are
   */
  void delete(Collection<PartitionId> ids) {
    List<Path> doomed = new ArrayList<>();
    IOException failure = null;
    for (PartitionId id : ids) {
      Path target = directory.resolve(id + "." + UUID.randomUUID() + DataDirectory.DELETED_SUFFIX);
      try {
        if (storage.exists(of(id))) {
          storage.rename(of(id), target);
          doomed.add(target);
        }
      } catch (IOException e) {
        failure = later(failure, e);
      }
    }
    try {
      storage.syncDirectory(directory);
      for (Path path : doomed) {
        removeRecursively(path);
      }
    } catch (IOException e) {
      failure = later(failure, e);
    }
    if (failure != null) {
      throw DiskTrouble.failed("Could not delete all of " + ids, failure);
    }
  }

  private static IOException later(@Nullable IOException first, IOException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  private void removeRecursively(Path path) throws IOException {
    for (Storage.Entry entry : storage.list(path)) {
      Path child = path.resolve(entry.name());
      if (entry.isDirectory()) {
        removeRecursively(child);
      } else {
        storage.delete(child);
      }
    }
    storage.delete(path);
  }
}
