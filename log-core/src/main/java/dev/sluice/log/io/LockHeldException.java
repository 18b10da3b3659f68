package dev.sluice.log.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Someone else holds the lock. */
public final class LockHeldException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long pid;

  /**
   * The exception.
   *
   * @param pid the process that holds it, if known
   */
  public LockHeldException(Path file, OptionalLong pid) {
    super(file + " is locked" + (pid.isPresent() ? " by process " + pid.getAsLong() : ""));
    this.pid = pid.orElse(-1);
  }

  /** The process that holds it, if known. */
  public OptionalLong pid() {
    return pid < 0 ? OptionalLong.empty() : OptionalLong.of(pid);
  }
}
