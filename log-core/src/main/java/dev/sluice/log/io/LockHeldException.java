package dev.sluice.log.io;

import java.io.IOException;
import java.nio.file.Path;

/** Someone else holds the lock. */
public final class LockHeldException extends IOException {

  private static final long serialVersionUID = 1L;

  public LockHeldException(Path file) {
    super(file + " is locked");
  }
}
