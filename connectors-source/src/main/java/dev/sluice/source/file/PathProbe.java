package dev.sluice.source.file;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** Looks whether files can be read, and disposed of if that is wanted, without touching them. */
final class PathProbe {

  private PathProbe() {}

  /**
   * Tests.
   *
   * @throws ConnectorException of category EXTERNAL naming what is missing
   */
  static ConnectionReport run(FileOptions options) throws IOException {
    return Files.isDirectory(options.path()) ? directory(options) : file(options);
  }

  private static ConnectionReport file(FileOptions options) throws IOException {
    Path path = options.path();
    FileFacts facts =
        FileFacts.of(path)
            .orElseThrow(
                () ->
                    refused(
                        "path-missing",
                        "There is no file or directory " + path + ".",
                        "Create it, or correct 'path'."));
    require(Files.isReadable(path), path, "read");
    return ConnectionReport.of(path + " is a file of " + facts.sizeBytes() + " bytes");
  }

  private static ConnectionReport directory(FileOptions options) throws IOException {
    Path path = options.path();
    require(Files.isReadable(path) && Files.isExecutable(path), path, "list");
    PathMatcher pattern = path.getFileSystem().getPathMatcher("glob:" + options.pattern());
    List<FileFacts> matching =
        FileFacts.list(path).stream()
            .filter(facts -> pattern.matches(facts.path().getFileName()))
            .toList();
    for (FileFacts facts : matching) {
      require(Files.isReadable(facts.path()), facts.path(), "read");
    }
    List<String> facts = new ArrayList<>();
    facts.add(path + " is a directory");
    facts.add(matching.size() + " files match " + options.pattern());
    if (options.after() != FileOptions.After.KEEP) {
      require(Files.isWritable(path), path, "remove files from");
    }
    if (options.after() == FileOptions.After.MOVE) {
      Path target = options.moveTo().orElseThrow();
      boolean there = Files.isDirectory(target);
      if (there) {
        require(Files.isWritable(target), target, "move files to");
      }
      facts.add("Finished files go to " + target + (there ? "" : ", which is not there yet"));
    }
    return new ConnectionReport(facts);
  }

  private static void require(boolean allowed, Path path, String what) {
    if (!allowed) {
      throw refused(
          "path-forbidden",
          "The gateway may not " + what + " " + path + ".",
          "Give the user that the gateway runs as the right to do so.");
    }
  }

  private static ConnectorException refused(String code, String message, String suggestion) {
    return ConnectorException.external(code, message, suggestion, null);
  }
}
