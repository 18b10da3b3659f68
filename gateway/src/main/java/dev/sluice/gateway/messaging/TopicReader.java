package dev.sluice.gateway.messaging;

import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.Unreadable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic on behalf of one group, from the committed positions or else from the configured
 * end. {@link #next} is called by one thread at a time.
 */
final class TopicReader {

  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final int MAX_RECORDS = 500;
  private static final int MAX_BYTES = 1 << 20;

  private final String topic;
  private final String group;
  private final boolean fromEarliest;
  private final Topics topics;
  private final Records records;
  private final Groups groups;
  private final TreeMap<TopicPartition, Long> positions = new TreeMap<>();
  private volatile boolean closed;

  TopicReader(
      String topic,
      String group,
      boolean fromEarliest,
      Topics topics,
      Records records,
      Groups groups) {
    this.topic = topic;
    this.group = group;
    this.fromEarliest = fromEarliest;
    this.topics = topics;
    this.records = records;
    this.groups = groups;
  }

  /** The next records of one partition; empty once closed. Waits until there are some. */
  List<StoredRecord> next() throws InterruptedException {
    while (!closed) {
      noticePartitions();
      for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
        List<StoredRecord> read = read(position);
        if (!read.isEmpty()) {
          return read;
        }
      }
      // A topic that is missing yet has nothing to wait on but time.
      records.await(new HashMap<>(positions), WAIT);
    }
    return List.of();
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  private List<StoredRecord> read(Map.Entry<TopicPartition, Long> position) {
    try {
      Records.Slice slice =
          records.read(position.getKey(), position.getValue(), MAX_RECORDS, MAX_BYTES);
      for (Unreadable unreadable : slice.unreadable()) {
        LOG.warn(
            "Group {} skips offsets {} to {} of {}, which nobody can read. {}",
            group,
            unreadable.offset(),
            unreadable.nextOffset() - 1,
            position.getKey(),
            unreadable.message());
      }
      position.setValue(slice.nextOffset());
      return slice.records();
    } catch (LogException failure) {
      if (failure.code() != LogException.Code.OFFSET_OUT_OF_RANGE) {
        throw failure;
      }
      long start = records.startOffset(position.getKey());
      LOG.warn(
          "Group {} goes on at offset {} of {}: offset {} is no longer there.",
          group,
          start,
          position.getKey(),
          position.getValue());
      position.setValue(start);
      return List.of();
    }
  }

  private void noticePartitions() {
    int count = topics.partitionCount(topic);
    if (count <= positions.size()) {
      return;
    }
    Map<TopicPartition, Long> committed = groups.committed(group);
    for (int partition = positions.size(); partition < count; partition++) {
      TopicPartition added = new TopicPartition(topic, partition);
      Long start = committed.get(added);
      if (start == null) {
        start = fromEarliest ? records.startOffset(added) : records.endOffset(added);
      }
      positions.put(added, start);
    }
  }
}
