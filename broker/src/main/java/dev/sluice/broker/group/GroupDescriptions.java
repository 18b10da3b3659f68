package dev.sluice.broker.group;

import dev.sluice.broker.group.GroupDescription.Member;
import dev.sluice.log.partition.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroupMember;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/**
 * Who is in the groups, for callers in this process, who wait for the answers. Where there has
 * never been a group, asking makes nothing. Thread-safe. Throws {@link GroupException} as {@link
 * GroupOffsets} does.
 */
public final class GroupDescriptions {

  private static final String CLASSIC = "classic";
  private static final String CONSUMER = "consumer";

  private final GroupService groups;
  private final Patience patience;

  GroupDescriptions(GroupService groups, Patience patience) {
    this.groups = groups;
    this.patience = patience;
  }

  /**
   * All groups with their members, by name. Of kinds other than classic and consumer groups the
   * members are not told.
   */
  public List<GroupDescription> all() {
    return groups
        .ifUsed()
        .map(coordinator -> describe(coordinator, groups.offsets().list()))
        .orElse(List.of());
  }

  private List<GroupDescription> describe(
      GroupCoordinator coordinator, List<GroupOverview> overviews) {
    Map<String, GroupDescription> described = new HashMap<>();
    classic(coordinator, ofType(overviews, CLASSIC::equalsIgnoreCase), described);
    consumer(coordinator, ofType(overviews, CONSUMER::equalsIgnoreCase), described);
    return overviews.stream()
        .map(
            overview ->
                described.getOrDefault(
                    overview.name(), new GroupDescription(overview, "", List.of())))
        .toList();
  }

  private static Map<String, GroupOverview> ofType(
      List<GroupOverview> overviews, Predicate<String> type) {
    Map<String, GroupOverview> found = new HashMap<>();
    overviews.stream()
        .filter(overview -> type.test(overview.type()))
        .forEach(overview -> found.put(overview.name(), overview));
    return found;
  }

  private void classic(
      GroupCoordinator coordinator,
      Map<String, GroupOverview> wanted,
      Map<String, GroupDescription> described) {
    if (wanted.isEmpty()) {
      return;
    }
    List<DescribeGroupsResponseData.DescribedGroup> answers =
        patience.ask(
            () ->
                coordinator.describeGroups(
                    new LocalCaller(ApiKeys.DESCRIBE_GROUPS), List.copyOf(wanted.keySet())),
            groups -> passing(groups.stream().map(group -> group.errorCode())));
    for (DescribeGroupsResponseData.DescribedGroup group : answers) {
      GroupOverview overview = wanted.get(group.groupId());
      if (overview != null && group.errorCode() == Errors.NONE.code()) {
        described.put(
            group.groupId(),
            new GroupDescription(
                new GroupOverview(
                    overview.name(), overview.type(), group.protocolType(), group.groupState()),
                group.protocolData(),
                group.members().stream()
                    .map(member -> classicMember(group.protocolType(), member))
                    .toList()));
      }
    }
  }

  private static Member classicMember(String protocolType, DescribedGroupMember member) {
    return new Member(
        member.memberId(),
        member.groupInstanceId(),
        member.clientId(),
        member.clientHost(),
        ConsumerProtocol.PROTOCOL_TYPE.equals(protocolType)
            ? assignment(member.memberAssignment())
            : List.of());
  }

  /** The clients' own bytes: who writes something else there has no assignment that we can read. */
  private static List<PartitionId> assignment(byte[] bytes) {
    if (bytes.length == 0) {
      return List.of();
    }
    try {
      return ConsumerProtocol.deserializeAssignment(ByteBuffer.wrap(bytes)).partitions().stream()
          .map(partition -> new PartitionId(partition.topic(), partition.partition()))
          .toList();
    } catch (RuntimeException foreign) { // Which one is not told by the generated reader.
      return List.of();
    }
  }

  private void consumer(
      GroupCoordinator coordinator,
      Map<String, GroupOverview> wanted,
      Map<String, GroupDescription> described) {
    if (wanted.isEmpty()) {
      return;
    }
    List<ConsumerGroupDescribeResponseData.DescribedGroup> answers =
        patience.ask(
            () ->
                coordinator.consumerGroupDescribe(
                    new LocalCaller(ApiKeys.CONSUMER_GROUP_DESCRIBE), List.copyOf(wanted.keySet())),
            groups -> passing(groups.stream().map(group -> group.errorCode())));
    for (ConsumerGroupDescribeResponseData.DescribedGroup group : answers) {
      GroupOverview overview = wanted.get(group.groupId());
      if (overview != null && group.errorCode() == Errors.NONE.code()) {
        described.put(
            group.groupId(),
            new GroupDescription(
                new GroupOverview(
                    overview.name(), overview.type(), overview.protocolType(), group.groupState()),
                group.assignorName(),
                group.members().stream().map(GroupDescriptions::consumerMember).toList()));
      }
    }
  }

  private static Member consumerMember(ConsumerGroupDescribeResponseData.Member member) {
    List<PartitionId> assignment = new ArrayList<>();
    for (var topic : member.assignment().topicPartitions()) {
      topic
          .partitions()
          .forEach(partition -> assignment.add(new PartitionId(topic.topicName(), partition)));
    }
    return new Member(
        member.memberId(),
        member.instanceId(),
        member.clientId(),
        member.clientHost(),
        List.copyOf(assignment));
  }

  /** What is worth asking again; a group that is gone by now is not described. */
  private static Errors passing(Stream<Short> codes) {
    return codes
        .map(Errors::forCode)
        .filter(error -> error != Errors.NONE && error != Errors.GROUP_ID_NOT_FOUND)
        .findFirst()
        .orElse(Errors.NONE);
  }
}
