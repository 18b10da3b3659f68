package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.group.GroupOffsets;
import dev.sluice.broker.group.GroupOverview;
import dev.sluice.broker.group.GroupService;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.log.partition.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Groups} on the broker's group coordinator: the groups that Kafka's clients see, too. */
public final class EmbeddedGroups implements Groups {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedGroups.class);

  private final GroupOffsets offsets;

  public EmbeddedGroups(GroupService groups) {
    this.offsets = groups.offsets();
  }

  @Override
  public List<String> list() {
    return translated(() -> offsets.list().stream().map(GroupOverview::name).toList());
  }

  @Override
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new TreeMap<>();
    translated(() -> offsets.committed(group))
        .forEach(
            (partition, offset) ->
                committed.put(
                    new TopicPartition(partition.topic(), partition.partition()), offset));
    return committed;
  }

  @Override
  public void commit(String group, Map<TopicPartition, Long> positions) {
    Map<PartitionId, Long> byPartition =
        positions.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> new PartitionId(entry.getKey().topic(), entry.getKey().partition()),
                    Map.Entry::getValue));
    translated(
        () -> {
          offsets.commit(group, byPartition);
          return group;
        });
  }

  @Override
  public void delete(String group) {
    List<String> topics =
        committed(group).keySet().stream().map(TopicPartition::topic).distinct().toList();
    translated(
        () -> {
          offsets.delete(group);
          return group;
        });
    LOG.info(
        "The group {} was deleted; no record of its topics {} waits for it any more",
        group,
        topics);
  }

  private static <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }
}
