package dev.sluice.broker.group;

import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;

/**
 * Turns our topics into the images that Kafka's coordinator reads, and the changes between them.
 * Used by one thread at a time.
 */
final class TopicFeed {

  /**
   * One step.
   *
   * @param image the topics after it
   * @param delta what it changed
   * @param deleted the partitions of topics that are gone, or have been replaced by others of the
   *     same name
   */
  record Step(MetadataImage image, MetadataDelta delta, List<TopicPartition> deleted) {}

  private static final List<Integer> THIS_BROKER = List.of(1);

  private MetadataImage image = MetadataImage.EMPTY;
  private Map<String, Topic> topics = Map.of();
  private long steps;

  /** The step to a newer state. */
  Step advance(MetadataState next) {
    MetadataDelta delta = new MetadataDelta.Builder().setImage(image).build();
    List<TopicPartition> deleted = new ArrayList<>();
    for (Topic before : topics.values()) {
      Topic after = next.topics().get(before.name());
      if (after == null || !after.id().equals(before.id())) {
        delta.replay(new RemoveTopicRecord().setTopicId(TopicIds.toKafka(before.id())));
        deleted.addAll(partitionsOf(before));
      }
    }
    for (Topic after : next.topics().values()) {
      Topic before = topics.get(after.name());
      if (before != null && before.id().equals(after.id())) {
        addPartitions(after, before.partitions(), delta);
      } else {
        delta.replay(
            new TopicRecord().setName(after.name()).setTopicId(TopicIds.toKafka(after.id())));
        addPartitions(after, 0, delta);
      }
    }
    topics = next.topics();
    image = delta.apply(new MetadataProvenance(steps++, 0, 0, true));
    return new Step(image, delta, deleted);
  }

  private static List<TopicPartition> partitionsOf(Topic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .toList();
  }

  private static void addPartitions(Topic topic, int from, MetadataDelta delta) {
    for (int partition = from; partition < topic.partitions(); partition++) {
      delta.replay(partition(topic, partition));
    }
  }

  private static PartitionRecord partition(Topic topic, int partition) {
    return new PartitionRecord()
        .setTopicId(TopicIds.toKafka(topic.id()))
        .setPartitionId(partition)
        .setReplicas(THIS_BROKER)
        .setIsr(THIS_BROKER)
        .setLeader(THIS_BROKER.getFirst())
        .setLeaderEpoch(0)
        .setPartitionEpoch(0);
  }
}
