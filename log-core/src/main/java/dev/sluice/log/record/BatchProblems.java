package dev.sluice.log.record;

import dev.sluice.log.StorageException;
import org.jspecify.annotations.Nullable;

/** The error of bytes that are not what they should be. */
final class BatchProblems {

  private BatchProblems() {}

  static StorageException corrupt(String problem) {
    return corrupt(problem, null);
  }

  static StorageException corrupt(String problem, @Nullable Throwable cause) {
    return new StorageException(
        StorageException.Code.INVALID_BATCH,
        "Malformed record batch: " + problem,
        "If it came from a client, look for a defect there; if from a file, the file is damaged",
        cause);
  }
}
