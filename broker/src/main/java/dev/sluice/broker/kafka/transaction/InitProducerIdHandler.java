package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.transaction.Answer;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Gives a producer its id and epoch. There are no transactions of two phases here (KIP-939): who
 * asks for them is refused as by a Kafka broker where they are off.
 */
final class InitProducerIdHandler implements BlockingHandler<InitProducerIdRequest> {

  private static final int KNOWS_FENCED = 4;

  private final TransactionCoordinator coordinator;

  InitProducerIdHandler(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.INIT_PRODUCER_ID;
  }

  @Override
  public AbstractResponse handle(InitProducerIdRequest request, Call call) {
    InitProducerIdRequestData data = request.data();
    authorize(data, call);
    Answer answer =
        data.transactionalId() == null
            ? withoutTransactions(data)
            : call.await(withTransactions(data));
    return new InitProducerIdResponse(
        new InitProducerIdResponseData()
            .setErrorCode(OlderErrors.of(answer.error(), call.version(), KNOWS_FENCED).code())
            .setProducerId(answer.producer().id())
            .setProducerEpoch(answer.producer().epoch()));
  }

  private static void authorize(InitProducerIdRequestData data, Call call) {
    String transactionalId = data.transactionalId();
    if (transactionalId != null) {
      call.require(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId);
      if (data.enable2Pc()) {
        call.require(AclOperation.TWO_PHASE_COMMIT, ResourceType.TRANSACTIONAL_ID, transactionalId);
      }
    } else if (!call.wouldAllow(
            AclOperation.IDEMPOTENT_WRITE, ResourceType.CLUSTER, Resource.CLUSTER_NAME)
        && !call.allowsAny(AclOperation.WRITE, ResourceType.TOPIC)) {
      throw Errors.CLUSTER_AUTHORIZATION_FAILED.exception();
    }
  }

  /** Who it was doesn't matter: without a transactional id nobody can prove to have been it. */
  private Answer withoutTransactions(InitProducerIdRequestData data) {
    Optional<ProducerIdentity> ignored = expected(data);
    return coordinator.newProducer();
  }

  private CompletableFuture<Answer> withTransactions(InitProducerIdRequestData data) {
    if (data.transactionalId().isEmpty()) {
      throw Errors.INVALID_REQUEST.exception("A transactional id can't be empty");
    }
    if (data.enable2Pc()) {
      throw Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.exception(
          "Transactions of two phases are not enabled");
    }
    if (data.keepPreparedTxn()) {
      throw Errors.UNSUPPORTED_VERSION.exception("Prepared transactions can't be kept");
    }
    return coordinator.initialize(
        data.transactionalId(), data.transactionTimeoutMs(), expected(data));
  }

  private static Optional<ProducerIdentity> expected(InitProducerIdRequestData data) {
    boolean hasId = data.producerId() != ProducerIdentity.NONE.id();
    boolean hasEpoch = data.producerEpoch() != ProducerIdentity.NONE.epoch();
    if (hasId != hasEpoch) {
      throw Errors.INVALID_REQUEST.exception("Producer id and epoch go together");
    }
    return hasId
        ? Optional.of(new ProducerIdentity(data.producerId(), data.producerEpoch()))
        : Optional.empty();
  }
}
