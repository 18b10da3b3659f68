package dev.sluice.log.record;

import dev.sluice.log.StorageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The errors of batches that are not what they should be. */
final class BatchProblems {

  private static final String CURE =
      "If it came from a client, look for a defect there; if from a file, the file is damaged";

  private BatchProblems() {}

  /** A header that can't be. */
  static StorageException corrupt(String problem) {
    return corrupt("Malformed record batch: " + problem, null);
  }

  /** A batch in which something can't be. */
  static StorageException corrupt(RecordBatch batch, String problem) {
    return corrupt("Malformed record batch " + batch + ": " + problem, null);
  }

  /** A batch whose records can't be read. */
  static StorageException corrupt(RecordBatch batch, IOException cause) {
    return corrupt("Malformed record batch " + batch + ": " + cause.getMessage(), cause);
  }

  private static StorageException corrupt(String problem, @Nullable Throwable cause) {
    return new StorageException(StorageException.Code.INVALID_BATCH, problem, CURE, cause);
  }
}
