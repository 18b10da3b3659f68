package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which letters have been dealt with, in the topic {@value OwnTopics#DEAD_LETTER_MARKS}: a block of
 * marks for each {@value MarkBlock#SIZE} offsets. Read whole when first asked, then kept in memory.
 * Thread-safe; the marks of one topic are to be changed by one thread at a time.
 */
final class Marks {

  private static final int SNAPSHOT_EVERY = 1_000;

  private final Topics topics;
  private final Records records;
  private final Clock clock;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable KeyedTopic opened;

  Marks(Topics topics, Records records, Clock clock) {
    this.topics = topics;
    this.records = records;
    this.clock = clock;
  }

  /** The marks of the block that the offset belongs to. */
  MarkBlock block(String topic, int partition, long offset) {
    return MarkBlock.read(store().entries().get(key(topic, partition, MarkBlock.number(offset))));
  }

  /**
   * Marks letters; durable and seen when this returns.
   *
   * @throws dev.sluice.gateway.log.LogException if that is not so
   */
  void put(String topic, Collection<LetterId> letters, Mark mark) throws InterruptedException {
    Map<String, List<Long>> byBlock = new TreeMap<>();
    for (LetterId letter : letters) {
      byBlock
          .computeIfAbsent(
              key(topic, letter.partition(), MarkBlock.number(letter.offset())),
              key -> new ArrayList<>())
          .add(letter.offset());
    }
    KeyedTopic store = store();
    Map<String, byte @Nullable []> changes = new HashMap<>();
    byBlock.forEach(
        (key, offsets) ->
            changes.put(
                key, MarkBlock.read(store.entries().get(key)).with(mark, offsets).toBytes()));
    store.put(changes);
  }

  /** Forgets what is about letters that are not there any more. */
  void sweep() throws InterruptedException {
    KeyedTopic store = store();
    Map<String, Long> starts = new HashMap<>();
    for (TopicDescription topic : topics.list()) {
      for (PartitionDescription partition : topic.partitions()) {
        starts.put(prefix(topic.name(), partition.partition()), partition.startOffset());
      }
    }
    Map<String, byte @Nullable []> gone = new HashMap<>();
    for (String key : store.entries().keySet()) {
      int number = key.lastIndexOf('/') + 1;
      Long start = starts.get(key.substring(0, number));
      long end = (Long.parseLong(key.substring(number)) + 1) * MarkBlock.SIZE;
      if (start == null || end <= start) {
        gone.put(key, null);
      }
    }
    store.put(gone);
  }

  private KeyedTopic store() {
    KeyedTopic found = opened;
    if (found != null && isThere()) {
      return found;
    }
    opening.lock();
    try {
      found = opened;
      if (found == null || !isThere()) {
        found =
            KeyedTopic.open(topics, records, OwnTopics.DEAD_LETTER_MARKS, clock, SNAPSHOT_EVERY);
        opened = found;
      }
      return found;
    } finally {
      opening.unlock();
    }
  }

  /** Whoever deletes the topic, which only super users can, forgets the marks. */
  private boolean isThere() {
    return topics.partitionCount(OwnTopics.DEAD_LETTER_MARKS) > 0;
  }

  /** Topics' names have no slash. */
  private static String prefix(String topic, int partition) {
    return topic + "/" + partition + "/";
  }

  private static String key(String topic, int partition, long block) {
    return prefix(topic, partition) + block;
  }
}
