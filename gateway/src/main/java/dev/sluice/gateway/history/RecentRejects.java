package dev.sluice.gateway.history;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The records that connectors set aside lately. Guarded by its monitor. */
final class RecentRejects {

  private static final Duration WINDOW = Duration.ofMinutes(15);

  /** Bounds memory if the clock stands still. */
  private static final int MAX_SAMPLES = 100;

  private record Sample(long timeMillis, Map<String, Long> rejected) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  synchronized void clear() {
    samples.clear();
  }

  /** Takes in a sample, and lets the oldest go. */
  synchronized void add(Frame frame) {
    Map<String, Long> rejected = new HashMap<>();
    frame
        .points()
        .forEach(
            (series, point) -> {
              if (series.kind() == Kind.CONNECTOR_REJECTED && point.value() > 0) {
                rejected.put(series.name(), point.value());
              }
            });
    samples.removeIf(sample -> frame.timeMillis() - sample.timeMillis >= WINDOW.toMillis());
    if (!rejected.isEmpty()) {
      if (samples.size() == MAX_SAMPLES) {
        samples.removeFirst();
      }
      samples.addLast(new Sample(frame.timeMillis(), rejected));
    }
  }

  /** What each connector has set aside lately; only of those that have. */
  synchronized Map<String, Rejected> lately() {
    Map<String, Rejected> lately = new HashMap<>();
    for (Sample sample : samples) {
      sample.rejected.forEach(
          (connector, count) ->
              lately.merge(
                  connector,
                  new Rejected(count, sample.timeMillis),
                  (one, other) ->
                      new Rejected(one.records() + other.records(), one.sinceMillis())));
    }
    return lately;
  }
}
