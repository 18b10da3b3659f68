package dev.sluice.sink.support;

import dev.sluice.connector.SinkRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a failed put has already delivered, for targets without transactions: when the runtime puts
 * the same records again, only the others are sent. A put that begins further back than the failed
 * one did is no repetition, and is sent in full.
 *
 * <p>{@link #delivered} may be called from several threads, the rest from the task's own.
 */
public final class Progress {

  private record Partition(String topic, int partition) {

    static Partition of(SinkRecord record) {
      return new Partition(record.topic(), record.partition());
    }
  }

  private final Map<Partition, Long> firstOffsets = new HashMap<>();
  private final Map<Partition, Long> lastDelivered = new ConcurrentHashMap<>();

  /** The records of this put that were not delivered by the failed one before. */
  public List<SinkRecord> begin(List<SinkRecord> records) {
    Map<Partition, Long> first = new HashMap<>();
    for (SinkRecord record : records) {
      first.putIfAbsent(Partition.of(record), record.offset());
    }
    first.forEach(
        (partition, offset) -> {
          Long before = firstOffsets.get(partition);
          if (before != null && offset < before) {
            lastDelivered.remove(partition);
          }
        });
    firstOffsets.putAll(first);
    return records.stream().filter(this::isMissing).toList();
  }

  private boolean isMissing(SinkRecord record) {
    Long last = lastDelivered.get(Partition.of(record));
    return last == null || record.offset() > last;
  }

  /** Notes that the target has the record, and all before it in its partition. */
  public void delivered(SinkRecord record) {
    lastDelivered.put(Partition.of(record), record.offset());
  }

  /** Notes that the put is complete. */
  public void done() {
    firstOffsets.clear();
    lastDelivered.clear();
  }
}
