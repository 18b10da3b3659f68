package dev.sluice.sink.file;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether files can be made in a folder, without making one. */
final class FolderProbe {

  private FolderProbe() {}

  /**
   * Tests.
   *
   * @throws ConnectorException of category RESOURCE if they can't
   */
  static ConnectionReport run(Path path) {
    Path wanted = path.toAbsolutePath().normalize();
    Path nearest = wanted;
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    if (!Files.isDirectory(nearest)) {
      throw refused(
          nearest + " is a file, not a folder.", "Correct 'path', or move the file away.");
    }
    if (!Files.isWritable(nearest)) {
      throw refused(
          "The gateway may not write to " + nearest + ".",
          "Give the user that the gateway runs as the right to do so.");
    }
    return ConnectionReport.of(
        nearest.equals(wanted)
            ? wanted + " is there and can be written to"
            : wanted + " will be made in " + nearest);
  }

  private static ConnectorException refused(String message, String suggestion) {
    return new ConnectorException(
        ErrorCategory.RESOURCE, "file-write-failed", message, suggestion, null);
  }
}
