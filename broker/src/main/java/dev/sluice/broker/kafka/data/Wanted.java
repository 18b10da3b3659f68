package dev.sluice.broker.kafka.data;

import org.apache.kafka.common.Uuid;

/**
 * A partition that a consumer wants to read.
 *
 * @param topic its name; empty if there is no topic of this id
 * @param topicId zero if the request has names only
 * @param leaderEpoch the leader that the client knows, -1 if none
 * @param offset the next one to read
 * @param maxBytes of this partition in one response
 */
record Wanted(
    String topic, Uuid topicId, int partition, int leaderEpoch, long offset, int maxBytes) {

  PartitionKey key() {
    return new PartitionKey(topicId.equals(Uuid.ZERO_UUID) ? topic : "", topicId, partition);
  }

  /** How a fetch session knows a partition: by its topic's id, or by name where there is none. */
  record PartitionKey(String topic, Uuid topicId, int partition) {}
}
