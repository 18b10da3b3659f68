package dev.sluice.broker.kafka.group;

import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.ResourceType;

/** The topics that offsets are committed of. Thread-safe. */
final class KnownTopics {

  private final ClusterMetadata metadata;

  KnownTopics(ClusterMetadata metadata) {
    this.metadata = metadata;
  }

  /** Whether a client may commit or delete offsets of a topic. */
  Errors check(String name, Call call) {
    if (!call.allows(AclOperation.READ, ResourceType.TOPIC, name)) {
      return Errors.TOPIC_AUTHORIZATION_FAILED;
    }
    return metadata.state().topics().containsKey(name)
        ? Errors.NONE
        : Errors.UNKNOWN_TOPIC_OR_PARTITION;
  }

  /**
   * Those of a topic's partitions that there are.
   *
   * @param index the number of a partition
   * @param missing told of each of the others
   */
  <P> List<P> existing(
      String name, List<P> partitions, ToIntFunction<P> index, IntConsumer missing) {
    Topic topic = metadata.state().topics().get(name);
    int count = topic == null ? 0 : topic.partitions();
    List<P> existing = new ArrayList<>(partitions.size());
    for (P partition : partitions) {
      int number = index.applyAsInt(partition);
      if (number >= 0 && number < count) {
        existing.add(partition);
      } else {
        missing.accept(number);
      }
    }
    return existing;
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
