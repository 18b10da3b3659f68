package dev.sluice.gateway.log;

import java.util.Optional;

/** The disk that the log is on. Thread-safe. */
public interface Disk {

  /**
   * How much room there is.
   *
   * @param directory where the log is
   * @param totalBytes how large the disk is
   * @param freeBytes how much of it the log may still take
   */
  record Space(String directory, long totalBytes, long freeBytes) {}

  /** The room there is now; nothing if that can't be told, as of a log that is elsewhere. */
  Optional<Space> space();
}
