package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.kafka.Endpoints;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.transaction.TransactionGate;
import java.util.List;

/** The handlers of this package. */
public final class GroupHandlers {

  private GroupHandlers() {}

  /**
   * One of each.
   *
   * @param gate asked before offsets are committed in a transaction
   * @param streams makes the topics of streams applications
   */
  public static List<ApiHandler<?>> all(
      GroupService groups,
      ClusterMetadata metadata,
      Endpoints endpoints,
      TransactionGate gate,
      StreamsTopics streams) {
    KnownTopics topics = new KnownTopics(metadata);
    return List.of(
        new FindCoordinatorHandler(groups, endpoints),
        new JoinGroupHandler(groups),
        new SyncGroupHandler(groups),
        new HeartbeatHandler(groups),
        new LeaveGroupHandler(groups),
        new OffsetCommitHandler(groups, topics),
        new TxnOffsetCommitHandler(groups, topics, gate),
        new OffsetFetchHandler(groups, topics),
        new OffsetDeleteHandler(groups, topics),
        new ListGroupsHandler(groups),
        new DescribeGroupsHandler(groups),
        new DeleteGroupsHandler(groups),
        new ConsumerGroupHeartbeatHandler(groups),
        new ConsumerGroupDescribeHandler(groups),
        new StreamsGroupHeartbeatHandler(groups, streams),
        new StreamsGroupDescribeHandler(groups));
  }
}
