package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.transaction.TransactionGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Commits offsets as part of a transaction: they count once it has ended well. */
final class TxnOffsetCommitHandler implements BlockingHandler<TxnOffsetCommitRequest> {

  /** Older producers take a coordinator that is still loading for a failure (KAFKA-7296). */
  private static final short FIRST_THAT_WAITS = 2;

  /** From this version on, it is we who add the group's partition to the transaction (KIP-890). */
  private static final short FIRST_THAT_ADDS = 5;

  private final GroupService groups;
  private final KnownTopics topics;
  private final TransactionGate gate;

  TxnOffsetCommitHandler(GroupService groups, KnownTopics topics, TransactionGate gate) {
    this.groups = groups;
    this.topics = topics;
    this.gate = gate;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.TXN_OFFSET_COMMIT;
  }

  @Override
  public AbstractResponse handle(TxnOffsetCommitRequest request, Call call) {
    TxnOffsetCommitRequestData asked = request.data();
    call.require(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, asked.transactionalId());
    call.require(AclOperation.READ, ResourceType.GROUP, asked.groupId());
    TxnOffsetCommitResponse.Builder response = new TxnOffsetCommitResponse.Builder();
    List<TxnOffsetCommitRequestTopic> possible = new ArrayList<>();
    for (TxnOffsetCommitRequestTopic topic : asked.topics()) {
      Errors error = topics.check(topic.name(), call);
      if (error == Errors.NONE) {
        addPartitions(topic, possible, response);
      } else {
        response.addPartitions(
            topic.name(),
            topic.partitions(),
            TxnOffsetCommitRequestPartition::partitionIndex,
            error);
      }
    }
    if (possible.isEmpty()) {
      return response.build();
    }
    TxnOffsetCommitRequestData commit = asked.duplicate().setTopics(possible);
    return forClientsOf(call.version(), response.merge(call.await(commit(commit, call))).build());
  }

  /** The transaction does not end before the commit is in the log, though the client may go. */
  private CompletableFuture<TxnOffsetCommitResponseData> commit(
      TxnOffsetCommitRequestData commit, Call call) {
    GroupCoordinator coordinator = groups.coordinator();
    TransactionGate.Pass pass =
        gate.enter(
            commit.transactionalId(),
            commit.producerId(),
            commit.producerEpoch(),
            Set.of(groups.partitionOf(commit.groupId())),
            call.version() >= FIRST_THAT_ADDS);
    try {
      return coordinator
          .commitTransactionalOffsets(call.context(), commit, BufferSupplier.NO_CACHING)
          .whenComplete((answer, failure) -> pass.close());
    } catch (RuntimeException failure) {
      pass.close();
      throw failure;
    }
  }

  private void addPartitions(
      TxnOffsetCommitRequestTopic topic,
      List<TxnOffsetCommitRequestTopic> possible,
      TxnOffsetCommitResponse.Builder response) {
    List<TxnOffsetCommitRequestPartition> existing =
        topics.existing(
            topic.name(),
            topic.partitions(),
            TxnOffsetCommitRequestPartition::partitionIndex,
            missing ->
                response.addPartition(topic.name(), missing, Errors.UNKNOWN_TOPIC_OR_PARTITION));
    if (!existing.isEmpty()) {
      possible.add(topic.duplicate().setPartitions(existing));
    }
  }

  private static TxnOffsetCommitResponse forClientsOf(
      short version, TxnOffsetCommitResponse response) {
    if (version < FIRST_THAT_WAITS) {
      response.data().topics().stream()
          .flatMap(topic -> topic.partitions().stream())
          .filter(partition -> partition.errorCode() == Errors.COORDINATOR_LOAD_IN_PROGRESS.code())
          .forEach(partition -> partition.setErrorCode(Errors.COORDINATOR_NOT_AVAILABLE.code()));
    }
    return response;
  }
}
