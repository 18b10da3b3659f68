package dev.sluice.broker.group;

import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import dev.sluice.log.manager.ConsumedOffsets;
import dev.sluice.log.partition.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells retention what the groups of a partition have read: the smallest offset that any of them
 * has committed there. A group that counts but has committed nothing in the partition holds all of
 * it: it may not have come that far yet. Groups count if
 *
 * <ul>
 *   <li>the topic names them, or, if it names none,
 *   <li>they have committed an offset of the topic, in whichever partition, or
 *   <li>they are declared to read it, even if they have never run.
 * </ul>
 *
 * <p>An offset behind the end of the partition is one of an earlier topic of the same name, or of
 * records that a power loss took, and counts as none.
 */
final class ConsumedByGroups implements ConsumedOffsets {

  private final TopicCatalog topics;
  private final PartitionLookup logs;
  private final Supplier<Map<PartitionId, Map<String, Long>>> committed;
  private final Function<String, Set<String>> declared;

  /**
   * Asks anew each time.
   *
   * @param committed what every group has committed, by partition and group
   * @param declared the groups that are to read a topic
   */
  ConsumedByGroups(
      TopicCatalog topics,
      PartitionLookup logs,
      Supplier<Map<PartitionId, Map<String, Long>>> committed,
      Function<String, Set<String>> declared) {
    this.topics = topics;
    this.logs = logs;
    this.committed = committed;
    this.declared = declared;
  }

  @Override
  public OptionalLong of(PartitionId partition) {
    List<String> named =
        topics.find(partition.topic()).map(Topic::config).map(c -> c.consumedBy()).orElse(null);
    return named == null ? OptionalLong.empty() : consumed(named, partition, endOf(partition));
  }

  private OptionalLong consumed(List<String> named, PartitionId partition, long end) {
    // Before the committed offsets: a group that is declared in between is in one of the two.
    Set<String> counting = new TreeSet<>(named.isEmpty() ? declared(partition) : named);
    Map<PartitionId, Map<String, Long>> all = committed.get();
    if (named.isEmpty()) {
      all.forEach(
          (read, offsets) -> {
            if (read.topic().equals(partition.topic())) {
              counting.addAll(offsets.keySet());
            }
          });
    }
    Map<String, Long> offsets = all.getOrDefault(partition, Map.of());
    return counting.stream().mapToLong(group -> offset(offsets.get(group), end)).min();
  }

  private Set<String> declared(PartitionId partition) {
    return declared.apply(partition.topic());
  }

  private long endOf(PartitionId partition) {
    try {
      return logs.partition(partition.topic(), partition.partition()).highWatermark();
    } catch (TopicException | StorageException unavailable) {
      return 0;
    }
  }

  private static long offset(@Nullable Long offset, long end) {
    return offset == null || offset > end ? 0 : offset;
  }
}
