package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.transaction.Answer;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Commits or aborts a transaction. From version 5 on the producer's epoch ends with it, and the
 * answer has the next one (KIP-890).
 */
final class EndTxnHandler implements BlockingHandler<EndTxnRequest> {

  private static final int KNOWS_FENCED = 2;

  private final TransactionCoordinator coordinator;

  EndTxnHandler(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.END_TXN;
  }

  @Override
  public AbstractResponse handle(EndTxnRequest request, Call call) {
    EndTxnRequestData data = request.data();
    call.require(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, data.transactionalId());
    Answer answer =
        call.await(
            coordinator.end(
                data.transactionalId(),
                new ProducerIdentity(data.producerId(), data.producerEpoch()),
                request.result(),
                call.version() > EndTxnRequest.LAST_STABLE_VERSION_BEFORE_TRANSACTION_V2));
    return new EndTxnResponse(
        new EndTxnResponseData()
            .setErrorCode(OlderErrors.of(answer.error(), call.version(), KNOWS_FENCED).code())
            .setProducerId(answer.producer().id())
            .setProducerEpoch(answer.producer().epoch()));
  }
}
