package dev.sluice.log.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No space, or no quota, is left on the device. */
public final class DiskFullException extends IOException {

  private static final long serialVersionUID = 1L;

  public DiskFullException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
