package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.kafka.PipelinedHandler.Answer;
import dev.sluice.broker.kafka.PipelinedHandler.HangUp;
import dev.sluice.broker.kafka.PipelinedHandler.Reply;
import dev.sluice.broker.kafka.PipelinedHandler.Silence;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a Produce request, which is complete when the last of its partitions is. Built by
 * the connection's thread; partitions arrive on threads of their logs.
 */
final class ProduceAnswer {

  private final short acks;
  private final ProduceResponseData data = new ProduceResponseData();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /** Partitions that have not arrived, and one for as long as more may come. */
  private final AtomicInteger missing = new AtomicInteger(1);

  ProduceAnswer(short acks) {
    this.acks = acks;
  }

  /** The topic's place in the answer, which is one even if the request has it twice. */
  TopicProduceResponse add(TopicProduceResponse topic) {
    return data.responses().add(topic)
        ? topic
        : data.responses().find(topic.name(), topic.topicId());
  }

  PartitionProduceResponse add(TopicProduceResponse topic, int partition) {
    PartitionProduceResponse response = new PartitionProduceResponse().setIndex(partition);
    boolean unused = topic.partitionResponses().add(response);
    return response;
  }

  void throttle(int millis) {
    data.setThrottleTimeMs(millis);
  }

  static void refuse(PartitionProduceResponse response, Errors error, @Nullable String message) {
    PartitionProduceResponse unused =
        response
            .setErrorCode(error.code())
            .setErrorMessage(message)
            .setBaseOffset(ProduceResponse.INVALID_OFFSET);
  }

  static void refuse(PartitionProduceResponse response, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    refuse(response, KafkaErrors.of(cause), cause.getMessage());
  }

  /** One more partition is under way. */
  void expect() {
    int unused = missing.incrementAndGet();
  }

  /** A partition is done; whatever is wrong with it, the others' answers don't wait for it. */
  void arrived(
      PartitionProduceResponse response,
      PartitionLog log,
      @Nullable AppendResult result,
      @Nullable Throwable failure) {
    try {
      if (result != null) {
        PartitionProduceResponse unused =
            response
                .setBaseOffset(result.baseOffset())
                .setLogAppendTimeMs(result.appendTimeMillis())
                .setLogStartOffset(log.logStartOffset());
      } else {
        refuse(
            response,
            failure == null ? new IllegalStateException("An append has no result") : failure);
      }
    } catch (RuntimeException e) {
      refuse(response, e);
    } finally {
      finishOne();
    }
  }

  /** No more partitions come. */
  CompletableFuture<Answer> complete() {
    finishOne();
    return answer;
  }

  private void finishOne() {
    if (missing.decrementAndGet() == 0) {
      boolean unused = answer.complete(outcome());
    }
  }

  private Answer outcome() {
    if (acks != 0) {
      return new Reply(new ProduceResponse(data));
    }
    for (TopicProduceResponse topic : data.responses()) {
      for (PartitionProduceResponse partition : topic.partitionResponses()) {
        if (partition.errorCode() != Errors.NONE.code()) {
          // The client waits for no answer; a closed connection makes it look what has changed.
          return new HangUp(
              "Records for "
                  + topic.name()
                  + "-"
                  + partition.index()
                  + ", sent without waiting for an answer, were refused: "
                  + Errors.forCode(partition.errorCode()));
        }
      }
    }
    return new Silence();
  }
}
