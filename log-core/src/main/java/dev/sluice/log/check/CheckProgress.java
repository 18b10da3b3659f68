package dev.sluice.log.check;

/** Is told how far a check has come; by several threads, so it must be thread-safe and quick. */
@FunctionalInterface
public interface CheckProgress {

  /** Tells nobody. */
  CheckProgress NONE = (done, total) -> {};

  /** So many bytes of all log files have been checked. */
  void advanced(long doneBytes, long totalBytes);
}
