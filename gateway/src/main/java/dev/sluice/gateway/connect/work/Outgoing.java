package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.List;

/** Records for one partition that are appended together. Belongs to one thread at a time. */
final class Outgoing {

  final TopicPartition topicPartition;
  final List<NewRecord> records = new ArrayList<>();
  private long bytes;

  Outgoing(TopicPartition topicPartition) {
    this.topicPartition = topicPartition;
  }

  static Outgoing of(TopicPartition target, List<NewRecord> batch) {
    Outgoing outgoing = new Outgoing(target);
    outgoing.records.addAll(batch);
    return outgoing;
  }

  void add(NewRecord newRecord, int size) {
    records.add(newRecord);
    bytes += size;
  }

  /** Bytes of keys and values, as far as they were told. */
  long bytes() {
    return bytes;
  }
}
