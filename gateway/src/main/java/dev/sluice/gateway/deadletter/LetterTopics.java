package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which topics hold dead letters: those that connectors name for it, those that are called {@code
 * ….dead-letters}, and those whose newest record is a letter when it is first looked at, so that
 * letters of a connector that is gone are found, too. Thread-safe.
 */
final class LetterTopics {

  private static final String USUAL_ENDING = ".dead-letters";

  private final Records records;

  /** What was found of topics that had a record; one entry for each topic at most. */
  private final Map<String, Boolean> looked = new ConcurrentHashMap<>();

  LetterTopics(Records records) {
    this.records = records;
  }

  /** Those among the topics that hold letters, or are to. */
  List<TopicDescription> among(List<TopicDescription> topics, Collection<ConnectorSpec> specs) {
    Set<String> declared =
        specs.stream()
            .map(ConnectorSpec::errors)
            .filter(errors -> errors.then() == ErrorPolicy.Then.DEAD_LETTER)
            .map(ErrorPolicy::deadLetterTopic)
            .collect(Collectors.toSet());
    looked.keySet().retainAll(topics.stream().map(TopicDescription::name).toList());
    return topics.stream()
        .filter(topic -> !topic.internal())
        .filter(
            topic ->
                declared.contains(topic.name())
                    || topic.name().endsWith(USUAL_ENDING)
                    || holdsLetters(topic))
        .toList();
  }

  private boolean holdsLetters(TopicDescription topic) {
    Boolean known = looked.get(topic.name());
    if (known != null) {
      return known;
    }
    for (PartitionDescription partition : topic.partitions()) {
      if (partition.offlineReason() == null && partition.startOffset() < partition.endOffset()) {
        return look(new TopicPartition(topic.name(), partition.partition()));
      }
    }
    return false; // Nothing to look at yet.
  }

  private boolean look(TopicPartition partition) {
    try {
      long newest = records.endOffset(partition) - 1;
      if (newest < records.startOffset(partition)) {
        return false;
      }
      Records.Slice slice = records.read(partition, newest, 1, 1);
      if (slice.records().isEmpty()) {
        return false; // The marker of a transaction; what comes next will tell.
      }
      boolean found = LetterHeaders.letter(slice.records().getFirst()).isPresent();
      looked.put(partition.topic(), found);
      return found;
    } catch (LogException unreadable) {
      return false; // Deleted or offline just now; looked at again the next time.
    }
  }
}
