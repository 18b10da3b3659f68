package dev.sluice.gateway.log;

import java.util.Optional;
import java.util.Set;

/**
 * Small files in the data directory that only the gateway's own user may open: for what must not be
 * in a topic, since topics can be read. Thread-safe, but for two writers of one file.
 */
public interface PrivateFiles {

  /**
   * What a file holds; empty if there is none.
   *
   * @throws LogException {@code PARTITION_OFFLINE} if it can't be read, {@code INTERNAL} if it is
   *     not what was written
   */
  Optional<byte[]> read(String name);

  /**
   * Replaces a file as a whole; durable when this returns. After an exception it is as it was, or
   * new.
   *
   * @param name letters, digits, dots, underscores and hyphens; begins with a letter or digit
   * @throws LogException {@code TOO_LARGE}, {@code DISK_FULL}, {@code PARTITION_OFFLINE}
   */
  void write(String name, byte[] content);

  /**
   * Deletes a file if it is there, and what a write that failed has left of it; durable when this
   * returns.
   *
   * @throws LogException {@code PARTITION_OFFLINE}
   */
  void delete(String name);

  /**
   * The files that there are.
   *
   * @throws LogException {@code PARTITION_OFFLINE} if they can't be listed
   */
  Set<String> names();

  /**
   * Deletes what writes that failed, or that a crash cut short, have left behind.
   *
   * @throws LogException {@code PARTITION_OFFLINE}
   */
  void tidy();
}
