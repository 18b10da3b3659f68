package dev.sluice.log.io;

import java.io.IOException;
import java.util.Locale;

/** Tells full and read-only disks from other trouble: Java does so in the message alone. */
final class DiskErrors {

  static final boolean IS_WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  /** Something that does I/O. */
  interface Action<T> {
    T run() throws IOException;
  }

  private DiskErrors() {}

  static <T> T translated(Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (IOException e) {
      throw translate(e);
    }
  }

  static IOException translate(IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean full =
        message.contains("No space left on device")
            || message.contains("Disk quota exceeded")
            || message.contains("There is not enough space on the disk");
    if (full) {
      return new DiskFullException(message, e);
    }
    boolean readOnly =
        message.contains("Read-only file system") || message.contains("media is write protected");
    return readOnly ? new ReadOnlyDiskException(message, e) : e;
  }
}
