package dev.sluice.gateway.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What to draw.
 *
 * @param kind what was measured
 * @param names of these groups, topics or connectors; all if empty
 * @param topics for lag, of these topics; all if empty
 * @param by what is added up, and what is a line of its own
 * @param from points after this time
 * @param to up to this time
 * @param step the time between two points, at least ten seconds
 */
public record ChartQuery(
    Kind kind,
    Set<String> names,
    Set<String> topics,
    By by,
    Instant from,
    Instant to,
    Duration step) {

  /** What each line stands for. */
  public enum By {
    /** All that was asked for together. */
    TOTAL,
    /** A group, topic or connector. */
    NAME,
    /** For lag, a topic of a group. */
    TOPIC,
    /** For lag, a partition of a group. */
    PARTITION
  }

  boolean matches(Series series) {
    return series.kind() == kind
        && (names.isEmpty() || names.contains(series.name()))
        && (topics.isEmpty() || topics.contains(series.topic()));
  }

  /** The line that a series is part of. */
  Series line(Series series) {
    return switch (by) {
      case TOTAL -> Series.of(kind);
      case NAME -> Series.of(kind, series.name());
      case TOPIC -> new Series(kind, series.name(), series.topic(), 0);
      case PARTITION -> series;
    };
  }

  int points() {
    return (int) Math.ceilDiv(to.toEpochMilli() - from.toEpochMilli(), step.toMillis());
  }
}
