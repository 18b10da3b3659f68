package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.kafka.Endpoints;
import dev.sluice.broker.metadata.ClusterMetadata;
import java.util.List;

/** The handlers of this package. */
public final class GroupHandlers {

  private GroupHandlers() {}

  /** One of each. */
  public static List<ApiHandler<?>> all(
      GroupService groups, ClusterMetadata metadata, Endpoints endpoints) {
    KnownTopics topics = new KnownTopics(metadata);
    return List.of(
        new FindCoordinatorHandler(groups, endpoints),
        new JoinGroupHandler(groups),
        new SyncGroupHandler(groups),
        new HeartbeatHandler(groups),
        new LeaveGroupHandler(groups),
        new OffsetCommitHandler(groups, topics),
        new TxnOffsetCommitHandler(groups, topics),
        new OffsetFetchHandler(groups, topics),
        new OffsetDeleteHandler(groups, topics),
        new ListGroupsHandler(groups),
        new DescribeGroupsHandler(groups),
        new DeleteGroupsHandler(groups),
        new ConsumerGroupHeartbeatHandler(groups),
        new ConsumerGroupDescribeHandler(groups));
  }
}
