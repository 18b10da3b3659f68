package dev.sluice.broker.kafka;

/**
 * Hears of what clients have done to topics, once it is durable; on the thread of the client's
 * connection, which it must not hold up. Thread-safe.
 */
@FunctionalInterface
public interface TopicChanges {

  /** Nobody wants to know. */
  TopicChanges NONE = (change, topic, client) -> {};

  /** What was done. */
  enum Change {
    CREATED,
    /** Its settings, or the number of its partitions. */
    CHANGED,
    DELETED,
    /** Records at the beginning of a partition. */
    RECORDS_DELETED
  }

  /**
   * A client has done something.
   *
   * @param client its principal and address, such as {@code User:anna@10.0.0.7}
   */
  void made(Change change, String topic, String client);
}
