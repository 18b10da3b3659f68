package dev.sluice.gateway.connect.work;

import dev.sluice.connector.SinkPartition;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.TransactionalSinkTask;
import dev.sluice.gateway.log.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sink's records are put into; knows where the positions are that count. */
sealed interface SinkTarget {

  /** Whether the target itself keeps the positions, and the group's are for show. */
  boolean keepsPositions();

  /**
   * Takes partitions over.
   *
   * @param starts where the group is, or where the partition begins
   * @return where to read on
   */
  Map<TopicPartition, Long> claim(Map<TopicPartition, Long> starts) throws Exception;

  /** Puts records; {@code ends} are the offsets behind all that was read with them. */
  void put(List<SinkRecord> records, Map<TopicPartition, Long> ends) throws Exception;

  /** A target whose positions are the group's. */
  record Plain(SinkTask task) implements SinkTarget {

    @Override
    public boolean keepsPositions() {
      return false;
    }

    @Override
    public Map<TopicPartition, Long> claim(Map<TopicPartition, Long> starts) {
      return starts;
    }

    @Override
    public void put(List<SinkRecord> records, Map<TopicPartition, Long> ends) throws Exception {
      if (!records.isEmpty()) {
        task.put(records);
      }
    }
  }

  /** A target that keeps positions together with records. */
  record Exact(TransactionalSinkTask task) implements SinkTarget {

    @Override
    public boolean keepsPositions() {
      return true;
    }

    @Override
    public Map<TopicPartition, Long> claim(Map<TopicPartition, Long> starts) throws Exception {
      Map<TopicPartition, Long> claimed = new HashMap<>();
      task.claim(ofSink(starts))
          .forEach(
              (at, offset) -> claimed.put(new TopicPartition(at.topic(), at.partition()), offset));
      return claimed;
    }

    @Override
    public void put(List<SinkRecord> records, Map<TopicPartition, Long> ends) throws Exception {
      task.put(records, ofSink(ends));
    }

    private static Map<SinkPartition, Long> ofSink(Map<TopicPartition, Long> offsets) {
      Map<SinkPartition, Long> ofSink = new HashMap<>();
      offsets.forEach(
          (at, offset) -> ofSink.put(new SinkPartition(at.topic(), at.partition()), offset));
      return ofSink;
    }
  }
}
