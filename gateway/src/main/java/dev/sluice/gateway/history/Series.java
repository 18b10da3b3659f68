package dev.sluice.gateway.history;

import java.util.Comparator;

/**
 * Something that is measured over time.
 *
 * @param kind what is measured
 * @param name the group's, topic's or connector's name; empty where there is only one
 * @param topic for lag, the topic; else empty
 * @param partition for lag, the partition; else 0
 */
record Series(Kind kind, String name, String topic, int partition) implements Comparable<Series> {

  private static final Comparator<Series> ORDER =
      Comparator.comparing(Series::kind)
          .thenComparing(Series::name)
          .thenComparing(Series::topic)
          .thenComparingInt(Series::partition);

  static Series of(Kind kind) {
    return new Series(kind, "", "", 0);
  }

  static Series of(Kind kind, String name) {
    return new Series(kind, name, "", 0);
  }

  static Series lag(String group, String topic, int partition) {
    return new Series(Kind.LAG, group, topic, partition);
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }
}
