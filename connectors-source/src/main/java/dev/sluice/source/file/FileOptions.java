package dev.sluice.source.file;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The options of a file source.
 *
 * @param path the file or directory
 * @param pattern which files of a directory are read, a glob on the name
 * @param format how bytes become records
 * @param csv how CSV is read
 * @param interval how often to look for new files and new bytes
 * @param settle how long a file must have been left alone to count as finished
 * @param after what becomes of the finished files of a directory
 * @param moveTo where they are moved to under {@link After#MOVE}
 * @param limits what bounds a batch and a line
 * @param forgetAfter how long positions of files that are gone are kept
 */
record FileOptions(
    Path path,
    String pattern,
    Format format,
    Csv csv,
    Duration interval,
    Duration settle,
    After after,
    Optional<Path> moveTo,
    Limits limits,
    Duration forgetAfter) {

  /** How bytes become records. */
  enum Format {
    LINES,
    CSV,
    JSON_LINES
  }

  /** What becomes of the finished files of a directory. */
  enum After {
    KEEP,
    DELETE,
    MOVE
  }

  /**
   * How CSV is read.
   *
   * @param delimiter between fields, an ASCII character
   * @param header whether the first record of each file names the columns
   * @param columns the columns' names when there is no header; empty for records that are lists
   * @param inferTypes whether fields that look like numbers, true or false become such
   */
  record Csv(char delimiter, boolean header, List<String> columns, boolean inferTypes) {}

  /**
   * What bounds a batch and a line.
   *
   * @param batchBytes a batch is full with so many bytes of input
   * @param batchRecords or with so many records
   * @param maxLineBytes a longer line, or CSV record, is rejected
   */
  record Limits(int batchBytes, int batchRecords, int maxLineBytes) {}

  static FileOptions from(Options options) {
    After after = enumValue(After.class, options.string("after"));
    Optional<Path> moveTo =
        options.has("move-to") ? Optional.of(path(options, "move-to")) : Optional.empty();
    if (after == After.MOVE && moveTo.isEmpty()) {
      throw ConnectorException.configuration(
          "move-to-missing",
          "The option 'after' is 'move', but 'move-to' is missing.",
          "Set 'move-to' to the directory that finished files are moved to.");
    }
    return new FileOptions(
        path(options, "path").toAbsolutePath().normalize(),
        pattern(options),
        enumValue(Format.class, options.string("format")),
        csv(options),
        options.duration("interval"),
        options.duration("settle"),
        after,
        moveTo,
        new Limits(
            size(options, "batch-size"),
            options.integer("batch-records"),
            size(options, "max-line-size")),
        options.duration("forget-after"));
  }

  private static Path path(Options options, String name) {
    try {
      return Path.of(options.string(name));
    } catch (InvalidPathException invalid) {
      throw ConnectorException.configuration(
          "path-invalid",
          "The option '" + name + "' is no path: " + invalid.getMessage() + ".",
          "Correct '" + name + "'.");
    }
  }

  private static String pattern(Options options) {
    String pattern = options.string("pattern");
    try {
      PathMatcher unused = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return pattern;
    } catch (PatternSyntaxException invalid) {
      throw ConnectorException.configuration(
          "pattern-invalid",
          "The option 'pattern' is no glob: " + invalid.getDescription() + ".",
          "Write a pattern such as *.csv or {a,b}-*.log.");
    }
  }

  private static Csv csv(Options options) {
    String delimiter = options.string("delimiter");
    if (delimiter.length() != 1 || delimiter.charAt(0) > 127 || "\"\r\n".contains(delimiter)) {
      throw ConnectorException.configuration(
          "csv-delimiter",
          "The option 'delimiter' is not one ASCII character other than a quote or a line end.",
          "Set 'delimiter' to a character such as ',' or ';' or \"\\t\".");
    }
    boolean header = options.bool("header");
    List<String> columns = options.strings("columns");
    if (header && !columns.isEmpty()) {
      throw ConnectorException.configuration(
          "csv-columns-and-header",
          "The option 'columns' is set, but the header names the columns.",
          "Leave 'columns' out, or set 'header' to false.");
    }
    return new Csv(delimiter.charAt(0), header, columns, "infer".equals(options.string("types")));
  }

  private static int size(Options options, String name) {
    long bytes = options.sizeBytes(name);
    if (bytes < 1 || bytes > 1 << 30) {
      throw ConnectorException.configuration(
          "size-out-of-range",
          "The option '" + name + "' is not between 1B and 1GiB.",
          "Set '" + name + "' to a size such as 1MiB.");
    }
    return (int) bytes;
  }

  private static <E extends Enum<E>> E enumValue(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
