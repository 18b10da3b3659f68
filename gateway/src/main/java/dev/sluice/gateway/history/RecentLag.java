package dev.sluice.gateway.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The lag of each group in the last few samples. Guarded by its monitor. */
final class RecentLag {

  private record Sample(long timeMillis, Map<String, Long> lags) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  synchronized void clear() {
    samples.clear();
  }

  /** Takes in a sample, and lets the oldest go. */
  synchronized void add(Frame frame) {
    Map<String, Long> lags = new HashMap<>();
    frame
        .points()
        .forEach(
            (series, point) -> {
              if (series.kind() == Kind.LAG) {
                lags.merge(series.name(), point.value(), Long::sum);
              }
            });
    samples.addLast(new Sample(frame.timeMillis(), lags));
    if (samples.size() > GrowingLag.SAMPLES) {
      samples.removeFirst();
    }
  }

  /** Groups that fall behind, by name, with what is known of each. */
  synchronized Map<String, GrowingLag> growing() {
    Map<String, GrowingLag> growing = new HashMap<>();
    Sample last = samples.peekLast();
    if (last == null || samples.size() < GrowingLag.SAMPLES) {
      return growing;
    }
    long[] times = samples.stream().mapToLong(Sample::timeMillis).toArray();
    for (String group : last.lags.keySet()) {
      long[] lags = samples.stream().mapToLong(s -> s.lags.getOrDefault(group, -1L)).toArray();
      GrowingLag.of(times, lags).ifPresent(found -> growing.put(group, found));
    }
    return growing;
  }

  /** When the last sample was taken, in milliseconds since the epoch; 0 if there is none. */
  synchronized long lastMillis() {
    Sample last = samples.peekLast();
    return last == null ? 0 : last.timeMillis;
  }
}
