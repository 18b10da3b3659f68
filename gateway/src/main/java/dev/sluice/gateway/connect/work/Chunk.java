package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sink read at once. Belongs to one thread. */
final class Chunk {

  final List<StoredRecord> records = new ArrayList<>();

  /** Of each partition that was read, the offset to read on from once the records are done. */
  final Map<TopicPartition, Long> ends = new HashMap<>();

  private long bytes;

  void add(StoredRecord stored) {
    records.add(stored);
    bytes += size(stored);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Bytes of keys and values. */
  long bytes() {
    return bytes;
  }

  /** Tells the monitor what was carried, by topic. */
  void count(TaskMonitor monitor) {
    int from = 0;
    while (from < records.size()) {
      String topic = records.get(from).topicPartition().topic();
      int to = from;
      long size = 0;
      while (to < records.size() && records.get(to).topicPartition().topic().equals(topic)) {
        size += size(records.get(to));
        to++;
      }
      monitor.carried(topic, to - from, size);
      from = to;
    }
  }

  private static int size(StoredRecord stored) {
    byte[] key = stored.key();
    byte[] value = stored.value();
    return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
  }
}
