package dev.sluice.sink.file;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.sink.support.Template;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The options, typed.
 *
 * @param name the file name without counter and ending; may contain folders
 * @param envelope whether a line holds the whole record rather than its value
 * @param rotateSizeBytes a file that has reached this is completed
 * @param rotateInterval a file that has been open for this long is completed
 * @param fsync whether each put waits until the files are on the disk
 */
record FileSinkConfig(
    Path path,
    Template name,
    Format format,
    boolean envelope,
    long rotateSizeBytes,
    Duration rotateInterval,
    boolean fsync) {

  /** What a file holds. */
  enum Format {
    JSON_LINES(".jsonl"),
    CSV(".csv");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    String ending() {
      return ending;
    }
  }

  static FileSinkConfig of(Options options) {
    return new FileSinkConfig(
        Path.of(options.string("path")),
        Template.parse("name", options.string("name"), Template.ALL_FIELDS),
        options.string("format").equals("csv") ? Format.CSV : Format.JSON_LINES,
        options.bool("envelope"),
        options.sizeBytes("rotate-size"),
        options.duration("rotate-interval"),
        options.bool("fsync"));
  }

  /** Checks what the schema can't say. */
  void checkTogether() {
    if (format == Format.CSV && envelope) {
      throw ConnectorException.configuration(
          "option-conflict",
          "'envelope' has no meaning for 'format: csv'.",
          "Remove 'envelope', or choose 'format: json-lines'.");
    }
    if (name.toString().startsWith("/") || name.toString().contains("..")) {
      throw ConnectorException.configuration(
          "file-name-outside",
          "The option 'name' leads out of the folder 'path': " + name,
          "Give a relative name without '..'.");
    }
  }
}
