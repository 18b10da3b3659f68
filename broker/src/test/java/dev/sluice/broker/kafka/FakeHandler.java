package dev.sluice.broker.kafka;

import java.util.function.BiFunction;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/** Answers as a test wants it. */
record FakeHandler<Q extends AbstractRequest>(
    ApiKeys api, BiFunction<Q, Call, AbstractResponse> answer) implements BlockingHandler<Q> {

  /** Tells clients of nothing, but answers them. */
  static FakeHandler<ApiVersionsRequest> apiVersions() {
    return new FakeHandler<>(
        ApiKeys.API_VERSIONS,
        (request, call) ->
            new ApiVersionsResponse(
                new org.apache.kafka.common.message.ApiVersionsResponseData()
                    .setErrorCode(
                        request.hasUnsupportedRequestVersion() ? (short) 35 : (short) 0)));
  }

  @Override
  public AbstractResponse handle(Q request, Call call) {
    return answer.apply(request, call);
  }
}
