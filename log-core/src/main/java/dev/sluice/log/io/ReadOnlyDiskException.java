package dev.sluice.log.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file system takes no writes: mounted so, or made so by the system after an error. */
public final class ReadOnlyDiskException extends IOException {

  private static final long serialVersionUID = 1L;

  public ReadOnlyDiskException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
