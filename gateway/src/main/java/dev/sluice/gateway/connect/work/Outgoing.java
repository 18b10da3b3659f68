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

  void add(NewRecord newRecord, int size) {
    records.add(newRecord);
    bytes += size;
  }

  /** Bytes of keys and values. */
  long bytes() {
    return bytes;
  }
}
