package dev.sluice.broker.kafka.data;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicIds;
import dev.sluice.log.partition.PartitionLog;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Finds what requests are about. */
final class TopicPartitions {

  private final Broker broker;

  TopicPartitions(Broker broker) {
    this.broker = broker;
  }

  /** The topic of an id, or of a name where the request has no ids. */
  Optional<Topic> find(String name, Uuid id) {
    if (id.equals(Uuid.ZERO_UUID)) {
      return broker.topics().find(name);
    }
    return broker.topics().findById(TopicIds.fromKafka(id));
  }

  /**
   * A partition's log.
   *
   * @throws RuntimeException if there is none, or it is offline
   */
  PartitionLog log(String topic, int partition) {
    return broker.partition(topic, partition);
  }
}
