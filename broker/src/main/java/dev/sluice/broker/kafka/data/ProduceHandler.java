package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.PipelinedHandler;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.quota.ClientQuotas;
import dev.sluice.broker.transaction.TransactionGate;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to partitions. Acknowledgement by the leader and by all replicas are the same
 * where there is one; both mean durable under the topic's flush setting. Version 12 and later leave
 * it to us to add partitions to a transaction (KIP-890).
 */
final class ProduceHandler implements PipelinedHandler<ProduceRequest> {

  private final TopicPartitions topics;
  private final ProduceTransactions transactions;
  private final ClientQuotas quotas;

  ProduceHandler(TopicPartitions topics, TransactionGate transactions, ClientQuotas quotas) {
    this.topics = topics;
    this.transactions = new ProduceTransactions(transactions);
    this.quotas = quotas;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.PRODUCE;
  }

  /** Some clients give up on compression where version 0 isn't offered, and never use it. */
  @Override
  public short advertisedMinVersion() {
    return 0;
  }

  @Override
  public CompletableFuture<Answer> start(ProduceRequest request, Call call) {
    Errors ofAll = refusal(request, call);
    ProduceAnswer answer = new ProduceAnswer(request.acks());
    List<PartitionAppend> appends = new ArrayList<>();
    long bytes = 0;
    for (TopicProduceData data : request.data().topicData()) {
      TopicProduceResponse topic =
          answer.add(new TopicProduceResponse().setName(data.name()).setTopicId(data.topicId()));
      Optional<Topic> found = topics.find(data.name(), data.topicId());
      Errors refusal = ofAll == Errors.NONE ? refusal(data, found, call) : ofAll;
      for (PartitionProduceData partition : data.partitionData()) {
        PartitionProduceResponse response = answer.add(topic, partition.index());
        if (refusal != Errors.NONE) {
          ProduceAnswer.refuse(response, refusal, null);
        } else {
          bytes += partition.records() == null ? 0 : partition.records().sizeInBytes();
          prepare(found.orElseThrow().name(), partition, response, call).ifPresent(appends::add);
        }
      }
    }
    append(request.transactionalId(), call, appends, answer);
    answer.throttle(
        quotas.record(
            ClientQuotas.Kind.PRODUCE,
            call.identity().principal(),
            call.context().clientId(),
            bytes));
    return answer.complete();
  }

  /** What is wrong with a request as a whole, and so with each of its partitions. */
  private static Errors refusal(ProduceRequest request, Call call) {
    String transactionalId = request.transactionalId();
    if (transactionalId != null
        && !call.allows(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId)) {
      return Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
    }
    return request.acks() < -1 || request.acks() > 1 ? Errors.INVALID_REQUIRED_ACKS : Errors.NONE;
  }

  private static Errors refusal(TopicProduceData data, Optional<Topic> found, Call call) {
    String name = found.map(Topic::name).orElse(data.name());
    if (!name.isEmpty() && !call.allows(AclOperation.WRITE, ResourceType.TOPIC, name)) {
      return Errors.TOPIC_AUTHORIZATION_FAILED;
    }
    if (found.isEmpty()) {
      return name.isEmpty() ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }
    return org.apache.kafka.common.internals.Topic.isInternal(name)
        ? Errors.INVALID_TOPIC_EXCEPTION
        : Errors.NONE;
  }

  /** Finds the log that records are for; empty if they are refused, as the response then says. */
  private Optional<PartitionAppend> prepare(
      String topic, PartitionProduceData data, PartitionProduceResponse response, Call call) {
    try {
      if (!(data.records() instanceof MemoryRecords records) || records.sizeInBytes() == 0) {
        throw Errors.INVALID_RECORD.exception("A request has no records for a partition");
      }
      ProduceRequest.validateRecords(call.version(), records);
      return Optional.of(
          new PartitionAppend(
              new TopicPartition(topic, data.index()),
              topics.log(topic, data.index()),
              records,
              records.batches().iterator().next(),
              response));
    } catch (RuntimeException e) {
      ProduceAnswer.refuse(response, e);
      return Optional.empty();
    }
  }

  private void append(
      @Nullable String transactionalId,
      Call call,
      List<PartitionAppend> appends,
      ProduceAnswer answer) {
    ProduceTransactions.Admitted admitted = transactions.enter(transactionalId, call, appends);
    try (TransactionGate.Pass unused = admitted.pass()) {
      for (PartitionAppend one : admitted.appends()) {
        answer.expect();
        CompletableFuture<?> told =
            append(one.log(), one.records())
                .whenComplete(
                    (result, failure) ->
                        answer.arrived(one.response(), one.log(), result, failure));
      }
    }
  }

  /** What is expected arrives, even if the log refuses it at once. */
  private static CompletableFuture<AppendResult> append(PartitionLog log, MemoryRecords records) {
    try {
      return log.appendInPlace(records.buffer());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
