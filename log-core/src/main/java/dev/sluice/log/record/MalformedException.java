package dev.sluice.log.record;

import java.io.IOException;

/**
 * Bytes inside a batch are not what they should be. Checked, so that the compiler finds every place
 * that has to add which batch it was, and make a {@link dev.sluice.log.StorageException} of it.
 */
final class MalformedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A problem.
   *
   * @param problem as a part of a sentence, without a full stop
   */
  MalformedException(String problem) {
    super(problem);
  }
}
