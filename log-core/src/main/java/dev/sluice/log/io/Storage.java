package dev.sluice.log.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the log needs of a file system. Thread-safe. Every method throws {@link DiskFullException}
 * when space or quota is used up, {@link ReadOnlyDiskException} when no writes are taken, and
 * another {@link IOException} for the rest.
 */
public interface Storage {

  /**
   * What is in a directory.
   *
   * @param name the last part of its path
   * @param sizeBytes its size, 0 for a directory
   */
  record Entry(String name, long sizeBytes, boolean isDirectory) {}

  /** Keeps a lock until closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * Who holds a lock.
   *
   * @param pid the process, if known
   */
  record LockHolder(OptionalLong pid) {}

  /** Opens an existing file to read. */
  StorageFile openToRead(Path file) throws IOException;

  /**
   * Opens a file to write and read, and creates it if it is not there; its directory entry is
   * durable after {@link #syncDirectory} only.
   */
  StorageFile openToWrite(Path file) throws IOException;

  /**
   * Creates a file to write and read that only this process' user may open, where the file system
   * knows such rights; else as {@link #openToWrite}.
   *
   * @throws IOException also if the file is there
   */
  default StorageFile createPrivately(Path file) throws IOException {
    return openToWrite(file);
  }

  boolean exists(Path path) throws IOException;

  /** The entries of a directory, in no order. */
  List<Entry> list(Path directory) throws IOException;

  /** Creates a directory with its missing parents; durable when this returns. */
  void createDirectories(Path directory) throws IOException;

  /**
   * Renames a file or directory within its file system, replacing a file of the new name; atomic,
   * durable after {@link #syncDirectory} only.
   */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file or an empty directory if it is there. */
  void delete(Path path) throws IOException;

  /** Makes creations, renames and deletions in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * Takes an exclusive lock that other processes honour, and that the system releases when this
   * process ends.
   *
   * @throws LockHeldException if this or another process has it
   */
  Lock lock(Path file) throws IOException;

  /**
   * Who holds a lock now, if anybody. Creates no file, and takes the lock for a moment at most. For
   * messages only: what holds now may not a moment later.
   */
  default Optional<LockHolder> lockHolder(Path file) throws IOException {
    return Optional.empty();
  }
}
