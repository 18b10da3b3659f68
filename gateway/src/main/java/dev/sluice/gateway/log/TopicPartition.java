package dev.sluice.gateway.log;

/**
 * One partition of a topic.
 *
 * @param topic the topic's name
 * @param partition its number, from 0
 */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {

  @Override
  public int compareTo(TopicPartition other) {
    int byTopic = topic.compareTo(other.topic);
    return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
  }

  /** As in file names and messages: {@code orders-3}. */
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
