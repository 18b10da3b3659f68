package dev.sluice.broker.kafka.group;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicIds;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.Uuid;

/** The topics that offsets are committed of. Thread-safe. */
final class KnownTopics {

  private final ClusterMetadata metadata;

  KnownTopics(ClusterMetadata metadata) {
    this.metadata = metadata;
  }

  boolean contains(String name) {
    return metadata.state().topics().containsKey(name);
  }

  boolean hasPartition(String name, int partition) {
    Topic topic = metadata.state().topics().get(name);
    return topic != null && partition >= 0 && partition < topic.partitions();
  }

  /** The name that goes with an id. */
  Optional<String> name(Uuid id) {
    UUID wanted = TopicIds.fromKafka(id);
    return metadata.state().topics().values().stream()
        .filter(topic -> topic.id().equals(wanted))
        .map(Topic::name)
        .findFirst();
  }

  /** The id that goes with a name, or the one that means none. */
  Uuid id(String name) {
    Topic topic = metadata.state().topics().get(name);
    return topic == null ? Uuid.ZERO_UUID : TopicIds.toKafka(topic.id());
  }
}
