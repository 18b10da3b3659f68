package dev.sluice.broker.kafka;

import java.util.List;

/**
 * Hears of what clients have changed beside records and positions, once it is durable; on the
 * thread of the client's connection, which it must not hold up. Thread-safe.
 */
@FunctionalInterface
public interface AdminChanges {

  /** Nobody wants to know. */
  AdminChanges NONE = (change, subject, details, client) -> {};

  /** What was done, and to what. */
  enum Change {
    TOPIC_CREATED,
    /** A topic's settings, or the number of its partitions. */
    TOPIC_CHANGED,
    TOPIC_DELETED,
    /** Records at the beginning of a topic's partition. */
    RECORDS_DELETED,
    /** A group's settings. */
    GROUP_CHANGED,
    GROUP_DELETED,
    /** A group's positions; details are the partitions. */
    POSITIONS_DELETED,
    /** Access rules of a principal; details are the rules. */
    RULES_ADDED,
    /** As those that were added. */
    RULES_REMOVED,
    /** A user's passwords; details are their mechanisms, and what became of each. */
    USER_CHANGED,
    /** Limits of a user or client id; details are the limits, and what became of each. */
    QUOTA_CHANGED
  }

  /**
   * A client has done something.
   *
   * @param subject the name of what it was done to
   * @param details what exactly, in words; never a secret, but as many and as long as the client
   *     likes
   * @param client its principal and address, such as {@code User:anna@10.0.0.7}
   */
  void made(Change change, String subject, List<String> details, String client);
}
