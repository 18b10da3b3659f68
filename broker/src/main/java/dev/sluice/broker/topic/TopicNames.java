package dev.sluice.broker.topic;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.internals.Topic;

/** The rules for topic names, which are Kafka's: they become folder names. */
final class TopicNames {

  static final int MAX_LENGTH = 249;
  static final int MAX_PARTITIONS = 10_000;

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

  private TopicNames() {}

  /** Kafka's coordinators', and the metadata log's, which is in no catalog. */
  static boolean isInternal(String name) {
    return name.equals(Topic.CLUSTER_METADATA_TOPIC_NAME) || Topic.isInternal(name);
  }

  /**
   * The name that would be taken for this one where dots and underscores are not told apart, as in
   * the names of Kafka's metrics. That Kafka allows only one of them keeps topics movable.
   */
  static Optional<String> colliding(String name, Set<String> others) {
    if (!Topic.hasCollisionChars(name)) {
      return Optional.empty();
    }
    return others.stream()
        .filter(other -> !other.equals(name) && Topic.hasCollision(other, name))
        .findFirst();
  }

  /** Checks a topic's name and partition count. */
  static void check(String name, int partitions) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw invalid("'" + name + "' can't be a topic's name");
    }
    if (name.length() > MAX_LENGTH) {
      throw invalid("The topic name " + name.substring(0, 20) + "… has more than 249 characters");
    }
    if (!LEGAL.matcher(name).matches()) {
      throw invalid(
          "The topic name '" + name + "' has characters other than letters, digits, '.', '_', '-'");
    }
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw invalid(
          "Topic '" + name + "' can't have " + partitions + " partitions, only 1 to 10,000");
    }
  }

  private static TopicException invalid(String message) {
    return new TopicException(TopicException.Code.INVALID_TOPIC, message + ".");
  }
}
