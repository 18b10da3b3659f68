package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Readers;
import dev.sluice.log.manager.ConsumedOffsets;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells retention what the groups of a partition have read: the smallest offset that any of them
 * has committed there. A group that counts but has committed nothing in the partition holds all of
 * it: it may not have come that far yet. Groups count if
 *
 * <ul>
 *   <li>the topic names them, or, if it names none,
 *   <li>they have ever committed an offset of the topic, in whichever partition, or
 *   <li>they are those of sinks or rules that are to read it, even if these have never run.
 * </ul>
 *
 * <p>An offset behind the end of the partition is one of an earlier topic of the same name, or of
 * records that a power loss took, and counts as none.
 */
public final class ConsumedByGroups implements ConsumedOffsets {

  private final Broker broker;
  private final Groups groups;
  private final Function<String, Set<String>> declared;

  /**
   * Reads the groups anew at each question.
   *
   * @param declared the groups of the sinks and rules that are to read a topic
   */
  public ConsumedByGroups(Broker broker, Groups groups, Function<String, Set<String>> declared) {
    this.broker = broker;
    this.groups = groups;
    this.declared = declared;
  }

  @Override
  public OptionalLong of(PartitionId partition) {
    List<String> named =
        broker
            .topics()
            .find(partition.topic())
            .map(Topic::config)
            .map(config -> config.consumedBy())
            .orElse(null);
    long end =
        broker
            .findPartition(partition.topic(), partition.partition())
            .map(PartitionLog::highWatermark)
            .orElse(0L);
    return named == null ? OptionalLong.empty() : consumed(new Readers(named), partition, end);
  }

  private OptionalLong consumed(Readers readers, PartitionId partition, long end) {
    // Before the committed offsets: a sink that is declared in between is in one of the two.
    Set<String> counting = new TreeSet<>(readers.groups());
    if (readers.isAll()) {
      counting.addAll(declared.apply(partition.topic()));
    }
    Map<String, Map<Integer, Long>> committed = groups.readers(partition.topic());
    if (readers.isAll()) {
      counting.addAll(committed.keySet());
    }
    return counting.stream()
        .mapToLong(group -> offset(committed.getOrDefault(group, Map.of()), partition, end))
        .min();
  }

  private static long offset(Map<Integer, Long> committed, PartitionId partition, long end) {
    @Nullable Long offset = committed.get(partition.partition());
    return offset == null || offset > end ? 0 : offset;
  }
}
