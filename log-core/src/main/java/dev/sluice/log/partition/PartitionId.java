package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A partition of a topic; its {@link #toString} is its directory's name, as with Kafka.
 *
 * @param topic 1 to 249 of the characters {@code a-z A-Z 0-9 . _ -}, not {@code .} or {@code ..}
 * @param partition its number, from 0
 */
public record PartitionId(String topic, int partition) implements Comparable<PartitionId> {

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern DIRECTORY = Pattern.compile("(.+)-(0|[1-9][0-9]{0,8})");

  /** Checks the name, which becomes a part of a path. */
  public PartitionId {
    if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
      throw new StorageException(
          Code.INVALID_NAME,
          "Topic name '" + topic + "' is not allowed",
          "Use 1 to 249 letters, digits, dots, underscores and hyphens");
    }
    if (partition < 0) {
      throw new StorageException(
          Code.INVALID_NAME, "Partition " + partition + " is negative", "Count from 0");
    }
  }

  /** The partition that has this directory name, if any can have it. */
  public static Optional<PartitionId> parse(String directoryName) {
    Matcher matcher = DIRECTORY.matcher(directoryName);
    if (!matcher.matches() || !TOPIC.matcher(matcher.group(1)).matches()) {
      return Optional.empty();
    }
    return Optional.of(new PartitionId(matcher.group(1), Integer.parseInt(matcher.group(2))));
  }

  @Override
  public int compareTo(PartitionId other) {
    int byTopic = topic.compareTo(other.topic);
    return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
