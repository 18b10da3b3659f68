package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Partitioner;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorts records into partitions. A key decides by its hash; records without a key go to one
 * partition for the whole batch, and the next batch to the next partition. Records of one partition
 * keep their order. Belongs to one thread.
 */
final class OutputBatch {

  /** Well below the default limit of a batch, for records that are not large themselves. */
  private static final long MAX_BYTES = 900_000;

  /** The open batches of one topic. */
  private static final class TopicSlots {
    final String topic;
    final int partitionCount;
    final int sticky;
    final @Nullable Outgoing[] open;

    TopicSlots(String topic, int partitionCount, int turn) {
      this.topic = topic;
      this.partitionCount = partitionCount;
      this.sticky = Math.floorMod(turn, partitionCount);
      this.open = new @Nullable Outgoing[partitionCount];
    }
  }

  private final OutputTopics topics;
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final Map<String, TopicSlots> slots = new HashMap<>();
  private @Nullable TopicSlots last;

  OutputBatch(OutputTopics topics) {
    this.topics = topics;
  }

  /**
   * Adds a record.
   *
   * @throws dev.sluice.connector.ConnectorException of category DATA if the topic's name is refused
   */
  void add(String topic, NewRecord newRecord) throws InterruptedException {
    TopicSlots target = last;
    if (target == null || !target.topic.equals(topic)) {
      target = slotsOf(topic);
      last = target;
    }
    byte[] key = newRecord.key();
    byte[] value = newRecord.value();
    int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    int partition = key == null ? target.sticky : Partitioner.partition(key, target.partitionCount);
    Outgoing open = target.open[partition];
    if (open == null || (open.bytes() + size > MAX_BYTES)) {
      open = new Outgoing(new TopicPartition(topic, partition));
      target.open[partition] = open;
      outgoing.add(open);
    }
    open.add(newRecord, size);
  }

  private TopicSlots slotsOf(String topic) throws InterruptedException {
    TopicSlots found = slots.get(topic);
    if (found == null) {
      found = new TopicSlots(topic, topics.partitionCount(topic), topics.nextTurn());
      slots.put(topic, found);
    }
    return found;
  }

  /** What is to be appended, in an order that keeps each partition's. */
  List<Outgoing> outgoing() {
    return outgoing;
  }
}
