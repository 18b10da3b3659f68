package dev.sluice.gateway.config;

import java.util.Comparator;

/**
 * One mistake in a configuration. Never contains a secret.
 *
 * @param file the file as it was named; a pseudo name for text that came from elsewhere
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1; 0 when the file as a whole is meant
 * @param path the setting, such as {@code connectors.shop.topic}; empty when there is none
 * @param message what is wrong
 * @param suggestion what to do about it; empty when the message says it all
 */
public record Problem(
    String file, int line, int column, String path, String message, String suggestion)
    implements Comparable<Problem> {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::path)
          .thenComparing(Problem::message)
          .thenComparing(Problem::suggestion);

  /** By place. */
  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: path: what is wrong (what to do)}, on one line. */
  @Override
  public String toString() {
    return new Place(file, line, column)
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message
        + (suggestion.isEmpty() ? "" : " (" + suggestion + ")");
  }
}
