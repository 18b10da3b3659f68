package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.transaction.Answer;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.common.requests.AddOffsetsToTxnResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Adds a group's offsets to a transaction. Only clients of the first generation ask for that; the
 * others leave it to TxnOffsetCommit.
 */
final class AddOffsetsToTxnHandler implements BlockingHandler<AddOffsetsToTxnRequest> {

  private static final int KNOWS_FENCED = 2;

  private final TransactionCoordinator coordinator;
  private final ToIntFunction<String> groupPartition;

  AddOffsetsToTxnHandler(TransactionCoordinator coordinator, ToIntFunction<String> groupPartition) {
    this.coordinator = coordinator;
    this.groupPartition = groupPartition;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ADD_OFFSETS_TO_TXN;
  }

  @Override
  public AbstractResponse handle(AddOffsetsToTxnRequest request, Call call) {
    AddOffsetsToTxnRequestData data = request.data();
    call.require(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, data.transactionalId());
    call.require(AclOperation.READ, ResourceType.GROUP, data.groupId());
    TopicPartition offsets =
        new TopicPartition(
            Topic.GROUP_METADATA_TOPIC_NAME, groupPartition.applyAsInt(data.groupId()));
    Answer answer =
        call.await(
            coordinator.addPartitions(
                data.transactionalId(),
                new ProducerIdentity(data.producerId(), data.producerEpoch()),
                Set.of(offsets),
                false));
    return new AddOffsetsToTxnResponse(
        new AddOffsetsToTxnResponseData()
            .setErrorCode(OlderErrors.of(answer.error(), call.version(), KNOWS_FENCED).code()));
  }
}
