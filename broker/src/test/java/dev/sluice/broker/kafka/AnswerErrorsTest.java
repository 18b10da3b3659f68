package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors are counted; answers that have none are not even asked to count. */
class AnswerErrorsTest {

  private static final short NONE = Errors.NONE.code();
  private static final short BAD = Errors.NOT_COORDINATOR.code();

  /** An answer of which Kafka's own class would count the errors. */
  private static final class Counting extends AbstractResponse {
    private final ApiMessage data;
    private int asked;

    Counting(ApiMessage data) {
      super(ApiKeys.forId(data.apiKey()));
      this.data = data;
    }

    @Override
    public ApiMessage data() {
      return data;
    }

    @Override
    public Map<Errors, Integer> errorCounts() {
      asked++;
      return Map.of(Errors.NONE, 3, Errors.NOT_COORDINATOR, 2);
    }

    @Override
    public int throttleTimeMs() {
      return 0;
    }

    @Override
    public void maybeSetThrottleTimeMs(int throttleMillis) {
      throw new UnsupportedOperationException();
    }
  }

  static Stream<ApiMessage> without() {
    return withLast(NONE);
  }

  static Stream<ApiMessage> with() {
    return withLast(BAD);
  }

  /** Of each kind one whose last part has an error, or none. */
  private static Stream<ApiMessage> withLast(short code) {
    return Stream.of(
        new HeartbeatResponseData().setErrorCode(code),
        new ConsumerGroupHeartbeatResponseData().setErrorCode(code),
        produce(code),
        fetch(code, NONE),
        fetch(NONE, code),
        new OffsetCommitResponseData().setTopics(List.of(commit(NONE, NONE), commit(NONE, code))),
        new TxnOffsetCommitResponseData()
            .setTopics(
                List.of(
                    new TxnOffsetCommitResponseData.TxnOffsetCommitResponseTopic()
                        .setPartitions(
                            List.of(
                                new TxnOffsetCommitResponseData.TxnOffsetCommitResponsePartition()
                                    .setErrorCode(code))))));
  }

  private static ProduceResponseData produce(short code) {
    var topic =
        new ProduceResponseData.TopicProduceResponse()
            .setName("t")
            .setPartitionResponses(
                List.of(
                    new ProduceResponseData.PartitionProduceResponse(),
                    new ProduceResponseData.PartitionProduceResponse().setErrorCode(code)));
    return new ProduceResponseData()
        .setResponses(
            new ProduceResponseData.TopicProduceResponseCollection(List.of(topic).iterator()));
  }

  private static FetchResponseData fetch(short ofAll, short ofPartition) {
    return new FetchResponseData()
        .setErrorCode(ofAll)
        .setResponses(
            List.of(
                new FetchResponseData.FetchableTopicResponse()
                    .setPartitions(
                        List.of(
                            new FetchResponseData.PartitionData(),
                            new FetchResponseData.PartitionData().setErrorCode(ofPartition)))));
  }

  private static OffsetCommitResponseData.OffsetCommitResponseTopic commit(
      short first, short second) {
    return new OffsetCommitResponseData.OffsetCommitResponseTopic()
        .setPartitions(
            List.of(
                new OffsetCommitResponseData.OffsetCommitResponsePartition().setErrorCode(first),
                new OffsetCommitResponseData.OffsetCommitResponsePartition().setErrorCode(second)));
  }

  @ParameterizedTest
  @MethodSource("without")
  void whatIsSentAllTheTimeIsNotCountedIfItHasNone(ApiMessage answer) {
    Counting response = new Counting(answer);

    assertThat(AnswerErrors.of(response)).isEmpty();

    assertThat(response.asked).isZero();
  }

  @ParameterizedTest
  @MethodSource("with")
  void whatHasErrorsIsCounted(ApiMessage answer) {
    assertThat(AnswerErrors.of(new Counting(answer))).isEqualTo(Map.of(Errors.NOT_COORDINATOR, 2));
  }

  @Test
  void whatIsSentNowAndThenIsCountedInAnyCase() {
    assertThat(AnswerErrors.of(new Counting(new MetadataResponseData())))
        .isEqualTo(Map.of(Errors.NOT_COORDINATOR, 2));
  }
}
