package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What there was of a topic at one moment: letters that come later are not meant.
 *
 * @param starts of each partition, the first offset
 * @param ends of each partition, the offset behind the last
 */
record Bounds(SortedMap<Integer, Long> starts, SortedMap<Integer, Long> ends) {

  /** All that there is now. */
  static Bounds now(Records records, String topic, int partitions) {
    SortedMap<Integer, Long> starts = new TreeMap<>();
    SortedMap<Integer, Long> ends = new TreeMap<>();
    for (int p = 0; p < partitions; p++) {
      TopicPartition partition = new TopicPartition(topic, p);
      starts.put(p, records.startOffset(partition));
      ends.put(p, records.endOffset(partition));
    }
    return new Bounds(starts, ends);
  }

  /** No more than up to these offsets; partitions that are not named have nothing. */
  Bounds upTo(SortedMap<Integer, Long> limits) {
    SortedMap<Integer, Long> nearer = new TreeMap<>();
    ends.forEach(
        (partition, end) -> {
          long start = starts.getOrDefault(partition, 0L);
          long limit = limits.getOrDefault(partition, start);
          nearer.put(partition, Math.clamp(limit, Math.min(start, end), end));
        });
    return new Bounds(starts, nearer);
  }

  /** How many offsets lie between. */
  long size() {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - starts.getOrDefault(end.getKey(), 0L)))
        .sum();
  }
}
