package dev.sluice.gateway.rest.group;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.Delivery;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.log.GroupDescription;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.group.ResetJson.Blocked;
import dev.sluice.gateway.rest.group.ResetJson.Choice;
import dev.sluice.gateway.rest.group.ResetPlan.Standing;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Plans and carries out that a group's positions move. Those of a connector move only while it is
 * stopped, those of consumers only while none is in the group. Thread-safe: one is carried out at a
 * time.
 */
@Singleton
final class OffsetReset {

  private final GroupLook look;
  private final Groups groups;
  private final Records records;
  private final Connectors connectors;
  private final KnownTopics topics;
  private final ReentrantLock applying = new ReentrantLock();

  OffsetReset(
      GroupLook look, Groups groups, Records records, Connectors connectors, KnownTopics topics) {
    this.look = look;
    this.groups = groups;
    this.records = records;
    this.connectors = connectors;
    this.topics = topics;
  }

  /**
   * What would change.
   *
   * @param choices the topics or partitions; null for all that the group has positions in
   */
  ResetPlan plan(String group, ResetTarget target, @Nullable List<@Nullable Choice> choices) {
    Map<TopicPartition, Long> committed = groups.committed(group);
    SortedSet<TopicPartition> chosen =
        choices == null ? everything(group, committed) : chosen(choices);
    List<Standing> standings =
        chosen.stream()
            .map(
                tp ->
                    new Standing(
                        tp, committed.get(tp), records.startOffset(tp), records.endOffset(tp)))
            .toList();
    return ResetPlan.of(
        target,
        standings,
        tp ->
            target instanceof ResetTarget.Time time
                ? records.offsetForTime(tp, time.millis())
                : records.endOffset(tp));
  }

  private SortedSet<TopicPartition> everything(String group, Map<TopicPartition, Long> committed) {
    SortedSet<TopicPartition> all = new TreeSet<>();
    committed.keySet().stream()
        .filter(tp -> tp.partition() < topics.partitions(tp.topic()))
        .forEach(all::add);
    look.connectorOf(group)
        .ifPresent(view -> view.spec().topics().forEach(topic -> all.addAll(partitionsOf(topic))));
    return all;
  }

  private SortedSet<TopicPartition> partitionsOf(String topic) {
    SortedSet<TopicPartition> all = new TreeSet<>();
    for (int partition = 0; partition < topics.partitions(topic); partition++) {
      all.add(new TopicPartition(topic, partition));
    }
    return all;
  }

  private SortedSet<TopicPartition> chosen(List<@Nullable Choice> choices) {
    SortedSet<TopicPartition> chosen = new TreeSet<>();
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      String path = "/partitions/" + i;
      if (choice == null || choice.topic() == null) {
        throw ApiException.invalid(path + "/topic", "There is no topic.", "Give its name.");
      }
      int count = topics.requirePartitions(choice.topic());
      Integer partition = choice.partition();
      if (partition == null) {
        chosen.addAll(partitionsOf(choice.topic()));
      } else {
        chosen.add(existing(choice.topic(), partition, count, path));
      }
    }
    return chosen;
  }

  private static TopicPartition existing(String topic, int partition, int count, String path) {
    if (partition < 0 || partition >= count) {
      throw ApiException.invalid(
          path + "/partition",
          "The topic '" + topic + "' has no partition " + partition + ".",
          "Give a number from 0 to " + (count - 1) + ".");
    }
    return new TopicPartition(topic, partition);
  }

  /** Why the positions of a group can't be moved now; null if they can. */
  @Nullable Blocked blocked(GroupDescription group) {
    ConnectorView connector = look.connectorOf(group.name()).orElse(null);
    if (connector != null) {
      return blocked(connector);
    }
    int members = group.members().size();
    return members == 0
        ? null
        : new Blocked(
            "group-in-use",
            "The group '%s' has %d %s, whose business its positions are."
                .formatted(group.name(), members, members == 1 ? "member" : "members"),
            "Stop its consumers first; they go on from the new positions when they start again.");
  }

  private static @Nullable Blocked blocked(ConnectorView connector) {
    ConnectorSpec spec = connector.spec();
    if (spec.kind() == ConnectorSpec.Kind.SINK && spec.delivery() == Delivery.EXACTLY_ONCE) {
      return new Blocked(
          "positions-in-target",
          "The sink '"
              + spec.name()
              + "' delivers exactly once, so its target keeps the positions that count.",
          "Change them in the target.");
    }
    return connector.state() == TaskState.STOPPED
        ? null
        : new Blocked(
            "connector-not-stopped",
            "The positions are those of the connector '"
                + spec.name()
                + "', which has not been stopped.",
            "PUT /connectors/"
                + spec.name()
                + "/stop first; once it is resumed it goes on from the new positions.");
  }

  /**
   * Moves positions.
   *
   * @param moves where to, by partition
   * @param expected where they are by the plan; without those that have none
   * @throws ApiException 409 if they have moved since, or can't be moved now
   */
  void apply(String group, Map<TopicPartition, Long> moves, Map<TopicPartition, Long> expected) {
    applying.lock();
    try {
      Blocked blocked = blocked(look.description(group));
      if (blocked != null) {
        throw blocked.toException();
      }
      check(groups.committed(group), moves, expected);
      ConnectorView connector = look.connectorOf(group).orElse(null);
      if (connector == null) {
        groups.commit(group, moves);
      } else {
        commit(connector, moves);
      }
    } finally {
      applying.unlock();
    }
  }

  private void commit(ConnectorView connector, Map<TopicPartition, Long> moves) {
    try {
      connectors.alterSinkPositions(connector.spec().name(), moves);
    } catch (IllegalStateException startedMeanwhile) {
      throw ApiException.conflict(
          "connector-not-stopped",
          "The connector '" + connector.spec().name() + "' has not stopped.",
          "PUT /connectors/" + connector.spec().name() + "/stop first.");
    }
  }

  private void check(
      Map<TopicPartition, Long> committed,
      Map<TopicPartition, Long> moves,
      Map<TopicPartition, Long> expected) {
    moves.forEach(
        (tp, to) -> {
          int count = topics.requirePartitions(tp.topic());
          var unused = existing(tp.topic(), tp.partition(), count, "/changes");
          if (!Objects.equals(committed.get(tp), expected.get(tp))) {
            throw moved("The position in " + tp + " is no longer what the plan has seen.");
          }
          if (to < records.startOffset(tp) || to > records.endOffset(tp)) {
            throw moved("The offset " + to + " is not in " + tp + " any more.");
          }
        });
  }

  private static ApiException moved(String detail) {
    return ApiException.conflict(
        "offsets-moved", detail, "POST …/offsets/plan again, and look at what it says now.");
  }
}
