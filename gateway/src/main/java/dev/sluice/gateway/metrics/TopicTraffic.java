package dev.sluice.gateway.metrics;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records and bytes into and out of topics since the process started. Thread-safe. Holds only
 * topics that something went through and that have not been {@linkplain #retain dropped}.
 */
@Singleton
public final class TopicTraffic {

  /** Counts of one topic. */
  static final class Flow {
    final LongAdder recordsIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder recordsOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
  }

  private static final Flow NONE = new Flow();

  private final ConcurrentHashMap<String, Flow> flows = new ConcurrentHashMap<>();

  /** Counts what was appended. */
  void in(String topic, long records, long bytes) {
    Flow flow = flows.computeIfAbsent(topic, name -> new Flow());
    flow.recordsIn.add(records);
    flow.bytesIn.add(bytes);
  }

  /** Counts what was read. */
  void out(String topic, long records, long bytes) {
    Flow flow = flows.computeIfAbsent(topic, name -> new Flow());
    flow.recordsOut.add(records);
    flow.bytesOut.add(bytes);
  }

  /** The counts of a topic, for reading only. */
  Flow of(String topic) {
    return flows.getOrDefault(topic, NONE);
  }

  /** Drops the counts of all other topics. */
  void retain(Set<String> topics) {
    flows.keySet().retainAll(topics);
  }
}
