package dev.sluice.source.host;

import dev.sluice.connector.Options;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of a host source.
 *
 * @param metrics what is measured
 * @param interval how often
 */
record HostOptions(Set<Metric> metrics, Duration interval) {

  /** A group of metrics. */
  enum Metric {
    CPU,
    MEMORY,
    DISK,
    NETWORK,
    SENSORS;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static HostOptions from(Options options) {
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    List<String> names = options.strings("metrics");
    for (String name : names) {
      metrics.add(Metric.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return new HostOptions(metrics, options.duration("interval"));
  }
}
