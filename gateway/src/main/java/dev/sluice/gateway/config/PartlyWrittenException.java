package dev.sluice.gateway.config;

import java.io.IOException;
import java.util.List;

/** Some of several files are new, and the others could not follow. */
final class PartlyWrittenException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> written;
  private final transient List<String> left;

  /**
   * With what went wrong.
   *
   * @param written the names of the files that are new
   * @param left the names of those that are as before
   */
  PartlyWrittenException(List<String> written, List<String> left, IOException cause) {
    super(cause.getMessage(), cause);
    this.written = List.copyOf(written);
    this.left = List.copyOf(left);
  }

  List<String> written() {
    return written;
  }

  List<String> left() {
    return left;
  }
}
