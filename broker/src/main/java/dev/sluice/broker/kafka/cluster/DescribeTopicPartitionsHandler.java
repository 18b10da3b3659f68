package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Topic;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** Tells of topics page by page: so many partitions at a time, in the order of names (KIP-966). */
final class DescribeTopicPartitionsHandler
    implements BlockingHandler<DescribeTopicPartitionsRequest> {

  private static final int MAX_PARTITIONS = 2_000;

  private final ClusterView cluster;

  DescribeTopicPartitionsHandler(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_TOPIC_PARTITIONS;
  }

  @Override
  public AbstractResponse handle(DescribeTopicPartitionsRequest request, Call call) {
    DescribeTopicPartitionsRequestData asked = request.data();
    DescribeTopicPartitionsRequestData.Cursor cursor = asked.cursor();
    if (cursor != null && cursor.partitionIndex() < 0) {
      throw Errors.INVALID_REQUEST.exception("A cursor can't begin at a negative partition");
    }
    int room = Math.clamp(asked.responsePartitionLimit(), 1, MAX_PARTITIONS);
    DescribeTopicPartitionsResponseData data = new DescribeTopicPartitionsResponseData();
    for (String name : names(asked, cursor)) {
      if (room == 0) {
        data.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(0));
        break;
      }
      int first = cursor != null && cursor.topicName().equals(name) ? cursor.partitionIndex() : 0;
      Optional<DescribeTopicPartitionsResponseTopic> described =
          describe(name, call, !asked.topics().isEmpty());
      if (described.isEmpty()) {
        continue;
      }
      DescribeTopicPartitionsResponseTopic topic = described.get();
      List<DescribeTopicPartitionsResponsePartition> all = topic.partitions();
      int from = Math.min(first, all.size());
      int to = (int) Math.min(all.size(), (long) from + room);
      boolean isCut = to < all.size();
      topic.setPartitions(List.copyOf(all.subList(from, to)));
      boolean unused = data.topics().add(topic);
      room -= to - from;
      if (isCut) {
        data.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(to));
        break;
      }
    }
    return new DescribeTopicPartitionsResponse(data);
  }

  private TreeSet<String> names(
      DescribeTopicPartitionsRequestData asked,
      DescribeTopicPartitionsRequestData.@Nullable Cursor cursor) {
    TreeSet<String> names = new TreeSet<>();
    if (asked.topics().isEmpty()) {
      cluster.topics().forEach(topic -> names.add(topic.name()));
    } else {
      asked.topics().stream().map(TopicRequest::name).forEach(names::add);
    }
    return cursor == null ? names : new TreeSet<>(names.tailSet(cursor.topicName(), true));
  }

  /** A topic with all partitions; empty if it was not asked for by name and may not be seen. */
  private Optional<DescribeTopicPartitionsResponseTopic> describe(
      String name, Call call, boolean wasNamed) {
    if (!call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, name)) {
      return wasNamed
          ? Optional.of(error(name, Errors.TOPIC_AUTHORIZATION_FAILED))
          : Optional.empty();
    }
    Optional<Topic> topic = cluster.find(name);
    return topic.isPresent()
        ? Optional.of(convert(cluster.describe(topic.get(), call, true)))
        : Optional.of(
            error(
                name,
                cluster.isLegal(name)
                    ? Errors.UNKNOWN_TOPIC_OR_PARTITION
                    : Errors.INVALID_TOPIC_EXCEPTION));
  }

  private static DescribeTopicPartitionsResponseTopic error(String name, Errors error) {
    return new DescribeTopicPartitionsResponseTopic().setName(name).setErrorCode(error.code());
  }

  private static DescribeTopicPartitionsResponseTopic convert(MetadataResponseTopic topic) {
    return new DescribeTopicPartitionsResponseTopic()
        .setName(topic.name())
        .setTopicId(topic.topicId())
        .setIsInternal(topic.isInternal())
        .setTopicAuthorizedOperations(topic.topicAuthorizedOperations())
        .setPartitions(
            topic.partitions().stream().map(DescribeTopicPartitionsHandler::convert).toList());
  }

  private static DescribeTopicPartitionsResponsePartition convert(
      MetadataResponsePartition partition) {
    return new DescribeTopicPartitionsResponsePartition()
        .setPartitionIndex(partition.partitionIndex())
        .setErrorCode(partition.errorCode())
        .setLeaderId(partition.leaderId())
        .setLeaderEpoch(partition.leaderEpoch())
        .setReplicaNodes(partition.replicaNodes())
        .setIsrNodes(partition.isrNodes())
        .setEligibleLeaderReplicas(List.of()) // The admin client can't do with null.
        .setLastKnownElr(List.of())
        .setOfflineReplicas(partition.offlineReplicas());
  }
}
