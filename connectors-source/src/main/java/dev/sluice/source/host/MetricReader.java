package dev.sluice.source.host;

import java.time.Instant;
import java.util.List;

/** Reads one group of metrics. Keeps the counters of the reading before; not thread-safe. */
@FunctionalInterface
interface MetricReader {

  /** Reads now; empty if this machine has nothing of the kind. */
  List<Reading> read(Instant now);

  /** Makes the readers of a machine. */
  @FunctionalInterface
  interface Factory {
    MetricReader reader(HostOptions.Metric metric);
  }
}
