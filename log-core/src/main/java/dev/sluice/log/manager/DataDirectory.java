package dev.sluice.log.manager;

import dev.sluice.log.io.Storage;
import dev.sluice.log.partition.PartitionId;

/** What there may be in a data directory, by name. */
public final class DataDirectory {

  /** Held by the process that has the directory. */
  public static final String LOCK_FILE = ".lock";

  /** Ending of directories of partitions that are being deleted. */
  static final String DELETED_SUFFIX = "-delete";

  /** What an entry is. */
  public enum Kind {
    /** A partition's directory. */
    PARTITION,
    /** What is left of a deleted partition. */
    DELETED,
    /** The lock file. */
    LOCK,
    /** Nothing that the log has put there. */
    FOREIGN
  }

  private DataDirectory() {}

  /** What an entry is. */
  public static Kind kindOf(Storage.Entry entry) {
    if (!entry.isDirectory()) {
      return entry.name().equals(LOCK_FILE) ? Kind.LOCK : Kind.FOREIGN;
    }
    if (entry.name().endsWith(DELETED_SUFFIX)) {
      return Kind.DELETED;
    }
    return PartitionId.parse(entry.name()).isPresent() ? Kind.PARTITION : Kind.FOREIGN;
  }
}
