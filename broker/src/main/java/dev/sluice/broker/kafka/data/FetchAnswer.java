package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.LentResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;

/** A Fetch response, which holds the log files that it is sent from. */
final class FetchAnswer extends AbstractResponse implements LentResponse {

  private record TopicKey(String topic, Uuid id) {}

  private final FetchResponseData data;
  private final List<Fetched> sent;
  private final List<Fetched> read;

  /**
   * A response.
   *
   * @param sent what is in it
   * @param read all that was read for it
   */
  FetchAnswer(int sessionId, List<Fetched> sent, List<Fetched> read, int throttleMillis) {
    super(ApiKeys.FETCH);
    this.sent = sent;
    this.read = read;
    this.data =
        new FetchResponseData()
            .setSessionId(sessionId)
            .setThrottleTimeMs(throttleMillis)
            .setResponses(byTopic(sent));
  }

  private static List<FetchableTopicResponse> byTopic(List<Fetched> sent) {
    Map<TopicKey, FetchableTopicResponse> topics = new LinkedHashMap<>();
    for (Fetched one : sent) {
      Wanted wanted = one.wanted();
      boolean unused =
          topics
              .computeIfAbsent(
                  new TopicKey(wanted.topic(), wanted.topicId()),
                  key -> new FetchableTopicResponse().setTopic(key.topic()).setTopicId(key.id()))
              .partitions()
              .add(one.data());
    }
    return List.copyOf(topics.values());
  }

  @Override
  public FetchResponseData data() {
    return data;
  }

  @Override
  public Map<Errors, Integer> errorCounts() {
    return errorCounts(sent.stream().map(one -> Errors.forCode(one.data().errorCode())));
  }

  @Override
  public int throttleTimeMs() {
    return data.throttleTimeMs();
  }

  @Override
  public void maybeSetThrottleTimeMs(int throttleMillis) {
    FetchResponseData unused = data.setThrottleTimeMs(throttleMillis);
  }

  @Override
  public long lentBytes() {
    return sent.stream().mapToLong(Fetched::sizeBytes).sum();
  }

  @Override
  public void close() {
    PartitionReader.closeAll(read);
  }
}
