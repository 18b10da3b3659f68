package dev.sluice.gateway.rest.group;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.GroupDescription;
import dev.sluice.gateway.log.GroupDescription.Member;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.group.GroupJson.MemberJson;
import dev.sluice.gateway.rest.group.GroupJson.PositionJson;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of groups. Thread-safe. */
@Singleton
public final class GroupLook {

  private final Groups groups;
  private final Records records;
  private final Connectors connectors;

  GroupLook(Groups groups, Records records, Connectors connectors) {
    this.groups = groups;
    this.records = records;
    this.connectors = connectors;
  }

  /** All groups in a line each, by name. */
  public List<GroupSummary> all() {
    return all(groups.committed());
  }

  /** The same, for who knows already what they have {@linkplain Groups#committed() committed}. */
  public List<GroupSummary> all(Map<String, Map<TopicPartition, Long>> committed) {
    return groups.descriptions().stream()
        .map(group -> summary(group, committed.getOrDefault(group.name(), Map.of())))
        .toList();
  }

  /**
   * One group in full.
   *
   * @param waiting remembers when waiting records came, from one look to the next
   * @throws ApiException 404 if there is none of this name
   */
  GroupJson require(String name, FirstWaiting waiting) {
    GroupDescription group = description(name);
    Map<TopicPartition, Long> committed = groups.committed(name);
    Map<TopicPartition, String> owners = new HashMap<>();
    for (Member member : group.members()) {
      member.assignment().forEach(tp -> owners.put(tp, member.id()));
    }
    TreeSet<TopicPartition> all = new TreeSet<>(committed.keySet());
    all.addAll(owners.keySet());
    List<PositionJson> positions = new ArrayList<>();
    for (TopicPartition tp : all) {
      positions.add(position(tp, committed.get(tp), owners.get(tp), waiting));
    }
    return new GroupJson(
        summary(group, committed),
        group.assignor(),
        group.members().stream().map(MemberJson::of).toList(),
        positions);
  }

  /**
   * A group as the coordinator has it.
   *
   * @throws ApiException 404 if there is none of this name
   */
  GroupDescription description(String name) {
    return groups.descriptions().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.unknown(
                    "group",
                    "There is no group '" + name + "' that has members or has committed anything.",
                    "GET /api/v1/groups lists the groups."));
  }

  /** The sink or rule whose positions a group holds. */
  Optional<ConnectorView> connectorOf(String group) {
    return group.startsWith(Groups.CONNECTOR_PREFIX)
        ? connectors
            .find(group.substring(Groups.CONNECTOR_PREFIX.length()))
            .filter(view -> view.spec().kind() != ConnectorSpec.Kind.SOURCE)
        : Optional.empty();
  }

  private GroupSummary summary(GroupDescription group, Map<TopicPartition, Long> committed) {
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> entry : committed.entrySet()) {
      Long waiting = lag(entry.getKey(), entry.getValue());
      lag += waiting == null ? 0 : waiting;
    }
    return new GroupSummary(
        group.name(),
        group.type(),
        group.state(),
        group.members().size(),
        new TreeMap<>(committed).keySet().stream().map(TopicPartition::topic).distinct().toList(),
        committed.size(),
        lag,
        connectorOf(group.name()).map(view -> view.spec().name()).orElse(null));
  }

  /** A topic that was deleted or is offline has no end, and does not hide the others. */
  private @Nullable Long lag(TopicPartition tp, long offset) {
    try {
      return Math.max(0, records.endOffset(tp) - Math.max(offset, records.startOffset(tp)));
    } catch (LogException unreadable) {
      return null;
    }
  }

  private PositionJson position(
      TopicPartition tp, @Nullable Long offset, @Nullable String member, FirstWaiting waiting) {
    try {
      long start = records.startOffset(tp);
      long end = records.endOffset(tp);
      Long lag = offset == null ? null : Math.max(0, end - Math.max(offset, start));
      return new PositionJson(
          tp.topic(),
          tp.partition(),
          offset,
          start,
          end,
          lag,
          offset == null || lag == null || lag == 0
              ? null
              : waiting.since(records, tp, Math.max(offset, start)),
          member);
    } catch (LogException unreadable) {
      return new PositionJson(tp.topic(), tp.partition(), offset, null, null, null, null, member);
    }
  }
}
