package dev.sluice.log.producer;

import java.io.IOException;

/**
 * A snapshot of producers or a transaction index is not what was written. Both are derived: rebuild
 * them from the log.
 */
public final class CorruptStateException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptStateException(String message) {
    super(message);
  }
}
