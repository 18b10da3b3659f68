package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.group.GroupDescriptions;
import dev.sluice.broker.group.GroupOffsets;
import dev.sluice.broker.group.GroupOverview;
import dev.sluice.broker.group.GroupService;
import dev.sluice.gateway.log.GroupDescription;
import dev.sluice.gateway.log.GroupDescription.Member;
import dev.sluice.gateway.log.GroupState;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.log.partition.PartitionId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
  private final GroupDescriptions descriptions;

  public EmbeddedGroups(GroupService groups) {
    this.offsets = groups.offsets();
    this.descriptions = groups.descriptions();
  }

  @Override
  public List<String> list() {
    return translated(() -> offsets.list().stream().map(GroupOverview::name).toList());
  }

  @Override
  public List<GroupDescription> descriptions() {
    return translated(() -> descriptions.all().stream().map(EmbeddedGroups::described).toList());
  }

  private static GroupDescription described(dev.sluice.broker.group.GroupDescription group) {
    return new GroupDescription(
        group.overview().name(),
        group.overview().type().toLowerCase(Locale.ROOT),
        state(group.overview().state()),
        group.assignor(),
        group.members().stream()
            .map(
                member ->
                    new Member(
                        member.id(),
                        member.instanceId(),
                        member.clientId(),
                        // As Java writes addresses: a name, which is mostly empty, and a slash.
                        member.host().substring(member.host().indexOf('/') + 1),
                        member.assignment().stream()
                            .map(EmbeddedGroups::partition)
                            .sorted()
                            .toList()))
            .sorted(Comparator.comparing(Member::clientId).thenComparing(Member::id))
            .toList());
  }

  private static GroupState state(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "empty" -> GroupState.EMPTY;
      case "stable" -> GroupState.STABLE;
      case "preparingrebalance" -> GroupState.PREPARING_REBALANCE;
      case "completingrebalance" -> GroupState.COMPLETING_REBALANCE;
      case "assigning" -> GroupState.ASSIGNING;
      case "reconciling" -> GroupState.RECONCILING;
      case "dead" -> GroupState.DEAD;
      default -> GroupState.UNKNOWN;
    };
  }

  private static TopicPartition partition(PartitionId id) {
    return new TopicPartition(id.topic(), id.partition());
  }

  @Override
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new TreeMap<>();
    translated(() -> offsets.committed(group))
        .forEach((id, offset) -> committed.put(partition(id), offset));
    return committed;
  }

  @Override
  public Map<String, Map<TopicPartition, Long>> committed() {
    Map<String, Map<TopicPartition, Long>> committed = new TreeMap<>();
    translated(offsets::all)
        .forEach(
            (id, byGroup) ->
                byGroup.forEach(
                    (group, offset) ->
                        committed
                            .computeIfAbsent(group, unseen -> new TreeMap<>())
                            .put(partition(id), offset)));
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
