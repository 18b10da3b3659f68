package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sink read at once. Belongs to one thread. */
final class Chunk {

  /** In the order of each partition's offsets. */
  final List<Entry> entries = new ArrayList<>();

  /** Of each partition that was read, the offset to read on from once the entries are done. */
  final Map<TopicPartition, Long> ends = new HashMap<>();

  private long bytes;

  void add(Entry entry) {
    entries.add(entry);
    bytes += entry.sizeBytes();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Of each partition, the offset to read on from once only so many of the entries are done. */
  Map<TopicPartition, Long> endsBefore(int entry) {
    Map<TopicPartition, Long> before = new HashMap<>();
    for (Entry done : entries.subList(0, entry)) {
      before.put(done.topicPartition(), done.nextOffset());
    }
    return before;
  }

  /** Bytes of keys and values. */
  long bytes() {
    return bytes;
  }

  /** Tells the monitor what was carried, by topic; what was set aside is part of it. */
  void count(TaskMonitor monitor) {
    int from = 0;
    while (from < entries.size()) {
      String topic = entries.get(from).topicPartition().topic();
      int to = from;
      long size = 0;
      while (to < entries.size() && entries.get(to).topicPartition().topic().equals(topic)) {
        size += entries.get(to).sizeBytes();
        to++;
      }
      monitor.carried(topic, to - from, size);
      from = to;
    }
  }
}
